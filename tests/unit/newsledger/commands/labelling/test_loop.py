"""Use cases with a server, over the fake one. The loop over a real one is in tests/server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from annotation.articles.pushed_sentences import KeptBack
from annotation.dataset.checks import Doubt
from annotation.dataset.snapshot import read_snapshot
from annotation.labelstudio.sync import LabelStudio
from annotation.records import NumericClaim, Picked
from annotation.schema import read_schema
from newsledger.commands.handover.places import build_gazetteer
from newsledger.commands.labelling import pulling, pushing, retraining
from newsledger.commands.labelling.pulling import DoubtfulLabel, PullResult
from newsledger.commands.labelling.pushing import PushResult
from newsledger.commands.state import project
from newsledger.commands.state.codebooks import note_version
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.seeds import SEED_ARTICLES, seed_article_ids
from newsledger.commands.state.task_addresses import task_addresses
from newsledger.ledger.days_and_places.gazetteer import open_gazetteer
from newsledger.ledger.days_and_places.when_where import WhenWhereReader
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged, read_settings
from newsledger.team.blind import BlindSlice
from newsledger.team.overlap import Overlap
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.docs.console import ROOT
from training.claims.classifier import ClaimClassifier
from training.model import Floats, Model, untrained_model

SENTENCES = 150
"""More than are replaced together."""


PUSHED = PushResult(
    articles=1,
    sentences=20,
    created=20,
    already_there=0,
    same_as_another=0,
    boilerplate=0,
    suggested=20,
    resent=0,
    doubles_removed=0,
    doubles_kept=0,
    model="m",
    url="http://studio/projects/1/data",
)


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


def killed(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
    raise Killed


def answered(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
    return answer()


@pytest.fixture
def server() -> FakeStudio:
    return FakeStudio()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "w", url=URL, api_key=TOKEN, environment={})


@pytest.fixture
def ours(settings: Settings, server: FakeStudio) -> Iterator[WorkspaceProject]:
    with LabelStudio(URL, TOKEN, transport=server) as studio:
        yield project.find(settings, studio, read_schema(settings.config))


@pytest.fixture
def before(ours: WorkspaceProject, tmp_path: Path) -> Model:
    """The model whose suggestions people see, on every sentence."""
    model = replace(untrained_model(ours.schema), id="before")
    rows = [{"id": f"s{n}", "text": f"Shells hit house {n}."} for n in range(SENTENCES)]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert pushing.push_into(Quiet(), ours, model, [str(file)], presplit=True).created == SENTENCES
    return model


def newest(server: FakeStudio) -> dict[str, tuple[str, float]]:
    """Model and place of the newest suggestion, by sentence; the one before may be there still."""
    suggested: dict[str, tuple[str, float]] = {}
    for task in server.tasks.values():
        one = max(task["predictions"], key=itemgetter("id"))
        suggested[task["data"]["sentence_id"]] = one["model_version"], one["score"]
    return suggested


def label(server: FakeStudio, sentence: str) -> None:
    (task,) = (one for one in server.tasks.values() if one["data"]["sentence_id"] == sentence)
    body: dict[str, Any] = {"result": [], "parent_prediction": task["predictions"][-1]["id"]}
    headers = {"Authorization": f"Token {TOKEN}"}
    with httpx.Client(transport=server, base_url=URL, headers=headers) as person:
        person.post(f"/api/tasks/{task['id']}/annotations/", json=body).raise_for_status()


def picked(settings: Settings, ours: WorkspaceProject) -> dict[str, Picked]:
    return dict(read_snapshot(Path(pulling.pull_from(settings, Quiet(), ours)[0].path)).picked)


def records(settings: Settings) -> dict[str, Any]:
    """What the last reordering wrote down of each sentence."""
    rows = json.loads(settings.picked.read_text(encoding="utf-8"))["picked"]
    return {key: some[-1] for key, some in rows.items()}


def in_task(server: FakeStudio, sentence: str) -> list[Any]:
    """How a sentence was picked when it was pushed."""
    (data,) = (t["data"] for t in server.tasks.values() if t["data"]["sentence_id"] == sentence)
    return [data["picked_method"], data["picked_probability"]]


def in_places(server: FakeStudio, model: Model) -> list[str]:
    """The sentences with a suggestion by a model, in the order of their places."""
    found = [(place, key) for key, (by, place) in newest(server).items() if by == model.id]
    return [key for _, key in sorted(found)]


def test_a_task_shows_its_surroundings_and_the_headline_once(
    ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Shells hit Sake\n\nTwo men died. Others fled.\n", encoding="utf-8")
    pushing.push_into(Quiet(), ours, replace(untrained_model(ours.schema), id="m"), [str(file)])
    assert [
        (task["data"]["before"], task["data"]["text"], task["data"]["after"])
        for task in server.tasks.values()
    ] == [
        ("", "Shells hit Sake", "Two men died."),
        ("", "Two men died.", "Others fled."),
        ("Two men died.", "Others fled.", ""),
    ]


def test_a_task_shows_day_and_place_as_they_are_read_in_the_order_of_the_article(
    settings: Settings, ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    build_gazetteer(settings, Quiet(), ["SY"], source=ROOT / "docs" / "places-example.txt")
    told = "Two men died in Idlib on Monday. The next day others fled. Nobody was hurt."
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps({"text": told, "published": "2026-11-20"}), encoding="utf-8")
    pushing.push_into(
        Quiet(),
        ours,
        replace(untrained_model(ours.schema), id="m"),
        [str(file)],
        when_where=WhenWhereReader(open_gazetteer(settings.gazetteer)),
    )
    shown = [task["data"]["when_where"] for task in server.tasks.values()]
    assert shown == ["2026-11-16 · Idlib", "2026-11-17", ""]


def test_a_pushed_sentence_is_labelled_as_it_was_picked(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, before: Model
) -> None:
    queue = in_places(server, before)
    for place in (0, 4):
        label(server, queue[place])
    how = picked(settings, ours)
    assert how[queue[0]].method != "random"
    assert how[queue[4]].method == "random"
    assert how[queue[4]].probability == pytest.approx(1 / 1000)


@pytest.mark.slow
def test_a_replacement_that_was_killed_leaves_no_false_record_and_is_finished_by_the_next(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, before: Model
) -> None:
    after = replace(before, id="after")
    server.fail("POST actions", answered, killed)  # deletes the suggestions of a batch
    with pytest.raises(Killed):
        retraining.refresh(settings, Quiet(), ours, after)
    done = in_places(server, after)
    assert 0 < len(done) < SENTENCES
    left = in_places(server, before)
    label(server, done[0])
    label(server, left[0])
    how, recorded = picked(settings, ours), records(settings)
    assert [how[done[0]].method, how[done[0]].probability] == recorded[done[0]][:2]
    assert left[0] in recorded
    # It was labelled in its former place, of which its task tells.
    assert [how[left[0]].method, how[left[0]].probability] == in_task(server, left[0])

    places = newest(server)
    assert retraining.refresh(settings, Quiet(), ours, after) == SENTENCES - len(done) - 1
    again = records(settings)
    assert {key: newest(server)[key] for key in done} == {key: places[key] for key in done}
    assert {key: again[key] for key in done} == {key: recorded[key] for key in done}
    assert ours.studio.counts(ours.id).model_id == after.id


def test_suggestions_that_are_there_and_not_shown_are_shown(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, before: Model
) -> None:
    after = replace(before, id="after")
    retraining.refresh(settings, Quiet(), ours, after)
    server.projects[ours.id]["model_version"] = before.id  # killed just before this
    assert retraining.refresh(settings, Quiet(), ours, after) == 0
    assert ours.studio.counts(ours.id).model_id == after.id


class WholeSentences(ClaimClassifier):
    """Marks each sentence as one claim, so that its suggestions are unlike those of ``before``."""

    def predict(
        self, texts: Sequence[str], event_scores: Floats | None = None, **more: Any
    ) -> tuple[tuple[NumericClaim, ...], ...]:
        return tuple((NumericClaim(0, len(one), one, self.kinds[0]),) for one in texts)

    def predict_mentions(self, *args: Any, **more: Any) -> Floats:
        return np.zeros((0, 1 + len(self.kinds)))


def suggested_and_read(task: dict[str, Any], model_id: str) -> tuple[list[str], list[str]]:
    """The claims of a model's suggestion, and those in the line of readings above the sentence."""
    (shown,) = (one for one in task["predictions"] if one["model_version"] == model_id)
    marked = [one["value"]["text"] for one in shown["result"] if one["type"] == "labels"]
    line = task["data"]["readings"]
    return marked, [reading.split(" → ")[0] for reading in line.split(" | ") if reading]


@pytest.mark.slow
@pytest.mark.parametrize("head", [100, SENTENCES], ids=["some have both", "all have both"])
def test_after_a_rollback_each_line_of_readings_is_of_the_suggestion_that_is_shown(
    settings: Settings,
    server: FakeStudio,
    ours: WorkspaceProject,
    before: Model,
    head: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotation.labelstudio.tasks.task_queries.QUEUE_HEAD", head)
    claims = WholeSentences(ours.schema.claim_aliases)
    after = replace(before, id="after", claims=claims)
    assert retraining.refresh(settings, Quiet(), ours, after) == SENTENCES
    recorded = records(settings)
    assert retraining.refresh(settings, Quiet(), ours, before) == SENTENCES - head
    assert ours.studio.counts(ours.id).model_id == before.id
    for task in server.tasks.values():
        assert suggested_and_read(task, before.id) == ([], [])
    again = records(settings)
    assert sum(again[key] != recorded[key] for key in recorded) == SENTENCES - head  # no new place
    retraining.refresh(settings, Quiet(), ours, after)
    for task in server.tasks.values():
        text = task["data"]["text"]
        assert suggested_and_read(task, after.id) == ([text], [text])


def test_what_is_up_to_date_is_not_written_again(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, before: Model
) -> None:
    server.calls.clear()
    assert retraining.refresh(settings, Quiet(), ours, before) == 0
    assert {call.split()[0] for call in server.calls} == {"GET"}
    assert not settings.picked.exists()


def test_a_push_tells_of_tasks_that_another_push_had_doubled() -> None:
    met = replace(PUSHED, doubles_removed=3)
    assert met.to_json()["doubles_removed"] == 3
    (told,) = set(met.text().splitlines()) - set(PUSHED.text().splitlines())
    assert "3 tasks" in told


def test_one_is_one_article_and_not_articles() -> None:
    one = replace(PUSHED, articles=1, sentences=1, created=2000)
    assert one.text().startswith("1 article, 1 sentence: 2,000 new tasks, ")


def test_a_push_of_nothing_has_no_summary() -> None:
    nothing = replace(PUSHED, articles=0, sentences=0, created=0, suggested=0)
    assert nothing.text() == "No article was read, so nothing was pushed."
    known = replace(PUSHED, created=0, already_there=20, suggested=0)
    assert "0 suggestions" not in known.text()
    assert "20 there already" in known.text()


def test_a_push_says_where_to_label_last() -> None:
    assert PUSHED.text().splitlines()[-1] == "Label at http://studio/projects/1/data"


def own_and_seeds(server: FakeStudio, by: str) -> tuple[list[float], list[float]]:
    """The places of one's own sentences and of the seeds', as the active model has them."""
    own: list[float] = []
    seeds: list[float] = []
    for task in server.tasks.values():
        if not task["data"]["boilerplate"]:
            place = next(p["score"] for p in task["predictions"] if p["model_version"] == by)
            (seeds if task["data"]["article_id"] in seed_article_ids() else own).append(place)
    return own, seeds


@pytest.mark.slow
def test_own_articles_come_before_the_seeds_whatever_was_pushed_first(
    ours: WorkspaceProject, server: FakeStudio, settings: Settings, tmp_path: Path
) -> None:
    first, second, *_ = sorted(packaged(SEED_ARTICLES).glob("*.txt"))
    before, after = (replace(untrained_model(ours.schema), id=key) for key in ("before", "after"))

    def push(name: str, *more: Path) -> None:
        file = tmp_path / f"{name}.txt"
        file.write_text("\n\n".join(f"{name.title()} {n} was shelled." for n in range(30)))
        pushing.push_into(Quiet(), ours, before, [str(file), *map(str, more)])

    pushing.push_into(Quiet(), ours, before, [str(first)])
    seeds = newest(server)
    push("street")
    assert {key: newest(server)[key] for key in seeds} == seeds  # and not written anew
    push("bridge", second)
    for model in (before, after, before):
        retraining.refresh(settings, Quiet(), ours, model)
        own, others = own_and_seeds(server, model.id)
        assert len(own) == 60
        assert len(others) >= 50
        assert max(own) < min(others)


def mark(server: FakeStudio, task: dict[str, Any], *spans: str, ticked: Sequence[str] = ()) -> None:
    """Label a task by hand: spans without values, and event types."""
    text = task["data"]["text"]
    schema = read_schema(packaged("label_config.xml"))
    result: list[dict[str, Any]] = [
        {
            "id": span,
            "from_name": schema.claim_control,
            "to_name": schema.text_control,
            "type": "labels",
            "value": {
                "start": text.index(span),
                "end": text.index(span) + len(span),
                "text": span,
                "labels": [schema.claim_aliases[0]],
            },
        }
        for span in spans
    ]
    result += [
        {
            "id": "events",
            "from_name": schema.event_control,
            "to_name": schema.text_control,
            "type": "choices",
            "value": {"choices": list(ticked)},
        }
    ]
    headers = {"Authorization": f"Token {TOKEN}"}
    with httpx.Client(transport=server, base_url=URL, headers=headers) as person:
        answer = person.post(f"/api/tasks/{task['id']}/annotations/", json={"result": result})
        answer.raise_for_status()


@pytest.fixture
def pushed(ours: WorkspaceProject, server: FakeStudio, tmp_path: Path) -> list[dict[str, Any]]:
    """Two tasks."""
    file = tmp_path / "article.txt"
    file.write_text("Seven airstrikes hit Sake. At least 12 men died.\n", encoding="utf-8")
    pushing.push_into(Quiet(), ours, replace(untrained_model(ours.schema), id="m"), [str(file)])
    return list(server.tasks.values())


def test_a_pull_reads_values_widens_spans_and_says_so(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, pushed: list[dict[str, Any]]
) -> None:
    event = ours.schema.event_aliases[0]
    mark(server, pushed[0], "ven airstri", ticked=[event])
    mark(server, pushed[1], "12 men", ticked=[event])
    pulled, snapshot = pulling.pull_from(settings, Quiet(), ours)
    assert [
        (claim.text, claim.low, claim.modifier, claim.read_by)
        for annotation in snapshot.annotations
        for claim in annotation.claims
    ] == [
        ("Seven airstrikes", Decimal(7), "exactly", "machine"),
        ("12 men", Decimal(12), "at_least", "machine"),
    ]
    assert pulled.to_json()["values_read"] == 2
    assert [one["text"] for one in pulled.to_json()["widened"]] == ["Seven airstrikes"]
    assert "read by machine: 2 claims." in pulled.text()
    assert "1 span that cut a word, widened to it: “ven airstri” to “Seven airstrikes”." in (
        pulled.text()
    )


def test_what_says_the_same_is_listed_in_the_result_and_in_its_task(
    ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    model = replace(untrained_model(ours.schema), id="m")
    rows = [
        {"id": "a", "text": "The army killed twelve men near Slavne on Friday, a monitor said."},
        {"id": "b", "text": "KYIV: The army killed 12 men near Slavne on Friday, a monitor said."},
        {"id": "c", "text": "The army killed twelve men near Opytne on Friday, a monitor said."},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    pushed = pushing.push_into(Quiet(), ours, model, [str(file)])
    (same,) = pushed.kept_back
    assert (same.sentence_id.split(":")[0], same.shown_id.split(":")[0]) == ("b", "a")
    assert "“KYIV: The army killed 12 men near Slavne" in pushed.text()
    tasks = {task["data"]["article_id"]: task["data"]["also_in"] for task in server.tasks.values()}
    assert tasks == {"a": [same.sentence_id], "c": []}


def test_of_many_that_say_the_same_a_few_are_shown() -> None:
    one = KeptBack("b:0-9", "Long\nago " * 40, "a:0-9", "Long ago")
    text = replace(PUSHED, kept_back=(one,) * 5).text()
    assert text.count("b:0-9 “Long ago") == 3
    assert "2 more: `newsledger push --json`" in text
    assert max(map(len, text.splitlines())) < 200


def test_seeds_that_nobody_has_worked_on_go_and_come_back(
    ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    seeds = str(min(packaged(SEED_ARTICLES).glob("*.txt")))
    model = replace(untrained_model(ours.schema), id="m")
    number = pushing.push_into(Quiet(), ours, model, [seeds]).created
    tasks = [one["data"] for one in server.tasks.values()]
    label(server, tasks[1]["sentence_id"])
    mine = tmp_path / "mine.txt"
    mine.write_text(f"The same news.\n\n{tasks[5]['text']}\n", encoding="utf-8")
    assert pushing.push_into(Quiet(), ours, model, [str(mine)]).same_as_another == 1

    assert pushing.take_out_seeds(Quiet(), ours) == number - 1
    assert pushing.take_out_seeds(Quiet(), ours) == 0
    assert pushing.push_into(Quiet(), ours, model, [str(mine)]).created == 1
    # One of them is shown as one's own by now.
    assert pushing.push_into(Quiet(), ours, model, [seeds]).created == number - 2


def test_a_pull_lists_what_cannot_be_meant_with_the_address_of_its_task(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, pushed: list[dict[str, Any]]
) -> None:
    alone = next(label.alias for label in ours.schema.event_types if label.excludes_rest)
    mark(server, pushed[1], ticked=[ours.schema.event_aliases[0], alone])
    pulled, snapshot = pulling.pull_from(settings, Quiet(), ours)
    (row,) = pulled.to_json()["doubtful"]
    assert row["task"] == f"{URL}/projects/{ours.id}/data?task={pushed[1]['id']}"
    assert row["doubt"]["check"] == "excluded"
    assert f"  {row['task']} {row['doubt']['says']} (" in pulled.text()
    assert alone in snapshot.annotations[0].events  # kept as it is


def test_a_pull_remembers_where_each_task_is_opened(
    settings: Settings, ours: WorkspaceProject, pushed: list[dict[str, Any]]
) -> None:
    pulling.pull_from(settings, Quiet(), ours)
    page = f"{URL}/projects/{ours.id}/data"
    assert task_addresses(settings) == {
        task["data"]["sentence_id"]: f"{page}?task={task['id']}" for task in pushed
    }


def test_a_pull_says_how_many_labels_are_older_than_the_codebook(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, pushed: list[dict[str, Any]]
) -> None:
    label(server, pushed[0]["data"]["sentence_id"])
    pulled, snapshot = pulling.pull_from(settings, Quiet(), ours)
    assert pulled.codebook is None
    assert snapshot.codebook is not None
    note_version(settings, replace(snapshot.codebook, version="0"))
    state = json.loads((settings.workspace / "codebooks.json").read_text(encoding="utf-8"))
    state["seen"][-1]["since"] = "2999-01-01T00:00:00+00:00"
    (settings.workspace / "codebooks.json").write_text(json.dumps(state), encoding="utf-8")
    pulled, _ = pulling.pull_from(settings, Quiet(), ours)
    assert pulled.codebook is not None
    assert pulled.codebook.older == 1
    assert "to codebook version 0 (" in pulled.text()


def test_a_pull_lists_so_many_doubtful_labels_and_counts_the_rest() -> None:
    doubt = Doubt("s", "ann", "1", "empty", "nothing is ticked and nothing marked")
    row = DoubtfulLabel("http://studio/projects/1/data?task=5", doubt)
    pulled = PullResult("id", "path", 1, 1, 1, 0, ("ann",), 0, doubtful=(row,) * 23)
    lines = pulled.text().splitlines()
    assert sum("?task=5" in line for line in lines) == 20
    assert "  3 more: `newsledger pull --json` lists all." in lines


def blind_tasks(server: FakeStudio) -> dict[str, dict[str, Any]]:
    tasks = (one for one in server.tasks.values() if one["data"]["blind"])
    return {one["data"]["sentence_id"]: one for one in tasks}


def test_a_share_is_pushed_without_a_suggestion_and_keeps_its_place(
    settings: Settings, ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    told = ("Warplanes and drones flew air strikes on {}", "Food and relief came to {}", "It is {}")
    rows = [{"id": f"s{n}", "text": told[n % 3].format(n)} for n in range(SENTENCES)]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    model = replace(untrained_model(ours.schema), id="m")

    def push(share: float) -> PushResult:
        blind = BlindSlice(settings.withheld, ours.workspace, share)
        return pushing.push_into(Quiet(), ours, model, [str(file)], presplit=True, blind=blind)

    server.fail("POST project import", killed)
    with pytest.raises(Killed):
        push(0.2)
    pushed = push(0.2)
    blind = blind_tasks(server)
    assert 10 < len(blind) == pushed.blind < 60
    assert "without seeing a suggestion" in pushed.text()
    with_ticks = {
        task["data"]["sentence_id"]
        for task in server.tasks.values()
        if task["predictions"][0]["result"]
    }
    assert len(with_ticks) > 50
    assert not with_ticks & blind.keys()
    scores = sorted(one["predictions"][0]["score"] for one in server.tasks.values())
    assert len(set(scores)) == len(rows)
    # What is there stays as it was drawn then, and is said to be so.
    for share in (0.0, 1.0):
        again = push(share)
        assert (again.created, again.blind) == (0, len(blind))
    assert blind_tasks(server).keys() == blind.keys()

    # Another champion shows them nothing either, and what it would have shown is known.
    retraining.refresh(settings, Quiet(), ours, replace(model, id="other"))
    assert not any(
        two["result"] for one in blind_tasks(server).values() for two in one["predictions"]
    )
    strike = next(one for one in blind if int(one[1:]) % 3 == 0)
    label(server, strike)
    snapshot = read_snapshot(Path(pulling.pull_from(settings, Quiet(), ours)[0].path))
    (annotation,) = snapshot.annotations
    assert annotation.suggested_by is None
    assert annotation.withheld is not None
    assert annotation.withheld.model_id == "other"
    assert annotation.withheld.labels is not None
    assert annotation.withheld.labels.events == ("strike",)


def test_seeds_are_shown_with_their_suggestions(
    settings: Settings, ours: WorkspaceProject, server: FakeStudio
) -> None:
    seeds = str(min(packaged(SEED_ARTICLES).glob("*.txt")))
    model = replace(untrained_model(ours.schema), id="m")
    blind = BlindSlice(settings.withheld, ours.workspace, 1.0)
    assert pushing.push_into(Quiet(), ours, model, [seeds], blind=blind).blind == 0
    assert not blind_tasks(server)


def test_what_was_withheld_is_written_down_before_anybody_can_label_it(
    settings: Settings, ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Air strikes hit the town.\n", encoding="utf-8")
    blind = BlindSlice(settings.withheld, ours.workspace, 1.0)
    server.fail("POST project import", killed)
    with pytest.raises(Killed):
        pushing.push_into(
            Quiet(), ours, replace(untrained_model(ours.schema), id="m"), [str(file)], blind=blind
        )
    assert json.loads(settings.withheld.read_text(encoding="utf-8"))["withheld"]


def test_killed_before_a_second_person_was_asked_for_it_asks_when_run_again(
    ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    rows = [{"id": f"s{n}", "text": f"Shells hit house {n}."} for n in range(20)]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    model = replace(untrained_model(ours.schema), id="m")

    def push() -> PushResult:
        overlap = Overlap(ours.workspace, 0.5, 3)
        return pushing.push_into(Quiet(), ours, model, [str(file)], presplit=True, overlap=overlap)

    server.fail("PATCH task", answered, answered, killed)
    with pytest.raises(Killed):
        push()
    pushed = push()
    assert (pushed.created, pushed.for_several) == (0, 10)
    assert "for several people each: 10" in pushed.text()
    asked = {one["data"]["people"]: one["overlap"] for one in server.tasks.values()}
    assert asked == {"": 1, "3": 3}
    first = sorted(server.tasks.values(), key=lambda one: float(one["predictions"][0]["score"]))
    assert [one["overlap"] for one in first] == [3] * 10 + [1] * 10
