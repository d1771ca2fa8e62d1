"""A slider for each requirement."""
