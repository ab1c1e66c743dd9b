"""Several files in one: the same bytes each time, and nothing out of it that is not expected."""

from __future__ import annotations

import io
import zipfile

import pytest

from training.registry.files.archives import archive_of, file_entry, members_in

MEMBERS = {"b.json": b"{}", "a/x.txt": b"One."}


def test_members_come_out_as_they_went_in_and_in_their_order() -> None:
    found = members_in(archive_of(MEMBERS), {"a/x.txt", "b.json", "not.there"})
    assert list(found.items()) == list(MEMBERS.items())


def test_the_same_members_are_the_same_bytes() -> None:
    assert archive_of(MEMBERS) == archive_of(dict(MEMBERS))
    assert archive_of(MEMBERS) != archive_of(dict(reversed(MEMBERS.items())))


def packed(*members: tuple[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a zip file"),
        (archive_of(MEMBERS)[:-9], "not a zip file"),
        (archive_of(MEMBERS).replace(b"One.", b"Two."), "Bad CRC-32"),
        (archive_of({**MEMBERS, "../x": b""}), "its parts are not those"),
        (packed(("b.json", b"1"), compression=zipfile.ZIP_DEFLATED), "compressed"),
    ],
)
def test_what_is_no_such_archive_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        members_in(content, MEMBERS)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_may_be_there_once() -> None:
    with pytest.raises(ValueError, match="its parts are not those"):
        members_in(packed(("b.json", b"1"), ("b.json", b"2")), MEMBERS)


def test_a_file_is_described_by_its_size_and_digest() -> None:
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file_entry(b"abc") == {"sha256": digest, "bytes": 3}
