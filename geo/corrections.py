"""Corrections made by hand, kept apart from what was read automatically and laid over it when it is shown."""
