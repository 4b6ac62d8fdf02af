"""The composition root: routing, tiers, providers and journal, put together for one run."""
