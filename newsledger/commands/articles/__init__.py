"""Articles without a project: read, predicted on, watched; labels of other tools."""
