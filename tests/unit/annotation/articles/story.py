"""An article, and what is marked in it as no part of its story."""

from __future__ import annotations

from annotation.articles.sentences import split
from annotation.records import Article

STORY = (
    "Rebels seize a bridge near Deir Ezzor",
    "Fighters of the Syrian Democratic Forces took a bridge near Deir Ezzor on Monday, said Bali.",
    "Some 40 militants gave up, and the Syrian Observatory counted 12 dead.",
    "Residents told of shelling that went on all night. “We hid in the cellar,” one said.",
    "Bali expects the battle for the rest of the province to end within weeks.",
)


def marked(*paragraphs: str, title: str = "") -> list[str]:
    """The sentences that are marked in an article of these paragraphs."""
    article = Article(id="a", title=title, text="\n\n".join(paragraphs))
    return [sentence.text for sentence in split(article) if sentence.boilerplate]


def amid(*inserted: str) -> list[str]:
    """What is marked when paragraphs stand in the middle of the story."""
    return marked(*STORY[:3], *inserted, *STORY[3:])
