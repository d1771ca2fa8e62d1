"""Tracked changes and margin comments in a Word file, its own formatting and earlier tracked changes kept."""
