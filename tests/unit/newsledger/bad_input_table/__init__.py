"""A table of bad inputs: each ends in a sentence, and what is good beside it is read.

Kinds of files, rows, exports, configurations, state files and arguments that were seen in use or
made to break things. What each is told, is for the tests beside it; here it is that none is a bug
of ours, hangs, sends a control character to the terminal, or loses the good part.
"""
