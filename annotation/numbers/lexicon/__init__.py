"""The words that the reader knows, by the part that they play; nothing is learnt.

Closed classes of English, currencies by ISO 4217, units by the symbols of the SI brochure (and
common ones for what is not SI). Everything is in lower case: the reader lowers a text before it
looks a word up.
"""
