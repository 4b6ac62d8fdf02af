"""How an order becomes a plan. `story` is the page to read first."""
