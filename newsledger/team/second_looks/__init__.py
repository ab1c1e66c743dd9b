"""Sentences worth a second look: which, why, and what came of it."""
