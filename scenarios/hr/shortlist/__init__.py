"""The shortlist as people work with it: heat map, weights, why A above B, filters, decisions."""
