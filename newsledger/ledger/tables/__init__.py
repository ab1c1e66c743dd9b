"""The rows of an export, from snapshot and model: articles, sentences, claims, incidents."""
