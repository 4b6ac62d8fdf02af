"""Rules about who may eat what: cells of the matrix, cross-contact, diets, labels to read, and that everyone is fed."""
