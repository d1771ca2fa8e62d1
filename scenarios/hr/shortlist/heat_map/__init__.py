"""People and requirements in colours."""
