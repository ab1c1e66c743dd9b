"""The reader of numeric mentions: text -> numbers, read and normalised; nothing is learnt."""
