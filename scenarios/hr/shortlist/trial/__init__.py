"""Whether the shortlist stands."""
