"""Tables, each row with its source. No logic lives here; kitchen and checks read the rows with their own code."""
