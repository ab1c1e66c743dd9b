"""Several people on the same text: how far they agree."""
