"""Event data as layers, and comparing them."""
