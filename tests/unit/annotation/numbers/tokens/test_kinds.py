"""Kinds of tokens: told apart by one character, and called by their names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotation.numbers
from annotation.numbers.mentions.contexts import CONTEXT, N
from annotation.numbers.tokens.kinds import KINDS, NUMBER_KINDS, K, any_of, shape

ROOM = Path(annotation.numbers.__file__).parent
MODULES = sorted(path for path in ROOM.rglob("*.py") if path.name != "kinds.py")


def test_kinds_are_single_characters_and_no_two_the_same() -> None:
    of_numbers = {getattr(N, name) for name in N.__slots__}
    assert all(len(kind) == 1 for kind in [*KINDS.values(), *of_numbers])
    assert len(set(KINDS.values()) | of_numbers) == len(KINDS) + len(N.__slots__)


def test_no_name_in_the_rules_hides_a_kind() -> None:
    assert KINDS.keys() & CONTEXT.keys() == set()


def test_a_shape_is_a_pattern_over_kinds() -> None:
    pattern = re.compile(
        shape("(MONTH|WEEKDAY) STOP? NUM (?!MORE)", {"MORE": any_of(NUMBER_KINDS)})
    )
    assert pattern.fullmatch(K.MONTH + K.STOP + K.NUM)
    assert pattern.match(K.WEEKDAY + K.NUM + K.WORD)
    assert not pattern.match(K.WEEKDAY + K.NUM + K.NUM)
    assert pattern.groups == 0


def test_a_shape_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError, match="MONHT"):
        shape("MONHT DAY")


# ── Nothing but kinds.py writes the characters ───────────────────────────────────────────────


def is_raw(node: ast.expr) -> bool:
    """Whether an expression is characters of kinds, written as such."""
    match node:
        case ast.Constant(value=str(text)):
            return text != "" and set(KINDS.values()).issuperset(text)
        case ast.Tuple() | ast.Set() | ast.List():
            return any(map(is_raw, node.elts))
        case ast.IfExp():
            return is_raw(node.body) or is_raw(node.orelse)
        case ast.BinOp():
            return is_raw(node.left) or is_raw(node.right)
    return False


def is_of_kinds(node: ast.expr, local: set[str]) -> bool:
    """Whether an expression holds a kind: a field or method of that name, or such a local."""
    return any(
        (isinstance(part, ast.Attribute) and part.attr in {"kind", "kinds"})
        or (isinstance(part, ast.Name) and part.id in local)
        for part in ast.walk(node)
    )


def locals_of_kinds(function: ast.AST) -> set[str]:
    """The locals to which kinds are given."""
    local = {"kind", "kinds"}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            target, value = node.targets[-1], node.value
            pairs = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=True))
            local |= {t.id for t, v in pairs if isinstance(t, ast.Name) and is_of_kinds(v, set())}
    return local


def raw_kinds(source: str) -> Iterator[str]:
    """Where kinds are compared with characters, asked for so, or given so to tokens."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        local = locals_of_kinds(function)
        for node in ast.walk(function):
            raw = False
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                raw = any(map(is_raw, sides)) and any(is_of_kinds(side, local) for side in sides)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                asked = node.func.attr in {"is_", "add"} or is_of_kinds(node.func.value, local)
                raw = asked and any(map(is_raw, node.args))
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Token":
                raw = any(map(is_raw, node.args[2:3]))
            if raw:
                yield ast.unparse(node)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOM)))
def test_kinds_are_called_by_their_names(path: Path) -> None:
    assert list(raw_kinds(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        'line.kind(at) == "O"',
        'line.kind(at) in "wWA"',
        'line.kinds[at : at + 3] in {"-t-", "-τ-"}',
        'line.kinds[:at].endswith("w,")',
        'line.is_(at, "bB")',
        'token.kind != "d"',
        'Token(0, 1, "d", word)',
        'part, word = line.kind(at), line.word(at)\n    part == "f"',
        'before = line.kind(at - 1)\n    before in "WAGC"',
    ],
)
def test_the_check_sees_characters_that_stand_for_kinds(code: str) -> None:
    assert list(raw_kinds(f"def f():\n    {code}\n")) != []


def test_the_check_lets_words_and_names_pass() -> None:
    code = 'line.word(at) == "m" and line.is_(at, K.OF) and text[at] in "+("'
    assert list(raw_kinds(f"def f():\n    {code}\n")) == []
