"""What the desk learns: answers to review, questions that no document answers, and how it goes."""
