"""Which reports are put together."""

from __future__ import annotations

from newsledger.ledger.incidents.grouping import incidents_of
from newsledger.ledger.incidents.pair_decisions import PairAnswer, PairDecision
from newsledger.ledger.incidents.reports import ReportingArticle
from tests.unit.newsledger.ledger.reporting import TYPES, article, claim, reports

ANN = "ann@newsledger.example"


def told(
    *articles: ReportingArticle, decisions: tuple[PairDecision, ...] = ()
) -> set[frozenset[str]]:
    """The reports of each incident, by article."""
    found = incidents_of(reports(*articles), TYPES, decisions)
    return {frozenset(one.report.article.id for one in some.reports) for some in found}


def mubi(key: str, text: str, published: str = "2025-03-05", **more: str) -> ReportingArticle:
    return article(
        key, published, (text, "bomb", [claim("12", 12)]), places=["Mubi", "Gombe"], **more
    )


FIRST = mubi(
    "first", "A bomb in a handcart killed 12 people at the grain market of Mubi on Tuesday."
)
COPY = mubi("copy", "A bomb in a handcart killed twelve at the Mubi grain market on Tuesday.")
DAY_ON = mubi("on", "The toll of the grain market bomb in Mubi rose to 17.", "2025-03-06")
GOMBE = mubi(
    "gombe", "A bomb in a handcart killed 12 people at the grain market of Gombe on Tuesday."
)
FRIDAY = mubi(
    "friday", "A bomb in a handcart killed 12 people at the grain market of Mubi on Friday.",
    "2025-03-08",
)  # fmt: skip


def test_reports_of_one_incident_are_joined_and_those_of_another_day_or_place_are_not() -> None:
    assert told(FIRST, COPY, DAY_ON, GOMBE, FRIDAY) == {
        frozenset({"first", "copy", "on"}),
        frozenset({"gombe"}),
        frozenset({"friday"}),
    }


def test_the_order_of_the_reports_changes_nothing() -> None:
    some = (FIRST, COPY, DAY_ON, GOMBE, FRIDAY)
    assert told(*some) == told(*reversed(some))


def test_what_names_no_day_never_joins_two_days() -> None:
    """The one without a day fits both; it goes to one of them, and they stay apart."""
    undated = mubi("undated", "A bomb in a handcart hit the grain market of Mubi.", "2025-03-08")
    found = told(FIRST, FRIDAY, undated)
    assert len(found) == 2
    assert not any({"first", "friday"} <= some for some in found)


def decided(
    one: ReportingArticle, other: ReportingArticle, answer: PairAnswer, when: str = "1"
) -> PairDecision:
    return PairDecision(f"{one.id}:0", f"{other.id}:0", answer, ANN, when)


def test_what_people_join_is_joined_across_places_and_days() -> None:
    found = incidents_of(
        reports(FIRST, GOMBE, FRIDAY),
        TYPES,
        [decided(FIRST, GOMBE, "same"), decided(GOMBE, FRIDAY, "same")],
    )
    [incident] = found
    assert all(one.decisions for one in incident.reports)


def test_what_people_keep_apart_stays_apart_however_alike_and_through_others() -> None:
    apart = (decided(FIRST, COPY, "different"),)
    for some in ((FIRST, COPY), (FIRST, COPY, DAY_ON)):
        assert not any({"first", "copy"} <= one for one in told(*some, decisions=apart))
    joined = (*apart, decided(FIRST, DAY_ON, "same"))
    assert told(FIRST, COPY, DAY_ON, decisions=joined) == {
        frozenset({"first", "on"}),
        frozenset({"copy"}),
    }


def test_of_two_decisions_on_the_same_reports_the_later_one_holds() -> None:
    both = (decided(FIRST, COPY, "different", "2"), decided(COPY, FIRST, "same", "1"))
    assert len(told(FIRST, COPY, decisions=both)) == 2
    assert len(told(FIRST, COPY, decisions=(*both, decided(FIRST, COPY, "same", "3")))) == 1


def test_a_decision_on_what_is_no_report_is_passed_over() -> None:
    gone = PairDecision("gone:0", "first:0", "same", ANN, "1")
    assert told(FIRST, decisions=(gone,)) == {frozenset({"first"})}


def test_an_incident_keeps_its_id_when_others_join() -> None:
    first = mubi("zulu", "A bomb killed 12 at the grain market of Mubi on Tuesday.", added="1")
    later = mubi("alpha", "A bomb killed 12 at the grain market of Mubi on Tuesday.", added="2")
    [before] = incidents_of(reports(first), TYPES)
    [after] = incidents_of(reports(later, first), TYPES)
    assert before.id == after.id
    assert before.id.startswith("i-")


ROBBED = "Robbers took jewels from a store in Paris"
DRESSED = "two dressed as women emptied the cases of Harry Winston near the Champs and fled on foot"
RAMMED = "four masked men rammed a jeep into the window of Vendome and burnt it by the river"


def whole(key: str, text: str, published: str | None = None) -> ReportingArticle:
    """An article that names no day."""
    return article(key, published, (text, "bomb", ()))


def test_two_groups_of_one_sort_are_two_incidents() -> None:
    """The robbers of one are much like those of the other, and more like one another."""
    found = told(
        whole("a-1", f"{ROBBED}: {DRESSED}."),
        whole("a-2", f"{ROBBED}; {DRESSED}, police think."),
        whole("b-1", f"{ROBBED}: {RAMMED}."),
        whole("b-2", f"{ROBBED}; {RAMMED}, witnesses think."),
        *(whole(f"other-{number}", text) for number, text in enumerate(ELSEWHERE)),
    )
    assert {frozenset({"a-1", "a-2"}), frozenset({"b-1", "b-2"})} <= found


ELSEWHERE = (
    "A ferry sank on the lake of Gombe with traders and cattle aboard.",
    "Floods swept huts and goats off the banks of the Benue.",
    "Teachers marched through Lagos against unpaid wages.",
)
REACTION = (
    "The bishop prayed in his cathedral for those whom the bomb killed, begged both faiths for "
    "calm and asked the governor to listen."
)


def test_what_is_left_over_and_names_no_day_goes_to_what_it_is_clearly_most_alike_to() -> None:
    elsewhere = [whole(f"other-{number}", text) for number, text in enumerate(ELSEWHERE)]
    reaction = whole("reaction", REACTION, "2025-03-07")
    assert frozenset({"first", "copy", "reaction"}) in told(FIRST, COPY, reaction, *elsewhere)
    alone = frozenset({"reaction"})
    # With one report of the bomb nobody knows what is said of it again and again.
    assert alone in told(FIRST, reaction, *elsewhere)
    dated = whole("reaction", f"On Wednesday {REACTION}", "2025-03-07")
    assert alone in told(FIRST, COPY, dated, *elsewhere)
    other = [
        mubi(key, text.replace("Tuesday", "Thursday"), "2025-03-07")
        for key, text in (("third", FIRST.sentences[0].text), ("fourth", COPY.sentences[0].text))
    ]
    assert alone in told(FIRST, COPY, *other, reaction, *elsewhere)


def test_reports_of_unknown_days_join_nothing_that_was_published_years_apart() -> None:
    text = "Jets struck the port of Gaza and killed a commander of Hamas in his car."
    found = told(
        whole("2012", text, "2012-11-14"), whole("undated", text), whole("2014", text, "2014-07-21")
    )
    assert len(found) == 2
    assert not any({"2012", "2014"} <= one for one in found)
