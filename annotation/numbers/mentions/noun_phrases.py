"""Noun phrases: where what is counted begins and ends, by closed lists of words."""

from __future__ import annotations

from dataclasses import dataclass

from annotation.numbers.lexicon.function_words import (
    BEFORE_NOUN,
    OBJECTS,
    PHRASES_BEGIN,
    SOFT_STOPS,
    STOP_WORDS,
)
from annotation.numbers.lexicon.nouns import (
    ADJECTIVES_IN_ED,
    CASUALTY_NOUNS,
    CASUALTY_WORDS,
    COUNTED_SINGULAR,
    HEADS_AFTER_PLURAL,
    MODIFYING_PLURALS,
    NOUNS_IN_ING,
    NOUNS_IN_LY,
    PERSONS,
    PLURALS,
    PORTIONS,
    UNCOUNTED,
    is_plural,
)
from annotation.numbers.lexicon.verbs import NOUN_VERBS, PLAIN_VERBS, VERBS
from annotation.numbers.tokens.kinds import (
    ARTICLE_KINDS,
    BOUNDS,
    CAPITALISED,
    MODIFIER_KINDS,
    NAME_KINDS,
    OPEN_WORDS,
    SMALL_NUMBERS,
    TIME_KINDS,
    UNIT_WORDS,
    K,
)
from annotation.numbers.tokens.line import TokenLine


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, and how far the mention reaches; positions are indices of tokens."""

    first: int
    """Where the noun begins."""
    last: int
    """Where it ends (exclusive); ``first`` where there is none."""
    end: int
    """Where the mention ends (exclusive)."""

    def __bool__(self) -> bool:
        return self.last > self.first


_LONGEST = 8
"""Words of a noun phrase, compounds counted once."""

_MAY_BE_VERB = K.WORD + K.DESIGNATOR + K.ADJ + K.SCALE + UNIT_WORDS + K.QUARTER + K.QUARTERS
"""Kinds of words in lower case that are not always nouns."""


def noun_phrase(line: TokenLine, at: int, *, singular: bool, one: bool = False) -> Noun | None:
    """The noun phrase without determiner that begins at a token, to its head.

    Args:
        line: the tokens.
        at: where to begin.
        singular: whether the head may be a singular ("half of the *city*").
        one: whether exactly one is counted, so that a later word in -s is a verb.

    Returns:
        None where no noun that is counted begins.
    """
    phrase = _Phrase(line, at, at, singular, one)
    for _ in range(_LONGEST):
        if not phrase.grow():
            break
    return phrase.noun()


@dataclass(slots=True)
class _Phrase:
    """A noun phrase that is read word by word."""

    line: TokenLine
    first: int
    """Where it begins."""
    end: int
    """Where it ends so far (exclusive)."""
    singular: bool
    """As in ``noun_phrase``."""
    one: bool
    """As in ``noun_phrase``."""
    plural: int = -1
    """The last word if it is a plural, which may be the head; else -1."""

    def grow(self) -> bool:
        """Takes in the next word, with what is hyphened to it.

        Returns:
            False where no other word follows: it is a verb, or the plural before it is the head.
        """
        line, at = self.line, self.end
        stop = _compound_end(line, at)
        if stop == at or (stop == at + 1 and line.is_(at, _MAY_BE_VERB) and self._is_verb(at)):
            return False
        plural_here = is_plural(line.word(stop - 1))
        if self.plural >= 0 and not self._plural_goes_on(at, stop, plural_here):
            return False
        self.plural = stop - 1 if plural_here else -1
        self.end = stop
        if _abbreviation_at(line, stop) and plural_ahead(line, stop + 3):
            self.end, self.plural = stop + 3, -1  # "Border Security Force (BSF) personnel"
        named = line.is_(stop - 1, K.CAP)  # "Sudan People's Liberation Army"
        if line.is_(stop, K.POSS) and (not plural_here or self.singular or named):
            if _compound_end(line, stop + 1) == stop + 1:
                return False
            self.end, self.plural = stop + 1, -1  # "the city's hospitals"
        elif line.is_(stop, K.AND) and self.plural < 0 and not self.singular:
            self.end += _adjective_joined(line, stop + 1)  # "regional and international nations"
        elif line.is_(stop, K.COMMA) and not self.singular and _is_participle(line, stop - 1):
            self.end += _participle_follows(line, stop + 1)  # "masked, heavily armed men"
        return True

    def _plural_goes_on(self, at: int, stop: int, plural_here: bool) -> bool:
        """Whether the words from ``at`` to ``stop`` follow a plural that is not yet the head."""
        line, plural = self.line, self.plural
        if plural_here and line.word(stop - 1) in HEADS_AFTER_PLURAL:
            return True  # "special forces soldiers"
        modifies = (
            line.word(plural) in MODIFYING_PLURALS
            or line.is_(plural, K.ACRONYM)  # "GMLRS rockets"
            or line.is_(plural - 1, K.HYPHEN)  # "plain-clothes officers"
            or (line.is_(plural, K.CAP) and plural_here)  # "Abrams tanks"
        )
        return modifies and (plural_here or plural_ahead(line, at))

    def _is_verb(self, at: int) -> bool:
        """Whether a word in lower case ends the phrase because it is a verb or an adverb."""
        line, ahead = self.line, at + 1
        word, begins = line.word(at), at == self.first
        if word in VERBS:
            noun_here = begins and word in NOUN_VERBS  # "three *cuts*"
            if not noun_here or (word in PLAIN_VERBS and not self.one):
                badly = word in NOUN_VERBS and line.word(at - 1).endswith("ly")
                return not (badly and plural_ahead(line, ahead))  # "two badly burnt bodies"
        if begins:
            return False
        if word in CASUALTY_NOUNS and self.plural < 0 and line.is_(at - 1, K.WORD):
            return False  # "war wounded"
        if word in CASUALTY_WORDS:
            return not plural_ahead(line, ahead)
        if word.endswith("ed") and (
            word not in ADJECTIVES_IN_ED or line.word(ahead) in {"with", "by"}
        ):
            return self.one or self.singular or self.plural >= 0 or not plural_ahead(line, ahead)
        if word.endswith("ing") and word not in NOUNS_IN_ING:
            return self.plural >= 0 or (not self.singular and not plural_ahead(line, ahead))
        if word.endswith("ly") and word not in NOUNS_IN_LY:
            return not plural_ahead(line, ahead)
        if self.one and word not in PLURALS and is_plural(word):
            return True  # "one soldier *says*"
        if self.one or self.singular or line.word(self.first) in COUNTED_SINGULAR:
            return _object_begins(line, ahead)
        return False

    def noun(self) -> Noun | None:
        """What was read, None where it is nothing that is counted."""
        if self.end == self.first:
            return None
        if self.plural < 0:
            return self._without_plural()
        end = self.plural + 1
        if self.line.word(self.plural) == "prisoners" and self.line.word(end + 1) == "war":
            end += 2
        elif self.line.word(self.plural) in PORTIONS and self.line.is_(end, K.OF):
            end = _end_of_portion(self.line, end)
        end = _end_of_others(self.line, end, of_subject=_begins_clause(self.line, self.first))
        return Noun(self.first, end, end)

    def _without_plural(self) -> Noun | None:
        """What a phrase without a plural at its end counts."""
        line, first, end = self.line, self.first, self.end
        head = line.word(end - 1)
        alone = end - first == 1
        if head in (CASUALTY_WORDS if alone else CASUALTY_NOUNS):  # "nine wounded"
            if line.is_(end, _AND_OR) and line.word(end + 1) in CASUALTY_WORDS:
                end += 2  # "20 dead and wounded"
            transitive = _object_begins(line, end)
            return None if transitive else Noun(first, end, end)  # not "four killed the mayor"
        if self.one and alone and head.endswith("ed") and not line.is_(first, K.ACRONYM):
            return None
        if self.singular:
            return Noun(first, end, end)
        if line.word(first) in COUNTED_SINGULAR:  # "60-plus nation coalition"
            return Noun(first, first + 1, end)
        others = line.is_(end, K.AND) and line.is_(end + 1, SMALL_NUMBERS)
        if others and not line.is_(end - 1, K.CAP):  # "two South Sudanese and one Kenyan"
            return None  # "50 big and 30 small tents"
        verbal = head.endswith(("ed", "ing", "ly")) and not (
            head in NOUNS_IN_ING or head in NOUNS_IN_LY
        )
        return None if verbal or (alone and head in VERBS) else Noun(first, end, end)


def _abbreviation_at(line: TokenLine, at: int) -> bool:
    """Whether a name is abbreviated in brackets."""
    return line.is_(at, K.OPEN) and line.is_(at + 1, NAME_KINDS) and line.is_(at + 2, K.CLOSE)


def _end_of_portion(line: TokenLine, at: int) -> int:
    """End of "rounds *of ammunition*"; the token of the "of" where it joins no noun."""
    phrase = noun_phrase(line, at + 1, singular=True)
    return at if phrase is None else phrase.last


def _adjective_joined(line: TokenLine, at: int) -> bool:
    """Whether another adjective of the same plural stands behind an "and"."""
    return line.is_(at, OPEN_WORDS) and plural_ahead(line, at)


def _is_participle(line: TokenLine, at: int) -> bool:
    """Whether a word tells what people are like and not what befell them: "masked"."""
    word = line.word(at)
    return line.is_(at, K.WORD) and word.endswith("ed") and word not in CASUALTY_WORDS


def _participle_follows(line: TokenLine, at: int) -> bool:
    """Whether another participle of the same plural stands behind a comma."""
    told = line.word(at).endswith("ly") or _is_participle(line, at)
    return told and line.is_(at, K.WORD) and plural_ahead(line, at)


_AND_OR = K.AND + K.OR


def _object_begins(line: TokenLine, at: int) -> bool:
    """Whether the object of a verb begins, so that the word before it is that verb."""
    return line.is_(at, ARTICLE_KINDS) or line.word(at) in OBJECTS


_CLAUSE_ENDS = K.PERIOD + K.COMMA + K.SEMICOLON + K.CLOSE + K.DASH + K.QUOTE + K.PIPE + K.NEWLINE


_BEFORE_SUBJECT = K.NEWLINE + K.PERIOD + K.SEMICOLON + K.QUOTE
_CONJUNCTIONS = frozenset(
    {"that", "when", "while", "where", "after", "as", "because", "but", "since", "until", "if"}
    | {"before", "say", "says", "said"}
)


def _begins_clause(line: TokenLine, first: int) -> bool:
    """Whether what is counted is the subject of a clause, so that the next verb is its own.

    Args:
        line: the tokens.
        first: where the noun begins, behind its number.
    """
    at = first - 1
    while line.is_(at, _COUNTING):
        at -= 1
    return line.is_(at, _BEFORE_SUBJECT) or line.word(at) in _CONJUNCTIONS


_NUMERALS = SMALL_NUMBERS + K.HUNDRED + K.SCALE + K.DOZEN + K.VAGUE + K.SEVERAL
_COUNTING = _NUMERALS + K.OF + MODIFIER_KINDS


def _end_of_others(line: TokenLine, at: int, *, of_subject: bool) -> int:
    """End of "drivers *and traders*", where what follows shows that no new clause begins.

    Args:
        line: the tokens.
        at: where the first plural ends; given back where no other is counted with it.
        of_subject: whether it is the subject of its clause.
    """
    several = line.is_(at, K.COMMA) and line.is_(at + 2, K.AND)
    if several and {line.word(at - 1), line.word(at + 1), line.word(at + 3)} <= PERSONS:
        return at + 4  # "200 men, women and children"
    if not line.is_(at, K.AND):
        return at
    end = at + 1
    for _ in range(2):
        stop = _compound_end(line, end)
        if stop == end or line.word(stop - 1) in VERBS or line.is_(end, NAME_KINDS):
            break
        end = stop
        if is_plural(line.word(end - 1)):
            if line.word(end - 1) in UNCOUNTED:
                return at
            whole = line.is_(end, _CLAUSE_ENDS) or line.word(end) in PHRASES_BEGIN
            verb = line.is_(end, K.ARE) or line.word(end) in VERBS
            whole |= of_subject and verb and line.word(at + 1) not in BEFORE_NOUN
            return end if whole else at
    return at


# ── Words with what is hyphened to them ──────────────────────────────────────────────────────

_NOUN_KINDS = (
    OPEN_WORDS + K.NAME + K.DESIGNATOR + K.ADJ + UNIT_WORDS + K.IDENT + K.REACTION + K.QUARTER
    + K.QUARTERS + K.DEGREE + K.SCALE + K.TIME + K.STOP + BOUNDS
)  # fmt: skip
"""Kinds of words that may be part of a noun phrase, if no list says otherwise."""

_AFTER_HYPHEN = (
    _NOUN_KINDS + K.FROM + K.TO + K.IN + K.SINCE + K.SMALL + K.ONE + K.TENS + K.VAGUE + K.AND
    + K.OF + K.AT + K.PART + K.THE + K.PCT
)  # fmt: skip
"""Kinds of words that may follow a hyphen in one ("state-of-the-art")."""

_BEFORE_HYPHEN = SMALL_NUMBERS + K.HALF
_SIZES = K.WORD + K.MEASURE + K.CODE  # 500-*pound*, half-*burnt*
_NUMBERED = K.CAP + K.DESIGNATOR  # *Leopard* 2
_GOES_ON = OPEN_WORDS + K.DESIGNATOR


def _compound_end(line: TokenLine, at: int) -> int:
    """End of a word with what is hyphened to it ("US-backed"); ``at`` if no noun goes on here."""
    kind = line.kind(at)
    hyphen = line.is_(at + 1, K.HYPHEN)
    if hyphen and kind in _BEFORE_HYPHEN:
        if line.is_(at + 2, _SIZES):
            return at + 3  # "eight 500-pound bombs", "two half-burnt bodies"
        if kind != K.HALF and line.is_(at + 2, TIME_KINDS) and line.is_(at + 3, K.HYPHEN):
            return at + 5  # "two 16-year-old boys"
    if hyphen and kind == K.NUM and line.is_(at + 2, _AND_OR) and line.is_(at + 4, K.HYPHEN):
        return at + 3  # "two 16- and 17-year-old boys"
    if kind == K.NUM and line.is_(at + 1, K.MEASURE) and plural_ahead(line, at + 2):
        return at + 2  # "three 500kg bombs"
    if hyphen and kind in BOUNDS:
        return at + 3  # "40 under-fives"
    if kind == K.NUM and line.is_(at - 1, _NUMBERED) and plural_ahead(line, at + 1):
        return at + 1  # "20 Leopard 2 tanks"
    if kind not in _NOUN_KINDS:
        return at
    word = line.word(at)
    if word in SOFT_STOPS and not hyphen:
        of_a_country = line.capital(at) and line.is_(at + 1, K.CAP)  # "two South Sudanese"
        goes_on = line.is_(at + 1, _GOES_ON) and (of_a_country or plural_ahead(line, at + 1))
        if not goes_on:
            return at
    elif kind in BOUNDS or (word in STOP_WORDS and kind not in OPEN_WORDS):
        return at
    end = at + 1
    while line.is_(end, K.HYPHEN) and line.is_(end + 1, _AFTER_HYPHEN):
        end += 2
    return end


_FARTHEST = 3
"""Words before a plural that are no names."""


def plural_ahead(line: TokenLine, at: int) -> bool:
    """Whether a plural follows within three words and the names among them, before any verb."""
    words = 0
    for _ in range(_LONGEST):
        stop = _compound_end(line, at)
        word = line.word(stop - 1)
        words += not line.is_(stop - 1, CAPITALISED)
        if stop == at or words > _FARTHEST or word in VERBS:
            return False
        if stop - at == 1 and word.endswith("ed") and word not in ADJECTIVES_IN_ED:
            return word in CASUALTY_WORDS and plural_ahead(line, stop)
        if is_plural(word):
            return True
        at = stop + 3 * _abbreviation_at(line, stop)
    return False
