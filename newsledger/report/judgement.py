"""What the numbers mean: whether the model is good enough, what comes next, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, hypot

from newsledger.progress import number_of
from newsledger.report.figures.disagreements import Dispute
from newsledger.report.figures.labelling import Labelling
from newsledger.report.figures.measured import Measured
from newsledger.report.figures.model_history import CurveTold
from newsledger.report.figures.quality import Quality
from newsledger.team.agreement import FEWEST_ARTICLES, Agreement
from training.evaluation.promotion.limits import FEW_NEW, HARDLY_NEW, TOLERANCE, may_lose
from training.registry.files.ruling_file import KeptRuling

FIRST_LABELS = 50
"""Labelled sentences with which a first model can usually be judged."""
WORTH_RETRAINING = 0.1
"""Share of labels that the model has not learnt, from which it is time to retrain."""
WORTH_REVIEWING = 0.02
"""Share of the labels looked at that are expected to be wrong, from which a second look is next."""
TENTATIVE = 0.667
"""Alpha below which no conclusion should rest on a label (Krippendorff 2004, page 241)."""
FEWEST_USES = 10
"""How often a label has to be given before its figures are more than a hint."""
ENOUGH_DOUBLE = 100
"""Sentences with two labels from which intervals of agreement are narrow enough to act on."""

WORTH_CHECKING = 0.5
"""Share of its ticks that has to be right, at the low end of the interval, for suggestions to help:
ours. Below it more ticks are taken back than kept, and an empty page would be less work."""
AS_GOOD = 0.05
"""By how much a model's F1 may be below that of two people for it to be as good as a second one:
ours, one decision in twenty."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is judged on."""

    on_seeds: bool
    """True where there are no articles but those that newsledger brought along."""
    labelling: Labelling
    """How the labelling goes."""
    quality: Quality | None
    """How good the model in use is; None where there is none."""
    not_learnt: int
    """Labelled sentences that the model in use has not learnt from."""
    agreement: Agreement
    """How far people agree."""
    disputes: Sequence[Dispute]
    """What they differ on."""
    curve: CurveTold | None
    """What more labels bring."""
    likely_wrong: float
    """Labelled sentences that are expected to be wrong, of those looked at."""
    looked_at: int
    """Labelled sentences that were looked at for that, those labelled last."""


def good_enough(quality: Quality | None, labelling: Labelling) -> str:
    """Whether the model is good enough, and for what, in words.

    Args:
        quality: how good it is; None where there is no model.
        labelling: how the labelling goes, of which many labels may have begun as suggestions.
    """
    if quality is None or quality.measured_on == "nothing":
        return "Nobody knows yet: no model has been measured on your articles."
    if quality.measured_on != "own articles":
        return (
            "Nobody knows yet: the model in use was measured on the seed articles, which say "
            "little about yours."
        )
    if quality.overall_f1.value is None:
        why = quality.overall_f1.why_none
        return f"Nobody knows yet: too little was labelled to judge the model in use by ({why})."
    model, people, right = quality.events_f1, quality.two_people, quality.events_right
    if model.value is None:
        return f"It marks numbers only, with an F1 of {_figure(quality.claims_f1)}."
    if quality.events_found.value == 0:
        return "Not yet good enough even for suggestions: it finds none of the event types."
    if right.value is None or right.low is None or right.high is None:
        return f"Whether its suggestions help is not known: {right.why_none}."
    hundred = f"{_hundredths(right.value)} of 100 ticks right"
    if right.high < WORTH_CHECKING:
        return f"Not yet good enough even for suggestions: {hundred}."
    if right.low < WORTH_CHECKING:
        return (
            f"Whether it is good enough for suggestions cannot be told yet: {hundred}, with an "
            f"interval from {_hundredths(right.low)} to {ceil(100 * right.high)}; at least "
            f"{100 * WORTH_CHECKING:.0f} have to be."
        )
    plain = (
        f"Of ten event types that it ticks, {_tenths(right)} are right; of ten that hold, it finds "
        f"{_tenths(quality.events_found)}."
    )
    if people.value is None:
        return (
            f"Good for suggestions that people check. {plain} Whether it may stand alone nobody "
            "can say, as no two people have labelled enough of the same sentences to compare with."
        )
    return _beside_people(model, people, plain, labelling)


def too_weak_to_doubt(quality: Quality | None) -> bool:
    """Whether a model is not to be held against labels: surely fewer than half of its ticks hold.

    Args:
        quality: how good the model in use is; None where there is none.
    """
    high = quality.events_right.high if quality is not None else None
    return high is not None and high < WORTH_CHECKING


def _beside_people(model: Measured, people: Measured, plain: str, labelling: Labelling) -> str:
    """A model that is good for suggestions beside two people."""
    flattered = (
        f", and {labelling.suggested:,} of {labelling.labels:,} labels began as suggestions, which "
        "flatters the model"
        if 2 * labelling.suggested > labelling.labels
        else ""
    )
    beside = (
        f"Its event types agree with people's at {_figure(model)} (F1), those of two people with "
        f"each other at {_figure(people)}{flattered}."
    )
    low, high = _difference(model, people)
    if low >= -AS_GOOD:
        return f"As good as a second person on event types. {plain} {beside}"
    if high < -AS_GOOD:
        return (
            "Good for suggestions that people check, not for counting without them. "
            f"{plain} {beside}"
        )
    return (
        f"Good for suggestions that people check. {plain} Whether it is as good as a second person "
        f"(no more than {AS_GOOD:.2f} below) cannot be told yet. {beside}"
    )


def _difference(one: Measured, other: Measured) -> tuple[float, float]:
    """The 95 % interval of the difference of two figures, of the intervals of either.

    By the square-and-add method of Newcombe (1998, Statistics in Medicine 17, 873): what either is
    uncertain by counts, so that less data never makes them more alike.
    """
    value, low, high = _ends(one)
    its_value, its_low, its_high = _ends(other)
    apart = value - its_value
    return (
        apart - hypot(value - low, its_high - its_value),
        apart + hypot(high - value, its_value - its_low),
    )


def _ends(figure: Measured) -> tuple[float, float, float]:
    assert figure.value is not None
    low, high = figure.low, figure.high
    return figure.value, 0.0 if low is None else low, 1.0 if high is None else high


def _figure(figure: Measured) -> str:
    if figure.value is None:
        return f"nobody knows what ({figure.why_none})"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f}, {figure.low:.2f} to {figure.high:.2f}"


_NEW = (
    f"With fewer than {FEW_NEW} new labels (of under {FEW_NEW / HARDLY_NEW:.0f}, a tenth) it "
    "passes only where it is better beyond chance."
)


def promotion(quality: Quality | None, ruling: KeptRuling | None) -> str:
    """What the next promotion needs, in labels.

    Args:
        quality: how good the model in use is; None where there is none.
        ruling: what the gate said of the model that was made last; None where nobody kept it.
    """
    if ruling is not None and not ruling.promote:
        return f"The last model was refused. {' '.join(ruling.reasons)}"
    overall = ruling.overall if ruling else None
    if overall and overall.get("low") is not None and overall.get("high") is not None:
        n, half = overall["support"], (overall["high"] - overall["low"]) / 2
        may = may_lose(overall["low"], overall["high"], TOLERANCE)
        if may > TOLERANCE:
            # Twice the number, half the variance; "about", but more than there are.
            enough = max(round(n * may / TOLERANCE, -1), n - n % 10 + 10)
            return (
                f"Champion and challenger were compared on {n:,} labelled decisions. So few tell "
                f"little, so a model that seems up to {may:.3f} worse may pass; from about "
                f"{enough:,.0f} on whatever is more than {TOLERANCE:.2f} worse is refused. {_NEW}"
            )
        needed = ceil(n * (half / TOLERANCE) ** 2 / 10) * 10
        seen = (
            f"Champion and challenger were compared on {n:,} labelled decisions, which tells a "
            f"difference of {half:.3f} in F1 from chance."
        )
        if needed <= n:
            refused = f"whatever is more than {TOLERANCE:.2f} worse is refused"
            return f"{seen} That is enough: {refused}. {_NEW}"
        return (
            f"{seen} A difference of {TOLERANCE:.2f}, which the gate tolerates, takes about "
            f"{needed - n:,} more; until then a model that is a little worse may pass. {_NEW}"
        )
    if quality is None or quality.measured_on == "nothing":
        return (
            f"The first model is promoted when it agrees with people more than chance would; some "
            f"{FIRST_LABELS} labelled sentences of two or more articles usually show that."
        )
    support = sum(one.support for one in quality.labels)
    there = f"the {support:,} labelled decisions that there are"
    return (
        f"The next model is held against this one on "
        f"{'the one labelled decision that there is' if support == 1 else there}; it passes where "
        f"it is no more than {TOLERANCE:.2f} worse in F1, or by no more than so few can tell. "
        f"{_NEW}"
    )


def whom_to_ask(agreement: Agreement, found: Sequence[Dispute]) -> str:
    """Who should talk to whom about what, in words.

    Args:
        agreement: how far people agree.
        found: what they differ on, the event type with the lowest alpha first.
    """
    if not agreement.sentences:
        return "Nobody: no sentence was labelled by two people, so no difference is known."
    if not found:
        return "Nobody: those who labelled the same sentences said the same."
    one = found[0]
    least = "" if one.alpha is None else f", on which people agree least (alpha {one.alpha:.2f})"
    return (
        f"{one.people[0]} and {one.people[1]}, about '{one.label}'{least}: they differ in "
        f"{one.differ:,} of {number_of(one.used, 'sentence')} in which either ticked it "
        f"({one.labelled:,} that both labelled)."
    )


def next_steps(standing: Standing) -> tuple[str, ...]:
    """The two things to do next, the more urgent first.

    Args:
        standing: how things stand.
    """
    found = tuple(_steps(standing))
    return found[:2]


def _steps(standing: Standing) -> Iterator[str]:
    labelling, quality = standing.labelling, standing.quality
    if standing.on_seeds or not labelling.articles:
        yield (
            "Bring articles of your own with `newsledger push INPUT`: there are none in what was "
            "pulled last."
        )
        yield (
            f"Label some {FIRST_LABELS} of their sentences, of several articles, then run "
            "`newsledger retrain`: with so many a first model can be judged."
        )
        return
    own = quality if quality is not None and quality.measured_on == "own articles" else None
    known = own is not None and own.overall_f1.value is not None
    if labelling.labelled < FIRST_LABELS and not known:
        more = FIRST_LABELS - labelling.labelled
        enough = labelling.waiting >= more
        bring = "" if enough else "Push more articles with `newsledger push INPUT`. "
        judged = (
            f"with some {FIRST_LABELS}, of {FEWEST_ARTICLES} articles or more, the model in use"
            if own is not None
            else f"with some {FIRST_LABELS} a first model"
        )
        yield (
            f"{bring}Label {number_of(more, 'more sentence')}, of several articles: {judged} can "
            "be judged."
        )
        yield "Then run `newsledger retrain`, and look at this page again."
        return
    if own is None:
        yield "Run `newsledger retrain`: your labels suffice for a model that is measured on them."
    elif standing.not_learnt >= WORTH_RETRAINING * labelling.labelled:
        yield (
            f"Run `newsledger retrain`: {standing.not_learnt:,} of {labelling.labelled:,} labelled "
            "sentences are new to the model in use."
        )
    if own is not None and own.articles < FEWEST_ARTICLES:
        yield (
            f"Label sentences of more articles: the model in use was measured on "
            f"{own.articles:,}, and it takes {FEWEST_ARTICLES} to say how good it is."
        )
    if not labelling.waiting:
        yield "Push more articles with `newsledger push INPUT`: no sentence waits for a label."
    yield from _on_agreement(standing)
    wrong, looked_at = standing.likely_wrong, standing.looked_at
    if round(wrong) and wrong >= WORTH_REVIEWING * looked_at:
        of = "the last " if looked_at < labelling.labelled else ""
        yield (
            f"Look again at the likeliest errors, `newsledger review`: about {wrong:,.0f} of "
            f"{of}{number_of(looked_at, 'labelled sentence')} "
            f"{'is' if round(wrong) == 1 else 'are'} expected to be wrong."
        )
    yield from _on_labels(standing)


def _on_agreement(standing: Standing) -> Iterator[str]:
    agreement = standing.agreement
    if agreement.sentences < ENOUGH_DOUBLE:
        single = standing.labelling.labelled - standing.labelling.double
        more = min(ENOUGH_DOUBLE - agreement.sentences, single)
        if more:
            two = agreement.sentences
            yield (
                f"Let a second person label {number_of(more, 'sentence')} that another has "
                f"labelled: {f'{two:,}' if two else 'not one'} {'have' if two > 1 else 'has'} two "
                f"labels, and it takes {ENOUGH_DOUBLE} to say how far to trust any."
            )
        return
    weak = [
        one
        for one in agreement.events
        if one.figure.value is not None and one.figure.value < TENTATIVE
    ]
    one = standing.disputes[0] if standing.disputes else None
    if weak and one is not None and one.alpha is not None and one.alpha < TENTATIVE:
        yield (
            f"Let {one.people[0]} and {one.people[1]} settle '{one.label}', on which they differ "
            f"in {one.differ:,} of {number_of(one.used, 'sentence')}, and write the rule into the "
            f"codebook: {number_of(len(weak), 'event type')} {'has' if len(weak) == 1 else 'have'} "
            f"an alpha below {TENTATIVE:.2f}."
        )


def _on_labels(standing: Standing) -> Iterator[str]:
    quality, curve = standing.quality, standing.curve
    scarce = sorted(
        (one for one in (quality.labels if quality else ()) if one.support < FEWEST_USES),
        key=lambda one: one.support,
    )[:3]
    if scarce:
        named = ", ".join(f"'{one.name}' ({one.support})" for one in scarce)
        yield f"Look for sentences with what is labelled too rarely to be learnt: {named}."
    if curve is not None and curve.gain_per_doubling < 0.005:
        yield (
            "More labels of the same kind bring hardly anything: look at the sentences on which "
            "people or model disagree before labelling on."
        )
    if standing.disputes:
        one = standing.disputes[0]
        yield (
            f"Let {one.people[0]} and {one.people[1]} read '{one.label}' together, on which they "
            f"differ in {one.differ:,} of {number_of(one.used, 'sentence')}."
        )
    waiting = standing.labelling.waiting
    if waiting:
        yield (
            f"Go on labelling from the top of the queue: {number_of(waiting, 'sentence')} "
            f"{'waits' if waiting == 1 else 'wait'}, those first from which the model learns most."
        )
    yield "Push new articles, and retrain when a tenth more is labelled."


def _hundredths(share: float) -> int:
    """Rounded down, so that .4999 is below a half in words, too; .58 is 58, as it is written."""
    return floor(round(100 * share, 6))


def _tenths(share: Measured) -> str:
    return "" if share.value is None else f"{round(10 * share.value)}"
