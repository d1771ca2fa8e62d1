"""Advertising law: the rules as data, what breaks them, the lawful rewrite, and ``marketing check``."""
