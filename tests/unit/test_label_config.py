"""The labelling configuration: what is stored, which keys, and colours that can be told apart.

Colours are measured, not judged. Distance is CIEDE2000 (Sharma, Wu & Dalal 2005); about 2 can just
be noticed. Colour blindness is simulated after Machado, Oliveira & Fernandes (2009) with full
severity. Contrast is that of WCAG 2.1, which asks for 4.5 (level AA).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from coloraide import Color

from annotation.labelstudio.import_json import task_data
from annotation.records import MODIFIERS, ROLES, Sentence, Task
from annotation.schema import ATTRIBUTES, Label, Schema, parse_schema, read_schema

PATH = Path(__file__).parents[2] / "label_config.xml"
ROOT = ElementTree.parse(PATH).getroot()

EVENT_TYPES = (
    "clash strike shelling bombing attack_on_civilians detention siege territory surrender "
    "displacement mobilisation aid talks protest statement destruction none off_topic"
)
CLAIM_KINDS = (
    "killed wounded missing detained surrendered displaced at_risk forces territory attacks "
    "materiel damage money other"
)

CONTROLS = ("event", "claim", "modifier", "role", "no_day")

# Label Studio 1.23.2 on a text (its core/settings/keymap.json without the keys of other media).
TAKEN = {"u", "enter", "escape", "backspace", "delete", "tab", "space"}

# Background and text of Label Studio's page in both modes: its --color-neutral-* variables.
MODES = {"light": ("#FDFDFC", "#262522"), "dark": ("#262522", "#F9F8F6")}
MARKED = 0.3
"""Opacity of a marked claim's colour (Label Studio's HighlightMixin.js)."""
SELECTED = 0.8 * 0.5
"""The same for the selected claim: Label Studio's, under our veil of half the background."""


def labels(control: str) -> list[ElementTree.Element]:
    """The labels of one control, in order."""
    return ROOT.findall(f".//*[@name='{control}']/*")


COLOURS = {tag.attrib["alias"]: Color(tag.attrib["background"]) for tag in labels("claim")}


def stored_before(schema: Schema) -> set[str]:
    """Aliases that are stored in projects and models, and that a schema no longer has."""
    gone = {*EVENT_TYPES.split()}.difference(schema.event_aliases)
    return gone | {*CLAIM_KINDS.split()}.difference(schema.claim_aliases)


@pytest.fixture(scope="module")
def schema() -> Schema:
    return read_schema(PATH)


def test_what_is_stored_never_changes(schema: Schema) -> None:
    assert not stored_before(schema)
    assert tuple(tag.get("alias") for tag in labels("modifier")) == MODIFIERS
    assert tuple(tag.get("alias") for tag in labels("role")) == ROLES
    assert schema.attributes == ATTRIBUTES
    assert not schema.single_choice


@pytest.mark.parametrize(
    ("alias", "instead", "gone"),
    [
        ("clash", '<Choice alias="raid" value="Raid"/>\n    <Choice alias="clash"', set()),
        ("clash", '<Choice alias="fighting"', {"clash"}),
        ("talks", '<Choice alias="TALKS"', {"talks"}),
    ],
    ids=["an added event type", "a renamed one", "another spelling"],
)
def test_an_event_type_may_be_added_but_none_renamed(
    schema: Schema, alias: str, instead: str, gone: set[str]
) -> None:
    changed = schema.xml.replace(f'<Choice alias="{alias}"', instead)
    assert changed != schema.xml
    assert stored_before(parse_schema(changed)) == gone


def test_only_the_last_two_event_types_exclude_the_rest(schema: Schema) -> None:
    def names(found: list[Label]) -> list[str]:
        return [label.alias for label in found]

    assert names([e for e in schema.event_types if e.excludes_rest]) == ["none", "off_topic"]
    assert names([e for e in schema.event_types if e.boilerplate]) == ["off_topic"]


def test_only_that_nothing_happened_may_be_said_in_bulk(schema: Schema) -> None:
    """In a trial nothing else could be left to the machine."""
    assert schema.bulk_labels == ("none",)


def test_what_happened_to_people_is_said_of_the_kinds_that_count_them(schema: Schema) -> None:
    harms = {label.alias: label.harm for label in schema.claim_kinds if label.harm}
    assert harms == {
        "killed": "death",
        "wounded": "injury",
        "missing": "disappearance",
        "detained": "capture",
    }


def test_rewording_and_restyling_changes_nothing_that_is_stored(schema: Schema) -> None:
    xml = re.sub(r"<Style>.*?</Style>", "", schema.xml, flags=re.DOTALL)
    xml = xml.replace('value="Armed clash"', 'value="Fighting"')
    assert parse_schema(xml).fingerprint == schema.fingerprint


def test_every_label_explains_itself() -> None:
    for control in CONTROLS:
        for tag in labels(control):
            assert tag.get("hint"), f"{control} {tag.get('alias')} has no hint"


def test_every_label_has_a_key_of_its_own_that_nothing_else_uses() -> None:
    """Label Studio reports neither a key that is used twice nor one that it uses itself."""
    keys = [tag.get("hotkey") for name in CONTROLS for tag in labels(name)]
    assert None not in keys, "Label Studio would give it one by itself"
    assert [key for key, times in Counter(keys).items() if times > 1] == []
    assert TAKEN.isdisjoint(keys)
    held = {key.rpartition("+")[0] for key in keys if key}
    assert held <= {"", "shift"}, "with ctrl and alt the browser has its own plans"


def test_the_event_types_are_numbered() -> None:
    keys = [tag.get("hotkey") for tag in labels("event")]
    assert keys[:10] == list("1234567890")
    assert keys[10:-2] == [f"shift+{number}" for number in range(1, len(keys) - 11)]


def test_the_page_shows_what_a_task_brings(schema: Schema) -> None:
    task = Task(Sentence("a:0000", "a", 0, 0, 4, "Text"), "Title", "Before", "After", "Outlet")
    data = task_data(task, schema)
    assert {field: data[field] for field in schema.fields} == {
        "text": "Text",
        "title": "Title",
        "before": "Before",
        "after": "After",
        "outlet": "Outlet",
        "readings": "",
        "when_where": "",
    }


def test_a_claim_has_its_values_below_the_sentence_and_its_kind_below_these() -> None:
    parts = [part for one in ROOT if (part := one.get("className"))]
    assert parts[-4:] == ["nl-values", "nl-claims", "nl-events", "nl-told"]
    # Tab goes on in the order of the page: from a claim to its value.
    fields = [one.tag for one in ROOT.iter() if one.tag in ("Number", "TextArea", "Choices")]
    assert fields[0] == "Number"


def test_the_page_does_not_use_the_field_that_label_studio_overwrites(schema: Schema) -> None:
    """In the browser ``data.source`` is the whole task as JSON (TaskStore.js)."""
    assert "source" not in schema.fields


@pytest.mark.parametrize(
    ("seen_with", "distance"),
    [("full colour vision", 14.5), ("protan", 14.5), ("deutan", 14.5), ("tritan", 11)],
)
def test_any_two_claim_kinds_can_be_told_apart(seen_with: str, distance: float) -> None:
    seen = {kind: _as_seen(colour, seen_with) for kind, colour in COLOURS.items()}
    nearest = min(
        (a.delta_e(b, method="2000"), one, other)
        for (one, a), (other, b) in combinations(seen.items(), 2)
    )
    assert nearest[0] >= distance, nearest


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seen_with", ["full colour vision", "protan", "deutan"])
def test_any_two_marked_claims_can_be_told_apart(mode: str, seen_with: str) -> None:
    """The faint colours behind the words; the kind also stands behind each claim in words."""
    background, _ = MODES[mode]
    seen = {
        kind: _as_seen(_over(colour, background, MARKED), seen_with)
        for kind, colour in COLOURS.items()
    }
    nearest = min(
        (a.delta_e(b, method="2000"), one, other)
        for (one, a), (other, b) in combinations(seen.items(), 2)
    )
    assert nearest[0] >= 5.5, nearest
    assert ROOT.find(".//Text[@name='text']").get("showLabels") == "true"  # type: ignore[union-attr]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("opacity", [MARKED, SELECTED], ids=["marked", "selected"])
def test_marked_words_can_be_read(mode: str, opacity: float) -> None:
    background, text = MODES[mode]
    worst = min(
        (Color(text).contrast(_over(colour, background, opacity), method="wcag21"), kind)
        for kind, colour in COLOURS.items()
    )
    assert worst[0] >= 4.5, worst


def _as_seen(colour: Color, seen_with: str) -> Color:
    if seen_with == "full colour vision":
        return colour
    return colour.filter(seen_with, 1, method="machado").clip("srgb")


def _over(colour: Color, background: str, opacity: float) -> Color:
    """What the browser paints: plain alpha blending of gamma-encoded sRGB."""
    return Color(background).mix(colour, opacity, space="srgb")


def test_the_codes_of_an_event_type_are_those_of_the_codebook() -> None:
    page = (PATH.parent / "docs" / "codebook.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+ \| [^|]+) \|$", page, re.MULTILINE))
    schema = read_schema(PATH)
    for label in schema.event_types:
        if not label.excludes_rest:
            acled, plover = rows[label.alias].split(" | ")
            named = {part.split(":")[0] for part in label.acled.split("; ") if part}
            assert named == {one for one in _ACLED if one in acled}
            assert set(re.findall("[A-Z]{3,}", plover)) == set(
                filter(None, label.plover.split("; "))
            )


_ACLED = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
)
"""Event types of ACLED."""


def test_the_day_and_the_place_of_a_sentence_can_be_corrected(schema: Schema) -> None:
    assert (schema.day_control, schema.place_control) == ("day", "place")
    assert (schema.no_day_control, schema.no_day_choice) == ("no_day", "none")
    day = ROOT.find(".//DateTime")
    assert day is not None
    assert (day.get("only"), day.get("format")) == ("date", "%Y-%m-%d")
