"""Two versions of a contract: what was inserted, deleted, replaced and moved, and what of it nobody tracked."""
