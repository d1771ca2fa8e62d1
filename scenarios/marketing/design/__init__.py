"""``marketing design``: from a business need to a designer's brief with directions, colours, sizes and sketches."""
