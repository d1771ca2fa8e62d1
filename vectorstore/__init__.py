"""The shared RAG layer: split, embed, index by words and by vectors, fuse, and keep knowledge bases."""
