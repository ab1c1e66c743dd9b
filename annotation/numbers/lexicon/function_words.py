"""Determiners, pronouns, prepositions and the like: where noun phrases end."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

STOP_WORDS = frozenset(
    # determiners and pronouns
    "a an the this that these those all both each every either neither any no such another some"
    " i you he she it we they me him her us them himself themselves itself who whom whose which"
    " what whoever there here my your his its our their mine ours theirs one ones everyone nobody"
    # prepositions, particles and conjunctions
    " of in on at by to from for with without within into onto upon over under above below between"
    " among amid amidst against about after before during since until till through throughout"
    " across along around behind beside besides beneath beyond near despite except inside outside"
    " off out up down via per versus vs as than like unlike toward towards and or but nor yet so if"
    " because while whereas although though when where why how whether unless once plus ago apart"
    " aboard alongside amongst including excluding regarding concerning following"
    " due owing thanks according prior"
    # auxiliaries
    " is are was were be been being am has have had having do does did will would shall should may"
    " might must can could cannot ought not n't isn't aren't wasn't weren't hasn't haven't hadn't"
    " doesn't don't didn't won't wouldn't can't couldn't"
    # adverbs that follow a noun
    " also still already again now today yesterday tomorrow tonight annually only just"
    " even ever never always often sometimes soon later earlier"
    " away back together apiece too very more most less least much many further instead"
    " elsewhere everywhere nearby abroad ahead altogether meanwhile however therefore thus"
    " respectively each else worldwide nationwide simultaneously half twice".split()
)
"""Closed-class words: no counted noun contains one."""

SOFT_STOPS = frozenset(
    "most long tall high wide deep thick old north south east west northeast northwest"
    " southeast southwest"
    " alive alone online offline daily weekly monthly yearly overnight then home next"
    " last past early"
    " late inside outside near off down up under over above senior further former".split()
)
"""Words that end a noun phrase unless a plural still follows ("two South Korean soldiers")."""

NOUN_DETERMINERS = frozenset(
    "a the its their his her our my your this that these those all such an another".split()
)
"""Words before a noun that do not belong to it, and tell which one is meant."""

BEFORE_NOUN = frozenset("more other additional further extra such".split())
"""Words between a number and its noun that belong to neither ("35 *more* civilians")."""

PHRASES_BEGIN = frozenset(
    "of in on at by to from for with without near during since after before across inside outside"
    " who whom that which a including while".split()
)
"""Words behind a noun that begin no clause of which it is the subject."""

OBJECTS = frozenset("his her its their them him those these this that us our my your me".split())
"""Words that begin the object of a verb."""

ONE_BEFORE = frozenset(
    "no any every each this that the number another last next first which some"
    " anyone someone under".split()
)
"""Words before "one" that make it a pronoun."""

BEFORE_WHICH = frozenset("in at on during after for from by to".split())
"""Words before "which" behind which it is none: "a clash *in* which one guard died"."""

ONE_IDIOMS = frozenset(
    "time times day days night hand hands thing another point stage such more by after at or on and"
    " well instance moment occasion way-or else fell step sided off stop".split()
)
"""Words after "one" with which it does not count."""

ZERO_IDIOMS = frozenset("tolerance hour sum line point emission emissions".split())
"""Words after "zero" with which it does not count."""

BEFORE_FEW = frozenset("the these those his her its our their last first next".split())
"""Words before "few" with which it says that there are some: *the* few survivors."""
