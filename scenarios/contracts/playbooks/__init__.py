"""Playbooks: the company's positions on clauses, and where a contract departs from them."""
