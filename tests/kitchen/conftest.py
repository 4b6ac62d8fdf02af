"""This file puts tests/kitchen/ on the path: `from cut_orders import order`."""
