"""What each verb came to: records that people and machines can read.

A use case returns one of these; ``Terminal.show`` prints it. ``text`` is made of sentences,
``tables`` of figures, and ``to_json`` holds everything.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.errors import ServerError
from newsledger.report import Table

if TYPE_CHECKING:
    from annotation.studio import Counts
    from newsledger.server import LocalServer, Login
    from training.champion import Listed
    from training.curve import LearningCurve
    from training.evaluate import Figures, Interval
    from training.gate import Verdict


MISSED_SHOWN = 5
"""Claims that the reader does not propose: so many are shown, enough to see what they have in
common."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verb came to."""

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values."""
        return asdict(self)

    def text(self) -> str:
        """The outcome in sentences, one a line."""
        raise NotImplementedError

    def tables(self) -> tuple[Table, ...]:
        """Tables to show before the text."""
        return ()


@dataclass(frozen=True, slots=True)
class Pushed(Outcome):
    """What a push did."""

    articles: int
    """Articles that were read."""
    sentences: int
    """Sentences in them."""
    created: int
    """Tasks that were made."""
    already_there: int
    """Sentences that the project had before."""
    same_as_another: int
    """Sentences that say the same as another one and are shown to nobody."""
    boilerplate: int
    """Sentences that look like no part of the story; they come last in the queue."""
    suggested: int
    """Suggestions that the server stored."""
    resent: int
    """Records that had to be sent again because the server had not stored them."""
    model: str
    """The model that made the suggestions."""
    url: str
    """Where people label."""

    def text(self) -> str:
        """The outcome in sentences."""
        lines = [
            f"{self.articles:,} articles, {self.sentences:,} sentences: "
            f"{self.created:,} new tasks, {self.already_there:,} were there already, "
            f"{self.same_as_another:,} say the same as another."
        ]
        if self.boilerplate:
            lines.append(f"{self.boilerplate:,} look like boilerplate and come last in the queue.")
        lines.append(f"{self.suggested:,} suggestions by {self.model} stored.")
        if self.resent:
            lines.append(f"{self.resent:,} records were sent again: the server had lost them.")
        return "\n".join([*lines, f"Label at {self.url}"])


@dataclass(frozen=True, slots=True)
class Pulled(Outcome):
    """What a pull found."""

    snapshot: str
    """Id of the snapshot."""
    path: str
    """Its folder."""
    sentences: int
    """Sentences in the project."""
    labelled: int
    """Sentences with at least one label."""
    annotations: int
    """Annotations, skipped ones included."""
    skipped: int
    """Annotations that were skipped."""
    annotators: tuple[str, ...]
    """Who labelled."""
    held_out: int
    """Articles that no model is trained on."""

    def text(self) -> str:
        """The outcome in sentences."""
        by = f" by {', '.join(self.annotators)}" if self.annotators else ""
        return (
            f"{self.sentences:,} sentences in the project, {self.labelled:,} labelled{by}: "
            f"{self.annotations:,} annotations, {self.skipped:,} of them skipped.\n"
            f"{self.held_out:,} articles are held out: no model learns from them.\n"
            f"Snapshot {self.snapshot} in {self.path}"
        )


_MEASURED_ON = {
    "holdout": "the held-out articles",
    "cross-validation": "articles left out in turn (cross-validation)",
}


@dataclass(frozen=True, slots=True)
class Trained(Outcome):
    """What a training came to."""

    model: str
    """Id of the challenger."""
    champion: str | None
    """The champion when it was judged; None if it is the first."""
    promoted: bool
    """True where the challenger is the champion now."""
    verdict: Verdict
    """What the gate said, with the table."""
    notes: tuple[str, ...]
    """What the data lead should know."""
    measured_on: str
    """What the figures were measured on: ``holdout``, ``cross-validation`` or ``nothing``."""
    figures: Mapping[str, Any]
    """All figures, as in the manifest."""
    seconds: float
    """How long the fitting took."""
    asked: bool = True
    """False where nobody asked for a promotion."""
    missed: tuple[str, ...] = ()
    """Claims that people marked and the reader of numbers does not propose."""

    def text(self) -> str:
        """The verdict and the notes, in sentences."""
        lines = list(self.notes)
        lines += [f"  not proposed: {one}" for one in self.missed[:MISSED_SHOWN]]
        if len(self.missed) > MISSED_SHOWN:
            lines.append(f"  and {len(self.missed) - MISSED_SHOWN} more; --json lists them all.")
        lines.append(f"Trained {self.model} in {self.seconds:.1f} s.")
        why = " ".join(self.verdict.reasons)
        if self.promoted and self.verdict.forced_by:
            lines.append(f"Promoted by {self.verdict.forced_by} against the gate: {why}")
        elif self.promoted:
            lines.append(f"Promoted: {why}")
        elif not self.asked and self.verdict.promote:
            lines.append(f"The gate would let it pass: {why}")
            lines.append(f"Promote it with: newsledger promote {self.model}")
        else:
            lines.append(f"Refused: {why}")
            lines.append(f"The champion {self.champion or '(none)'} stays in use.")
        return "\n".join(lines)

    def tables(self) -> tuple[Table, ...]:
        """Champion against challenger, overall and per label."""
        if not self.verdict.rows:
            return ()
        title = f"F1 on {_MEASURED_ON.get(self.measured_on, self.measured_on)}"
        if self.champion is None:
            rows = tuple(
                (f"{row.scope} {row.label}", f"{row.support:,}", f"{row.challenger:.3f}")
                for row in self.verdict.rows
            )
            return (Table(title, ("", "support", "F1"), rows),)
        return (
            Table(
                title,
                ("", "support", "champion", "challenger", "difference", "95 % interval"),
                tuple(
                    (
                        f"{row.scope} {row.label}",
                        f"{row.support:,}",
                        "–" if row.champion is None else f"{row.champion:.3f}",
                        f"{row.challenger:.3f}",
                        "–" if row.difference is None else f"{row.difference:+.3f}",
                        "–" if row.low is None else f"{row.low:+.3f} to {row.high:+.3f}",
                    )
                    for row in self.verdict.rows
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class Evaluated(Outcome):
    """How well a model does on some labels."""

    model: str
    """Its id."""
    measured_on: str
    """Where the labels came from."""
    figures: Figures
    """All figures with intervals."""
    curve: LearningCurve | None = None
    """What growing shares of the labels are worth; None where nobody asked."""

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values."""
        return {
            "model": self.model,
            "measured_on": self.measured_on,
            "figures": self.figures.to_json(),
            "curve": asdict(self.curve) if self.curve else None,
        }

    def text(self) -> str:
        """What was measured on what, and what more labels promise."""
        measured = (
            f"{self.model} on {self.measured_on}: {self.figures.n_sentences:,} sentences of "
            f"{self.figures.n_articles:,} articles; 95 % intervals from "
            f"{self.figures.n_resamples:,} resamples of the articles."
        )
        return f"{measured}\n{self.curve.verdict}" if self.curve else measured

    def tables(self) -> tuple[Table, ...]:
        """Sums, then each label, then the learning curve."""
        if self.curve is None:
            return figure_tables(self.figures)
        points = Table(
            "Learning curve",
            ("labels", "F1", "of repeats"),
            tuple(
                (f"{one.n_labels:,}", f"{one.score:.3f}", f"{one.low:.3f} to {one.high:.3f}")
                for one in self.curve.points
            ),
        )
        return (*figure_tables(self.figures), points)


@dataclass(frozen=True, slots=True)
class Models(Outcome):
    """The models of a workspace, oldest first."""

    models: tuple[Listed, ...]
    """One for each folder, damaged ones too."""

    def to_json(self) -> dict[str, Any]:
        """The whole list in JSON values."""
        return {"models": [asdict(one) for one in self.models]}

    def text(self) -> str:
        """How many there are, and what is wrong with some."""
        if not self.models:
            return "There is no model yet: `newsledger train`, `retrain` or `up` makes one."
        broken = [one.problem for one in self.models if one.problem]
        return "\n".join(["* marks the champion.", *broken])

    def tables(self) -> tuple[Table, ...]:
        """One line for each model."""
        if not self.models:
            return ()
        return (
            Table(
                "Models",
                # The id says when a model was made.
                ("  model", "promoted", "events micro F1", "macro F1", "claims F1", "size"),
                tuple(
                    (
                        f"{'*' if one.champion else ' '} {one.id}",
                        _short_time(one.promoted_at) + (" (forced)" if one.forced_by else ""),
                        _figure(one.figures, "events", "micro_f1"),
                        _figure(one.figures, "events", "macro_f1"),
                        _figure(one.figures, "claims", "overlapping", "f1"),
                        one.state if one.state != "ok" else f"{one.size / 1e6:.2f} MB",
                    )
                    for one in self.models
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class Switched(Outcome):
    """Another champion."""

    champion: str
    """The champion now."""
    before: str | None
    """The one before."""
    refreshed: int | None = None
    """Suggestions replaced in Label Studio; None where it could not be done."""

    def text(self) -> str:
        """The outcome in sentences."""
        shown = (
            "Suggestions in Label Studio stay as they are until `newsledger up` or `retrain`."
            if self.refreshed is None
            else f"{self.refreshed:,} suggestions on unlabelled tasks replaced."
        )
        if self.before == self.champion:
            return f"{self.champion} was the champion already.\n{shown}"
        return (
            f"{self.champion} is the champion now, instead of {self.before or 'nothing'}.\n{shown}"
        )


@dataclass(frozen=True, slots=True)
class Retrained(Outcome):
    """What a retraining came to."""

    pulled: Pulled
    """The labels that it learnt from."""
    trained: Trained
    """The challenger and the verdict."""
    refreshed: int
    """Suggestions replaced."""

    @property
    def promoted(self) -> bool:
        """True where the challenger is the champion now."""
        return self.trained.promoted

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values."""
        return {
            "pulled": self.pulled.to_json(),
            **self.trained.to_json(),
            "refreshed": self.refreshed,
        }

    def text(self) -> str:
        """The outcome in sentences."""
        lines = [self.trained.text()]
        if self.promoted:
            lines.append(f"{self.refreshed:,} suggestions on unlabelled tasks replaced.")
        return "\n".join(lines)

    def tables(self) -> tuple[Table, ...]:
        """Champion against challenger."""
        return self.trained.tables()


@dataclass(frozen=True, slots=True)
class Running(Outcome):
    """A Label Studio that is ready for people."""

    url: str
    """Its address."""
    project_url: str
    """Where people label."""
    counts: Counts
    """What the project holds."""
    login: Login | None
    """How to log in; None for an existing server, where people know."""
    login_file: Path | None
    """Where user and password are written down."""
    server: LocalServer | None = field(repr=False)
    """The server, if it is ours to stop."""
    elsewhere: bool = False
    """True where another `newsledger up` runs it already."""

    def wait(self) -> None:
        """Return at once where there is nothing to stop; else when the server has ended.

        Raises:
            ServerError: it ended by itself.
            KeyboardInterrupt: somebody pressed Ctrl-C.
        """
        while self.server is not None:
            time.sleep(0.5)
            if self.server.pid is None:
                raise ServerError(
                    "The local Label Studio has ended.", hint=f"Look at {self.server.log}."
                )

    def to_json(self) -> dict[str, Any]:
        """Addresses and counts; no secrets."""
        return {"url": self.url, "project_url": self.project_url, **asdict(self.counts)}

    def text(self) -> str:
        """The outcome in sentences."""
        counts = self.counts
        lines = [
            f"{counts.tasks:,} sentences in the project, {counts.with_suggestion:,} with a "
            f"suggestion by {counts.model_id or 'no model'}, {counts.annotated:,} labelled.",
            f"Label at      {self.project_url}",
        ]
        if self.login is not None:
            lines.append(f"Log in as     {self.login.user}")
            lines.append(f"The password  is in {self.login_file}")
        if self.elsewhere:
            lines.append("It is run by another `newsledger up`.")
        elif self.server is not None:
            lines.append("Ctrl-C stops it; `newsledger up` picks up where it was.")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Diagnosis(Outcome):
    """What is right and what is to be mended."""

    url: str | None
    """Address of Label Studio, None where none runs."""
    project_id: int | None
    """The project there."""
    tasks: int | None
    """Tasks in it; None where it cannot be asked."""
    with_suggestion: int | None
    """Tasks with a suggestion of the model in use."""
    annotated: int | None
    """Tasks with a label."""
    champion: str | None
    """The model in use."""
    problems: tuple[str, ...]
    """What is wrong and what to do, one sentence or two each."""

    def text(self) -> str:
        """The outcome in sentences."""
        lines = [
            f"Label Studio  {self.url or 'not running'}",
            f"Project       {self.project_id or 'not made yet'}",
        ]
        if self.tasks is not None:
            lines.append(
                f"Tasks         {self.tasks:,}, {self.with_suggestion:,} with a suggestion, "
                f"{self.annotated:,} labelled"
            )
        lines.append(f"Champion      {self.champion or 'not there yet'}")
        if self.problems:
            return "\n".join([*lines, "", "To mend:", *(f"- {one}" for one in self.problems)])
        return "\n".join([*lines, "Everything is in order."])


def figure_tables(figures: Figures) -> tuple[Table, ...]:
    """Figures as tables: sums, then each event type, then each claim kind."""
    tables = []
    if events := figures.events:
        sums: tuple[tuple[str, Interval], ...] = (
            ("micro F1", events.micro_f1),
            ("macro F1", events.macro_f1),
            ("example-based F1", events.example_f1),
            ("exact match", events.exact_match),
            ("calibration error", events.calibration_error),
            ("calibration error, p > 0.1", events.calibration_error_unsure),
            ("expected / actual positives", events.expected_over_actual),
        )
        tables.append(Table("Events", ("", "value"), tuple((n, str(v)) for n, v in sums)))
        tables.append(
            Table(
                "Event types",
                ("", "support", "precision", "recall", "F1", "average precision"),
                tuple(
                    (
                        one.label,
                        f"{one.support:,}",
                        str(one.precision),
                        str(one.recall),
                        str(one.f1),
                        str(one.average_precision),
                    )
                    for one in events.labels
                ),
            )
        )
    if claims := figures.claims:
        tables.append(
            Table(
                "Claims",
                ("", "precision", "recall", "F1"),
                (
                    *(
                        (name, str(span.precision), str(span.recall), str(span.f1))
                        for name, span in (
                            ("any kind, overlapping", claims.found),
                            ("same kind, overlapping", claims.overlapping),
                            ("same kind, same span", claims.exact),
                        )
                    ),
                    ("mean over kinds, overlapping", "", "", str(claims.macro_f1)),
                ),
            )
        )
        tables.append(
            Table(
                "Claim kinds",
                ("", "support", "precision", "recall", "F1"),
                tuple(
                    (
                        one.label,
                        f"{one.support:,}",
                        str(one.precision),
                        str(one.recall),
                        str(one.f1),
                    )
                    for one in claims.kinds
                ),
            )
        )
    return tuple(tables)


def _figure(figures: Mapping[str, Any], *path: str) -> str:
    found: Any = figures
    for name in (*path, "value"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return f"{found:.3f}" if isinstance(found, float) else "–"


def _short_time(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "–"
