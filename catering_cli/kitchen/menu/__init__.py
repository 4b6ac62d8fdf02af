"""The dishes of an order, its services, and the decisions as they apply."""
