"""Which numbers in a sentence are claims, and of what kind."""
