from __future__ import annotations

from annotation.numbers.reader import Mention, read
from annotation.records import NumericClaim
from training.claims.span_correction import FEWEST_MOVES, SpanCorrection, learn_span_correction

Pair = tuple[str, Mention, NumericClaim]


def pair(text: str, span: str) -> Pair:
    (mention,) = read(text)
    start = text.index(span)
    return text, mention, NumericClaim(start, start + len(span), span, "kind")


def applied(correction: SpanCorrection, text: str) -> str:
    (mention,) = read(text)
    start, end = correction.apply(text, mention)
    return text[start:end]


def totals(count: int) -> list[Pair]:
    """People who always add "in total" to a number of houses."""
    return [
        pair(f"They burned {n} houses in total there.", f"{n} houses in total")
        for n in range(20, 20 + count)
    ]


def test_an_end_that_people_keep_moving_moves() -> None:
    correction = learn_span_correction(totals(FEWEST_MOVES))
    assert applied(correction, "Rebels took 80 houses in all.") == "80 houses in all"


def test_it_moves_in_that_situation_only() -> None:
    correction = learn_span_correction(totals(FEWEST_MOVES))
    assert applied(correction, "Rebels took 80 villages in all.") == "80 villages"


def test_a_few_moves_are_no_correction() -> None:
    assert learn_span_correction(totals(FEWEST_MOVES - 1)) == SpanCorrection({}, {})


def test_people_who_differ_correct_nothing() -> None:
    plain = [pair(f"They burned {n} houses in total.", f"{n} houses") for n in range(50, 55)]
    assert learn_span_correction(totals(5) + plain).ends == {}


def test_a_start_can_move_but_never_into_the_number() -> None:
    pairs = [pair(f"Some {n} houses burned.", f"{n} houses") for n in range(20, 30)]
    correction = learn_span_correction(pairs)
    assert applied(correction, "Some 400 houses burned.") == "400 houses"
    assert applied(correction, "Officials said 400 houses burned.") == "400 houses"


def test_an_end_stays_within_the_sentence() -> None:
    correction = learn_span_correction(totals(FEWEST_MOVES))
    assert applied(correction, "They burned 80 houses") == "80 houses"
    assert applied(correction, "They burned 80 houses altogether.") == "80 houses altogether"
