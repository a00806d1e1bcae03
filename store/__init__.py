"""The library and everything that can be asked of it; knows no terminal."""
