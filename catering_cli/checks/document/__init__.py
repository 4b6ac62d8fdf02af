"""Rules about the plan as a document: its form, stated assumptions, open items and the order of its lists."""
