"""``hr interview``: questions from the gaps and claims of one person for one job, a scorecard, the answers' record."""
