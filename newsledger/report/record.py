"""The record of a report: every number and sentence of it, which the page and ``--json`` show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from newsledger.report.figures.disagreements import Dispute
from newsledger.report.figures.label_counts import LabelCounts
from newsledger.report.figures.labelling import Labelling
from newsledger.report.figures.model_history import CurveTold, ModelMade
from newsledger.report.figures.quality import Quality
from newsledger.team.agreement import Agreement


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A table of texts."""

    title: str
    """What it shows."""
    columns: tuple[str, ...]
    """Headings; the first column names the rows."""
    rows: tuple[tuple[str, ...], ...]
    """Cells."""


@dataclass(frozen=True, slots=True)
class ToldPart:
    """What another part of newsledger says of itself, in a sentence and tables."""

    says: str
    """In words, one or more sentences."""
    tables: tuple[ToldTable, ...] = ()
    """Its numbers."""
    sentences: float = 0.0
    """How many sentences it asks to be looked at."""
    looked_at: int = 0
    """Of how many it says so."""


@dataclass(frozen=True, slots=True)
class Methods:
    """What a paper, a data set and a model have to say of themselves."""

    paragraph: str
    """How the labels were made and the model measured, ready to paste."""
    data_card: str
    """Markdown with front matter."""
    model_card: str
    """Markdown with front matter; empty where there is no model."""
    citation: str
    """A CITATION.cff of the data set."""


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """How a project stands."""

    made: str
    """When the report was made, ISO 8601."""
    version: str
    """The newsledger that made it."""
    snapshot: str
    """Id of the snapshot that it tells of."""
    on_seeds: bool
    """True where there are no articles but those that newsledger brought along."""
    seed_labels: int
    """Labels of people on seed articles, which are not counted beside one's own."""
    next_steps: tuple[str, ...]
    """What to do next, the more urgent first."""
    good_enough: str
    """Whether the model is good enough, and for what."""
    whom_to_ask: str
    """Who should talk to whom about what."""
    labelling: Labelling
    """How the labelling goes."""
    quality: Quality | None
    """How good the model in use is; None where there is none."""
    not_learnt: int
    """Labelled sentences that the model in use has not learnt from."""
    curve: CurveTold | None
    """What more labels bring; None where nothing tells."""
    promotion: str
    """What the next promotion needs."""
    agreement: Agreement
    """How far people agree."""
    disputes: tuple[Dispute, ...]
    """What they differ on, the event type with the lowest alpha first."""
    anchoring: ToldPart | None
    """How far suggestions pull; None where no sentence was shown without one."""
    likely_errors: ToldPart | None
    """Labels that are likely wrong; None where nobody has looked for any."""
    counts: LabelCounts
    """How often each label holds."""
    models: tuple[ModelMade, ...]
    """The models, the one that was made last at the end."""
    methods: Methods
    """What to say of how this was made."""

    def to_json(self) -> Mapping[str, Any]:
        """All of it in JSON values."""
        return asdict(self)
