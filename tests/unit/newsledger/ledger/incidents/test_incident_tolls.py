"""Low, best and high of an incident, and what they stand on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from annotation.records import NumericClaim
from newsledger.ledger.incidents.grouping import Incident, Joined
from newsledger.ledger.incidents.incident_tolls import IncidentToll, incident_tolls, outlets_of
from newsledger.ledger.incidents.reports import ReportingArticle
from tests.unit.newsledger.ledger.reporting import article, claim, reports


def incident(*articles: ReportingArticle) -> Incident:
    return Incident(tuple(Joined(one, (), None) for one in reports(*articles)))


def said(
    key: str, published: str, *claims: NumericClaim, text: str = "A bomb."
) -> ReportingArticle:
    return article(key, published, (text, "bomb", claims))


def toll(*articles: ReportingArticle) -> IncidentToll:
    [found] = incident_tolls(incident(*articles))
    return found


def numbers(found: IncidentToll) -> tuple[object, ...]:
    return found.low, found.best, found.high


def uses(found: IncidentToll) -> list[str]:
    return [one.counted_as for one in found.claims]


def test_a_source_holds_to_its_latest_number_and_later_figures_are_told() -> None:
    one, two = said("a", "2025-03-04", claim("12", 12, "police")), said(
        "b", "2025-03-06", claim("17", 17, "Police")
    )  # fmt: skip
    found = toll(one, two)
    assert numbers(found) == (17, 17, 17)
    assert (found.sources, found.articles) == (1, 2)
    assert [value for value, _ in (found.first, found.latest)] == [12, 17]
    assert uses(found) == ["superseded", "counted"]
    assert found.later_figures == {"b:0"}


def test_sources_that_disagree_on_the_same_day_leave_best_empty_and_say_why() -> None:
    found = toll(
        said("a", "2025-03-04", claim("14", 14, "the army")),
        said("b", "2025-03-04", claim("32", 32, "the hospital")),
    )
    assert numbers(found) == (14, None, 32)
    assert found.why_no_best == "army: 14 (2025-03-04); hospital: 32 (2025-03-04)"


def test_a_greater_number_of_a_later_day_supersedes_that_of_another_source() -> None:
    found = toll(
        said("a", "2025-03-04", claim("12", 12, "police")),
        said("b", "2025-03-05", claim("17", 17, "the emergency agency")),
    )
    assert numbers(found) == (17, 17, 17)


def test_but_not_when_its_source_repeats_it_nor_when_the_greater_one_is_as_old() -> None:
    repeated = said("c", "2025-03-06", claim("12", 12, "police"))
    found = toll(
        said("a", "2025-03-04", claim("12", 12, "police")),
        said("b", "2025-03-05", claim("17", 17, "the emergency agency")),
        repeated,
    )
    assert numbers(found) == (12, None, 17)
    as_old = toll(
        said("a", "2025-03-04", claim("12", 12, "police"), claim("17", 17, "rebels")),
        said("b", "2025-03-05", claim("17", 17, "the hospital")),
    )
    assert as_old.best is None


def test_a_smaller_later_number_of_a_source_counts_only_as_a_correction() -> None:
    first = said("a", "2025-03-04", claim("19", 19, "police"))
    assert numbers(toll(first, said("b", "2025-03-06", claim("4", 4, "police")))) == (19, 19, 19)
    corrected = said(
        "b", "2025-03-06", claim("17", 17, "police"), text="Police revised the toll to 17."
    )
    assert numbers(toll(first, corrected)) == (17, 17, 17)


def test_a_number_that_was_replaced_is_superseded_whoever_gave_it() -> None:
    found = toll(
        said("a", "2025-03-04", claim("18", 18, "the mayor")),
        said(
            "b", "2025-03-05",
            claim("15", 15, "police"), claim("18", 18, "police", role="earlier"),
        ),
    )  # fmt: skip
    assert numbers(found) == (15, 15, 15)
    assert uses(found) == ["superseded", "counted", "earlier"]


def test_parts_and_what_a_greater_number_of_the_report_holds_are_not_added() -> None:
    found = toll(
        said("a", "2025-03-04", claim("11", 11, "police"), claim("2", 2, "police", role="part"))
    )
    assert numbers(found) == (11, 11, 11)
    assert uses(found) == ["counted", "part"]


def test_approximate_and_open_numbers_agree_with_what_they_can_mean() -> None:
    found = toll(
        said("a", "2025-03-04", claim("about 40", 40, "police", modifier="about")),
        said("b", "2025-03-04", claim("at least 35", 35, "the mayor", modifier="at_least")),
        said("c", "2025-03-04", claim("41", 41, "the hospital")),
    )
    assert numbers(found) == (35, 41, 41)
    assert found.sources == 3


def test_who_is_named_stands_above_outlets_and_witnesses() -> None:
    found = toll(
        said("a", "2025-03-04", claim("12", 12, "police")),
        said("b", "2025-03-04", claim("20", 20)),
        said("c", "2025-03-04", claim("30", 30, "residents")),
    )
    assert numbers(found) == (12, 12, 30)


def test_a_copied_sentence_is_no_further_source() -> None:
    copy = article(
        "b", "2025-03-05", ("A bomb.", "bomb", [claim("12", 12)]), same_as=["a:0"]
    )  # fmt: skip
    first = said("a", "2025-03-04", claim("12", 12))
    found = toll(first, copy)
    assert (found.sources, found.articles, uses(found)) == (1, 2, ["counted", "copied"])
    assert outlets_of(incident(first, copy)) == {"A"}


def test_the_copy_is_what_was_published_later_whichever_was_read_first() -> None:
    copy = said("b", "2025-03-05", claim("12", 12))
    first = article("a", "2025-03-04", ("A bomb.", "bomb", [claim("12", 12)]), same_as=["b:0"])
    assert [one.said_by for one in toll(first, copy).claims if one.counted_as == "counted"] == ["A"]


def test_it_is_who_was_named_last() -> None:
    found = toll(
        article(
            "a", "2025-03-04",
            ("Police said so.", "bomb", [claim("12", 12, "Police")]),
            ("It said more.", "bomb", [claim("9", 9, "It")]),
        )
    )  # fmt: skip
    assert found.sources == 1
    assert numbers(found) == (12, 12, 12)


def test_each_kind_has_a_toll_and_what_is_no_count_has_none() -> None:
    money = claim("12 dollars", 12, kind="cash")
    fields = {name: getattr(money, name) for name in ("start", "end", "text", "kind", "low")}
    dollars = NumericClaim(**fields, high=money.low, modifier="exactly", unit="USD")
    found = incident_tolls(
        incident(said("a", "2025-03-04", claim("12", 12), claim("3", 3, kind="hurt"), dollars))
    )
    assert [one.kind for one in found] == ["dead", "hurt"]


def test_without_a_date_of_publication_there_are_tolls_all_the_same() -> None:
    undated = article("a", None, ("A bomb.", "bomb", [claim("12", 12)]))
    assert toll(undated).latest == (Decimal(12), None)


def test_a_number_more_than_twice_as_great_denies_the_earlier_one() -> None:
    found = toll(
        said("a", "2025-03-04", claim("18", 18, "the general staff")),
        said("b", "2025-03-05", claim("60", 60, "the rebels")),
    )
    assert numbers(found) == (18, None, 60)


def test_of_who_counts_attackers_and_others_the_others_are_the_toll() -> None:
    found = toll(
        article(
            "a", "2025-03-04",
            ("11 soldiers died.", "bomb", [claim("11 soldiers", 11, "the army")]),
            ("15 attackers died.", "bomb", [claim("15 attackers", 15, "the army")]),
        )
    )  # fmt: skip
    assert numbers(found) == (11, 11, 11)
    assert uses(found) == ["counted", "other side"]
    alone = toll(said("a", "2025-03-04", claim("15 attackers", 15, "the army")))
    assert numbers(alone) == (15, 15, 15)


def test_attackers_are_not_the_toll_where_another_source_counts_the_others() -> None:
    found = toll(
        article(
            "a", "2025-03-04",
            ("Four soldiers died.", "bomb", [claim("Four soldiers", 4)]),
            ("Two attackers fell.", "bomb", [claim("Two attackers", 2, "the army")]),
        )
    )  # fmt: skip
    assert numbers(found) == (4, 4, 4)
    assert uses(found) == ["counted", "other side"]


def test_who_died_earlier_is_the_occasion_and_no_toll() -> None:
    text = "They marched over the killing of two traders."
    two = replace(claim("two traders", 2), start=text.index("two"), end=len(text) - 1)
    found = toll(
        article(
            "a", "2025-03-04", ("Four soldiers died.", "bomb", [claim("Four soldiers", 4)]),
            (text, "bomb", [two]),
        )
    )  # fmt: skip
    assert numbers(found) == (4, 4, 4)
    assert uses(found) == ["counted", "occasion"]
    assert not incident_tolls(incident(article("b", "2025-03-04", (text, "protest", [two]))))


def test_who_died_earlier_is_no_other_side_either() -> None:
    text = "In retaliation for the killing of two herders, troops killed eight gunmen."
    told = [
        replace(claim(words, value), start=text.index(words), end=text.index(words) + len(words))
        for words, value in (("two herders", 2), ("eight gunmen", 8))
    ]
    found = toll(article("a", "2025-03-04", (text, "bomb", told)))
    assert numbers(found) == (8, 8, 8)
    assert uses(found) == ["occasion", "counted"]


def test_what_another_adds_is_counted_where_the_word_is_not_marked() -> None:
    found = toll(
        article(
            "a", "2025-03-04",
            ("Four soldiers died.", "bomb", [claim("Four soldiers", 4)]),
            ("Another two died later.", "bomb", [claim("two", 2)]),
        )
    )  # fmt: skip
    assert numbers(found) == (6, 6, 6)


def test_local_officials_are_no_witnesses() -> None:
    found = toll(
        said("a", "2025-03-04", claim("14", 14, "a local official")),
        said("b", "2025-03-04", claim("20", 20, "locals")),
    )
    assert numbers(found) == (14, 14, 20)


def test_it_is_somebody_who_is_named_though_not_for_a_number() -> None:
    found = toll(
        said("a", "2025-03-04", claim("12", 12, "police")),
        said("b", "2025-03-04", claim("40", 40, "It")),
    )
    assert found.best is None


def newer(*pairs: tuple[str, str], later: int = 9) -> IncidentToll:
    """The toll of a claim of 41 in one report, 9 in another, and what people said of the two."""
    told = incident(
        said("a", "2025-03-04", claim("41", 41, "the army")),
        said("b", "2025-03-04", claim("9", later, "the hospital")),
    )
    ids = frozenset((f"{one}:0", f"{other}:0") for one, other in pairs)
    [found] = incident_tolls(replace(told, newer_figures=ids))
    return found


def test_what_people_call_the_newer_figure_supersedes_the_other_one() -> None:
    assert numbers(newer()) == (9, None, 41)
    found = newer(("a", "b"))
    assert numbers(found) == (9, 9, 9)
    assert uses(found) == ["superseded", "counted"]
    assert found.later_figures == {"b:0"}
    assert numbers(newer(("b", "a"))) == (41, 41, 41)
    assert numbers(newer(("a", "elsewhere"))) == (9, None, 41)


def test_where_each_is_called_newer_than_the_other_both_count() -> None:
    assert numbers(newer(("a", "b"), ("b", "a"))) == (9, None, 41)
