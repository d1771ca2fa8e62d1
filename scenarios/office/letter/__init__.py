"""``office letter``: notices, requests, reports and letters in official style, facts only from the form."""
