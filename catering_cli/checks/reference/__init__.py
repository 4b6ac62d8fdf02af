"""The independent reading of tables, names, weights, decisions and services, from which rules import."""
