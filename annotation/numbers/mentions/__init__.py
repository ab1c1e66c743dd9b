"""Amounts -> mentions: which of them a text claims, how, and of what."""
