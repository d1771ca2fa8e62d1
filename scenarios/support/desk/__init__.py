"""The desk: threads in the order in which they are due, each with its draft, and what is learnt from them."""
