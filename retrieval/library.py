"""The sources, ready to answer: what programs hold on to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Self

from retrieval.answering import Found
from retrieval.background import reload_in_child
from retrieval.changes import Changes, OnProgress
from retrieval.checking import check
from retrieval.conversing import converse
from retrieval.embedding import Embedder, open_embedder
from retrieval.errors import (
    StoreBusyError,
    StoreError,
)
from retrieval.freshness import dated
from retrieval.generations import Generations
from retrieval.health import Health
from retrieval.keeping import Keeper
from retrieval.lending import Lending
from retrieval.offering import offer
from retrieval.opening import open_in
from retrieval.places import Opening, Place
from retrieval.preparing import prepare
from retrieval.question import parse
from retrieval.ranking import Ranker
from retrieval.reload import writing
from retrieval.retriever import Ranking
from retrieval.rollback import roll_back
from retrieval.shelf import Shelf, owners_questions
from retrieval.sources.collection import Collection
from retrieval.types import Answer, Language, Quote, SourceSummary, Turn
from retrieval.web.adding import AddedLinks
from retrieval.wording import wording

if TYPE_CHECKING:
    from retrieval.passage_retriever import PassageRetriever
    from retrieval.settings import Settings

logger = logging.getLogger(__name__)


class Library:
    """Answers questions from the current generation, and follows it when it changes.

    Thread-safe; all methods block, `ask` for some 15 ms. Open one with :meth:`open`.
    """

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder,
        ranker: Ranker,
        reload_elsewhere: Callable[[Settings, OnProgress | None], Changes] = reload_in_child,
    ) -> None:
        self._settings = settings
        self._embedder = embedder
        self._ranker = ranker
        self._reload_elsewhere = reload_elsewhere
        self._generations = Generations(settings.store)
        self.changes: Changes | None = None  # what had to be built for it to open
        self._lending = Lending()
        self._reloading = Lock()
        self._links = AddedLinks(settings.sources, settings.web)
        self._keeper = Keeper(
            self._generations,
            self._lending,
            embedder.fingerprint,
            shelve=lambda generation: Shelf(
                generation, embedder, ranker, owners_questions(settings)
            ),
            rebuild=self.reload,
        )

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        on_progress: OnProgress | None = None,
        up_to_date: bool = False,
        in_background: bool = False,
    ) -> Self:
        """Open the current generation; build one where there is none, or it doesn't fit.

        With ``up_to_date``, documents that have changed since are indexed first; where they lose
        too many test questions, a warning says so and the generation there was goes on. A library
        without any sources opens too, and says so to every question. One that is damaged is built
        anew, with ``in_background`` meanwhile: the one before it answers, if it is whole, and else
        every question is refused until that is done.

        Raises:
            StoreBusyError: a generation has to be built, and another process is at it.
            StoreError: it can't be built.
            ModelError: its vectors should come from a server, which fails.
            SourcesError: with ``up_to_date``: there is nothing to index.
        """
        library = cls(settings, open_embedder(settings.model), Ranker.load())
        library.changes = prepare(
            library._keeper,
            settings,
            library._embedder,
            on_progress,
            up_to_date=up_to_date,
            in_background=in_background,
        )
        return library

    @property
    def generation(self) -> str:
        """The id of the generation that answers, "" where there is none."""
        return self._keeper.generation

    def health(self) -> Health:
        """Say how the store is: what answers, and what is wrong. Cheap."""
        return self._keeper.health()

    def inspect(self) -> bool:
        """Look whether the current generation's files are as they were built.

        Takes a second for each gigabyte. What answers is a copy that was checked, and goes on;
        where the files don't stand, a new generation is built in the background.
        """
        return self._keeper.inspect()

    def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        within: str = "",
    ) -> Answer:
        """Answer a question, or refuse.

        ``language`` is the asker's, where the words don't tell; ``history`` is what they asked
        before, oldest first, for a question that leans on it. With ``within``, the documents of
        that set (the topmost folder they lie in) are all there is.
        """
        return self.find(question, language=language, history=history, within=within).answer

    def find(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        within: str = "",
    ) -> Found:
        """Answer as :meth:`ask` does, and give what another answer may be written from.

        All of it is of one generation, and stays good when that one is gone.
        """
        try:
            return self._find(question, language, history, within)
        except StoreError:
            # Two swaps in a row by another process take a generation away under its reader.
            if not self.refresh():
                raise
        return self._find(question, language, history, within)

    def _find(
        self, question: str, language: Language | None, history: Sequence[Turn], within: str
    ) -> Found:
        with self._lending.reading() as shelf:
            sources = shelf.within(within) if shelf else None
            found = converse(question, sources, language, history)
        if not shelf and self._keeper.damage:
            text = wording(found.answer.language).mending
            return replace(found, answer=replace(found.answer, text=text))
        return found

    def check(self, claim: str, *, language: Language | None = None, within: str = "") -> Answer:
        """Tell whether the sources say what somebody claims; ``language`` is the answer's."""
        with self._lending.reading() as shelf:
            return check(claim, shelf.within(within) if shelf else None, language)

    @property
    def collection(self) -> Collection:
        """The folder of documents, to put some in and take some away before a reload."""
        return Collection(self._settings.sources)

    @property
    def links(self) -> AddedLinks:
        """The links that were sent, to add and take out some before a reload."""
        return self._links

    def search(self, question: str, *, within: str = "") -> Ranking:
        """Rank sentences, passages and sources for a question; with ``within``, of that set."""
        with self._lending.reading() as shelf:
            found = shelf.retriever.search(parse(question), within=within) if shelf else None
            return found or Ranking()

    def as_retriever(self, count: int = 10) -> PassageRetriever:
        """Offer the search as a LangChain retriever of ``count`` passages."""
        from retrieval.passage_retriever import PassageRetriever  # slow to import

        return PassageRetriever(search=self.search, count=count)

    def sources(self) -> tuple[SourceSummary, ...]:
        """List the documents, by id, each with when it was last seen and last changed."""
        with self._lending.reading() as shelf:
            summaries = shelf.generation.summaries() if shelf else ()
        return dated(self._settings.store, summaries)

    def offers(
        self, question: str, *, language: Language | None = None, within: str = ""
    ) -> tuple[Quote, ...]:
        """Give up to five quotes for somebody to choose from; none where an answer would refuse."""
        with self._lending.reading() as shelf:
            sources = shelf.within(within) if shelf else None
            return offer(question, sources, language) if sources else ()

    def suggestions(self, language: Language, *, within: str = "") -> tuple[str, ...]:
        """Give up to three of the owner's questions that the documents answer well.

        They are in that language and about different documents, as far as there are such. The
        first call after a swap tries them, which takes some 60 ms.
        """
        with self._lending.reading() as shelf:
            return shelf.good_questions(language, within) if shelf else ()

    def open_passage(self, place: Place) -> Opening:
        """Open a place again that an answer has quoted, in this generation or an earlier one."""
        with self._lending.reading() as shelf:
            return open_in(shelf.generation if shelf else None, place, self._generations.folder)

    def is_verbatim(self, quote: Quote) -> bool:
        """Tell whether a quote stands at its place in this version of its source."""
        with self._lending.reading() as shelf:
            return shelf.is_verbatim(quote) if shelf else False

    def reload(
        self,
        on_progress: OnProgress | None = None,
        *,
        force: bool = False,
        accepted: str = "",
        asked: bool = True,
    ) -> Changes:
        """Index what has changed, in another process, and follow the swap.

        With ``force`` it doesn't matter how much is lost, nor for the very documents that are
        ``accepted``, by the name that a RefusedError gave them. Unless ``asked`` for by somebody,
        a :meth:`rollback` isn't undone by it: only documents that change after it are indexed.

        Raises:
            StoreBusyError: another process is writing to the store.
            SourcesError: there is nothing to index; what was there goes on answering.
            RefusedError: too much would be lost, of test questions or of documents; likewise.
            StoreError: the new generation could not be built or trusted; likewise.
        """
        if not self._reloading.acquire(blocking=False):
            raise StoreBusyError("the documents are being read already: wait until that is done")
        try:
            limits = self._settings.forced() if force else self._settings
            settings = replace(limits, asked=asked, accepted=accepted)
            changes = self._reload_elsewhere(settings, on_progress)
        finally:
            self._reloading.release()
        self.refresh()
        return changes

    def rollback(self) -> str:
        """Answer from the generation before the current one, after a check; returns its id.

        The next :meth:`reload` that is asked for brings the documents forward again.

        Raises:
            StoreBusyError: another process is writing to the store.
            DamagedError: that one is damaged.
            StoreError: there is none, or it can't answer any more.
        """
        with writing(self._settings.store) as generations:
            name = roll_back(generations, self._embedder.fingerprint)
        self.refresh()
        return name

    def refresh(self) -> bool:
        """Follow a swap made by another process; tell whether there was one to follow.

        Where the current generation is damaged and none answers yet, the one before it does.
        While one answers, another that can't be opened, or is of another embedder, is left alone.

        Raises:
            StoreError: there is one, it can't be served, and none answers.
        """
        return self._keeper.follow()

    def close(self) -> None:
        """Give all files back, once the last question is answered."""
        self._lending.put(None)
        self._embedder.close()
