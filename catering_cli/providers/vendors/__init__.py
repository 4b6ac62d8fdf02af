"""The vendors, what their models accept, and the line to them."""
