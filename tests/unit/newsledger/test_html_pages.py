"""What all pages share: what is refused as a name, and what cannot be in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import InputError
from newsledger.html_pages import (
    page_part,
    policy_hash,
    require_page_name,
    whole_characters,
    write_page,
)


@pytest.mark.parametrize("name", ["a.html", "b.HTM", "folder/c.html"])
def test_a_page_ends_as_one(name: str, tmp_path: Path) -> None:
    require_page_name(tmp_path / name, "the report", hint="Name another.")


@pytest.mark.parametrize("name", ["a.pdf", "html", "folder.html"])
def test_anything_else_is_refused_by_name(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(
        InputError, match=f"{name} is not a name for the page of the report"
    ) as caught:
        require_page_name(tmp_path / name, "the report", hint="Name another.")
    assert caught.value.hint == "Name another."


def test_half_a_character_is_written_in_words_and_the_rest_is_kept(tmp_path: Path) -> None:
    text = whole_characters("Borno \ud83d 🌍 é")
    assert text == "Borno \\ud83d 🌍 é"
    write_page(tmp_path / "a.html", text)
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == text


def test_a_hash_is_the_one_that_browsers_reckon() -> None:
    assert policy_hash("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@pytest.mark.parametrize("package", ["newsledger.ledger.files", "newsledger.report.pages"])
def test_each_page_has_its_template(package: str) -> None:
    assert page_part(package, "page.html").startswith("<!doctype html>")
