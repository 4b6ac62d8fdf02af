"""Which food a text means: one tokeniser, the table of foods, identification, weights and mass."""
