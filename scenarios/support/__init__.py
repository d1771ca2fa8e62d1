"""Customer support: replies whose every fact has a source, and escalation when there is none."""
