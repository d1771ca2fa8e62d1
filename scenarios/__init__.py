"""The scenarios, each with everything of its own in one folder."""
