"""Marketing: copy that is on brand, lawful and has a source for each claim."""
