"""The grammar of numeric mentions, in tables; ``annotation.numbers.reader`` reads with it."""
