"""Tables of names that mean the same in several languages, and what makes them."""
