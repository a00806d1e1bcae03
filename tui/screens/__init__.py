"""The screens: each joins widgets and the library."""
