"""The deterministic checks: each module yields issues, in no particular order."""
