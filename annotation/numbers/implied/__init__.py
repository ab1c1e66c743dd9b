"""One person who came to harm and is named without a number; rules on words, nothing is learnt."""
