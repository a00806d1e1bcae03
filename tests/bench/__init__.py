"""Measured by hand, never by the test run: each script prints what it found."""
