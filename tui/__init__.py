"""What a person sees: screens, widgets, and the command line beside them."""
