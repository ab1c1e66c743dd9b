"""The files of a model: archives, signatures, cards, rulings, answers."""
