"""Articles: read from whatever people have, cut into sentences, freed of boilerplate."""
