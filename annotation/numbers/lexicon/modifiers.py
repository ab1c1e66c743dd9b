"""Phrases before or after a number that say how it is claimed: at least, about, or more."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

DEGREES = (
    "only just|just|well|far|way|much|many|slightly|somewhat|a little|a bit|a shade|marginally"
    "|considerably|significantly|substantially|comfortably|little"
).split("|")
"""Words before a comparison that leave it what it is: *well* over, *just* under."""

AT_LEAST = (
    "more than or equal to|greater than or equal to|equal to or more than|equal to or greater than"
    "|larger than or equal to|bigger than or equal to|bigger or equal than|greater or equal than"
    "|larger or equal than|more or equal than|at least or equal to|no fewer than|no less than"
    "|not fewer than|not less than|no smaller than|not under|no lower than"
    "|more than|greater than|larger than|bigger than|higher than|at least|at minimum"
    "|at a minimum|upwards of|upward of|in excess of|excess of|north of|a minimum of|minimum of"
    "|as few as|as little as|as low as|exceeding|exceeds|exceeded|exceed|surpassing|surpassed"
    "|topping|topped|over|above|minimum|min\\.|starting from|starting at"
).split("|")
"""Phrases before a number that leave its upper end open."""

AT_MOST = (
    "less than or equal to|smaller than or equal to|fewer than or equal to|lower than or equal to"
    "|equal to or less than|smaller or equal than|less or equal than|lower or equal than"
    "|at most or equal to|no more than|not more than|no greater than|not greater than"
    "|no larger than|no bigger than|no higher than|not over|not above|not exceeding|as many as"
    "|as much as|as high as|up to|upto|shy of|just short of|not quite"
    "|fewer than|less than|smaller than|lower than|at most|at maximum|at the most"
    "|a maximum of|to a maximum of|maximum of|max\\.|under|below|within|maximum|south of"
).split("|")
"""Phrases before a number that leave its lower end open."""

ABOUT = (
    "in the region of|in the order of|on the order of|in the neighborhood of"
    "|in the neighbourhood of|in the vicinity of|somewhere around|somewhere near|something like"
    "|close to|near to|very nearly|an estimated|a estimated|the estimated|estimated at|estimated"
    "|a reported|roughly|approximately|aproximately|approx\\.|approx|around|about"
    "|nearly|almost|nearing|approaching|circa|ca\\.|some|virtually|an approximate|an average of"
    "|average of|just about|perhaps|maybe|barely|hardly|scarcely|nigh on|getting on for"
    "|the best part of"
).split("|")
"""Phrases before a number that say it is not exact."""

EXACT = (
    "a total of|exactly|precisely|equal to|equals to|equals|equaling to|equalling to|equaling"
    "|equalling"
).split("|")
"""Phrases before a number that insist on it."""

AFTER_AT_LEAST = (
    "at the very least|or more than|or more|or greater than|or greater|or above|or over|or higher"
    "|or larger|or bigger|or upwards|or better|or equal to it|or equal to|or equal|and above"
    "|and over|and up|and counting|plus"
).split("|")
"""Phrases after a number, or after its noun, that leave the upper end open."""

AFTER_AT_MOST = (
    "or less|or fewer|or below|or under|or smaller|or lower|or less than|or fewer than".split("|")
)
"""Phrases after a number that leave the lower end open."""

AFTER_ABOUT = "or so|or thereabouts|odd|ish|more or less|give or take".split("|")
"""Phrases after a number that say it is not exact."""

PREPOSITIONS = frozenset("over under above below".split())
"""Those that behind a counted noun are prepositions: "eight men *over* 303 killings"."""
