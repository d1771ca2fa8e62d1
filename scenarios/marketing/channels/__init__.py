"""``marketing channels``: where a budget goes, when, what it should bring and how to find out."""
