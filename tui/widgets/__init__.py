"""The parts of screens: they know text and messages, never the library."""
