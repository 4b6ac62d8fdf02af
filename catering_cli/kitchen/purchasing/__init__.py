"""What to buy: needs, offers and packs, lines of the order guide."""
