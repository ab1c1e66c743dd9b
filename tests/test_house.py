"""The house keeps its own rules: floors, labels only in the schema, a complete wheel, true docs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from annotation.articles.readers.registry import SUFFIXES
from annotation.schema import read_schema
from newsledger import __version__
from newsledger.cli import app
from newsledger.output import WRITERS

ROOT = Path(__file__).parent.parent
ROOMS = ("annotation", "training", "newsledger")
CODE = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


LONGEST_MODULE = 400
"""Lines that one reads in one sitting."""

VERBS = get_command(app).commands  # type: ignore[attr-defined]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """A module of ours as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"))


def input_suffixes() -> tuple[str, ...]:
    """The kinds of file that are read, from the code that reads them."""
    return SUFFIXES


@pytest.mark.slow
def test_the_floors_hold() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True
    )
    assert linted.returncode == 0, linted.stdout


def test_no_label_name_stands_in_code() -> None:
    schema = read_schema(ROOT / "label_config.xml")
    labels = {*schema.event_aliases, *schema.claim_aliases}
    found = [
        (str(path.relative_to(ROOT)), node.lineno, node.value)
        for path in CODE
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in labels
    ]
    assert found == []


def test_event_labels_are_built_by_the_schema_only() -> None:
    builders = {
        path.name
        for path in CODE
        if re.search(r"\bEventLabels\(", path.read_text(encoding="utf-8"))
        and path.name != "records.py"
    }
    assert builders == {"schema.py"}


def test_importing_newsledger_loads_neither_scikit_learn_nor_the_sdk() -> None:
    script = (
        "import sys, newsledger, newsledger.cli;"
        "print([m for m in ('sklearn', 'numpy', 'label_studio_sdk', 'joblib', 'rich', 'pyarrow')"
        " if m in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"


@pytest.mark.slow
def test_a_report_does_not_wait_for_what_learns() -> None:
    script = (
        "import sys, newsledger.report.making, newsledger.report.pages.page;"
        "import training.registry.champion, training.registry.files.out_of_fold_file;"
        "print([m for m in ('sklearn', 'pandas', 'scipy.stats') if m in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"


@pytest.mark.slow
def test_verbs_without_a_server_do_not_wait_for_the_sdk() -> None:
    script = (
        "import sys, training.train, training.model, newsledger.notebook;"
        "from newsledger.commands.articles import look;"
        "from newsledger.commands.learning import evaluation, models, offline;"
        "print('label_studio_sdk' in sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "False"


@pytest.mark.slow
def test_the_wheel_holds_the_rooms_the_schema_and_the_seeds(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"{path.relative_to(ROOT)}" for path in CODE} <= names
    brought = {f"newsledger/_data/{name}" for name in _packaged_names()}
    missing = [one for one in brought if not any(name.startswith(one) for name in names)]
    assert len(brought) > 3
    assert missing == []
    assert {f"{room}/py.typed" for room in ROOMS} <= names
    assert not [name for name in names if name.startswith("tests")]


def _packaged_names() -> set[str]:
    """What the code asks ``settings.packaged`` for, constants resolved."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    found = re.findall(r"packaged\((\"[^\"]+\"|[A-Z_]+)\)", source)
    constants = dict(re.findall(r"^([A-Z_]+) = \"([^\"]+)\"$", source, re.MULTILINE))
    return {constants[one] if one in constants else one.strip('"') for one in found}


def test_the_version_is_the_same_wherever_it_stands() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert project["version"] == __version__
    assert f"\nversion: {__version__}\n" in citation


def _public_types() -> dict[str, list[tuple[str, str]]]:
    """Public classes and aliases by name: the module of each, and what an alias stands for."""
    found = defaultdict(list)
    for path in CODE:
        where = str(path.relative_to(ROOT))
        for node in parsed(path).body:
            match node:
                case ast.ClassDef(name=name):
                    found[name].append((where, where))
                case ast.Assign(targets=[ast.Name(id=name)]) if re.match("[A-Z]+[a-z]", name):
                    found[name].append((where, ast.unparse(node.value).removeprefix("npt.")))
    return {name: where for name, where in found.items() if not name.startswith("_")}


def test_no_public_name_means_two_things() -> None:
    """Functions of the command line are private, so that a verb has one function of its name."""
    places = defaultdict(list)
    for path in CODE:
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                places[node.name].append(str(path.relative_to(ROOT)))
    public = {name: where for name, where in places.items() if not name.startswith("_")}
    assert len(public) > 200
    assert {name: where for name, where in public.items() if len(where) > 1} == {}


def test_no_type_has_two_meanings() -> None:
    """An alias may stand in several modules where it is the same in each: ``Floats`` of NumPy."""
    types = _public_types()
    assert len(types) > 300
    assert {
        name: found
        for name, found in types.items()
        if len(found) > 1 and len({meaning for _, meaning in found}) > 1
    } == {}


def test_no_constant_that_others_import_has_two_meanings() -> None:
    """What only its own module reads may be called as another's is."""
    meanings: dict[str, dict[str, str]] = defaultdict(dict)
    for path in CODE:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in parsed(path).body:
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ) if name.isupper() and not name.startswith("_"):
                    meanings[name][module] = ast.unparse(value)
    imported = set().union(*(_names_of_others(parsed(path)) for path in CODE))
    shared = {
        name: {where: one for where, one in found.items() if (where, name) in imported}
        for name, found in meanings.items()
    }
    assert len(shared) > 300
    assert {name: one for name, one in shared.items() if len(set(one.values())) > 1} == {}


def _names_of_others(module: ast.Module) -> set[tuple[str, str]]:
    """What a module takes from others: the module and the name, imported or read as a part."""
    found = {
        (node.module or "", one.name, one.asname or one.name)
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }
    modules = {known: f"{where}.{name}" for where, name, known in found}
    parts = {
        (modules[node.value.id], node.attr)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in modules
    }
    return {(where, name) for where, name, _ in found} | parts


FORMS = {"Row", "Table"}
"""Names that say what form something has, and nothing of what it is."""


def test_no_type_has_its_name_from_one_that_it_cannot_know() -> None:
    """A ``KeptX`` is an ``X`` that is kept: so the room of ``X`` is its own or one further down.

    Where it is further up, the two are something else under one name. What the options of the
    command line are called, users decide.
    """
    types = {
        name: found[0][0]
        for name, found in _public_types().items()
        if not found[0][0].endswith("verbs/options.py")
    }
    assert {
        (name, types[name], other, types[other])
        for name in types.keys() - FORMS
        for other in types
        if name != other
        and _last_words(other, len(_words(name))) == _words(name)
        and _floor(types[other]) < _floor(types[name])
        # Several of what is called so further down are the same thing still.
        and not _is_plural_of_a_lower(name, types)
    } == set()


def _is_plural_of_a_lower(name: str, types: Mapping[str, str]) -> bool:
    one = name.removesuffix("s")
    return name != one and one in types and _floor(types[one]) < _floor(types[name])


def _floor(module: str) -> int:
    return ROOMS.index(module.split("/", maxsplit=1)[0])


@cache
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, each in its singular."""
    return tuple(word.removesuffix("s") for word in re.findall("[A-Z]+[a-z0-9]*", name))


def _last_words(name: str, count: int) -> tuple[str, ...]:
    return _words(name)[-count:]


def test_every_module_can_be_read_in_one_sitting() -> None:
    """Tests and benchmarks, too: what is longer has a seam at which it can be parted."""
    written = [*CODE, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    lines = {str(one.relative_to(ROOT)): one.read_bytes().count(b"\n") for one in written}
    assert {one: count for one, count in lines.items() if count > LONGEST_MODULE} == {}


def test_the_map_in_contributing_has_every_module() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawn = page.split("## The map")[1].split("## Hard rules")[0]
    # What a line is about stands left of a gap; what is said of it, on the right, names nothing.
    left = [re.split(" {3,}", line.strip())[0] for line in drawn.splitlines()]
    names = {name for line in left for name in line.split()}
    missing = [one for one in CODE if one.stem != "__init__" and one.stem not in names]
    assert [str(one.relative_to(ROOT)) for one in missing] == []


@pytest.mark.parametrize("verb", VERBS)
def test_help_and_readme_tell_of_every_verb(verb: str) -> None:
    assert VERBS[verb].help
    assert f"**{verb}**" in README


def test_help_and_readme_tell_of_every_verb_below_a_verb() -> None:
    below = {
        f"newsledger {verb} {name}": one
        for verb, group in VERBS.items()
        for name, one in getattr(group, "commands", {}).items()
    }
    assert below
    assert [typed for typed in below if typed not in README] == []
    assert all(one.help for one in below.values())


def test_the_examples_of_the_readme_run_every_verb_and_no_other() -> None:
    shown = re.findall(
        r"^\$ (?:echo .*\| )?newsledger (?:--workspace \S+ )?([a-z]+)", README, re.MULTILINE
    )
    assert set(shown) == set(VERBS)


@pytest.mark.parametrize("suffix", input_suffixes())
def test_help_readme_and_formats_name_every_kind_of_input(suffix: str) -> None:
    _assert_named(suffix, "INPUT", "inputs")


@pytest.mark.parametrize("suffix", WRITERS)
def test_help_readme_and_formats_name_every_kind_of_output(suffix: str) -> None:
    _assert_named(suffix, "--out", "out")


def _assert_named(suffix: str, word: str, parameter: str) -> None:
    """The suffix stands in the help of the parameter and, on two pages, in a paragraph about it."""
    named = re.compile(rf"(?<!\w){re.escape(suffix)}(?!\w)")
    helps = [one.help for verb in VERBS.values() for one in verb.params if one.name == parameter]
    assert len(helps) >= 3
    assert all(named.search(told) for told in helps), f"--help of {word} says nothing of {suffix}"
    for name, page in (("README.md", README), ("docs/formats.md", FORMATS)):
        told = [part for part in page.split("\n\n") if word in part and named.search(part)]
        assert told, f"{name} has no paragraph with {word} and {suffix}"
