"""What would make it work: for guests unfed, for a day that does not fit, with costs and order patches."""
