"""What is quick to look for stands in whatever a form matches."""

from __future__ import annotations

import json

import pytest

from newsledger.ledger.days_and_places.day_forms import DAY_FORMS, seeker
from newsledger.settings import packaged
from tests.unit.newsledger.ledger.days_and_places.test_dates import ROWS


@pytest.mark.slow
def test_whatever_a_form_matches_holds_one_of_its_words() -> None:
    tasks = json.loads(packaged("seeds/labels.json").read_text(encoding="utf-8"))
    texts = ["On 2023-10-05 a mine killed two.", *(row[2] for row in ROWS)]
    texts += [task["data"]["text"] for task in tasks]
    used = set()
    for text in (*texts, *map(str.upper, texts), *map(str.lower, texts)):
        for place, form in enumerate(DAY_FORMS):
            for match in form.pattern.finditer(text):
                used.add(place)
                assert seeker(form.words)(text, text.casefold()), match[0]
    assert used == set(range(len(DAY_FORMS)))
