"""``office minutes``: meeting notes to decisions, actions with owner and date, and open questions, each quoted."""
