"""What tasks have in common: the wire, prose rules, views of an order, proposals."""
