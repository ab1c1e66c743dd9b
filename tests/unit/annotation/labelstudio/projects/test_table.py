"""The table of tasks as people first see it."""

from __future__ import annotations

from annotation.labelstudio.import_json import task_data
from annotation.labelstudio.projects.table import first_tab
from annotation.records import Sentence, Task
from annotation.schema import parse_schema, read_schema
from newsledger.settings import packaged


def test_of_what_we_store_only_headline_outlet_and_sentence_are_shown() -> None:
    schema = read_schema(packaged("label_config.xml"))
    stored = task_data(Task(Sentence("s", "a", 0, 0, 5, "Words"), "", "", ""), schema)
    hidden = first_tab(schema)["hiddenColumns"]["explore"]
    shown = {name for name in stored if f"tasks:data.{name}" not in hidden}
    assert shown == {"title", "outlet", schema.text_field}


def test_a_sentence_that_the_schema_calls_otherwise_is_shown_too() -> None:
    xml = (
        '<View><Text name="t" value="$before"/><Header value="$note"/>'
        '<Choices name="e" toName="t"><Choice value="a"/><Choice value="b"/></Choices></View>'
    )
    hidden = first_tab(parse_schema(xml))["hiddenColumns"]["explore"]
    assert "tasks:data.before" not in hidden
    assert "tasks:data.note" in hidden


def test_beside_an_open_task_the_list_shows_the_sentence_alone() -> None:
    schema = read_schema(packaged("label_config.xml"))
    tab = first_tab(schema)
    assert set(tab["hiddenColumns"]["explore"]) < set(tab["hiddenColumns"]["labeling"])
    assert f"tasks:data.{schema.text_field}" not in tab["hiddenColumns"]["labeling"]
