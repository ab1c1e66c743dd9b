"""The configuration of the review project: the main one's, and no label of its own."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from annotation.schema import parse_schema, read_schema
from newsledger.settings import packaged
from newsledger.team.second_looks.review_config import REASON, SAYS, review_config
from tests.corpus import XML

OWN = packaged("label_config.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("xml", [OWN, XML])
def test_it_has_the_same_labels_and_controls_and_shows_why_besides(xml: str) -> None:
    schema = parse_schema(xml)
    config = review_config(schema)
    found = parse_schema(config.xml)
    assert found.fingerprint == schema.fingerprint
    assert found.event_types == schema.event_types
    assert found.claim_kinds == schema.claim_kinds
    assert found.attributes == schema.attributes
    assert set(found.fields) == {*schema.fields, SAYS}
    names = [
        one.get("name") for one in ElementTree.fromstring(config.xml).iter() if one.get("name")
    ]
    assert len(names) == len(set(names))
    assert REASON in names


def test_why_stands_above_everything_that_is_shown_and_the_reason_below() -> None:
    tags = [
        (one.tag, one.get("className") or one.get("name"))
        for one in ElementTree.fromstring(
            review_config(read_schema(packaged("label_config.xml"))).xml
        )
    ]
    assert tags[:3] == [("Style", None), ("Style", None), ("View", "nl-review")]
    assert tags[-1] == ("View", "nl-reason")


def test_the_same_schema_gives_the_same_configuration() -> None:
    assert review_config(parse_schema(OWN)) == review_config(parse_schema(OWN))
