"""The same news is shown once, also when it comes again in a later push."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotation.articles.pushed_sentences import KeptBack, PushedSentences
from annotation.errors import WorkspaceError
from annotation.records import Sentence

KEPT = Path(__file__).parents[3] / "kept"
"""State files as each format had them; they must go on loading."""
NEWS = "Government forces shelled the northern districts of the city on Tuesday night."


def sentence(key: str, text: str) -> Sentence:
    return Sentence(key, key.partition(":")[0], 0, 0, len(text), text)


def test_the_same_news_is_shown_once_however_often_it_comes(tmp_path: Path) -> None:
    pushed = PushedSentences(tmp_path / "pushed.json")
    assert pushed.add(sentence("a:1", NEWS)) is None
    assert pushed.add(sentence("b:1", NEWS)) is not None
    assert pushed.add(sentence("a:1", NEWS)) is None
    assert pushed.add(sentence("b:1", NEWS)) is not None


def test_what_was_saved_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "pushed.json"
    before = PushedSentences(path)
    before.add(sentence("a:1", NEWS))
    before.add(sentence("b:1", NEWS))
    before.save()
    again = PushedSentences(path)
    assert again.add(sentence("b:1", NEWS)) is not None
    assert again.add(sentence("c:1", NEWS)) is not None
    assert again.add(sentence("a:1", NEWS)) is None


def test_a_file_that_would_say_the_same_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "pushed.json"
    PushedSentences(path).save()
    assert not path.exists()
    pushed = PushedSentences(path)
    pushed.add(sentence("a:1", NEWS))
    pushed.add(sentence("b:1", NEWS))
    pushed.save()
    path.unlink()
    pushed.add(sentence("a:1", NEWS))
    pushed.add(sentence("b:1", NEWS))
    pushed.save()
    assert not path.exists()


def test_what_was_not_saved_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "pushed.json"
    PushedSentences(path).add(sentence("a:1", NEWS))
    assert not path.exists()


def test_a_sentence_that_was_kept_back_is_shown_when_it_says_something_else(tmp_path: Path) -> None:
    pushed = PushedSentences(tmp_path / "pushed.json")
    pushed.add(sentence("a:1", NEWS))
    assert pushed.add(sentence("b:1", NEWS)) is not None
    assert (
        pushed.add(sentence("b:1", "The bridge over the river was open to traffic by noon."))
        is None
    )


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x1c", "\n"])
def test_a_line_break_of_any_kind_within_a_sentence_is_kept(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "pushed.json"
    before = PushedSentences(path)
    before.add(sentence("a:1", NEWS.replace(" the ", f"{sign}the ")))
    before.save()
    assert PushedSentences(path).add(sentence("b:1", NEWS)) is not None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"format": 1,\nnonsense\n', r"it is not JSON \(.*line 2"),
        ('{"format": 1, "sentences": ["One."]}', "it has no texts by id"),
        ('{"format": 1, "sentences": {"a": 1}}', "it has no texts by id"),
        ('{"format": 1}', "it has no texts by id"),
        ('{"format": 1, "sentences": {}, "same": []}', "'same' is damaged"),
        ('{"format": 1, "sentences": {}, "same": {"a": "b"}}', "'same' is damaged"),
    ],
)
def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "pushed.json"
    path.write_text(content)
    with pytest.raises(WorkspaceError, match=rf"pushed\.json cannot be read: {why}") as raised:
        PushedSentences(path)
    assert "push again" in raised.value.hint


def test_a_file_of_the_first_format_goes_on_loading() -> None:
    pushed = PushedSentences(KEPT / "pushed-1.json")
    assert pushed.add(sentence("b:1", NEWS)) is not None
    assert pushed.add(sentence("x:0000", "anything")) is None


def test_a_file_of_a_later_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pushed.json"
    path.write_text('{"format": 2}')
    with pytest.raises(WorkspaceError, match="has format 2") as raised:
        PushedSentences(path)
    assert raised.value.hint == "Update newsledger."


def test_what_was_kept_back_is_told_with_what_is_shown_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "pushed.json"
    before = PushedSentences(path)
    before.add(sentence("a:1", NEWS))
    expected = KeptBack("b:1", NEWS.upper(), "a:1", NEWS)
    assert before.add(sentence("b:1", NEWS.upper())) == expected
    before.save()
    assert json.loads(path.read_text())["same"] == {"b:1": ["a:1", NEWS.upper()]}


def test_a_place_told_only_by_what_was_kept_back_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "pushed.json"
    before = PushedSentences(path)
    before.add(sentence("a:1", NEWS))
    assert before.add(sentence("b:1", f"HOMS: {NEWS}")) is not None
    before.save()
    assert PushedSentences(path).add(sentence("c:1", f"HAMA: {NEWS}")) is None
    assert PushedSentences(path).add(sentence("c:1", f"HOMS: {NEWS}")) is not None


def test_what_is_forgotten_lets_its_copies_go(tmp_path: Path) -> None:
    path = tmp_path / "pushed.json"
    pushed = PushedSentences(path)
    pushed.add(sentence("a:1", NEWS))
    pushed.add(sentence("b:1", NEWS))
    pushed.forget(["a:1"])
    assert pushed.add(sentence("b:1", NEWS)) is None
    pushed.save()
    assert json.loads(path.read_text())["same"] == {}
