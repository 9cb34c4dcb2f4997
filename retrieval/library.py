"""The sources, ready to answer: what programs hold on to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Self

from retrieval.answering import Found, find
from retrieval.background import reload_in_child
from retrieval.changes import Changes, OnProgress
from retrieval.checking import check
from retrieval.embedding import Embedder, open_embedder
from retrieval.errors import (
    RegressionError,
    SourcesError,
    StoreBusyError,
    StoreError,
)
from retrieval.freshness import dated
from retrieval.generations import Generations
from retrieval.lending import Lending
from retrieval.offering import offer
from retrieval.opening import open_in
from retrieval.places import Opening, Place
from retrieval.question import parse
from retrieval.ranking import Ranker
from retrieval.reload import reload, unchanged
from retrieval.retriever import Ranking
from retrieval.shelf import Shelf, owners_questions
from retrieval.sources.collection import Collection
from retrieval.types import Answer, Language, Quote, SourceSummary, Turn
from retrieval.web.adding import AddedLinks

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
        self._following = Lock()  # one refresh at a time
        self._reloading = Lock()
        self._added = AddedLinks(settings.sources, settings.web)
        self._refused: str | None = None  # a generation that can't be served
        self._complaint = ""  # what was last said about it

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        on_progress: OnProgress | None = None,
        up_to_date: bool = False,
    ) -> Self:
        """Open the current generation; build one where there is none, or it doesn't fit.

        With ``up_to_date``, documents that have changed since are indexed first; where they lose
        too many test questions, a warning says so and the generation there was goes on. A library
        without any sources opens too, and says so to every question.

        Raises:
            StoreBusyError: a generation has to be built, and another process is at it.
            StoreError: it can't be built.
            ModelError: its vectors should come from a server, which fails.
            SourcesError: with ``up_to_date``: there is nothing to index.
        """
        library = cls(settings, open_embedder(settings.model), Ranker.load())
        library._prepare(on_progress, up_to_date)
        return library

    def _prepare(self, on_progress: OnProgress | None, up_to_date: bool) -> None:
        misfit = self._misfit()
        if misfit:
            logger.warning("building the store anew: %s", misfit)
        try:
            if up_to_date and not misfit:
                # Looking needs no lock, so that many may ask at once.
                self.changes = unchanged(
                    self._generations, self._settings, self._embedder.fingerprint
                )
                if self.changes:
                    return
            if up_to_date or not self.generation:
                self.changes = reload(
                    self._settings, self._embedder, on_progress, rebuild=bool(misfit)
                )
        except SourcesError as error:
            if up_to_date:
                raise
            logger.warning("no sources yet: %s", error)
            return
        except RegressionError as error:
            logger.warning("%s", error)
        self.refresh()

    def _misfit(self) -> str:
        """Open the current generation if it can be served, and say why not if it can't."""
        try:
            self.refresh()
        except StoreError as error:
            return str(error)
        return ""

    @property
    def generation(self) -> str:
        """The id of the generation that answers, "" where there is none."""
        shelf = self._lending.shelf
        return shelf.generation.id if shelf else ""

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
            with self._lending.reading() as shelf:
                return find(question, shelf.within(within) if shelf else None, language, history)
        except StoreError:
            # Two swaps in a row by another process take a generation away under its reader.
            if not self.refresh():
                raise
        with self._lending.reading() as shelf:
            return find(question, shelf.within(within) if shelf else None, language, history)

    def check(self, claim: str, *, language: Language | None = None, within: str = "") -> Answer:
        """Tell whether the sources say what somebody claims; ``language`` is the answer's."""
        with self._lending.reading() as shelf:
            return check(claim, shelf.within(within) if shelf else None, language)

    @property
    def collection(self) -> Collection:
        """The folder of documents, to put some in and take some away before a reload."""
        return Collection(self._settings.sources)

    def search(self, question: str) -> Ranking:
        """Rank sentences, passages and sources for a question."""
        with self._lending.reading() as shelf:
            return shelf.retriever.search(parse(question)) if shelf else Ranking()

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

    def reload(self, on_progress: OnProgress | None = None, *, force: bool = False) -> Changes:
        """Index what has changed, in another process, and follow the swap.

        With ``force`` it doesn't matter how many of the test questions are lost.

        Raises:
            StoreBusyError: another process is writing to the store.
            SourcesError: there is nothing to index; what was there goes on answering.
            RegressionError: too many of the test questions would be lost; likewise.
            StoreError: the new generation could not be built or trusted; likewise.
        """
        if not self._reloading.acquire(blocking=False):
            raise StoreBusyError("the documents are being read already: wait until that is done")
        try:
            settings = replace(self._settings, max_loss=1.0) if force else self._settings
            changes = self._reload_elsewhere(settings, on_progress)
        finally:
            self._reloading.release()
        self.refresh()
        return changes

    def add_link(self, link: str) -> str:
        """Add a link to follow from the next :meth:`reload`; returns it in its one spelling.

        Raises:
            LinkError: it can't be a link, leads where none may, or is there already.
        """
        return self._added.add(link)

    def remove_link(self, link: str) -> str:
        """Take out a link that was added, named as it is written or by its source's id.

        Raises:
            LinkError: there is none, or it stands in a file that people write.
        """
        return self._added.remove(link)

    def refresh(self) -> bool:
        """Follow a swap made by another process; tell whether there was one to follow.

        While one answers, another that can't be opened, or is of another embedder, is left alone.

        Raises:
            StoreError: there is one, it can't be served, and none answers.
        """
        with self._following:
            current = None
            try:
                current = self._generations.current()
                if current in (None, self.generation, self._refused):
                    return False
                generation = self._generations.open(str(current))
                if misfit := generation.manifest.misfit(self._embedder.fingerprint):
                    generation.close()
                    raise StoreError(misfit)
            except StoreError as error:
                if not self._lending.shelf:
                    raise
                self._refused = current  # not to be looked at again every two seconds
                if str(error) != self._complaint:
                    logger.warning("going on with generation %s: %s", self.generation, error)
                self._complaint = str(error)
                return False
            self._refused, self._complaint = None, ""
            shelf = Shelf(
                generation, self._embedder, self._ranker, owners_questions(self._settings)
            )
            self._lending.put(shelf)
            return True

    def close(self) -> None:
        """Give all files back, once the last question is answered."""
        self._lending.put(None)
        self._embedder.close()
