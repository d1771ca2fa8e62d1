"""HR: from a pile of resumes to a shortlist in which every verdict quotes a line of the resume."""
