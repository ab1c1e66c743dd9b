"""Words of dates and times of day."""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""Months and their abbreviations."""

MONTHS_IN_NAMES = frozenset(
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre"
    " diciembre janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
    " dezembro".split()
)
"""Months by which streets and towns are named in Spanish and Portuguese: "20 de Noviembre"."""

WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur"
    " thurs fri sat sun mondays tuesdays wednesdays thursdays fridays saturdays sundays".split()
)
"""Days of the week and their abbreviations."""

CAPITAL_ONLY = frozenset("may march mar sat sun mon wed dec jan sep thu fri".split())
"""Months and weekdays that are also other words unless they begin with a capital."""

TIME_UNITS = frozenset(
    "millisecond milliseconds second seconds sec secs minute minutes min mins hour hours hr hrs"
    " day days night nights week weeks weekend weekends fortnight fortnights month months year"
    " years yr yrs decade decades century centuries millennium millennia semester semesters"
    " season seasons yo mo mos weekday weekdays winter winters summer summers ramadan generation"
    " generations times time fold b.c. bc bce a.d. b.c.e".split()
)
"""What durations are counted in: a number of these is no claim."""

TODAY = frozenset("today tomorrow yesterday tonight tonite now".split())
"""Words for a day that is told from today."""

DAYTIMES = frozenset(
    "morning mornings afternoon afternoons evening evenings noon midnight midday oclock"
    " o'clock".split()
)
"""Times of day, which an hour may stand beside."""

ZONES = frozenset(
    "gmt utc bst cet cest est edt cst cdt mst mdt pst pdt et pt ct mt ist eet local".split()
)
"""Time zones."""

DURATION_ADJECTIVES = frozenset(
    "more next last past previous coming upcoming following consecutive business straight full"
    " working long calendar additional further whole successive tense bloody short early late"
    " extra solid final other light lunar fiscal school trading academic entire different special"
    " morning evening".split()
)
"""What may stand between a number and its unit of time: nine *consecutive* days."""
