"""Speed and quality, measured against named peers; each file says how to run it."""
