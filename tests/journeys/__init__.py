"""Whole journeys of the real program, at a real terminal."""
