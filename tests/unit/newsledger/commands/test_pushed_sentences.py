"""The register remembers which sentences were pushed, and shows the same news once."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from annotation.records import Sentence
from newsledger.commands.pushed_sentences import PushedSentences

NEWS = "Government forces shelled the northern districts of the city on Tuesday night."


def sentence(key: str, text: str) -> Sentence:
    return Sentence(key, key.partition(":")[0], 0, 0, len(text), text)


def test_the_same_news_is_linked_to_the_first_one(tmp_path: Path) -> None:
    register = PushedSentences(tmp_path / "pushed.jsonl")
    assert register.earlier(sentence("a:1", NEWS)) is None
    assert register.earlier(sentence("b:1", NEWS)) == "a:1"
    assert register.earlier(sentence("a:1", NEWS)) is None


def test_what_was_saved_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "pushed.jsonl"
    before = PushedSentences(path)
    before.earlier(sentence("a:1", NEWS))
    before.save()
    assert PushedSentences(path).earlier(sentence("b:1", NEWS)) == "a:1"


def test_what_was_not_saved_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "pushed.jsonl"
    PushedSentences(path).earlier(sentence("a:1", NEWS))
    assert not path.exists()


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x1c", "\n"])
def test_a_line_break_of_any_kind_within_a_sentence_breaks_no_line(
    tmp_path: Path, sign: str
) -> None:
    path = tmp_path / "pushed.jsonl"
    before = PushedSentences(path)
    before.earlier(sentence("a:1", NEWS.replace(" the ", f"{sign}the ")))
    before.save()
    assert PushedSentences(path).earlier(sentence("b:1", NEWS)) == "a:1"


def test_a_damaged_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "pushed.jsonl"
    path.write_text('{"id": "a:1", "same_as": null, "text": "One."}\nnonsense\n')
    with pytest.raises(WorkspaceError, match=r"pushed\.jsonl cannot be read: line 2"):
        PushedSentences(path)
