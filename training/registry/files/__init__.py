"""The files of a model: archives, signatures, cards, verdicts, answers."""
