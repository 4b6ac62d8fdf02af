"""From a file to a valid value: JSON, recipe files and pages, and errors that name file, place and remedy."""
