"""``hr assess``: a written test from the job and the company's material, its marking and its statistics."""
