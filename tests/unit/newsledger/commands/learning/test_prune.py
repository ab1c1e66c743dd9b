"""Pruning a workspace: what goes, what stays, and that a year of retraining stays small."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn, cast

import httpx
import pytest

from annotation.articles.pushed_sentences import PushedSentences
from annotation.articles.web.kept_pages import KeptPages, page_path
from annotation.dataset.snapshot import read_snapshot, write_snapshot
from annotation.dataset.snapshot_order import snapshots_in_order
from annotation.errors import SnapshotError, StudioUnreachableError, WorkspaceError
from annotation.folders import folder_size
from annotation.labelstudio.sync import LabelStudio
from annotation.records import ArticleMetadata
from annotation.schema import read_schema
from newsledger.commands.labelling import pushing
from newsledger.commands.learning import evaluation, prune
from newsledger.commands.learning.prune import PruneResult
from newsledger.commands.state import project
from newsledger.commands.state.switches import note_switch
from newsledger.progress import Quiet
from newsledger.settings import Credentials, Settings, read_settings
from tests.contract.fake_studio import TOKEN, FakeStudio
from tests.corpus import make_corpus
from tests.rollbacks import roll_back
from tests.scripted_model import Scripted
from tests.unit.newsledger.conftest import Run
from training.challenger import make_challenger
from training.model import Model
from training.registry.champion import set_champion
from training.registry.store import load_model, save_model

CORPUS = make_corpus(6, 8)


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return make_challenger(CORPUS.freeze(tmp_path_factory.mktemp("snapshots"))).model


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


def retrained(settings: Settings, model: Model, number: int, *, promoted: bool) -> str:
    """What a retraining writes, but that nothing is fitted; the id of the model."""
    for kind in ("pulled", "with seeds"):
        first = replace(CORPUS.annotations[0], updated_at=f"{number} {kind}")
        snapshot = write_snapshot(
            settings.snapshots,
            sentences=CORPUS.sentences,
            annotations=(first, *CORPUS.annotations[1:]),
            schema=CORPUS.schema,
        )
    # The clock runs backwards, which is to make no difference.
    name = f"{999 - number:03d}-{model.id}"
    manifest = {**model.manifest, "snapshot": snapshot.id}
    save_model(settings.models, replace(model, id=name, manifest=manifest))
    if promoted:
        set_champion(settings.models, name, reason="better")
    return name


@pytest.mark.slow
def test_the_snapshots_of_the_champion_and_of_the_last_models_stay(
    settings: Settings, fitted: Model
) -> None:
    made = [retrained(settings, fitted, number, promoted=number == 0) for number in range(6)]
    done = prune.prune(settings, Quiet(), keep=2)
    assert done.models == tuple(made[1:4])
    assert (done.models_kept, done.snapshots_kept) == (3, 4)
    assert done.size == folder_size(settings.snapshots) + sum(
        folder_size(settings.models / name) for name in (made[0], *made[4:])
    )
    for name in (made[0], *made[4:]):
        model = load_model(settings.models / name)
        assert read_snapshot(settings.snapshots / model.manifest["snapshot"])
    assert evaluation.evaluate_model(settings, Quiet(), None).model == made[0]


@pytest.mark.slow
def test_a_model_whose_snapshot_has_gone_says_so_when_it_is_evaluated(
    settings: Settings, fitted: Model
) -> None:
    made = [retrained(settings, fitted, number, promoted=True) for number in range(4)]
    prune.prune(settings, Quiet(), keep=1)
    assert load_model(settings.models / made[0])
    with pytest.raises(SnapshotError, match="was trained on, is not in"):
        evaluation.evaluate_model(settings, Quiet(), None, model_id=made[0])


@pytest.mark.slow
def test_many_retrainings_take_what_the_line_takes_and_a_few_snapshots(
    settings: Settings, fitted: Model
) -> None:
    made = []
    for number in range(40):
        made.append(retrained(settings, fitted, number, promoted=True))
        prune.remove_old(settings)
    snapshots = snapshots_in_order(settings.snapshots)
    assert len(snapshots) <= 2 * prune.KEEP
    model = folder_size(settings.models / made[-1])
    snapshot = max(map(folder_size, snapshots))
    # The history and what else lies there is small.
    assert folder_size(settings.workspace) < 40 * (model + 1000) + 10 * snapshot + 10_000
    assert [roll_back(settings.models).goal for _ in made[1:]] == made[-2::-1]


@pytest.mark.slow
def test_what_killed_runs_left_goes_too_and_what_people_put_there_stays(
    settings: Settings, fitted: Model
) -> None:
    retrained(settings, fitted, 1, promoted=True)
    (settings.snapshots / ".removed.x" / "0123456789abcdef").mkdir(parents=True)
    (settings.snapshots / ".removed.x" / "0123456789abcdef" / "rest").write_bytes(b"x" * 1000)
    (settings.snapshots / "mine").mkdir()
    done = prune.prune(settings, Quiet(), keep=1)
    assert done.freed >= 1000
    assert not (settings.snapshots / ".removed.x").exists()
    assert (settings.snapshots / "mine").exists()


def test_the_command_says_what_it_freed(newsledger: Run, settings: Settings, fitted: Model) -> None:
    for number in range(4):
        retrained(settings, fitted, number, promoted=number == 0)
    said = newsledger("-w", str(settings.workspace), "prune", "--keep", "1", "--dry-run")
    assert said.code == 0
    assert said.out.startswith("Would be removed: 2 models and 6 snapshots, ")
    assert len(snapshots_in_order(settings.snapshots)) == 8
    done = newsledger("-w", str(settings.workspace), "prune", "--keep", "1")
    assert done.out.startswith("Removed: 2 models and 6 snapshots, ")
    assert "Kept: 2 models and 2 snapshots" in done.out
    assert newsledger("-w", str(settings.workspace), "prune", "--keep", "0").code == 2


def test_a_workspace_that_is_not_there_is_not_made(settings: Settings) -> None:
    with pytest.raises(WorkspaceError, match="There is no workspace"):
        prune.prune(settings, Quiet())
    assert not settings.workspace.exists()


def test_an_empty_workspace_is_no_error(settings: Settings) -> None:
    settings.workspace.mkdir()
    assert prune.prune(settings, Quiet()) == PruneResult((), (), 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was fetched."""

    url: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def kept_page(settings: Settings, name: str, *, age: float) -> str:
    """Keep a page so many seconds ago; its digest."""
    digest = KeptPages(settings.workspace).keep(Page(f"https://x.test/{name}", name.encode() * 99))
    path = settings.workspace / page_path(digest)
    for file in (path, path.with_name(f"{digest}.json")):
        os.utime(file, (time.time() - age,) * 2)
    return digest


def test_pages_of_no_article_go_and_all_others_stay(settings: Settings) -> None:
    pulled, pushed, neither, new, old = (
        kept_page(settings, name, age=age)
        for name, age in (("a", 99), ("b", 99), ("c", 99), ("d", -99), ("e", 99))
    )
    assert prune.prune(settings, Quiet(), keep=1).pages == 0  # nothing was pulled yet

    def pull(page: str, at: str) -> None:
        first = replace(CORPUS.annotations[0], updated_at=at)
        write_snapshot(
            settings.snapshots,
            sentences=CORPUS.sentences,
            annotations=(first,),
            schema=CORPUS.schema,
            articles=[ArticleMetadata("a00", page_sha256=page)],
        )

    pull(old, "2026")
    pull(pulled, "2027")
    memory = PushedSentences(settings.workspace / "pushed" / "own-1.json")
    memory.comes_from(pushed)
    memory.comes_from(None)
    memory.save()
    strange = settings.workspace / page_path(neither).replace(neither, "notes.txt")
    strange.write_text("mine", encoding="utf-8")
    size = folder_size(settings.workspace / "sources")

    assert (
        prune.prune(settings, Quiet(), keep=2).pages == 1
    )  # the first snapshot stays, and its page
    assert not (settings.workspace / page_path(neither)).exists()
    dry = prune.prune(settings, Quiet(), keep=1, dry_run=True)
    assert (dry.pages, dry.text().splitlines()[0].startswith(
        "Would be removed: 0 models, 1 snapshot and 1 page of no article, "
    )) == (1, True)  # fmt: skip
    done = prune.prune(settings, Quiet(), keep=1)
    assert (done.pages, done.freed) == (1, dry.freed)
    left = sorted(file.name for file in strange.parent.parent.rglob("*") if file.is_file())
    assert left == sorted(
        ["notes.txt", *(f"{one}{end}" for one in (pulled, pushed, new) for end in ("", ".json"))]
    )
    assert folder_size(settings.workspace / "sources") < size


# --------------------------------------------------------------------- suggestions in the project

WORDS = tuple(f"{number} people fled." for number in range(10, 14))


@pytest.fixture
def four_generations(settings: Settings, server: FakeStudio, tmp_path: Path) -> FakeStudio:
    """A project of four sentences, each with suggestions by m1 to m4, the last of them shown."""
    schema = read_schema(settings.config)
    file = tmp_path / "article.txt"
    file.write_text("\n".join(WORDS), encoding="utf-8")
    with project.opened(settings, Quiet()) as ours:
        pushing.push_into(
            Quiet(), ours, cast(Model, Scripted(schema, "m1")), [str(file)], presplit=True
        )
        for name in ("m2", "m3", "m4"):
            found = ours.studio.suggestions(ours.id).waiting_tasks(
                schema, without_suggestion_by=name
            )
            tasks = list(found)
            said = Scripted(schema, name).predict([one.sentence for one in tasks]).records()
            note_switch(ours, name)
            suggested = zip(tasks, said, strict=True)
            ours.studio.suggestions(ours.id).add_beside(suggested, schema, model_id=name)
    return server


def generations(server: FakeStudio) -> list[list[str]]:
    return [[one["model_version"] for one in task["predictions"]] for task in server.tasks.values()]


@pytest.mark.slow
def test_of_suggestions_the_last_two_generations_stay(
    settings: Settings, four_generations: FakeStudio
) -> None:
    would = prune.prune(settings, Quiet(), dry_run=True)
    assert (would.suggestions, would.suggestions_left) == (8, 0)
    assert generations(four_generations) == [["m1", "m2", "m3", "m4"]] * 4
    done = prune.prune(settings, Quiet())
    assert generations(four_generations) == [["m3", "m4"]] * 4
    assert "Of earlier models, which nobody sees: 8 suggestions." in done.text()
    assert prune.prune(settings, Quiet()).suggestions == 0


def test_a_retraining_removes_some_and_says_how_many_are_left(
    settings: Settings, four_generations: FakeStudio
) -> None:
    before = prune.remove_old(settings)
    with project.opened(settings, Quiet()) as ours:
        done = prune.remove_old_in_project(Quiet(), ours, before, most=3)
    assert (done.suggestions, done.suggestions_left) == (3, 5)
    assert "3 suggestions, 5 left for `newsledger prune`." in done.text()
    # The oldest go first.
    assert [one[-3:] for one in generations(four_generations)] == [["m2", "m3", "m4"]] * 4


def test_a_server_that_does_not_run_is_no_hindrance(
    settings: Settings, four_generations: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "connected", _unreachable)
    assert prune.prune(settings, Quiet()).suggestions == 0
    assert prune.prune(settings, Quiet(), dry_run=True).suggestions == 0


def test_one_that_was_named_and_does_not_answer_is_a_problem_and_what_went_is_told(
    settings: Settings, four_generations: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = replace(settings, credentials=Credentials("http://127.0.0.1:9", "x" * 40))
    monkeypatch.setattr(project, "known", lambda _: 1)
    monkeypatch.setattr(project, "connected", _unreachable)
    make_corpus(3).freeze(settings.snapshots)
    make_corpus(4).freeze(settings.snapshots)
    progress = Quiet()
    done = prune.prune(named, progress, keep=1)
    assert [type(one) for one in progress.problems] == [StudioUnreachableError]
    assert len(done.snapshots) == 1


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_server_under_another_address_is_not_passed_over(
    settings: Settings,
    four_generations: FakeStudio,
    monkeypatch: pytest.MonkeyPatch,
    dry_run: bool,
) -> None:
    other = "http://other.test"
    named = replace(settings, credentials=Credentials(other, TOKEN))
    monkeypatch.setattr(
        project, "connected", lambda _: LabelStudio(other, TOKEN, transport=four_generations)
    )
    progress = Quiet()
    done = prune.prune(named, progress, dry_run=dry_run)
    # It is not known what people have open: that is written down by the address in use.
    assert done.suggestions == 0
    assert generations(four_generations) == [["m1", "m2", "m3", "m4"]] * 4
    (told,) = (one for one in progress.said if "earlier models" in one)
    assert told.startswith("12 suggestions of earlier models may stay")
    assert other in told


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_server_without_a_project_of_this_workspace_gets_none(
    settings: Settings,
    four_generations: FakeStudio,
    monkeypatch: pytest.MonkeyPatch,
    dry_run: bool,
) -> None:
    other, empty = "http://other.test", FakeStudio()
    named = replace(settings, credentials=Credentials(other, TOKEN))
    monkeypatch.setattr(project, "connected", lambda _: LabelStudio(other, TOKEN, transport=empty))
    progress = Quiet()
    assert prune.prune(named, progress, dry_run=dry_run).suggestions == 0
    assert not empty.projects
    assert not progress.problems


@pytest.mark.slow
def test_what_went_before_the_server_failed_is_told(
    settings: Settings, four_generations: FakeStudio
) -> None:
    def refused(request: httpx.Request, answer: Any) -> httpx.Response:
        return httpx.Response(401, json={"detail": "Invalid token."})

    def passes(request: httpx.Request, answer: Any) -> httpx.Response:
        return cast(httpx.Response, answer())

    four_generations.fail("DELETE prediction", *[passes] * 5, refused)
    progress = Quiet()
    done = prune.prune(settings, progress)
    assert len(progress.problems) == 1
    assert (done.suggestions, done.suggestions_left) == (5, 3)


def _unreachable(_: Settings) -> NoReturn:
    raise StudioUnreachableError("No Label Studio answers.", hint="Start it.")
