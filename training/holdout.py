"""Which articles are held out: chosen once, by article, and written down.

An article is decided the first time that one of its sentences is labelled, and the decision never
changes: what was trained on is never measured on later, and the other way round.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from pathlib import Path

from annotation.errors import WorkspaceError
from annotation.records import Annotation, Sentence
from annotation.storage import locked, read_json_state, write_json_state

HOLDOUT_SHARE = 0.2
"""Share of the first ``MANY`` labelled articles that is held out."""

MANY = 300
"""Labelled articles from which on a further one is worth more in training than held out: sixty
articles tell apart models a few points of F1 apart, and intervals narrow with the root only."""

LATER_SHARE = 0.05
"""Share of the articles beyond ``MANY`` that is held out; not none, for news changes."""

FEWEST_ARTICLES = 5
"""With fewer labelled articles none is held out: one fifth of them would be less than one."""

_FORMAT = 1


def choose_holdout(
    articles: Iterable[str],
    decided: dict[str, bool] | None = None,
    *,
    share: float = HOLDOUT_SHARE,
) -> dict[str, bool]:
    """Decide for each article whether it is held out; what is decided stays.

    Wanted are ``share`` of the first ``MANY`` articles and ``LATER_SHARE`` of the further ones. A
    new article is held out when its hash falls into the first part of all hashes, as large as the
    part of the new articles that is wanted. Where chance leaves fewer held out than wanted in all
    (rounded up), the new ones with the smallest hashes are added, so that a handful of articles
    has a holdout too.

    Args:
        articles: ids of the articles with labels.
        decided: earlier decisions.
        share: share of the first ``MANY`` articles to hold out.

    Returns:
        All decisions, the earlier ones included. Empty while there are fewer than
        ``FEWEST_ARTICLES`` articles: then nothing is decided yet.
    """
    decisions = dict(decided or {})
    new = sorted(set(articles).difference(decisions), key=_place)
    total = len(decisions) + len(new)
    if total < FEWEST_ARTICLES and not decisions:
        return {}
    wanted = _wanted(total, share)
    part = (wanted - _wanted(len(decisions), share)) / max(1, len(new))
    for article in new:
        decisions[article] = _place(article) < part
    missing = math.ceil(wanted) - sum(decisions.values())
    for article in [one for one in new if not decisions[one]][: max(0, missing)]:
        decisions[article] = True
    return decisions


def freeze_holdout(path: Path, articles: Iterable[str]) -> frozenset[str]:
    """Read the decisions in ``path``, add those for new articles, write them down.

    Args:
        path: the workspace's ``holdout.json``.
        articles: ids of the articles that have labels now.

    Returns:
        Ids of all held-out articles.

    Raises:
        WorkspaceError: the file is damaged, or cannot be written. It is never chosen anew by
            itself: a second choice would measure models on what they were trained on.
    """
    # Of two commands at once, the second must see what the first has decided.
    with locked(path.with_name(f".{path.name}.lock")):
        decided = _read_holdout(path)
        decisions = choose_holdout(articles, decided)
        if decisions != decided:
            state = {"held_out": dict(sorted(decisions.items()))}
            write_json_state(path, state, format=_FORMAT)
    return frozenset(article for article, out in decisions.items() if out)


def labelled_articles(
    sentences: Iterable[Sentence], annotations: Iterable[Annotation]
) -> frozenset[str]:
    """Ids of the articles with at least one annotation that was not cancelled."""
    labelled = {one.sentence_id for one in annotations if not one.cancelled}
    return frozenset(one.article_id for one in sentences if one.id in labelled)


def _read_holdout(path: Path) -> dict[str, bool]:
    hint = (
        "Restore it from a backup or a snapshot's manifest; "
        "a new choice would measure models on what they were trained on."
    )
    found = read_json_state(path, format=_FORMAT, what="The holdout", hint=hint)
    if found is None:
        return {}
    decisions = found.get("held_out")
    if not isinstance(decisions, dict) or not all(map(_is_bool, decisions.values())):
        raise WorkspaceError(
            f"The holdout in {path} cannot be read: it does not say of each article, true or "
            "false, whether it is held out.",
            hint=hint,
        )
    return decisions


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def _wanted(articles: int, share: float) -> float:
    """How many of so many articles are to be held out."""
    return share * min(articles, MANY) + min(share, LATER_SHARE) * max(0, articles - MANY)


def _place(article: str) -> float:
    """A number in [0, 1) that only the id decides."""
    return int.from_bytes(hashlib.sha256(article.encode()).digest()[:8]) / 2**64
