"""Finds sentences that say the same, as syndicated news does."""

from __future__ import annotations


class DuplicateIndex:
    """Remembers sentences and recognises those that come again."""

    def __init__(self, threshold: float = 0.8) -> None:
        self.threshold = threshold
        self._seen: dict[str, str] = {}

    def add(self, key: str, text: str) -> str | None:
        """The key of an earlier sentence that says the same, else None."""
        earlier = self._seen.setdefault(" ".join(text.casefold().split()), key)
        return None if earlier == key else earlier
