"""How the models of the tagger are made; run by hand, never imported by the program."""
