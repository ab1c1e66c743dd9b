"""Marked texts of another tool -> tasks with annotations, as a Label Studio export has them.

What somebody said of a sentence is taken whole or not at all, as from Label Studio: where one of
its labels is not understood, the sentence stays unlabelled and it is said why. A sentence without a
mark stays unlabelled, too, for nothing says that there is nothing in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from annotation.articles.decoding import check_text, content_id, sentence_id
from annotation.articles.languages import languages_of
from annotation.articles.sentences import cut_row, split
from annotation.articles.tasks import Document
from annotation.errors import ArticleError, LabelsError
from annotation.imports.interface import MarkedSpan, MarkedText
from annotation.labelstudio.import_json import task_data, to_prediction
from annotation.numbers.reader import read
from annotation.records import Article, EventScore, NumericClaim, Prediction, Sentence, Task
from annotation.schema import Label, Schema

_DEATH = "death"


@dataclass(slots=True)
class Imported:
    """What came of the texts of another tool."""

    tasks: list[dict[str, Any]] = field(default_factory=list)
    """Each sentence once, with what people said of it, as Label Studio exports it."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    """The same sentences as rows that can be read with ``--presplit``."""
    problems: list[LabelsError] = field(default_factory=list)
    """What was not understood, each with a place and a reason."""
    labelled: int = 0
    """How many of the sentences have labels."""
    unmarked: int = 0
    """How many sentences of labelled texts have none, since nobody marked anything in them."""


@dataclass(slots=True)
class _Said:
    """What one person said of one sentence."""

    events: set[str] = field(default_factory=set)
    claims: dict[tuple[int, int, str], NumericClaim] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    """Where they looked and said nothing, for messages."""

    @property
    def skipped(self) -> bool:
        """Whether they said nothing of it anywhere."""
        return not (self.events or self.claims)


def labels_here(
    texts: Iterable[MarkedText],
    schema: Schema,
    mapping: Mapping[str, str] | None = None,
    *,
    presplit: bool = False,
) -> Imported:
    """Say in the labels of a schema what was said in those of another tool.

    Args:
        texts: what a reader of ``annotation.imports`` yields.
        schema: the labels here.
        mapping: an alias for each label that is called otherwise there; empty to pass it by.
        presplit: each text is one sentence already.
    """
    return _Labels(schema, mapping or {}, presplit).of(texts)


class _Labels:
    """The way from marked texts to tasks."""

    def __init__(self, schema: Schema, mapping: Mapping[str, str], presplit: bool) -> None:
        self._schema, self._mapping, self._presplit = schema, mapping, presplit
        self._found = Imported()
        self._unknown: dict[str, tuple[str, Counter[str]]] = {}
        self._said: dict[str, dict[str, _Said]] = {}
        self._left_out = set[tuple[str, str]]()

    def of(self, texts: Iterable[MarkedText]) -> Imported:
        documents: dict[str, Document] = {}
        more: dict[str, Mapping[str, object]] = {}
        marked = set[str]()
        for one in texts:
            try:
                _check(one)
            except ArticleError as error:
                self._found.problems.append(LabelsError(error.message, hint=error.hint))
                continue
            document = self._document(one)
            known = documents.setdefault(document.article.id, document)
            if known.article.text != one.text:
                self._problem(one.where, f"the id '{document.article.id}' has another text already")
                continue
            more[document.article.id] = one.more
            if one.labelled:
                marked.add(document.article.id)
                self._read(one, known.sentences)
        self._tell_unknown()
        people = self._people()
        self._tell_ignored()
        for document in documents.values():
            for task in document.tasks():
                said = self._said.get(task.sentence.id, {})
                made = self._task(task, said, people)
                made["data"] |= more[document.article.id]
                self._found.tasks.append(made)
                self._found.rows.append(cut_row(task.sentence))
                self._found.labelled += bool(said)
                self._found.unmarked += not said and document.article.id in marked
        return self._found

    def _document(self, one: MarkedText) -> Document:
        known = one.article
        title = known.get("title", "")
        article = Article(
            id=known.get("id") or content_id(title, one.text),
            title=title,
            text=one.text,
            url=known.get("url"),
            source=known.get("source"),
            published=known.get("published"),
        )
        if not (one.is_one or self._presplit):
            return Document(article, split(article))
        key, end = sentence_id(article.id, 0, len(one.text)), len(one.text)
        language = languages_of([one.text])[0]
        return Document(
            article, (Sentence(key, article.id, 0, 0, end, one.text, language=language),)
        )

    def _read(self, one: MarkedText, sentences: tuple[Sentence, ...]) -> None:
        """What a person said of a text, to the sentences that it is about."""
        if one.skipped:
            for sentence in sentences:
                self._of(sentence, one).ignored.append(one.where)
            return
        if one.labels and len(sentences) != 1:
            self._problem(
                one.where,
                f"nothing says which of its {len(sentences)} sentences '{one.labels[0]}' is about",
                hint="If each text was labelled as a whole, add --presplit.",
            )
        for label in one.labels if len(sentences) == 1 else ():
            self._tick(label, sentences[0], one)
        starts = [sentence.start for sentence in sentences]
        for span in one.spans:
            place = bisect_right(starts, span.start) - 1
            sentence = sentences[max(place, 0)]
            if place < 0 or span.end > sentence.end or span.start >= sentence.end:
                self._problem(
                    one.where,
                    f"'{one.text[span.start : span.end][:60]}' ({span.label}) is not within one "
                    "sentence",
                )
                self._leave_out(sentence, one)
            else:
                self._mark(span, sentence, one)
        if one.deaths is not None and sentences:
            self._mark_deaths(one.deaths, sentences[0], one)

    def _of(self, sentence: Sentence, one: MarkedText) -> _Said:
        return self._said.setdefault(sentence.id, {}).setdefault(one.annotator, _Said())

    def _tick(self, label: str, sentence: Sentence, one: MarkedText) -> None:
        target = self._mapping.get(label, label)
        if not target:
            return
        alias = _named(target, self._schema.event_types) or self._coded(label, one)
        if alias is None:
            self._not_known(label, sentence, one)
        else:
            self._of(sentence, one).events.add(alias)

    def _mark(self, span: MarkedSpan, sentence: Sentence, one: MarkedText) -> None:
        target = self._mapping.get(span.label, span.label)
        if not target:
            return
        kind = _named(target, self._schema.claim_kinds)
        if kind is None:  # some tools mark the word that tells of an event
            self._tick(span.label, sentence, one)
            return
        start, end = span.start - sentence.start, span.end - sentence.start
        claim = NumericClaim(start, end, sentence.text[start:end], kind)
        self._of(sentence, one).claims[start, end, kind] = claim

    def _coded(self, label: str, one: MarkedText) -> str | None:
        """The one event type with this code of ACLED."""
        found = [
            each.alias
            for each in self._schema.event_types
            if label in each.acled.split("; ") and label not in self._mapping
        ]
        if len(found) > 1:
            self._problem(one.where, f"'{label}' is the code of {' and of '.join(found)}")
        return found[0] if len(found) == 1 else None

    def _mark_deaths(self, deaths: int, sentence: Sentence, one: MarkedText) -> None:
        """Mark the number of those killed, where all numbers of a text are known by that."""
        kinds = [each.alias for each in self._schema.claim_kinds if each.harm == _DEATH]
        mentions = read(sentence.text, implied=True)
        fitting = [each for each in mentions if each.low == each.high == Decimal(deaths)]
        if len(kinds) == len(fitting) == len(mentions) == 1:
            (said,) = fitting
            self._of(sentence, one).claims[said.start, said.end, kinds[0]] = NumericClaim(
                said.start, said.end, said.text, kinds[0], said.low, said.high, said.modifier
            )
            return
        self._problem(
            one.where,
            f"it codes {deaths} killed, and nothing says which of the {len(mentions)} numbers of "
            "the text these are, and what the others are: it stays unlabelled",
        )
        self._leave_out(sentence, one)

    def _not_known(self, label: str, sentence: Sentence, one: MarkedText) -> None:
        self._unknown.setdefault(label, (one.where, Counter()))[1][sentence.id] += 1
        self._leave_out(sentence, one)

    def _leave_out(self, sentence: Sentence, one: MarkedText) -> None:
        self._left_out.add((sentence.id, one.annotator))

    def _people(self) -> dict[str, int]:
        """A number for each person; what was not understood whole is taken out."""
        for key, person in self._left_out:
            self._said.get(key, {}).pop(person, None)
        names = {name for said in self._said.values() for name in said}
        return {name: number for number, name in enumerate(sorted(names), 1)}

    def _tell_ignored(self) -> None:
        """Where each label is asked for alone, one may be ignored and another said."""
        told = {
            (where, name): None  # once, however many sentences the text has
            for said in self._said.values()
            for name, one in said.items()
            if not one.skipped
            for where in one.ignored
        }
        for where, name in told:
            self._problem(where, f"'{name}' ignored what they labelled elsewhere: the labels count")

    def _problem(self, where: str, what: str, hint: str = "") -> None:
        self._found.problems.append(LabelsError(f"{where}: {what}.", hint=hint))

    def _tell_unknown(self) -> None:
        aliases = [one.alias for one in (*self._schema.event_types, *self._schema.claim_kinds)]
        for label, (where, seen) in self._unknown.items():
            self._problem(
                where,
                f"the label '{label}' is not in the configuration; sentences with it stay "
                f"unlabelled, {len(seen):,} in all",
                hint=f"Add --map '{label}=ALIAS', or --map '{label}=' to skip it. "
                f"There are: {', '.join(aliases)}.",
            )

    def _task(
        self, task: Task, said: Mapping[str, _Said], people: Mapping[str, int]
    ) -> dict[str, Any]:
        return {
            "data": task_data(task, self._schema),
            "annotations": [
                {
                    "completed_by": {"id": people[name], "email": name},
                    "was_cancelled": one.skipped,
                    "result": [] if one.skipped else self._result(one, task.sentence),
                }
                for name, one in sorted(said.items())
            ],
        }

    def _result(self, said: _Said, sentence: Sentence) -> object:
        aliases = self._schema.event_labels(said.events).aliases
        claims = tuple(said.claims[key] for key in sorted(said.claims))
        events = tuple(EventScore(alias, 1.0) for alias in aliases)
        return to_prediction(Prediction(sentence.id, events, claims, ""), sentence, self._schema)[
            "result"
        ]


def _check(one: MarkedText) -> None:
    """Refuse what no file can be written with.

    Raises:
        ArticleError: the text, or what is told of it, is no readable text.
    """
    check_text(one.text, one.where, "the text")
    told = (*one.labels, *(span.label for span in one.spans), *one.article.values())
    others = " ".join((one.annotator, *told, *map(str, one.more.values())))
    check_text(others, one.where, "what is told of the text")


def _named(target: str, labels: Iterable[Label]) -> str | None:
    """The alias of the label that is called so, by its alias or by what people see."""
    return next((one.alias for one in labels if target in (one.alias, one.value)), None)
