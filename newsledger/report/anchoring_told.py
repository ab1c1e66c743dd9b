"""How far suggestions pull, as the manifest of the model in use has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsledger.report.record import ToldPart, ToldTable
from training.evaluation.anchoring import Anchoring, AnchoringEffect


def told_anchoring(manifest: Mapping[str, Any] | None) -> ToldPart | None:
    """In words and as a table; None where nobody has labelled without a suggestion.

    Args:
        manifest: of the model in use, None where there is none.
    """
    stored = (manifest or {}).get("metrics", {}).get("anchoring")
    found = Anchoring.from_json(stored) if stored else None
    if found is None or not found.blind_sentences:
        return None
    table = ToldTable(
        "Labels that are as suggested",
        ("", "seen", "not seen", "with it in sight", "without", "pull"),
        (_row("event types", found.events), _row("claims", found.claims)),
    )
    return ToldPart("\n".join(found.in_words()), (table,))


def _row(name: str, pull: AnchoringEffect) -> tuple[str, ...]:
    figures = (pull.kept, pull.same, pull.effect)
    return (
        name,
        f"{pull.shown:,}",
        f"{pull.blind:,}",
        *("–" if one.value is None else str(one) for one in figures),
    )
