from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from sklearn.base import clone

from annotation.numbers.reader import read
from annotation.records import NumericClaim
from tests.corpus import make_corpus
from training.claims.classifier import ClaimClassifier

KINDS = ("dead", "cash", "rest")
CORPUS = make_corpus(20, 12, noise=0.0)
TEXTS = [sentence.text for sentence in CORPUS.sentences]
CLAIMS = [annotation.claims for annotation in CORPUS.annotations]
GROUPS = [sentence.article_id for sentence in CORPUS.sentences]


def claim(text: str, span: str, kind: str = "dead") -> NumericClaim:
    start = text.index(span)
    return NumericClaim(start, start + len(span), span, kind)


@pytest.fixture(scope="module")
def fitted() -> ClaimClassifier:
    return ClaimClassifier(KINDS).fit(TEXTS, CLAIMS, groups=GROUPS)


class TestPredictions:
    def test_carry_span_kind_reading_and_score(self, fitted: ClaimClassifier) -> None:
        text = "The north saw clashes and battle with 🙂 w1 w2 about 300 civilians dead."
        ((found,),) = fitted.predict([text])
        assert text[found.start : found.end] == found.text == "about 300 civilians"
        assert (found.kind, found.low, found.high) == ("dead", Decimal(300), Decimal(300))
        assert (found.modifier, found.unit, found.noun) == ("about", "count", "civilians")
        assert found.score is not None
        assert 0.5 < found.score <= 1

    def test_say_who_says_so(self, fitted: ClaimClassifier) -> None:
        text = "The north saw clashes and battle with w1 w2 about 300 civilians dead"
        named, bare = fitted.predict([f"{text}, the army said.", f"{text}, he said."])
        assert [claim.attribution for claim in (*named, *bare)] == ["the army", None]

    def test_leave_out_what_people_leave_out(self, fitted: ClaimClassifier) -> None:
        text = "The north saw weather and market with w1 w2 about 300 visitors."
        assert fitted.predict([text, "No number here.", ""]) == ((), (), ())

    def test_hold_on_articles_that_were_not_seen(self, fitted: ClaimClassifier) -> None:
        new = make_corpus(10, 12, noise=0.0, seed=5)
        said = fitted.predict([sentence.text for sentence in new.sentences])
        right = sum(
            [c.kind for c in ours] == [c.kind for c in annotation.claims]
            for ours, annotation in zip(said, new.annotations, strict=True)
        )
        assert right / len(said) > 0.95

    def test_are_the_same_alone_and_in_a_batch(self, fitted: ClaimClassifier) -> None:
        assert tuple(fitted.predict([text])[0] for text in TEXTS[:40]) == fitted.predict(TEXTS[:40])

    def test_use_the_scores_of_events(self) -> None:
        texts = [f"It concerned about {20 + n} people." for n in range(80)]
        fight = np.arange(80) % 2 == 0
        claims = [
            (claim(text, text[text.index("about") : -1], "dead" if is_fight else "rest"),)
            for text, is_fight in zip(texts, fight, strict=True)
        ]
        scores = np.column_stack([fight, ~fight]).astype(float)
        model = ClaimClassifier(KINDS).fit(texts, claims, event_scores=scores)
        kinds = [one.kind for (one,) in model.predict(texts[:2], scores[:2])]
        assert kinds == ["dead", "rest"]


class TestTheWordsOfTheLabels:
    def test_tell_apart_what_no_example_has_shown(self) -> None:
        described = ("dead. Bodies found", "cash. Money or supplies", "rest. Held, not found")
        texts = [f"Then {20 + n} {'men' if n % 2 else 'women'} came." for n in range(12)]
        claims = [(claim(text, text[5:-6], KINDS[n % 3]),) for n, text in enumerate(texts)]
        model = ClaimClassifier(KINDS, described).fit(texts, claims)
        said = model.predict(["The bodies of 33 men were there.", "The money of 33 men was there."])
        assert [one.kind for (one,) in said] == ["dead", "cash"]


class TestTheMeaningsOfWords:
    def test_tell_what_verbs_do_that_no_example_has(self) -> None:
        dead, rest = ("killed", "injured", "massacred"), ("escorted", "evacuated", "relocated")
        texts = [f"{20 + n} men were {verb}." for n in range(12) for verb in (*dead, *rest)]
        claims = [
            (claim(text, text[:6], "dead" if text[12:-1] in dead else "rest"),) for text in texts
        ]
        model = ClaimClassifier(KINDS).fit(texts, claims)
        new = ("33 men were wounded.", "33 men were slain.", "33 men were transferred.")
        assert [one.kind for (one,) in model.predict(new)] == ["dead", "dead", "rest"]


class TestLearning:
    @pytest.mark.parametrize("rows", [0, 1, 2, 3])
    def test_from_next_to_nothing_is_no_error(self, rows: int) -> None:
        model = ClaimClassifier(KINDS).fit(TEXTS[1 : 1 + rows], CLAIMS[1 : 1 + rows])
        assert len(model.predict(TEXTS[:9])) == 9

    def test_from_one_kind_only_marks_that_kind(self) -> None:
        texts = ["About 30 dead.", "Some 40 dead."]
        claims = [(claim(text, text[:-1]),) for text in texts]
        model = ClaimClassifier(KINDS).fit(texts, claims)
        assert [c.kind for found in model.predict(["Some 50 dead."]) for c in found] == ["dead"]

    def test_from_as_many_kinds_as_numbers_gives_no_warning(self) -> None:
        kinds = tuple(f"kind {number}" for number in range(24))
        texts = [f"{number + 20} people came." for number in range(24)]
        claims = [(claim(text, text[:-6], kind),) for text, kind in zip(texts, kinds, strict=True)]
        assert ClaimClassifier(kinds).fit(texts, claims).candidates_ == 24

    def test_who_did_it_is_never_counted_among_those_harmed(self) -> None:
        model = ClaimClassifier(KINDS, (), ("death", None, None)).fit(TEXTS, CLAIMS, groups=GROUPS)
        text = "The north saw clashes and battle with w1 w2{} about 300 civilians dead."
        suffered, done = model.predict([text.format(""), text.format(" by")])
        assert [one.kind for one in suffered] == ["dead"]
        assert "dead" not in [one.kind for one in done]

    def test_where_nothing_was_marked_marks_nothing(self) -> None:
        model = ClaimClassifier(KINDS).fit(TEXTS, [()] * len(TEXTS), groups=GROUPS)
        assert not any(model.predict(TEXTS))

    def test_without_kinds_marks_nothing(self) -> None:
        model = ClaimClassifier(()).fit(TEXTS, [()] * len(TEXTS))
        assert not any(model.predict(TEXTS))

    def test_lists_the_claims_that_the_reader_did_not_propose(self) -> None:
        text = "At least 12 civilians died and the whole village was lost."
        missed = claim(text, "the whole village", "rest")
        model = ClaimClassifier(KINDS).fit([text], [(claim(text, "At least 12 civilians"), missed)])
        assert [(one.row, one.sentence, one.claim) for one in model.missed_] == [(0, text, missed)]
        assert model.support_ == {"dead": 1, "cash": 0, "rest": 0}

    def test_one_person_named_without_a_number_was_proposed_though_too_few_are_marked_to_learn(
        self,
    ) -> None:
        text = "They fought on a ridge for an hour, and a sergeant was killed."
        model = ClaimClassifier(KINDS, (), ("death", None, None))
        model.fit([text], [(claim(text, "a sergeant"),)])
        assert not model.learns_implied_
        assert model.missed_ == ()

    def test_a_second_kind_of_a_span_is_no_claim_that_the_reader_did_not_propose(self) -> None:
        text = "At least 12 civilians died."
        both = tuple(claim(text, "At least 12 civilians", kind) for kind in ("dead", "rest"))
        assert ClaimClassifier(KINDS).fit([text], [both]).missed_ == ()

    def test_a_second_claim_of_a_number_in_other_words_is_none_either(self) -> None:
        text = "Police held 17 protesters on Friday."
        both = (claim(text, "17 protesters", "dead"), claim(text, "17", "rest"))
        model = ClaimClassifier(KINDS).fit([text], [both])
        assert model.missed_ == ()
        assert model.support_ == {"dead": 1, "cash": 0, "rest": 0}

    def test_passes_over_numbers_on_which_people_are_split(self) -> None:
        text = "Officials counted 12 civilians."
        split = (claim(text, "12 civilians"),)
        model = ClaimClassifier(KINDS)
        assert model.fit([text], [()], undecided=[split]).candidates_ == 0
        assert model.fit([text], [()]).candidates_ == 1

    def test_passes_over_unmarked_numbers_where_not_all_claims_are_known(self) -> None:
        text = "Officials counted 12 civilians and 3 drivers."
        known = (claim(text, "12 civilians"),)
        model = ClaimClassifier(KINDS)
        assert model.fit([text], [known], partly=[True]).candidates_ == 1
        assert model.fit([text], [known], partly=[False]).candidates_ == 2

    def test_again_gives_the_same_weights(self, fitted: ClaimClassifier) -> None:
        again = clone(fitted).fit(TEXTS, CLAIMS, groups=GROUPS)
        np.testing.assert_array_equal(again.coef_, fitted.coef_)
        assert again.threshold_ == fitted.threshold_

    def test_that_people_leave_the_noun_out_moves_the_end(self) -> None:
        texts = [f"Reports spoke of about {20 + n} civilians dead there." for n in range(40)]
        claims = [(claim(text, text[text.index("about") : text.index(" civ")]),) for text in texts]
        model = ClaimClassifier(KINDS).fit(texts, claims)
        ((found,),) = model.predict(["Reports spoke of about 99 civilians dead there."])
        assert found.text == "about 99"
        assert found.low == 99


@pytest.mark.slow
def test_probabilities_are_calibrated_on_articles_that_were_not_seen() -> None:
    expected, actual = 0.0, 0
    for seed in range(4):
        corpus = make_corpus(60, 12, noise=0.0, seed=seed)
        chance = np.random.default_rng(seed)
        # People miss three claims in ten, so that nobody can be sure of any.
        claims = [one.claims if chance.random() < 0.7 else () for one in corpus.annotations]
        texts = [one.text for one in corpus.sentences]
        groups = [one.article_id for one in corpus.sentences]
        model = ClaimClassifier(KINDS).fit(texts[:360], claims[:360], groups=groups[:360])
        mentions = [(row, one) for row, text in enumerate(texts[360:]) for one in read(text)]
        rows = [row for row, _ in mentions]
        proba = model.predict_mentions(texts[360:], rows, [one for _, one in mentions])
        assert proba.sum(axis=1) == pytest.approx(1)
        expected += float((1 - proba[:, 0]).sum())
        actual += sum(map(len, claims[360:]))
    assert expected / actual == pytest.approx(1, abs=0.15)
