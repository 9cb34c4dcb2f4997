"""Keeps a generation lent out that is whole: follows swaps, and falls back where one is damaged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING

from retrieval.comparing import going_back
from retrieval.errors import DamagedError, RetrievalError, StoreBusyError, StoreError
from retrieval.health import Health

if TYPE_CHECKING:
    from retrieval.changes import Changes
    from retrieval.faults import Fault
    from retrieval.generation import Generation
    from retrieval.generations import Generations
    from retrieval.lending import Lending
    from retrieval.manifest import Manifest
    from retrieval.shelf import Shelf

logger = logging.getLogger(__name__)


class Keeper:
    """Lends the current generation, or the newest before it that is whole. Thread-safe.

    ``fingerprint`` is the embedder's, ``shelve`` makes a generation ready to answer, and
    ``rebuild`` builds a new one and swaps, in another process.
    """

    def __init__(
        self,
        generations: Generations,
        lending: Lending,
        fingerprint: str,
        *,
        shelve: Callable[[Generation], Shelf],
        rebuild: Callable[[], object],
    ) -> None:
        self.generations = generations
        self._lending = lending
        self._fingerprint = fingerprint
        self._shelve = shelve
        self._rebuild = rebuild
        self._following = Lock()  # one look at a time
        self._refused: str | None = None  # a generation that can't be served
        self._complaint = ""  # what was last said about it
        self._damage = ""  # what is wrong with the current one
        self._hindrance: Fault | None = None  # why it can't be replaced
        self._mending: Thread | None = None
        self._back: tuple[tuple[str, str], Changes] | None = None  # what was last compared

    @property
    def generation(self) -> str:
        """The id of the generation that answers, "" where there is none."""
        shelf = self._lending.shelf
        return shelf.generation.id if shelf else ""

    @property
    def damage(self) -> str:
        """What is wrong with the current generation, in words for an operator, "" for nothing."""
        return self._damage

    def health(self) -> Health:
        """Say how the store is. Cheap."""
        shelf = self._lending.shelf
        kept = ""
        with suppress(StoreError):
            kept = self.generations.previous() or ""
        if not shelf:
            return Health(
                previous=kept,
                damaged=bool(self._damage),
                why=self._damage,
                hindrance=self._hindrance,
            )
        manifest = shelf.generation.manifest
        previous = kept if kept != manifest.id else ""
        return Health(
            generation=manifest.id,
            created=manifest.created,
            previous=previous,
            going_back=self._going_back(manifest, previous) if previous else None,
            sources=len(manifest.sources),
            passages=manifest.passages,
            damaged=bool(self._damage),
            why=self._damage,
            hindrance=self._hindrance,
        )

    def _going_back(self, manifest: Manifest, previous: str) -> Changes | None:
        """Tell what going back would change, looked up once for each two generations."""
        between = manifest.id, previous
        if self._back is None or self._back[0] != between:
            try:
                self._back = between, going_back(manifest, self.generations.manifest(previous))
            except StoreError:  # it goes by no manifest, and can't be gone back to
                return None
        return self._back[1]

    def follow(self) -> bool:
        """Follow a swap, or fall back from what is damaged; tell whether another answers now.

        While one answers, another that can't be opened, or is of another embedder, is left alone.

        Raises:
            DamagedError: there is one, it is damaged, and so are all before it.
            StoreError: there is one, it can't be served, and none answers.
        """
        with self._following:
            current = None
            try:
                current = self.generations.current()
                if current in (None, self.generation, self._refused):
                    return False
                generation = self._open(str(current))
            except StoreError as error:
                self._refused = current  # not to be looked at again every two seconds
                if isinstance(error, DamagedError):
                    self._damage = str(error)
                if self._lending.shelf:
                    self._complain(f"going on with generation {self.generation}: {error}")
                    return False
                if isinstance(error, DamagedError) and self._fall_back(current):
                    self._complain(f"falling back to generation {self.generation}: {error}")
                    return True
                self._refused = None
                raise
            self._refused, self._complaint, self._damage, self._hindrance = None, "", "", None
            self._lending.put(self._shelve(generation))
            return True

    def inspect(self) -> bool:
        """Hold the current generation's files against their hashes; tell whether they stand.

        Takes a second for each gigabyte. What answers is a copy, and goes on; where the files
        don't stand, a new generation is built meanwhile, if that isn't under way.
        """
        current = None
        try:
            current = self.generations.current()
            if current and current != self._refused:
                self.generations.verify(current)
        except DamagedError as error:
            # One that was just tidied away is no longer the current one, and not damaged.
            with suppress(StoreError):
                if current and self.generations.current() != current:
                    return True
            self._damage = str(error)
            self._complain(str(error))
        except StoreError as error:
            logger.warning("the files can't be looked at: %s", error)
        if self._damage:
            self.mend()
        return not self._damage

    def mend(self) -> None:
        """Build a new generation in the place of a damaged one, in a thread of its own."""
        if self._mending and self._mending.is_alive():
            return
        self._mending = Thread(target=self._mend, name="mending", daemon=True)
        self._mending.start()

    def _mend(self) -> None:
        try:
            self._rebuild()
            logger.warning("the damaged generation has been replaced: %s answers", self.generation)
        except StoreBusyError as error:
            logger.info("the damaged generation is not replaced now: %s", error)
        except RetrievalError as error:
            self._hindrance = error.fault
            self._damage = f"{self._damage.partition('; it')[0]}; it can't be replaced: {error}"
            logger.warning("the damaged generation can't be replaced: %s", error)

    def _open(self, name: str) -> Generation:
        generation = self.generations.open(name)
        if misfit := generation.manifest.misfit(self._fingerprint):
            generation.close()
            raise StoreError(misfit)
        return generation

    def _fall_back(self, current: str | None) -> bool:
        for name in self.generations.answering():
            if name != current:
                with suppress(StoreError):
                    self._lending.put(self._shelve(self._open(name)))
                    return True
        return False

    def _complain(self, what: str) -> None:
        if what != self._complaint:
            logger.warning("%s", what)
        self._complaint = what
