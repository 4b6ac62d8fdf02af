"""The commands: one thin module each. The only room that prints."""
