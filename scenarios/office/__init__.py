"""Office: process norms that hold together, and a review of rules against those in force."""
