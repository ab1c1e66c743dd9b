"""Who answers, and who labels there: the server, its token, accounts and invitations."""

from __future__ import annotations

from itertools import count

import pytest

from annotation.errors import (
    StudioAuthError,
    StudioError,
    StudioUnreachableError,
)
from annotation.labelstudio.sync import (
    LabelStudio,
    Project,
)
from tests.contract.conftest import World, pairs


def test_it_says_who_answers(world: World) -> None:
    info = world.studio.check()
    assert info.version.startswith("1.")
    assert "@" in info.user


def test_a_wrong_token_is_refused_by_name(world: World) -> None:
    stranger = LabelStudio(world.studio.url, "0" * 40, transport=world.fake)
    with stranger, pytest.raises(StudioAuthError, match="refuses the token"):
        stranger.check()


def test_an_address_below_the_server_is_no_label_studio(world: World) -> None:
    url = f"{world.studio.url}/some/page"
    lost = LabelStudio(url, "0" * 40, transport=world.fake)
    with lost, pytest.raises(StudioUnreachableError, match="not a Label Studio"):
        lost.check()


_people = count(1)


def somebody() -> str:
    return f"ann{next(_people)}@newsledger.local"


def test_somebody_signed_up_is_listed_with_name_and_nothing_labelled(
    world: World, project: Project
) -> None:
    email = somebody()
    before = world.studio.accounts()
    world.studio.sign_up(email, "correct horse", name="Ann Å")
    *others, made = world.studio.accounts(project.id)
    assert (made.email, made.name, made.annotations) == (email, "Ann Å", 0)
    assert [one.id for one in others] == [one.id for one in before]
    assert [one.annotations for one in before] == [None] * len(before)


def test_what_somebody_labelled_is_counted_and_what_they_skipped_is_not(
    world: World, project: Project
) -> None:
    world.studio.push(project.id, pairs(3), world.schema)
    world.annotate(project, "s00000", [])
    world.annotate(project, "s00001", [])
    world.annotate(project, "s00002", [], was_cancelled=True)
    (me, *_) = world.studio.accounts(project.id)
    assert me.email == world.studio.check().user
    assert me.annotations == 2


def test_nobody_is_signed_up_twice_or_without_an_address(world: World) -> None:
    email = somebody()
    world.studio.sign_up(email, "correct horse")
    with pytest.raises(StudioError, match=r"has an account at .* already") as refused:
        world.studio.sign_up(email.upper(), "another horse")
    assert "reset-password" in refused.value.hint
    for given, password in (("no address@nowhere", "correct horse"), (somebody(), "short")):
        with pytest.raises(StudioError, match=f"did not make an account for {given}"):
            world.studio.sign_up(given, password)


def test_an_invitation_is_an_address_of_the_server(world: World) -> None:
    link = world.studio.invitation()
    assert link.startswith(f"{world.studio.url}/user/signup/?token=")
    assert world.annotator.get(link).status_code == 200
