"""The grammar of numeric mentions, in tables; ``training.quantities`` reads with it."""
