from __future__ import annotations

import pytest

from annotation.attribution.same_sources import same_source_names

SOHR = "the Syrian Observatory for Human Rights"


@pytest.mark.parametrize(
    ("names", "short", "full"),
    [
        ((SOHR, "the Observatory"), "the Observatory", SOHR),
        (("The Observatory", SOHR), "The Observatory", SOHR),
        ((f"{SOHR} (SOHR)", "SOHR"), "SOHR", f"{SOHR} (SOHR)"),
        ((SOHR, "SOHR"), "SOHR", SOHR),
        (("Human Rights Watch", "HRW"), "HRW", "Human Rights Watch"),
        (("Col. Ali Hassan", "Hassan"), "Hassan", "Col. Ali Hassan"),
        (("The ministry of health", "the ministry"), "the ministry", "The ministry of health"),
        (("Police", "police"), "police", "Police"),
        (("the army", "The army"), "The army", "the army"),
    ],
)
def test_a_short_name_is_that_of_the_longer_one(
    names: tuple[str, ...], short: str, full: str
) -> None:
    assert same_source_names(names)[short] == full


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (("a ministry official", "the ministry"), "the ministry"),
        (("an army spokesman", "the army"), "the army"),
        (("Russian officials", "officials"), "officials"),
        (("a hospital doctor", "a doctor"), "a doctor"),
        (("the ministry of health", "the ministry of defence", "the ministry"), "the ministry"),
        (("the mayor of Homs", "Homs"), "Homs"),
    ],
)
def test_what_may_be_another_source_stays_by_itself(names: tuple[str, ...], short: str) -> None:
    assert same_source_names(names)[short] == short


def test_nothing_is_nothing() -> None:
    assert same_source_names([]) == {}
