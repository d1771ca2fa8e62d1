"""``marketing performance``: what an export of campaigns says, and what to stop, keep and scale."""
