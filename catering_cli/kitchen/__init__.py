"""What a chef knows exactly: `cook(order, decisions)` and its stages."""
