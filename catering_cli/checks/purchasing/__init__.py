"""Rules about the purchase: mass is conserved from recipe to pack, and what is bought is enough."""
