"""The schema: ``label_config.xml``, the one place where event types and claim kinds live, read.

Nothing in the code knows a label by its name. What code must know of a label is an attribute of
its ``<Choice>`` or ``<Label>``:

- ``excludes="rest"``: ticking it leaves no room for another event type;
- ``marks="boilerplate"``: it says that the sentence is no part of the story;
- ``harm="death"`` (of a claim kind; or injury, capture, disappearance): it counts people who came
  to such harm, so that one person who is named without a number is a claim of one;
- ``acled="…"``, ``plover="…"``: the nearest codes of these schemes, for whoever compares counts;
- ``bulk="true"`` (of an event type): sentences that are surely this and nothing else may be
  labelled by the machine.

On the ``<Choices>`` of event types, ``favours="recall"`` asks for more suggestions, of which more
are wrong; on that of modifiers, ``policy="acled"`` says how vague words are read. On a control of
the whole sentence, ``corrects="day"`` (a ``<DateTime only="date" format="%Y-%m-%d">``) or
``corrects="place"`` (a ``<TextArea>``) says that people correct with it when or where it happened;
``denies="day"`` (a ``<Choices>`` with one ``<Choice>``) says that ticking it takes the day away.
Label Studio passes them all by. The configuration may be any that has one ``<Choices>`` and, or,
one ``<Labels>`` over one ``<Text>``; the attributes of a claim (controls with
``perRegion="true"``) are recognised by the names in ``ATTRIBUTES`` and may be missing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from annotation.errors import SchemaError, SchemaMismatchError, UnknownLabelError
from annotation.records import POLICIES, EventLabels, Policy
from annotation.schema_checks import (
    names_of,
    require_choices,
    require_known_values,
    require_names_of_their_own,
    require_one_of_each,
    require_plain_text,
)
from annotation.schema_controls import (
    DAY,
    PLACE,
    control_name,
    correcting_control,
    denying_day,
    favours_recall,
    labelled_text,
    modifiers_offered,
    policy_of,
    task_fields,
)
from annotation.storage import read_text_file, why_unread

ATTRIBUTES = ("low", "high", "modifier", "attribution", "role")
"""Names of the controls that hold the attributes of a claim."""


@dataclass(frozen=True, slots=True)
class Label:
    """One ``<Choice>`` or ``<Label>``."""

    alias: str
    """What is stored; never changes."""
    value: str
    """What people see; may be reworded at will."""
    hint: str = ""
    """The explanation shown on hovering."""
    excludes_rest: bool = False
    """True where no other event type may stand beside it."""
    boilerplate: bool = False
    """True where it says that the sentence is no part of the story."""
    harm: str | None = None
    """What happened to the people whom a claim kind counts; None where it counts others."""
    acled: str = ""
    """``event type: sub-event type`` of ACLED, several joined by "; "; empty for none."""
    plover: str = ""
    """Event types of PLOVER, the nearest first, joined by "; "; empty where it codes none."""
    bulk: bool = False
    """True where sentences that a model finds sure to be this and nothing else may be labelled in
    bulk."""


@dataclass(frozen=True, slots=True)
class Schema:
    """A labelling configuration, understood."""

    xml: str
    """The configuration, character for character as it was read."""
    text_control: str
    """Name of the ``<Text>`` that people label."""
    text_field: str
    """The task's data field that it shows."""
    event_control: str | None
    """Name of the ``<Choices>`` with the event types, None where there is none."""
    event_types: tuple[Label, ...]
    """Event types in the order of the XML; the columns of every matrix."""
    claim_control: str | None
    """Name of the ``<Labels>`` with the claim kinds, None where there is none."""
    claim_kinds: tuple[Label, ...]
    """Claim kinds in the order of the XML."""
    attributes: tuple[str, ...]
    """Those of ``ATTRIBUTES`` that the configuration offers."""
    fields: tuple[str, ...]
    """Every ``$variable`` of the configuration, sorted; a task's data must have them all."""
    day_control: str | None = None
    """Name of the control with which people correct the day of a sentence, None for none."""
    no_day_control: str | None = None
    """The same with which they say that it tells no day."""
    no_day_choice: str = ""
    """Alias of its one choice."""
    place_control: str | None = None
    """Name of the control with which they correct its place."""
    modifiers: tuple[str, ...] = ()
    """What the control ``modifier`` offers, by alias; empty where there is none."""
    single_choice: bool = False
    """True where annotators can tick one event type only."""
    favours_recall: bool = False
    """True where an event type that is missed costs more than one that is taken back."""
    policy: Policy = POLICIES[0]
    """How vague words are read."""
    unread: tuple[str, ...] = ()
    """Controls of single spans that are none of ``ATTRIBUTES``, and so are not read."""
    event_aliases: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Aliases of the event types, in order; made once, for every label is held against them."""
    claim_aliases: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Aliases of the claim kinds, likewise."""

    def __post_init__(self) -> None:
        """Set the aliases; a frozen record lets nobody else do so."""
        for name, labels in (
            ("event_aliases", self.event_types),
            ("claim_aliases", self.claim_kinds),
        ):
            object.__setattr__(self, name, tuple(label.alias for label in labels))

    @property
    def event_values(self) -> dict[str, str]:
        """What people see of each event type, by its alias, in order."""
        return {label.alias: label.value for label in self.event_types}

    @property
    def claim_values(self) -> dict[str, str]:
        """The same of each claim kind."""
        return {label.alias: label.value for label in self.claim_kinds}

    @property
    def harms(self) -> tuple[str | None, ...]:
        """What happened to the people whom each claim kind counts, None for none, in order."""
        return tuple(label.harm for label in self.claim_kinds)

    @property
    def boilerplate_label(self) -> str | None:
        """Alias of the event type that marks what is no part of the story, None for none."""
        return next((label.alias for label in self.event_types if label.boilerplate), None)

    @property
    def bulk_labels(self) -> tuple[str, ...]:
        """Aliases of the event types that may be given in bulk, in order."""
        return tuple(label.alias for label in self.event_types if label.bulk)

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change when what is *stored* changes; rewording changes nothing."""
        stored = {
            "events": [[e.alias, e.excludes_rest, e.boilerplate] for e in self.event_types],
            "claims": list(self.claim_aliases),
            "single_choice": self.single_choice,
        }
        return hashlib.sha256(json.dumps(stored).encode()).hexdigest()[:16]

    def event_labels(self, aliases: Iterable[str]) -> EventLabels:
        """Checked event types in the schema's order.

        Raises:
            UnknownLabelError: one of them is not in the schema.
        """
        wanted = set(aliases)
        found = tuple(alias for alias in self.event_aliases if alias in wanted)
        if len(found) < len(wanted):
            raise UnknownLabelError(
                f"The schema has no event type {names_of(wanted.difference(found))}.",
                hint=f"It has {names_of(self.event_aliases)}.",
            )
        return EventLabels(found)

    def check_kind(self, alias: str) -> str:
        """The alias itself, if it is a claim kind.

        Raises:
            UnknownLabelError: it is none.
        """
        if alias not in self.claim_aliases:
            raise UnknownLabelError(
                f"The schema has no claim kind '{alias}'.",
                hint=f"It has {names_of(self.claim_aliases)}.",
            )
        return alias

    def labels_not_in(self, other: Schema) -> tuple[str, ...]:
        """Labels that this schema has and the other has not, event types first."""
        # An event type and a claim kind may have the same alias, so each is held against its own.
        return (
            *(one for one in self.event_aliases if one not in other.event_aliases),
            *(one for one in self.claim_aliases if one not in other.claim_aliases),
        )

    def require_same(self, other: Schema, *, mine: str, theirs: str) -> None:
        """Do nothing if both store the same labels.

        Args:
            other: the schema to compare with.
            mine: what to call this schema in the message, e.g. ``"label_config.xml"``.
            theirs: what to call the other one.

        Raises:
            SchemaMismatchError: they differ; the message names what was added and removed.
        """
        if self.fingerprint == other.fingerprint:
            return
        changes = []
        for what, ours, others in (
            ("event types", self.event_aliases, other.event_aliases),
            ("claim kinds", self.claim_aliases, other.claim_aliases),
        ):
            if added := set(ours).difference(others):
                changes.append(f"{what} {names_of(added)} only in {mine}")
            if removed := set(others).difference(ours):
                changes.append(f"{what} {names_of(removed)} only in {theirs}")
        raise SchemaMismatchError(
            f"The labels of {mine} and {theirs} differ: "
            f"{'; '.join(changes) or 'the same labels in another order or with other attributes'}.",
            hint="Retrain with the configuration in use, or go back to the one of the model.",
        )


def read_schema(path: Path) -> Schema:
    """Read a labelling configuration.

    Raises:
        SchemaError: the file cannot be read, or cannot be used for labelling sentences.
    """
    try:
        xml = read_text_file(path, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SchemaError(
            f"{path} cannot be read: {why_unread(error)}.",
            hint="Give a Label Studio labelling configuration, saved as UTF-8, with --config.",
        ) from error
    return parse_schema(xml, where=str(path))


def parse_schema(xml: str, *, where: str = "the labelling configuration") -> Schema:
    """Understand a labelling configuration that is already in memory.

    Raises:
        SchemaError: it is malformed, has neither or too many controls, or repeats a label.
    """
    root = _tree(xml, where)
    require_names_of_their_own(root, where)
    require_known_values(root, where)
    require_plain_text(root, where)
    choices = [
        tag
        for tag in root.iter("Choices")
        if tag.get("perRegion") != "true" and "denies" not in tag.attrib
    ]
    no_day_tag = denying_day(root, where)
    labels = list(root.iter("Labels"))
    require_one_of_each(choices, labels, where)
    event_tag = choices[0] if choices else None
    claim_tag = labels[0] if labels else None
    text_control, text_field = labelled_text(root, [*choices, *labels], where)
    per_region = {tag.get("name"): tag for tag in root.iter() if tag.get("perRegion") == "true"}
    require_choices((per_region.get("modifier"), per_region.get("role")), where)
    return Schema(
        xml=xml,
        text_control=text_control,
        text_field=text_field,
        event_control=control_name(event_tag, where),
        event_types=_labels(event_tag, "Choice", where),
        claim_control=control_name(claim_tag, where),
        claim_kinds=_labels(claim_tag, "Label", where),
        attributes=tuple(name for name in ATTRIBUTES if name in per_region),
        day_control=correcting_control(root, "day", DAY, where),
        no_day_control=control_name(no_day_tag, where),
        no_day_choice="".join(one.alias for one in _labels(no_day_tag, "Choice", where)),
        place_control=correcting_control(root, "place", PLACE, where),
        modifiers=modifiers_offered(per_region.get("modifier")),
        fields=task_fields(root),
        single_choice=event_tag is not None
        and event_tag.get("choice", "single") in ("single", "single-radio"),
        favours_recall=favours_recall(event_tag, where),
        policy=policy_of(per_region.get("modifier"), where),
        unread=tuple(name for name in per_region if name and name not in ATTRIBUTES),
    )


def _tree(xml: str, where: str) -> ElementTree.Element:
    """The elements of a configuration."""
    try:
        # Safe on a file of the user's own: expat limits the expansion of entities itself.
        return ElementTree.fromstring(xml)  # noqa: S314
    except ElementTree.ParseError as error:
        line, column = error.position
        reason = str(error).split(":")[0]
        raise SchemaError(
            f"{where}, line {line}, column {column + 1}: malformed XML ({reason}).",
            hint="Correct the XML there; Label Studio would refuse it too.",
        ) from error


def _labels(tag: ElementTree.Element | None, child: str, where: str) -> tuple[Label, ...]:
    if tag is None:
        return ()
    found = []
    for one in tag.iter(child):
        value = one.get("value")
        if not value:
            raise SchemaError(
                f"{where}: a <{child}> of <{tag.tag}> has no value.", hint='Add value="…".'
            )
        found.append(
            Label(
                alias=one.get("alias") or value,
                value=value,
                hint=one.get("hint", ""),
                excludes_rest=one.get("excludes") == "rest",
                boilerplate=one.get("marks") == "boilerplate",
                harm=one.get("harm"),
                acled=one.get("acled", ""),
                plover=one.get("plover", ""),
                bulk=one.get("bulk") == "true",
            )
        )
    if not found:
        raise SchemaError(
            f"{where}: <{tag.tag}> holds no <{child}>.", hint=f"Add at least one <{child}>."
        )
    for what, used in (("alias", [x.alias for x in found]), ("value", [x.value for x in found])):
        if twice := {one for one in used if used.count(one) > 1}:
            raise SchemaError(
                f"{where}: <{tag.tag}> has the {what} {names_of(twice)} twice.",
                hint="Label Studio would accept it and mix up the labels; make them differ.",
            )
    return tuple(found)
