"""Who watches over the library tells of damage once, and of its end, and gives up over nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.watching import watch
from retrieval import Health

WELL, ILL, GONE = Health("g2"), Health("g1", damaged=True), Health(damaged=True)


@dataclass
class Watched:
    """A library that is each time as the next of ``states`` says, and breaks where that is none."""

    states: list[Health | None]
    inspected: list[int] = field(default_factory=list)
    looks: int = 0

    def refresh(self) -> bool:
        self.looks += 1
        if self.states[self.looks - 1] is None:
            raise OSError("the disk is away")
        return True

    def inspect(self) -> bool:
        self.inspected.append(self.looks)
        return True

    def health(self) -> Health:
        return self.states[self.looks - 1] or WELL


@dataclass
class Told:
    """What admins hear."""

    heard: list[str] = field(default_factory=list)

    def damaged(self, *, answering: bool) -> None:
        self.heard.append("damaged" if answering else "nothing answers")

    def repaired(self) -> None:
        self.heard.append("repaired")


class OverError(Exception):
    """Enough was seen."""


async def watched(*states: Health | None) -> tuple[Watched, Told]:
    library, told = Watched(list(states)), Told()

    async def sleep(seconds: float) -> None:
        assert seconds == 2.0
        if library.looks == len(states):
            raise OverError

    with pytest.raises(OverError):
        await watch(library, told, sleep=sleep)
    return library, told


async def test_damage_is_told_once_and_so_is_its_end() -> None:
    _, told = await watched(WELL, ILL, ILL, WELL, WELL, GONE, WELL)
    assert told.heard == ["damaged", "repaired", "nothing answers", "repaired"]


async def test_a_swap_that_cannot_be_followed_ends_nothing() -> None:
    library, told = await watched(WELL, None, None, ILL)
    assert library.looks == 4
    assert told.heard == ["damaged"]


async def test_the_files_are_looked_at_every_five_minutes() -> None:
    library, _ = await watched(*[WELL] * 301)
    assert library.inspected == [150, 300]
