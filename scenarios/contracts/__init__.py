"""Contracts: reviewed by rules whose every finding has its place, its reason and its basis."""
