"""What a training came to, and how it is told: in sentences, in tables, in one line to pass on.

Whether one model is better than another is told by the interval of the difference, never by the
difference alone: half of what lies within chance looks better.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from newsledger.progress import Result, Table

if TYPE_CHECKING:
    from training.evaluation.promotion.comparison import Comparison
    from training.evaluation.promotion.gate import Ruling

_MISSED_SHOWN = 5
"""Claims that the reader does not propose: so many are shown, enough to see what they have in
common."""

FEWEST_SHOWN = 10
"""Cases of a label below which its figures are a hint: shown faintly, and with one digit."""

_MEASURED_ON = {
    "own articles": "your own articles",
    "seed articles": "the seed articles, which say little about yours",
}


@dataclass(frozen=True, slots=True)
class TrainResult(Result):
    """What a training came to."""

    model: str
    """Id of the challenger."""
    champion: str | None
    """The champion when it was judged, whether it loads or not; None if it is the first."""
    promoted: bool
    """True where the challenger is the champion now."""
    ruling: Ruling
    """What the gate said, with the table."""
    notes: tuple[str, ...]
    """What the data lead should know."""
    measured_on: str
    """What the figures were measured on: ``own articles``, ``seed articles`` or ``nothing``."""
    articles: int
    """How many articles that were."""
    decisions: int
    """How many event types are ticked and claims marked in them."""
    started_from_suggestion: int
    """Of how many sentences in them the labels started from a model's suggestion."""
    figures: Mapping[str, Any]
    """All figures, as in the manifest."""
    seconds: float
    """How long the fitting took."""
    asked: bool = True
    """False where nobody asked for a promotion."""
    missed: tuple[str, ...] = ()
    """Claims that people marked and the reader of numbers does not propose."""
    no_events: tuple[str, ...] = ()
    """Event types that stand alone, as "no event" does: nobody brings articles for their sake."""

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values: ``verdict`` is the ruling, its table a list of rows."""
        rest = asdict(self)
        del rest["ruling"]
        ruling = {
            "promote": self.ruling.promote,
            "reasons": self.ruling.reasons,
            "nothing_new": self.ruling.nothing_new,
            "rows": [asdict(row) for row in self.ruling.rows],
            "best": asdict(self.ruling.best) if self.ruling.best else None,
            "forced_by": self.ruling.forced_by,
        }
        return {**rest, "verdict": ruling}

    def text(self) -> str:
        """The ruling and the notes, in sentences."""
        lines = list(self.notes)
        lines += [f"  not proposed: {one}" for one in self.missed[:_MISSED_SHOWN]]
        if len(self.missed) > _MISSED_SHOWN:
            lines.append(f"  and {len(self.missed) - _MISSED_SHOWN} more; --json lists them all.")
        lines.append(f"Trained {self.model} in {self.seconds:.1f} s.")
        why = " ".join(self.ruling.reasons)
        if self.promoted and self.ruling.forced_by:
            lines.append(f"Promoted by {self.ruling.forced_by} against the gate: {why}")
        elif self.promoted:
            # Of the same labels the same model is made: then nothing changes hands.
            what = "In use already" if self.model == self.champion else "Promoted"
            lines.append(f"{what}: {why}")
        elif not self.asked and self.ruling.promote:
            lines.append(f"The gate would let it pass: {why}")
            lines.append(f"Promote it with: newsledger promote {self.model}")
        else:
            what = "Nothing new to learn" if self.ruling.nothing_new else "Refused"
            lines.append(f"{what}: {why}")
            lines.append(
                f"The champion {self.champion} stays in use."
                if self.champion
                else "There is no champion yet."
            )
        return "\n".join(lines)

    def tables(self) -> tuple[Table, ...]:
        """Champion against challenger, overall and per label; then the best model so far."""
        if not self.ruling.rows:
            return ()
        title = f"F1 on {self._whose}"
        rows = self.ruling.rows
        few = frozenset(n for n, row in enumerate(rows) if row.support < FEWEST_SHOWN)
        names = [f"{row.scope} {row.label}" for row in rows]
        # The same model made again has nothing beside it to be compared with.
        if self.model == self.champion or all(row.champion is None for row in rows):
            alone = tuple(
                (name, f"{row.support:,}", _f1(row.challenger, row.support))
                for name, row in zip(names, rows, strict=True)
            )
            return (Table(title, ("", "support", "F1"), alone, few),)
        headings = ("", "support", "champion", "challenger", "difference", "95 % interval")
        compared = tuple(_cells(name, row) for name, row in zip(names, rows, strict=True))
        tables = (Table(title, headings, compared, few),)
        best = self.ruling.best
        if best is None:
            return tables
        headings = ("", "support", "best so far", "challenger", "difference", "95 % interval")
        beside = (_cells(best.name, best.overall),)
        what = f"{title} that the best model so far has not learnt from, beside it"
        return (*tables, Table(what, headings, beside))

    @property
    def refused(self) -> bool:
        """True where the gate kept it out, and not only because nothing is new."""
        return not self.promoted and not self.ruling.nothing_new

    @property
    def outlook(self) -> str:
        """One line to pass on: what came of it, on whose text, and what people should do."""
        if self.measured_on == "nothing":
            return "Next: label sentences of more articles, so that something can be measured."
        return f"In short: {'; '.join(filter(None, (self._came_of_it, self._what_next)))}."

    @property
    def _what_next(self) -> str:
        """What people should do; empty where nothing is known of any label.

        Beside labels that are lost or mixed up, more of them would be labour lost; and what the
        seeds have few of says nothing of what is rare in other articles.
        """
        if self.ruling.labels_in_doubt and not self.promoted:
            return "look at the labels before anybody labels more"
        if self.measured_on == "seed articles":
            return "label sentences of your own articles next"
        labels = [
            row
            for row in self.ruling.rows
            if row.scope == "claim" or (row.scope == "event" and row.label not in self.no_events)
        ]
        if not labels:
            return ""
        scarce = sorted(labels, key=_least_known)[:3]
        named = ", ".join(f"{row.scope} '{row.label}' ({row.support})" for row in scarce)
        return f"bring articles with what has few examples or is least known: {named}"

    @property
    def _whose(self) -> str:
        """Whose text it was measured on."""
        return _MEASURED_ON.get(self.measured_on, self.measured_on)

    @property
    def _came_of_it(self) -> str:
        """Whether the challenger is in use now, and how it stands beside the champion."""
        overall = self.ruling.rows[0] if self.ruling.rows else None
        if overall is None or overall.champion is None:
            figure = f"F1 {overall.challenger:.3f} on {self._whose}" if overall else "not measured"
            stays = "the champion stays" if self.champion else "there is no champion yet"
            refused = "nothing new to learn" if self.ruling.nothing_new else "refused"
            return (
                f"{self._promoted}, {figure}" if self.promoted else f"{refused}, {stays} ({figure})"
            )
        if self.model == self.champion:
            return f"the same model as before, F1 {overall.challenger:.3f} on {self._whose}"
        if self.promoted:
            how = _told(overall, within_tolerance=not self.ruling.forced_by)
            change = f"F1 {overall.champion:.3f} -> {overall.challenger:.3f}"
            return f"{self._promoted}, {how}, {change} on {self._whose}"
        if not self.asked and self.ruling.promote:
            return (
                f"the gate would let it pass, F1 {overall.champion:.3f} -> "
                f"{overall.challenger:.3f} on {self._whose}"
            )
        beside = f"{overall.challenger:.3f} for the new one"
        best = self.ruling.best.overall if self.ruling.best else None
        if best is not None and best.support != overall.support:
            # It has seen other sentences: the figures of each pair belong together.
            beside += (
                f"; {best.challenger:.3f} against {best.champion:.3f} of the best so far, on the "
                f"{best.support:,} decisions that are new to that"
            )
        elif best is not None:
            beside += f", {best.champion:.3f} for the best so far"
        lower = any((row.difference or 0) < 0 for row in (overall, best) if row is not None)
        refused = "refused" if lower else "refused, though not for its F1"
        stays = f"the champion stays at F1 {overall.champion:.3f} on {self._whose}"
        return f"{refused}, {stays} ({beside})"

    @property
    def _promoted(self) -> str:
        return "promoted against the gate" if self.ruling.forced_by else "promoted"


def _least_known(row: Comparison) -> tuple[bool, float]:
    """Few examples first, the fewest before others as their F1 is chance; then the lowest F1."""
    few = row.support < FEWEST_SHOWN
    return not few, row.support if few else row.challenger


def _told(row: Comparison, *, within_tolerance: bool) -> str:
    """How a challenger stands beside the champion, as far as anybody can tell."""
    from training.evaluation.promotion.in_words import standing

    return {
        "better": "clearly better",
        "worse": "a little worse" if within_tolerance else "clearly worse",
        "not clear": "not clearly better or worse",
    }[standing(row)]


def _cells(name: str, row: Comparison) -> tuple[str, ...]:
    """A line of the table of two models."""
    sure = row.low is not None and row.support >= FEWEST_SHOWN
    return (
        name,
        f"{row.support:,}",
        _f1(row.champion, row.support),
        _f1(row.challenger, row.support),
        _f1(row.difference, row.support, sign="+"),
        f"{row.low:+.3f} to {row.high:+.3f}" if sure else "–",
    )


def _f1(value: float | None, support: int, *, sign: str = "") -> str:
    """A figure; with one digit where few cases bear it."""
    if value is None:
        return "–"
    return f"{value:{sign}.1f}" if support < FEWEST_SHOWN else f"{value:{sign}.3f}"
