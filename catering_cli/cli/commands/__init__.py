"""One thin Typer module a command."""
