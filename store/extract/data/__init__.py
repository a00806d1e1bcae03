"""Lists and weights of the extractor, and the scripts that make them."""
