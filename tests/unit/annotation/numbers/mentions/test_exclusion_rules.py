"""The exclusion rules: the examples in the table are the tests."""

from __future__ import annotations

import re

import pytest

from annotation.numbers.amounts.money_and_measures import with_unit
from annotation.numbers.amounts.numbers import MACROS, numbers
from annotation.numbers.amounts.ranges import joined
from annotation.numbers.mentions.contexts import CONTEXT, ExclusionRule
from annotation.numbers.mentions.exclusion_rules import EXCLUSION_RULES
from annotation.numbers.mentions.exclusions import context_of
from annotation.numbers.reader import read
from annotation.numbers.tokens.kinds import shape
from tests.unit.annotation.numbers.lines import line_of


def excludes(rule: ExclusionRule, text: str) -> bool:
    line = line_of(text)
    pattern = re.compile(shape(rule.shape, MACROS | CONTEXT))
    quantities = joined(line, [with_unit(line, q) for q in numbers(line)])
    return any(pattern.search(context_of(line, q)) for q in quantities)


@pytest.mark.parametrize("rule", EXCLUSION_RULES, ids=lambda rule: rule.name)
def test_each_rule_excludes_its_example_and_nothing_is_left_of_it(rule: ExclusionRule) -> None:
    assert excludes(rule, rule.example)
    assert read(rule.example) == ()


@pytest.mark.parametrize("rule", EXCLUSION_RULES, ids=lambda rule: rule.name)
def test_no_rule_excludes_its_counter_example(rule: ExclusionRule) -> None:
    assert not excludes(rule, rule.counter_example)
    assert read(rule.counter_example) != ()
