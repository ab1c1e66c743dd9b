"""The verbs of the command line: their options, their groups, how each begins and ends."""
