"""``marketing results``: what variants of an earlier run brought, and what the next brief should learn from it."""
