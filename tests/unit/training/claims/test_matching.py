from __future__ import annotations

from annotation.numbers.reader import read
from annotation.records import NumericClaim
from training.claims.matching import match_mentions


def claim(text: str, span: str) -> NumericClaim:
    start = text.index(span)
    return NumericClaim(start, start + len(span), span, "dead")


TEXT = "About 3,000 people and 12 soldiers"


def test_matching_goes_by_the_number_not_by_the_ends() -> None:
    mentions = read(TEXT)
    claims = (claim(TEXT, "3,000"), claim(TEXT, "and 12"))
    assert match_mentions(mentions, claims) == {0: claims[0], 1: claims[1]}


def test_of_two_claims_of_a_number_the_mention_is_the_one_with_its_words() -> None:
    text = "Police held 17 protesters on Friday"
    (mention,) = read(text)
    alone, whole, more = (claim(text, one) for one in ("17", "17 protesters", "held 17 protesters"))
    assert match_mentions([mention], (alone, whole)) == {0: whole}
    assert match_mentions([mention], (more, whole)) == {0: whole}
    assert match_mentions([mention], (alone,)) == {0: alone}


def test_matching_gives_each_mention_one_claim_at_most() -> None:
    whole = claim(TEXT, TEXT)
    assert match_mentions(read(TEXT), (whole,)) == {0: whole}
    assert match_mentions(read(TEXT), (claim(TEXT, "people"),)) == {}
