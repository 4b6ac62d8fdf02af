"""From YAML to a frozen configuration, and from that to the chain of tiers for a step."""
