"""Rules that hold for the whole project, kept by tests instead of by memory."""
