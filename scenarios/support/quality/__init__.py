"""A rubric over replies that were sent: accuracy to evidence, completeness, tone, policy."""
