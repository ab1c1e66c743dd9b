"""A small invented corpus whose labels follow from its words, for tests of training."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from annotation.dataset.snapshot import Snapshot, write_snapshot
from annotation.records import Annotation, NumericClaim, Sentence
from annotation.schema import Schema, parse_schema

XML = """<View>
  <Labels name="claim" toName="text">
    <Label value="dead"/><Label value="cash"/><Label value="rest"/>
  </Labels>
  <Text name="text" value="$text"/>
  <Choices name="event" toName="text" choice="multiple">
    <Choice value="fight"/><Choice value="talk"/><Choice value="help"/>
    <Choice value="nothing" excludes="rest"/>
    <Choice value="junk" excludes="rest" marks="boilerplate"/>
  </Choices>
</View>"""

WORDS = {
    "fight": ("clashes", "fought", "militants", "battle"),
    "talk": ("truce", "agreement", "negotiators", "summit"),
    "help": ("relief", "food", "hospital", "medicine"),
    "nothing": ("weather", "market", "school", "holiday"),
    "junk": ("subscribe", "newsletter", "advertisement", "cookies"),
}
CLAIMS = {"fight": ("dead", "civilians dead"), "help": ("cash", "dollars pledged")}


@dataclass(frozen=True, slots=True)
class Corpus:
    """Sentences and one annotation of each."""

    schema: Schema
    sentences: tuple[Sentence, ...]
    annotations: tuple[Annotation, ...]

    def freeze(self, folder: Path, seeds: tuple[str, ...] = ()) -> Snapshot:
        return write_snapshot(
            folder,
            sentences=self.sentences,
            annotations=self.annotations,
            schema=self.schema,
            seeds=seeds,
        )


def make_corpus(articles: int, sentences: int = 12, *, noise: float = 0.1, seed: int = 0) -> Corpus:
    """Articles ``a00``, ``a01`` …; every second sentence holds a number, some of them claims."""
    chance = random.Random(seed)
    schema = parse_schema(XML)
    rows, annotations = [], []
    for article in range(articles):
        for index in range(sentences):
            label = chance.choice(list(WORDS))
            one, other = (chance.choice(WORDS[label]) for _ in range(2))
            place = chance.choice(("north", "south", "east", "west"))
            filler = " ".join(f"w{chance.randrange(400)}" for _ in range(4))
            text = f"The {place} saw {one} and {other} with {filler}"
            claims: tuple[NumericClaim, ...] = ()
            if index % 2:
                kind, noun = CLAIMS.get(label, ("", "visitors"))
                number = chance.randint(20, 900)
                start = len(text) + 1
                text = f"{text} about {number} {noun}"
                span = f"about {number} {noun.split()[0]}"
                if kind:
                    claims = (
                        NumericClaim(
                            start=start,
                            end=start + len(span),
                            text=span,
                            kind=kind,
                            low=Decimal(number),
                            high=Decimal(number),
                            modifier="about",
                        ),
                    )
            if chance.random() < noise:
                label = chance.choice(list(WORDS))
            name = f"a{article:02d}"
            sentence = Sentence(f"{name}:{index:04d}", name, index, 0, len(text), f"{text}.")
            rows.append(sentence)
            annotations.append(annotate(schema, sentence, label, claims=claims))
    return Corpus(schema, tuple(rows), tuple(annotations))


def annotate(
    schema: Schema,
    sentence: Sentence | str,
    *labels: str,
    claims: tuple[NumericClaim, ...] = (),
    annotator: str = "ann@newsledger.example",
    at: str = "2026-11-01T10:00:00Z",
    annotation_id: str = "",
    cancelled: bool = False,
    ground_truth: bool = False,
) -> Annotation:
    """One person's view of a sentence."""
    return Annotation(
        sentence_id=sentence if isinstance(sentence, str) else sentence.id,
        annotator=annotator,
        events=schema.event_labels(labels),
        claims=claims,
        annotation_id=annotation_id,
        updated_at=at,
        cancelled=cancelled,
        ground_truth=ground_truth,
    )
