"""``marketing voice``: how a brand speaks, learned from its past copy, and how near a new text comes to it."""
