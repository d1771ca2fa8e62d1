"""Messages that the company sends first: shipped, delayed, unpaid, expiring."""
