"""Benchmarks. Each prints its figures, side by side where there is something to compare; none is a test."""
