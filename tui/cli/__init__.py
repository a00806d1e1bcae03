"""The command line: a thin second face over the store, without Textual."""
