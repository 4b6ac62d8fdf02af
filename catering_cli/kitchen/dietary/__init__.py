"""Who may eat what: evidence of a line, cells of the matrix, cross-contact, diets, profiles, labels."""
