"""The judgements that can be asked for, one module each with its prompt beside it."""
