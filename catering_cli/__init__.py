"""An order goes in, a verified catering plan comes out: models propose, code proves."""
