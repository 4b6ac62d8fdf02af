"""Numbers and units as they are written: reading, exact arithmetic, temperature, wording."""
