"""People harmed who are named in the singular: claims of one, without a number."""
