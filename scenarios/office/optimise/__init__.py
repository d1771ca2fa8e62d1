"""``office optimise``: what the times of past cases say about a process, and what would make it quicker."""
