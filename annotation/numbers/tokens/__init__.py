"""Text -> tokens, each of a kind: the alphabet in which the grammar is written."""
