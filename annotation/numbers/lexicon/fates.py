"""What befalls people, and the words that lead to it: where "scores" or "a few" are people."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

from annotation.numbers.lexicon.nouns import CASUALTY_WORDS

FATES = CASUALTY_WORDS | frozenset(
    "died die perish perished drown fled flee survived survive escaped escape succumbed suffocated"
    " slain shot stabbed beheaded hanged beaten tortured massacred slaughtered murdered maimed"
    " burned burnt crushed buried poisoned raped hit struck lost vanished disappeared"
    " held seized taken rounded interned freed released rescued evacuated treated saved"
    " expelled deported uprooted evicted relocated conscripted affected stuck hurt".split()
)
"""Verbs, participles and adjectives that tell what befell people."""

BEFORE_FATES = frozenset(
    "were are have had has been be being remain remained may might could would will must"
    " also still later reportedly allegedly apparently already now either both"
    " feared believed presumed reported thought found left said to".split()
)
"""Words between those people and what befell them: "scores *are feared* dead"."""

HARMING_SCORES = frozenset(
    "kill kills killed killing wound wounded wounding injure injures injured injuring hurting maims"
    " maimed maiming murdered murdering massacred massacring slaughtered executed executing"
    " arrest arrested arresting detain detains detained detaining abduct abducts abducted abducting"
    " kidnap kidnaps kidnapped kidnapping seized seizing captured capturing displace displaces"
    " displaced displacing trap traps trapped trapping bury buries buried burying leave leaves left"
    " leaving freed freeing released releasing rescued rescuing evacuated evacuating jailed jailing"
    " hospitalised hospitalized deported deporting expelled expelling uprooted uprooting claimed"
    " lost losing".split()
)
"""Verbs behind which "scores" are people: "killing scores". A noun of the same form, as in "the
strike scores", is none of them."""

ACTS_OF_MANY = frozenset(
    "were are have had may might remain remained took take joined join protest protested march"
    " marched gather gathered rally rallied clash clashed attend attended turned return returned"
    " left leave seek sought storm stormed face faced queue queued live lived stage staged"
    " reportedly still more others feared believed presumed reported thought need needed".split()
)
"""What "scores" do or are said to be at the beginning of a clause, where no singular can stand."""

CLAUSES_WITH_SCORES = frozenset(
    "and as while when after but that where with say says said although because".split()
)
"""Words at whose end "scores" may begin a clause."""

AMONG_SCORES = frozenset("including among mostly most many some mainly".split())
"""What follows "scores" and a comma: "scores, *including* women, were hurt"."""
