"""The words that say that somebody came to harm, by harm and by how they are used."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

from typing import Literal, get_args

Harm = Literal["death", "injury", "capture", "disappearance"]
"""What happened to a person; the attribute ``harm`` of a claim kind has the same words."""

HARMS: tuple[Harm, ...] = get_args(Harm)
"""All of them."""


def _by_word(**words: str) -> dict[str, Harm]:
    return {word: harm for harm in HARMS for word in words.get(harm, "").split()}


ACTIVE = _by_word(
    death="kill kills killed killing murder murders murdered murdering assassinate assassinates"
    " assassinated assassinating execute executes executed executing behead beheads beheaded"
    " beheading slay slays slew slaying slaughtered slaughtering lynch lynched lynching hanged"
    " strangled strangling martyred martyring eliminated neutralised neutralized slain",
    injury="wound wounds wounded wounding injure injures injured injuring hurt hurts hurting"
    " maimed",
    capture="arrest arrests arrested arresting detain detains detained detaining abduct abducts"
    " abducted abducting kidnap kidnaps kidnapped kidnapping captured capturing",
)
"""Verbs whose object came to harm."""

PASSIVE = _by_word(
    death="killed murdered assassinated executed beheaded slain slaughtered lynched hanged"
    " strangled"
    " martyred decapitated electrocuted eliminated neutralised neutralized",
    injury="wounded injured hurt maimed hospitalised hospitalized",
    capture="arrested detained abducted kidnapped captured",
)
"""Participles whose subject came to harm."""

INTRANSITIVE = _by_word(
    death="died dies perished drowned succumbed",
    disappearance="disappeared vanished missing",
)
"""What only whoever came to harm can be the subject of."""

NOUNS = _by_word(
    death="killing murder death assassination execution beheading body bodies corpse corpses"
    " remains"
    " slaying lynching life lives deaths killings",
    injury="wounding",
    capture="arrest detention abduction kidnapping capture kidnap",
    disappearance="disappearance",
)
"""Nouns with *of* before whoever came to harm."""

PRESENT = frozenset("kills wounds injures arrests abducts kidnaps detains murders kill".split())
"""Verbs of headlines, after which a person needs no article."""

BEFORE_DEAD = frozenset("shot shooting shoot found gunned left leaving lay hacked lying".split())
"""Words with which *dead* is a death of this story."""

FOUND = frozenset("found recovered discovered retrieved dumped exhumed pulled".split())
"""What happens to a body."""

AUXILIARIES = frozenset("was were is are be been being has have had got get gets".split())
"""Verbs before a participle."""

UNREAL = frozenset(
    "not never n't no would could may might will should can cannot wasn't weren't attempted tried"
    " threatened threatening attempting trying planned plotting plotted nearly almost"
    " failed".split()
)
"""Words that say that it has not happened."""
