"""The result of one annotation -> what was ticked, and each marked span with its values.

An entry by a control of the schema that does not have the shape of such an entry refuses the whole
annotation: to pass it by would teach that nothing was ticked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from annotation.labelstudio.export_json.models import ResultItem, ResultValue, kind_of
from annotation.schema import Schema


@dataclass(frozen=True, slots=True)
class Region:
    """A marked span with what was said of it."""

    name: str
    """What to call it in messages."""
    value: ResultValue
    """The span."""
    kinds: tuple[str, ...]
    """Its labels."""
    attributes: Mapping[str, ResultValue] = field(default_factory=dict)
    """What was said of it, by attribute."""


@dataclass(frozen=True, slots=True)
class ResultParts:
    """The entries of an annotation's result, sorted by what the schema calls their control."""

    ticked: tuple[str, ...]
    """Event types."""
    regions: tuple[Region, ...]
    """Marked spans."""
    doubts: tuple[str, ...]
    """Values that belong to no span, or not to one alone."""
    days: tuple[ResultValue, ...]
    """What was typed as the day of the sentence."""
    no_day: bool
    """Whether it was ticked that the sentence tells no day."""
    places: tuple[ResultValue, ...]
    """What was typed as its place."""
    used: frozenset[str]
    """Names of the controls of all these."""
    others: tuple[ResultItem, ...]
    """Entries by other controls."""


def sort_result(result: Iterable[object], schema: Schema) -> ResultParts | str:
    """Sort the entries of a result by their control.

    Returns:
        The parts, or why the annotation cannot be taken.
    """
    ticked: list[str] = []
    spans: list[tuple[ResultItem, Region]] = []
    values: list[tuple[str, ResultItem]] = []
    typed: dict[str, list[ResultValue]] = {"day": [], "place": []}
    no_day = False
    others: list[ResultItem] = []
    used: set[str] = set()
    for number, raw in enumerate(result, start=1):
        item = _item(raw, number, schema)
        if isinstance(item, str):
            return item
        if item is None:
            continue
        name = item.from_name or ""
        where = f"entry {number} of its result, by the control '{name}'"
        if name == schema.event_control:
            choices = item.value.ticked
            if choices is None:
                return f"{where}, holds no list of choices or of taxonomy paths"
            ticked += choices
        elif name == schema.claim_control:
            kinds = item.value.kinds
            if kinds is None:
                return f"{where}, holds no list of labels"
            region = str(number) if item.id is None else str(item.id)
            spans.append((item, Region(region, item.value, kinds)))
        elif name in schema.attributes:
            values.append((name, item))
        elif name == schema.day_control:
            typed["day"].append(item.value)
        elif name == schema.no_day_control:
            if item.value.ticked is None:
                return f"{where}, holds no list of choices"
            no_day = no_day or bool(item.value.ticked)
        elif name == schema.place_control:
            typed["place"].append(item.value)
        else:
            others.append(item)
            continue
        used.add(name)
    regions, doubts = _with_values(spans, values)
    return ResultParts(
        tuple(ticked),
        regions,
        doubts,
        tuple(typed["day"]),
        no_day,
        tuple(typed["place"]),
        frozenset(used),
        tuple(others),
    )


def _item(raw: object, number: int, schema: Schema) -> ResultItem | str | None:
    """One entry, None for a relation between regions, or why it is none."""
    if not isinstance(raw, dict):
        return f"entry {number} of its result is a JSON {kind_of(raw)}"
    try:
        item = ResultItem.model_validate(raw)
    except ValidationError:
        if raw.get("type") == "relation" or {"from_id", "to_id"} <= raw.keys():
            return None
        name = raw.get("from_name")
        if isinstance(name, str) and name not in _controls(schema):
            return ResultItem.model_validate({**raw, "value": {}})
        what = "has no value" if "value" not in raw else f"has a JSON {kind_of(raw['value'])}"
        what += "" if "value" not in raw else " in place of its value"
        return f"entry {number} of its result, by the control {name!r}, {what}"
    if not item.from_name:
        return f"entry {number} of its result does not say which control it was made with"
    return item


def _controls(schema: Schema) -> tuple[str | None, ...]:
    sentence = (schema.event_control, schema.claim_control, schema.day_control)
    return (*sentence, schema.no_day_control, schema.place_control, *schema.attributes)


def _with_values(
    spans: Iterable[tuple[ResultItem, Region]], values: Iterable[tuple[str, ResultItem]]
) -> tuple[tuple[Region, ...], tuple[str, ...]]:
    """The regions with the values that were said of them, and the values that fit none.

    An id that is missing or stands for several spans does not tell which is meant; then the
    offsets do, which Label Studio writes beside each value.
    """
    kept: list[tuple[ResultItem, Region, dict[str, ResultValue]]] = []
    for item, region in spans:
        twin = next((r for i, r, _ in kept if i.id is not None and i == item), None)
        if twin is None:  # one entry written twice is one claim
            kept.append((item, region, {}))
    doubts = []
    for name, item in values:
        same = [one for one in kept if one[0].id == item.id]
        if item.id is None or len(same) > 1:
            same = [one for one in same if _bounds(one[0].value) == _bounds(item.value)]
        if item.id is None and len(same) > 1:
            same = []
        called = "without an id" if item.id is None else str(item.id)
        if not same:
            doubts.append(f"values without a marked span (region {called}); not taken")
        for _, _, attributes in same:
            if attributes.setdefault(name, item.value) != item.value:
                doubts.append(f"a second '{name}' of one span (region {called}); not taken")
    regions = tuple([Region(r.name, r.value, r.kinds, said) for _, r, said in kept])
    return regions, tuple(dict.fromkeys(sorted(doubts)))


def _bounds(value: ResultValue) -> tuple[object, object]:
    return value.start, value.end
