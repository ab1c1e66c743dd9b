"""Articles to tasks: push."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotation.articles.languages import not_english
from annotation.articles.pushed_sentences import KeptBack, PushedSentences
from annotation.articles.readers.interface import KeepPage
from annotation.articles.tasks import Document, read_documents
from annotation.articles.web.kept_pages import KeptPages
from annotation.batches import batched
from annotation.records import Sentence, Task
from newsledger.commands.learning import offline
from newsledger.commands.state import project
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.seeds import seed_article_ids
from newsledger.ledger.days_and_places.gazetteer import open_gazetteer
from newsledger.ledger.days_and_places.when_where import WhenWhereReader
from newsledger.progress import Progress, Result, in_a_line, number_of
from newsledger.settings import Settings
from newsledger.team.blind import BlindSlice
from newsledger.team.overlap import Overlap
from newsledger.team.policy import settle_policy

if TYPE_CHECKING:
    from training.model import Model


@dataclass(frozen=True, slots=True)
class PushResult(Result):
    """What a push did."""

    articles: int
    """Articles that were read."""
    sentences: int
    """Sentences in them."""
    created: int
    """Tasks that were made."""
    already_there: int
    """Sentences that the project had before."""
    same_as_another: int
    """Sentences that say the same as another one and are shown to nobody."""
    boilerplate: int
    """Sentences that look like no part of the story; they come last in the queue."""
    suggested: int
    """Suggestions that the server stored."""
    resent: int
    """Records that had to be sent again because the server had not stored them."""
    doubles_removed: int
    """Tasks beside another for the same sentence, on which nobody had worked."""
    doubles_kept: int
    """Sentences that have several tasks, because somebody has worked on each."""
    model: str
    """The model that made the suggestions."""
    url: str
    """Where people label."""
    kept_back: tuple[KeptBack, ...] = ()
    """The sentences that say the same as another one, each with that one."""
    not_english: dict[str, int] = field(default_factory=dict)
    """Sentences in each other language; no numbers are read in them."""
    blind: int = 0
    """Sentences to be labelled without a suggestion, new ones and those that wait for somebody."""
    for_several: int = 0
    """Sentences that several people are to label, new ones and those that wait for one of them."""

    def text(self) -> str:
        """The outcome in sentences."""
        if not self.articles:
            return "No article was read, so nothing was pushed."
        lines = [
            f"{number_of(self.articles, 'article')}, {number_of(self.sentences, 'sentence')}: "
            f"{number_of(self.created, 'new task')}, {self.already_there:,} there already, "
            f"{self.same_as_another:,} the same as another."
        ]
        if self.boilerplate:
            lines.append(f"Last in the queue, being boilerplate: {self.boilerplate:,}.")
        if self.not_english:
            lines.append(not_english(self.not_english))
        if self.suggested:
            lines.append(f"{number_of(self.suggested, 'suggestion')} by {self.model} stored.")
        if self.blind:
            lines.append(f"To be labelled without seeing a suggestion: {self.blind:,}.")
        if self.for_several:
            lines.append(f"First in the queue, for several people each: {self.for_several:,}.")
        if self.resent:
            lines.append(f"Sent again, because the server had lost them: {self.resent:,}.")
        if self.doubles_removed:
            doubles = number_of(self.doubles_removed, "task")
            lines.append(f"Removed, as the same sentence was there twice: {doubles}.")
        if self.doubles_kept:
            twice = number_of(self.doubles_kept, "sentence")
            lines.append(f"There twice, and kept, as somebody has worked on both: {twice}.")
        for one in self.kept_back[:SHOWN_SAME]:
            lines.append(f"  {one.sentence_id} “{in_a_line(one.text, SHOWN_LENGTH)}”")
            lines.append(f"    is {one.shown_id} “{in_a_line(one.shown_text, SHOWN_LENGTH)}”")
        if len(self.kept_back) > SHOWN_SAME:
            more = len(self.kept_back) - SHOWN_SAME
            lines.append(f"  {more:,} more: `newsledger push --json` lists all.")
        return "\n".join([*lines, f"Label at {self.url}"])


SHOWN_SAME = 3
"""Sentences that say the same as another one that a push lists; ``--json`` has them all."""
SHOWN_LENGTH = 160
"""Characters of such a sentence that are shown."""


def push(
    settings: Settings,
    progress: Progress,
    inputs: Iterable[str],
    *,
    presplit: bool = False,
    allow_private: bool = False,
    keep: bool = True,
) -> PushResult:
    """Push articles as tasks, pre-annotated by the champion; what is there already stays as it is.

    Pages that are fetched are kept in the workspace, unless ``keep`` is false. The
    team's policy says which are shown without a suggestion, and which several people label.

    Raises:
        NewsledgerError: the server or the workspace fails; what could not be read is reported
            instead.
    """
    with project.opened(settings, progress) as ours:
        policy = settle_policy(settings)
        if policy.overlap and len(ours.studio.people()) < policy.people:
            progress.say(
                f"{policy.overlap:.0%} of the sentences wait for {policy.people} people, and there "
                "are fewer accounts: newsledger annotators add NAME makes one."
            )
        model = offline.champion_or_untrained(settings, progress, ours.schema)
        return push_into(
            progress,
            ours,
            model,
            inputs,
            presplit=presplit,
            allow_private=allow_private,
            keep_page=KeptPages(settings.workspace).keep if keep else None,
            blind=BlindSlice(settings.withheld, ours.workspace, policy.blind),
            overlap=Overlap(ours.workspace, policy.overlap, policy.people),
            when_where=WhenWhereReader(open_gazetteer(settings.gazetteer)),
        )


def push_into(
    progress: Progress,
    ours: WorkspaceProject,
    model: Model,
    inputs: Iterable[str],
    *,
    presplit: bool = False,
    allow_private: bool = False,
    keep_page: KeepPage | None = None,
    blind: BlindSlice | None = None,
    overlap: Overlap | None = None,
    when_where: WhenWhereReader | None = None,
) -> PushResult:
    """The same, into a project that is open already and with a model that is loaded.

    Without a ``blind`` slice, every sentence is shown with its suggestion; without ``overlap``, to
    one person; without ``when_where``, only days are read, and no places.
    """
    from training.active_learning import queue

    memory = PushedSentences(ours.pushed_file)
    documents = read_documents(
        inputs,
        on_problem=progress.problem,
        presplit=presplit,
        allow_private=allow_private,
        keep_page=keep_page,
    )
    new = _NewTasks(documents, memory, when_where or WhenWhereReader(None))
    seeds = seed_article_ids()

    def drawn(sentence: Sentence) -> bool:
        # Of the seeds nothing is measured once there are own labels.
        own = sentence.article_id not in seeds
        return own and blind is not None and blind.draws(sentence.id)

    def tasks() -> Iterator[Task]:
        # What says the same mostly comes in the same push, soon after: tasks wait for it a little.
        for batch in batched(new, queue.TASKS_RANKED_TOGETHER):
            for task in batch:
                also_in = new.also_in(task.sentence.id)
                yield replace(task, also_in=also_in, blind=drawn(task.sentence))

    with progress.track("Pushing sentences") as advance:
        suggested = queue.suggest(model, tasks(), later=seeds)
        if overlap is not None:
            suggested = overlap.given(suggested, but=seeds)
        if blind is not None:
            suggested = blind.kept(suggested, ours.schema)
        pushed = ours.studio.push(ours.id, suggested, ours.schema, advance=advance)
    memory.save()
    return PushResult(
        articles=new.articles,
        sentences=new.sentences,
        created=pushed.created,
        already_there=pushed.already_there,
        same_as_another=len(new.kept_back),
        boilerplate=new.boilerplate,
        suggested=pushed.suggested,
        resent=pushed.resent,
        doubles_removed=pushed.doubles_removed,
        doubles_kept=pushed.doubles_kept,
        model=model.id,
        url=ours.page,
        kept_back=tuple(new.kept_back),
        not_english=dict(new.languages),
        blind=pushed.blind,
        for_several=pushed.for_several,
    )


class _NewTasks:
    """The tasks of articles, without those that say what another one says; counted on the way.

    Args:
        documents: the articles, read once.
        memory: the sentences that were pushed before; these are added.
        when_where: reads day and place of each.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        memory: PushedSentences,
        when_where: WhenWhereReader,
    ) -> None:
        self._documents = documents
        self._memory = memory
        self._when_where = when_where
        self._copies: dict[str, tuple[str, ...]] = {}
        self.articles = self.sentences = self.boilerplate = 0
        self.languages = Counter[str]()
        self.kept_back: list[KeptBack] = []

    def __iter__(self) -> Iterator[Task]:
        for document in self._documents:
            self.articles += 1
            for task in document.tasks():
                self.sentences += 1
                # Of every sentence, in the order of reading: each is told by those before it.
                told = self._when_where.of_task(task).in_words()
                if (same := self._memory.add(task.sentence)) is not None:
                    self._keep_back(same)
                    continue
                self._memory.comes_from(task.article.page_sha256 if task.article else None)
                self.boilerplate += task.sentence.boilerplate
                if not task.sentence.is_english:
                    self.languages[str(task.sentence.language)] += 1
                yield replace(task, when_where=told)

    def _keep_back(self, same: KeptBack) -> None:
        self.kept_back.append(same)
        self._copies[same.shown_id] = (*self.also_in(same.shown_id), same.sentence_id)

    def also_in(self, sentence_id: str) -> tuple[str, ...]:
        """Ids of the sentences read so far that say what this one says and are shown to nobody."""
        return self._copies.get(sentence_id, ())


def take_out_seeds(progress: Progress, ours: WorkspaceProject) -> int:
    """Take the seed sentences that nobody has worked on out of the project; how many.

    They are forgotten first: killed in between, this leaves tasks that the next run takes out. The
    other way round, one's own sentence that says the same as a seed would be shown to nobody.
    """
    unseen = ours.studio.unseen(ours.id, seed_article_ids())
    if not unseen:
        return 0
    memory = PushedSentences(ours.pushed_file)
    memory.forget(unseen)
    memory.save()
    gone = ours.studio.remove(ours.id, unseen)
    progress.say(
        f"Taken out of the project: {number_of(gone, 'seed sentence')} on which nobody had worked. "
        "`newsledger up` without --no-seeds brings them back."
    )
    return gone
