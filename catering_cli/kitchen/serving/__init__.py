"""How much of each dish: portions by guests and style, allocation to profiles, scaled lines."""
