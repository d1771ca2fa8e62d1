"""``contracts register``: many contracts in one table, clause by clause."""
