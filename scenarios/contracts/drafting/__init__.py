"""Drafting: a typed form, an approved clause library and code that numbers, counts and refers."""
