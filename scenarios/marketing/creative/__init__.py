"""``marketing creative``: variants by channel, audience and angle over product facts, each claim with its source."""
