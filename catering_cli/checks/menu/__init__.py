"""Rules about the menu: recipes, lines, amounts, batches, portions and the head count."""
