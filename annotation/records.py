"""The vocabulary: what articles, sentences, labels and predictions are made of.

All offsets are half-open and count Unicode code points, as Python slices do and as Label Studio
stores them. All records are frozen; collections are tuples.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, get_args

Modifier = Literal["exactly", "about", "at_least", "at_most", "between", "vague"]
"""How a number is claimed; the schema's control named ``modifier`` offers the same words."""

Role = Literal["total", "part", "earlier"]
"""What a number is to the other numbers of its kind; the schema's control named ``role`` offers the
same words. A part is contained in another number, an earlier one has been replaced by another."""

ROLES: tuple[Role, ...] = get_args(Role)
"""The roles in the order in which people see them; the first is what nobody need mark."""

ReadBy = Literal["person", "machine"]
"""Who said what a number means."""

MODIFIERS: tuple[Modifier, ...] = get_args(Modifier)
"""The modifiers in the order in which people see them."""

Policy = Literal["literal", "acled"]
"""How vague words are read. ``literal``: dozens are at least two dozen, without upper end.
``acled``: as the ACLED codebook codes fatalities, dozens are 12 and hundreds 100."""

POLICIES: tuple[Policy, ...] = get_args(Policy)
"""The policies of vague words; the first is what nobody need name."""

ONE_VALUE: tuple[Modifier, ...] = ("exactly", "about")
"""Modifiers of a single value: low and high are the same."""


ENGLISH = "en"
"""The language in which numbers are read."""


def json_number(value: Decimal) -> int | float:
    """A number as JSON has it: an int where it is whole, else a float."""
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, as read."""

    id: str
    """Stable id: the one given, else 16 hex digits of a hash of title and text."""
    title: str
    """Headline, or the empty string."""
    text: str
    """The body; every offset of a sentence refers to it."""
    url: str | None = None
    """Where it was published."""
    source: str | None = None
    """Who published it."""
    published: str | None = None
    """Date of publication, ISO 8601 where it could be read."""
    page_sha256: str | None = None
    """SHA-256 of the page that it was read from, where that was kept."""
    asides: tuple[tuple[int, int], ...] = ()
    """Where its text holds what is no part of the story, as tables, headers and footers of a PDF:
    half-open offsets, in order."""


@dataclass(frozen=True, slots=True)
class ArticleMetadata:
    """What is known of an article beside its text."""

    id: str
    """The article."""
    title: str = ""
    """Headline, or the empty string."""
    source: str | None = None
    """Who published it."""
    url: str | None = None
    """Where it was published."""
    published: str | None = None
    """Date of publication, ISO 8601 where it could be read."""
    added: str | None = None
    """When its first task was made, ISO 8601 as the server writes it."""
    language: str | None = None
    """Code of its language, None where nobody has told it."""
    sha256: str | None = None
    """SHA-256 of its text in UTF-8, as it was read."""
    page_sha256: str | None = None
    """SHA-256 of the page that it was read from, where that was kept."""

    @property
    def dateline(self) -> str:
        """Publisher and date in one line, as annotators see them; empty where neither is known."""
        return " · ".join(filter(None, (self.source, self.published)))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one article: the unit that people label."""

    id: str
    """``{article_id}:{start}-{end}`` unless the input gave one, or had no offsets to make it of
    (``{article_id}:{index:04d}``); Label Studio's key for it, too."""
    article_id: str
    """The article that it belongs to; the group by which data is split."""
    index: int
    """Position in the article, counted from 0."""
    start: int
    """Where it begins in ``article.text``, in code points."""
    end: int
    """Where it ends (exclusive); ``article.text[start:end] == text``."""
    text: str
    """The sentence."""
    boilerplate: bool = False
    """True where the text looks like navigation, advertising or another story."""
    language: str | None = None
    """ISO 639 code of its language, None where nobody has told it; numbers are read in English."""

    @property
    def is_english(self) -> bool:
        """Whether it is read: what nobody has told is taken for English."""
        return self.language in (None, ENGLISH)


@dataclass(frozen=True, slots=True)
class NumericClaim:
    """A number that somebody claims, marked as a span in a sentence."""

    start: int
    """Where the span begins in the sentence, in code points."""
    end: int
    """Where it ends (exclusive)."""
    text: str
    """The span's wording: ``sentence.text[start:end]``."""
    kind: str
    """Alias of a claim kind of the schema."""
    low: Decimal | None = None
    """Smallest value claimed, None where it is open or was not filled in."""
    high: Decimal | None = None
    """Largest value claimed, None where it is open or was not filled in."""
    modifier: Modifier | None = None
    """How the number is claimed, None where it was not filled in."""
    unit: str | None = None
    """``count``, ``percent``, an ISO 4217 code, or a unit of length, area, weight or rate."""
    noun: str | None = None
    """What is counted, as written; None where it stands elsewhere."""
    attribution: str | None = None
    """Who says so: the name as written in the sentence, or as typed; None where nobody is named."""
    score: float | None = None
    """Probability of ``kind`` when a model made the claim, None when a person did."""
    read_by: ReadBy = "person"
    """Who gave ``low``, ``high`` and ``modifier``: a person, who typed or accepted them, or the
    reader of numbers."""
    implied: bool = False
    """True where one person is named and no number is written: "an inspector"."""
    role: Role = "total"
    """What the number is to the others of its kind."""
    policy: Policy | None = None
    """The policy by which a vague number has these values; None where it is not vague, or where a
    person typed values that no policy gives."""


def as_marked(claim: NumericClaim) -> NumericClaim:
    """A claim without what a machine said of it: as the person left it who marked it."""
    plain = replace(
        claim, unit=None, noun=None, policy=None, score=None, implied=False, read_by="person"
    )
    if claim.read_by == "person":
        return plain
    return replace(plain, low=None, high=None, modifier=None)


def bounds_in_words(low: str | None, high: str | None) -> str:
    """What a number is claimed to be, as people say it: ``at least 300``.

    Args:
        low: the lower bound as it is to be shown, None for an open end.
        high: the upper one.
    """
    if low is None:
        return "no number" if high is None else f"at most {high}"
    if high is None:
        return f"at least {low}"
    return low if low == high else f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class EventLabels:
    """The event types of one sentence; built by ``Schema.event_labels`` only.

    Building it anywhere else would let an unknown label in; a test looks for that.
    """

    aliases: tuple[str, ...]
    """Aliases in the order of the schema, without repetition; empty where nothing was ticked."""

    def __contains__(self, alias: object) -> bool:
        return alias in self.aliases


@dataclass(frozen=True, slots=True)
class SuggestedLabels:
    """What a suggestion said, to be held against what a person made of it."""

    events: tuple[str, ...] = ()
    """Aliases of the event types that were ticked."""
    claims: tuple[NumericClaim, ...] = ()
    """The numeric claims that were marked, ordered by start and end."""


@dataclass(frozen=True, slots=True)
class WithheldSuggestion:
    """A suggestion that was kept from whoever labelled the sentence."""

    model_id: str = ""
    """The model that made it, empty where that is not known."""
    labels: SuggestedLabels | None = None
    """What it said, None where that is not known."""


NO_PLACE = "-"
"""What people type in place of a place, where the sentence names none and one was read."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One person's view of one sentence."""

    sentence_id: str
    """The sentence that was labelled."""
    annotator: str
    """Who labelled it: the e-mail address where the server tells it, else ``user {id}``."""
    events: EventLabels
    """What happened."""
    claims: tuple[NumericClaim, ...] = ()
    """Which numbers are claimed, ordered by start and end."""
    annotation_id: str = ""
    """The id that Label Studio gave it."""
    updated_at: str = ""
    """Last change, ISO 8601 as the server writes it; the later of two versions wins."""
    cancelled: bool = False
    """True where the person skipped the task."""
    ground_truth: bool = False
    """True where the annotation was set as the truth."""
    lead_time: float | None = None
    """Seconds that the person spent."""
    suggested_by: str | None = None
    """Model whose suggestion the person started from, None for none."""
    suggested: SuggestedLabels | None = None
    """What that suggestion said, None where that is not known."""
    withheld: WithheldSuggestion | None = None
    """The suggestion that they were not shown, in a sentence drawn to be labelled without one; None
    in all others."""
    verdict: bool = False
    """True where it settles a sentence at which somebody looked again, and says what counts."""
    why: str = ""
    """Of a verdict, the reason as it was typed; else empty."""
    corrected_day: date | None = None
    """The day of what the sentence tells, where the person typed one; else what was read stands."""
    no_day: bool = False
    """True where they said that it tells no day, in place of one that was read."""
    corrected_place: str | None = None
    """The place of it, as typed, ``NO_PLACE`` for none; where nothing was typed, what was read."""
    spans_left_out: int = 0
    """How many spans that the person marked are not among the claims, as nobody can tell where they
    are: of the numbers that they seem to have left unmarked nothing is known then."""


@dataclass(frozen=True, slots=True)
class EventScore:
    """How probable a model finds one event type."""

    label: str
    """Alias of the event type."""
    score: float
    """Calibrated probability, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a model says about one sentence."""

    sentence_id: str
    """The sentence that was read."""
    events: tuple[EventScore, ...]
    """The event types that the model ticks, in the order of the schema."""
    claims: tuple[NumericClaim, ...]
    """The numeric claims that it marks, ordered by start and end, each with a score."""
    model_id: str
    """The model that said so."""
    confidence: float = 0.0
    """0 to 1, the score in Label Studio, which shows the lowest first; the queue sets it. -1 comes
    before all others."""


@dataclass(frozen=True, slots=True)
class Picked:
    """How a sentence came to be labelled: the selection, and the inclusion probability."""

    method: str = "all"
    """Name of the selection: ``all``, ``random``, ``uncertain`` or ``words``."""
    probability: float = 1.0
    """Inclusion probability: the chance of this sentence to be picked, 0 < p <= 1."""


@lru_cache(maxsize=10_000)
def picked_by(method: str, probability: float) -> Picked:
    """The record of a selection; of a hundred thousand most are equal, and so are one object."""
    return Picked(method, probability)


MOST_PEOPLE = 10
"""The most people that are asked to label one sentence."""


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence as annotators see it: with its neighbours."""

    sentence: Sentence
    """The sentence to label."""
    title: str = ""
    """Headline of the article."""
    before: str = ""
    """The sentence before it; empty where there is none, or only the headline."""
    after: str = ""
    """The sentence after it, or the empty string."""
    source: str = ""
    """Publisher and date in one line, or the empty string."""
    picked: Picked = Picked()
    """How it was selected."""
    also_in: tuple[str, ...] = ()
    """Ids of sentences that say the same, in whose place it is shown."""
    article: ArticleMetadata | None = None
    """Where the article comes from, None where nothing is known of it."""
    blind: bool = False
    """True where it was drawn to be labelled without a suggestion."""
    when_where: str = ""
    """Day and place of what it tells, as read by machine and shown, empty for neither."""
    people: int = 1
    """How many people are to label it, each by themselves; no more than ``MOST_PEOPLE``."""


def people_asked(written: object) -> int:
    """How many people are to label a task, by the field of its data; one where it is empty."""
    return max(1, int(written)) if isinstance(written, str) and written.isdecimal() else 1
