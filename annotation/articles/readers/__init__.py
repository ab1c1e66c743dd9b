"""Readers: one module for each kind of file that holds articles, found by the file's suffix."""
