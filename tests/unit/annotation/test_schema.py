"""A labelling configuration is understood whatever its labels are, or refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import SchemaError, SchemaMismatchError, UnknownLabelError
from annotation.schema import parse_schema, read_schema

TEXT = '<Text name="body" value="$sentence"/>'
EVENTS = """<Choices name="what" toName="body" choice="multiple">
  <Choice alias="fire" value="A fire" hint="Burning"/>
  <Choice value="flood"/>
  <Choice alias="calm" value="Nothing" excludes="rest"/>
  <Choice alias="junk" value="No story" excludes="rest" marks="boilerplate"/>
</Choices>"""
CLAIMS = """<Labels name="spans" toName="body">
  <Label alias="houses" value="Houses hit"/><Label alias="fire" value="Fires"/>
</Labels>
<Number name="low" toName="body" perRegion="true"/>
<Choices name="modifier" toName="body" perRegion="true">
  <Choice alias="at_least" value="at least"/><Choice value="about"/>
</Choices>"""


def config(*parts: str) -> str:
    return f"<View>{''.join(parts)}</View>"


SCHEMA = parse_schema(config(TEXT, EVENTS, CLAIMS, '<Header value="$title · $outlet"/>'))


def test_labels_are_known_by_what_is_stored_in_the_order_of_the_xml() -> None:
    assert SCHEMA.event_aliases == ("fire", "flood", "calm", "junk")
    assert SCHEMA.claim_aliases == ("houses", "fire")
    assert (SCHEMA.event_control, SCHEMA.claim_control) == ("what", "spans")
    assert (SCHEMA.text_control, SCHEMA.text_field) == ("body", "sentence")


def test_what_code_must_know_of_a_label_is_an_attribute() -> None:
    assert [one.alias for one in SCHEMA.event_types if one.excludes_rest] == ["calm", "junk"]
    assert SCHEMA.boilerplate_label == "junk"
    assert parse_schema(config(TEXT, CLAIMS)).boilerplate_label is None


def test_a_configuration_may_favour_recall() -> None:
    favouring = config(TEXT, EVENTS.replace("<Choices", '<Choices favours="recall"'))
    assert parse_schema(favouring).favours_recall
    assert parse_schema(favouring).fingerprint == parse_schema(config(TEXT, EVENTS)).fingerprint
    assert not SCHEMA.favours_recall
    with pytest.raises(SchemaError, match='favours="precision"'):
        parse_schema(favouring.replace("recall", "precision"))


def test_which_event_types_may_be_given_in_bulk_is_an_attribute() -> None:
    plain = config(TEXT, EVENTS)
    first = parse_schema(plain).event_types[0].value
    marked = plain.replace(f'value="{first}"', f'value="{first}" bulk="true"', 1)
    assert parse_schema(marked).bulk_labels == parse_schema(plain).event_aliases[:1]
    assert parse_schema(marked).fingerprint == parse_schema(plain).fingerprint
    assert parse_schema(plain).bulk_labels == ()


def test_the_control_of_modifiers_names_the_policy_of_vague_words() -> None:
    plain = config(TEXT, EVENTS, CLAIMS)
    acled = plain.replace('name="modifier"', 'name="modifier" policy="acled"')
    assert parse_schema(acled).policy == "acled"
    assert parse_schema(acled).fingerprint == parse_schema(plain).fingerprint
    assert parse_schema(plain).policy == parse_schema(config(TEXT, EVENTS)).policy == "literal"
    with pytest.raises(SchemaError, match='"modifier" has policy="wild"') as refused:
        parse_schema(acled.replace("acled", "wild"), where="mine.xml")
    assert str(refused.value).startswith("mine.xml")
    assert "'literal', 'acled'" in str(refused.value.hint)


def test_attributes_of_a_claim_and_fields_of_a_task_are_those_that_are_offered() -> None:
    assert SCHEMA.attributes == ("low", "modifier")
    assert SCHEMA.modifiers == ("at_least", "about")
    assert SCHEMA.fields == ("outlet", "sentence", "title")


def test_a_text_that_stands_at_an_address_is_refused() -> None:
    at = config('<Text name="body" value="$sentence" valueType="url"/>', EVENTS)
    with pytest.raises(SchemaError, match="hold addresses, not sentences") as refused:
        parse_schema(at)
    assert "leave valueType out" in (refused.value.hint or "")


@pytest.mark.parametrize(
    ("choice", "single"),
    [
        ("", True),
        ('choice="single"', True),
        ('choice="single-radio"', True),
        ('choice="multiple"', False),
    ],
)
def test_one_event_type_only_where_the_page_offers_one_only(choice: str, single: bool) -> None:
    xml = config(TEXT, EVENTS.replace('choice="multiple"', choice))
    assert parse_schema(xml).single_choice is single


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ('value="A fire"', 'value="Something burns"', True),
        ('hint="Burning"', "", True),
        ('alias="fire" value="A fire"', 'alias="blaze" value="A fire"', False),
        ('<Label alias="houses" value="Houses hit"/>', "", False),
        (' excludes="rest"/>', "/>", False),
    ],
)
def test_the_fingerprint_changes_with_what_is_stored_and_not_with_words(
    old: str, new: str, same: bool
) -> None:
    assert old in SCHEMA.xml
    other = parse_schema(SCHEMA.xml.replace(old, new))
    assert (other.fingerprint == SCHEMA.fingerprint) is same


def test_event_labels_come_in_the_order_of_the_schema_and_never_unknown() -> None:
    assert SCHEMA.event_labels(["flood", "fire", "flood"]).aliases == ("fire", "flood")
    with pytest.raises(UnknownLabelError, match="no event type 'hail', 'houses'"):
        SCHEMA.event_labels(["hail", "houses"])
    with pytest.raises(UnknownLabelError, match="no claim kind 'flood'"):
        SCHEMA.check_kind("flood")


def test_an_event_type_and_a_claim_kind_of_one_name_are_told_apart() -> None:
    less = parse_schema(SCHEMA.xml.replace('<Label alias="fire" value="Fires"/>', ""))
    assert SCHEMA.labels_not_in(less) == ("fire",)
    assert less.labels_not_in(SCHEMA) == ()


def test_two_schemas_that_differ_are_told_label_by_label() -> None:
    other = parse_schema(SCHEMA.xml.replace('alias="calm"', 'alias="quiet"'))
    SCHEMA.require_same(SCHEMA, mine="a.xml", theirs="b.xml")
    with pytest.raises(
        SchemaMismatchError,
        match=r"a\.xml and b\.xml differ: event types 'calm' only in a\.xml; "
        r"event types 'quiet' only in b\.xml",
    ):
        SCHEMA.require_same(other, mine="a.xml", theirs="b.xml")


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (config(TEXT), "neither <Choices> nor <Labels>"),
        (config(TEXT, EVENTS, EVENTS.replace('"what"', '"why"')), "2 <Choices> .*'what', 'why'"),
        (config(EVENTS), "do not all label one <Text>"),
        (config(TEXT, EVENTS, CLAIMS.replace('"body"', '"title"')), "'body', 'title'"),
        (config(TEXT.replace("$", ""), EVENTS), 'needs a value like "\\$text"'),
        (config(TEXT, EVENTS.replace('name="what"', "")), "<Choices> has no name"),
        (config(TEXT, '<Labels name="spans" toName="body"/>'), "holds no <Label>"),
        (config(TEXT, EVENTS.replace('value="flood"', "")), "a <Choice> of <Choices> has no value"),
        (config(TEXT, EVENTS.replace('"flood"', '"fire"')), "has the alias 'fire' twice"),
        (config(TEXT, EVENTS, '<TextArea name="modifier" toName="body" perRegion="true"/>'),
         'the control "modifier" is a <TextArea>'),
        (config(TEXT, EVENTS, '<Taxonomy name="role" toName="body" perRegion="true"/>'),
         'the control "role" is a <Taxonomy>'),
        ("<View>\n<Text</View>", "line 2, column 6: malformed XML"),
    ],
)  # fmt: skip
def test_a_configuration_that_cannot_be_used_is_refused(xml: str, why: str) -> None:
    with pytest.raises(SchemaError, match=why) as refused:
        parse_schema(xml, where="mine.xml")
    assert refused.value.message.startswith("mine.xml")
    assert refused.value.hint


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="No such file"):
        read_schema(tmp_path / "none.xml")
    (tmp_path / "latin.xml").write_bytes(
        config(TEXT, EVENTS).replace("fire", "Fürst").encode("latin-1")
    )
    with pytest.raises(SchemaError, match="not UTF-8"):
        read_schema(tmp_path / "latin.xml")


@pytest.mark.parametrize(
    ("tag", "labels"), [("HyperText", "HyperTextLabels"), ("Paragraphs", "ParagraphLabels")]
)
@pytest.mark.parametrize(
    "choices", ["", '<Choices name="e" toName="t"><Choice value="x"/></Choices>']
)
def test_labels_of_anything_but_plain_text_are_named_for_what_they_are(
    tag: str, labels: str, choices: str
) -> None:
    xml = (
        f'<View><{labels} name="l" toName="t"><Label value="dead"/></{labels}>'
        f'<{tag} name="t" value="$t"/>{choices}</View>'
    )
    with pytest.raises(SchemaError, match=f"labels a <{tag}>, and newsledger reads") as refused:
        parse_schema(xml)
    assert f"<Labels> for <{labels}>" in str(refused.value.hint)


@pytest.mark.parametrize("tag", ["HyperText", "Paragraphs"])
def test_choices_over_anything_but_plain_text_are_named_too(tag: str) -> None:
    choices = '<Choices name="e" toName="t"><Choice value="x"/></Choices>'
    shown = f'<{tag} name="t" value="$t"/><Text name="c" value="$c"/>'
    with pytest.raises(SchemaError, match=f"labels a <{tag}>"):
        parse_schema(f"<View>{shown}{choices}</View>")
    beside = f'<{tag} name="h" value="$h"/><Text name="t" value="$c"/>'
    assert parse_schema(f"<View>{beside}{choices}</View>").text_field == "c"


WHEN_WHERE = """
<View>
  <Text name="t" value="$text"/>
  <Choices name="e" toName="t"><Choice value="a"/></Choices>
  <DateTime name="when" toName="t" only="date" format="%Y-%m-%d" corrects="day"/>
  <TextArea name="where" toName="t" corrects="place"/>
</View>
"""


def test_what_corrects_day_and_place_is_told_by_an_attribute_not_by_a_name() -> None:
    schema = parse_schema(WHEN_WHERE)
    assert (schema.day_control, schema.place_control) == ("when", "where")
    assert parse_schema(WHEN_WHERE.replace(' format="%Y-%m-%d"', "")).day_control == "when"
    other = parse_schema(WHEN_WHERE.replace('corrects="day"', "").replace("where", "there"))
    assert (other.day_control, other.place_control) == (None, "there")


def test_two_controls_for_the_day_are_refused() -> None:
    twice = WHEN_WHERE.replace('corrects="place"', 'corrects="day"')
    with pytest.raises(SchemaError, match='2 controls with corrects="day"'):
        parse_schema(twice)


def test_a_control_that_corrects_something_else_is_refused() -> None:
    with pytest.raises(SchemaError, match='a <DateTime> has corrects="date"') as refused:
        parse_schema(WHEN_WHERE.replace('corrects="day"', 'corrects="date"'))
    assert "'day', 'place'" in (refused.value.hint or "")


NO_DAY = '<Choices name="undated" toName="t" denies="day"><Choice alias="x" value="y"/></Choices>'


def test_that_there_is_no_day_is_said_with_a_choice_that_is_no_event_type() -> None:
    schema = parse_schema(WHEN_WHERE.replace("</View>", f"{NO_DAY}</View>"))
    assert (schema.no_day_control, schema.no_day_choice) == ("undated", "x")
    assert schema.event_aliases == ("a",)
    before = parse_schema(WHEN_WHERE)
    assert (before.no_day_control, before.fingerprint) == (None, schema.fingerprint)


@pytest.mark.parametrize(
    "control",
    [
        NO_DAY.replace('"day"', '"place"'),
        NO_DAY.replace('toName="t"', 'toName="t" perRegion="true"'),
        NO_DAY.replace("</Choices>", '<Choice value="z"/></Choices>'),
        '<Choices name="undated" toName="t" denies="day"/>',
        '<TextArea name="undated" toName="t" denies="day"/>',
        NO_DAY + NO_DAY.replace("undated", "again"),
    ],
)
def test_a_control_that_cannot_take_the_day_away_is_refused(control: str) -> None:
    with pytest.raises(SchemaError, match="is not the one") as refused:
        parse_schema(WHEN_WHERE.replace("</View>", f"{control}</View>"))
    assert "the field of the place: -" in (refused.value.hint or "")


@pytest.mark.parametrize(
    ("control", "instead"),
    [
        ('only="date" format="%Y-%m-%d"', 'format="%Y-%m-%d"'),
        ('only="date" format="%Y-%m-%d"', 'only="date" format="%d.%m.%Y"'),
        ('only="date" format="%Y-%m-%d"', 'only="date,time" format="%Y-%m-%d"'),
        ("<DateTime", "<TextArea"),
        ("<TextArea", "<Number"),
        ('corrects="place"', 'corrects="place" perRegion="true"'),
    ],
)
def test_a_control_in_which_no_day_or_place_can_be_typed_is_refused(
    control: str, instead: str
) -> None:
    with pytest.raises(SchemaError, match="of the sentence") as refused:
        parse_schema(WHEN_WHERE.replace(control, instead))
    assert "without perRegion" in (refused.value.hint or "")


@pytest.mark.parametrize(
    "more",
    [
        '<Text name="body" value="$title"/>',
        '<Number name="what" toName="body" perRegion="true"/>',
        '<Number name="low" toName="body" perRegion="true"/>' * 2,
        '<Labels name="what" toName="body"><Label value="houses"/></Labels>',
        '<TextArea name="body" toName="body"/>',
    ],
)
def test_two_tags_of_one_name_are_refused(more: str) -> None:
    with pytest.raises(SchemaError, match=r"the name '.*' stands at two tags"):
        parse_schema(config(TEXT, EVENTS, more))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('excludes="rest"', 'excludes="all"'),
        ('marks="boilerplate"', 'marks="junk"'),
        ('value="flood"', 'value="flood" bulk="True"'),
        ('choice="multiple"', 'choice="many"'),
        ('value="Fires"', 'value="Fires" harm="deaths"'),
        ('perRegion="true"', 'perRegion="True"'),
        ("</View>", '<DateTime name="d" toName="body" corrects="date"/></View>'),
    ],
)
def test_an_attribute_that_would_be_passed_by_is_refused(before: str, after: str) -> None:
    with pytest.raises(SchemaError, match=r'has [a-zA-Z]+="') as refused:
        parse_schema(config(TEXT, EVENTS, CLAIMS).replace(before, after))
    assert "; or leave it out." in refused.value.hint
