"""What a team has decided about its queue, and the draws that follow it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from newsledger.settings import Settings, packaged
from newsledger.team.policy import BLIND_SHARE, TeamPolicy, is_drawn, settle_policy

KEYS = [f"article:{number}-{number + 40}" for number in range(20_000)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "w", packaged("label_config.xml"))


def test_what_was_named_once_is_the_policy_from_then_on(settings: Settings) -> None:
    assert settle_policy(settings) == TeamPolicy(blind=BLIND_SHARE)
    assert not settings.workspace.exists()
    assert settle_policy(settings, blind=0.2).blind == 0.2
    assert settle_policy(settings).blind == 0.2
    assert settle_policy(settings, blind=0.0).blind == 0.0
    assert settle_policy(settings).blind == 0.0


def test_one_decision_leaves_the_others(settings: Settings) -> None:
    settle_policy(settings, overlap=0.1, people=3)
    assert settle_policy(settings, blind=0.0) == TeamPolicy(0.0, 0.1, 3)


@pytest.mark.parametrize(
    "named",
    ['"blind": "much"', '"blind": 2', '"overlap": -0.1', '"blind": true', '"overlap": null',
     '"people": 1', '"people": 2.5', '"people": "two"', '"people": 11', '"people": 1e9'],
)  # fmt: skip
def test_a_policy_that_cannot_be_read_is_named(settings: Settings, named: str) -> None:
    settings.workspace.mkdir()
    (settings.workspace / "team.json").write_text(f'{{"format": 1, {named}}}')
    with pytest.raises(WorkspaceError, match=r"team\.json"):
        settle_policy(settings)


def test_a_damaged_policy_has_to_be_named_again(settings: Settings) -> None:
    settings.workspace.mkdir()
    (settings.workspace / "team.json").write_text("damaged")
    with pytest.raises(WorkspaceError, match=r"team\.json") as caught:
        settle_policy(settings)
    assert "--blind" in caught.value.hint
    assert "found anew" not in caught.value.hint


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 1.0])
def test_a_draw_holds_its_share_the_same_in_every_run(share: float) -> None:
    drawn = [key for key in KEYS if is_drawn("w1", "blind", key, share)]
    assert len(drawn) == pytest.approx(share * len(KEYS), abs=250)
    assert drawn == [key for key in KEYS if is_drawn("w1", "blind", key, share)]


def test_a_larger_share_holds_the_smaller_one() -> None:
    small = {key for key in KEYS if is_drawn("w1", "blind", key, 0.05)}
    assert small < {key for key in KEYS if is_drawn("w1", "blind", key, 0.1)}


def test_one_draw_says_nothing_of_another() -> None:
    mine = {key for key in KEYS if is_drawn("w1", "blind", key, 0.3)}
    for other in (("w2", "blind"), ("w1", "overlap")):
        theirs = {key for key in KEYS if is_drawn(*other, key, 0.3)}
        assert len(mine & theirs) == pytest.approx(0.09 * len(KEYS), abs=200)


def test_a_kept_file_goes_on_loading(settings: Settings) -> None:
    settings.workspace.mkdir()
    kept = Path(__file__).parents[3] / "kept" / "team-1.json"
    shutil.copy(kept, settings.workspace / "team.json")
    assert settle_policy(settings) == TeamPolicy(0.1, 0.2, 3)
