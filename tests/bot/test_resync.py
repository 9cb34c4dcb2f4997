"""The documents are kept fresh by themselves, and admins hear of it once, where there is news."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.locales import LANGUAGES, words_in
from bot.resync import Notice, Resync, is_document, require_watcher
from bot.settings import Settings
from retrieval import (
    Changes,
    Fault,
    LostQuestion,
    OnProgress,
    Regression,
    RegressionError,
    RetrievalError,
    Skipped,
    SourcesError,
    StoreBusyError,
)
from tests.bot.clock import FakeClock
from tests.bot.conftest import ADMIN, Town
from tests.bot.waiting import until

SAME = Changes("g1", unchanged=3, swapped=False)


@dataclass
class Kept:
    """What a resync is given: outcomes of reloads, one after another, the last again and again."""

    outcomes: list[Changes | Exception]
    reloads: int = 0
    said: list[Notice] = field(default_factory=list)

    async def reload(self) -> Changes:
        self.reloads += 1
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def run(self, times: int) -> list[str]:
        """Reload so many times; what admins were told, in Italian."""
        resync = Resync(self.reload, self.said.append)
        for _ in range(times):
            await resync.once()
        return [notice(words_in("it")) for notice in self.said]


async def test_nothing_new_is_no_news() -> None:
    assert await Kept([SAME]).run(3) == []


async def test_what_is_new_is_told_in_one_short_message() -> None:
    changes = Changes("g2", added=("a", "b", "c", "d"), removed=("x" * 500,), unchanged=1)
    [text] = await Kept([changes, SAME]).run(2)
    lines = text.split("\n")
    assert lines[0] == words_in("it")("resync-done")
    assert lines[1].endswith("a, b, c, …")
    assert len(lines) == 3
    assert len(text) < 400


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_of_it_has_words_in_every_language(language: str) -> None:
    trouble = (Skipped("a.pdf", Fault("scan", "why")),)
    everything = Changes("g", ("a",), ("b",), ("c",), 1, skipped=trouble)
    outcomes: list[Changes | Exception] = [
        everything,
        replace(SAME, stale=(Skipped("https://a.example/", Fault("robots", "why")),)),
        SourcesError(Fault("no-folder", "/srv/docs does not exist")),
        RegressionError("worse", Regression(2, 1, 2, (LostQuestion("q", "Chi?"),))),
    ]
    kept = Kept(outcomes)
    await kept.run(4)
    texts = [notice(words_in(language)) for notice in kept.said]
    assert len(texts) == 4
    assert "a.pdf" in texts[0]
    assert "https://a.example/" in texts[1]
    said = words_in(language)
    assert texts[2] == said("resync-failed", reason=said("fault-no-folder"))
    assert texts[3] == said("resync-refused", reason=said("fault-regression", count=1, before=2))


async def test_the_same_failure_is_told_once_until_it_is_well_again_or_fails_otherwise() -> None:
    gone, worse = SourcesError("gone"), RetrievalError("worse")
    outcomes: list[Changes | Exception] = [gone, gone, worse, worse, SAME, worse]
    assert len(await Kept(outcomes).run(8)) == 3


async def test_a_link_that_fails_is_told_once_until_it_is_well_again() -> None:
    bad = Skipped("https://a.example/", Fault("fails", "it fails (500)", status="500"))
    worse = Skipped("https://a.example/", Fault("slow-server", "it takes too long"))
    other = Skipped("b.pdf", Fault("damaged", "it is damaged"))
    troubled = replace(SAME, stale=(bad,))
    outcomes: list[Changes | Exception] = [
        troubled,
        replace(SAME, stale=(worse,)),
        replace(SAME, stale=(worse,), skipped=(other,)),
        SAME,
        troubled,
    ]
    texts = await Kept(outcomes).run(6)
    assert ["b.pdf" in text for text in texts] == [False, True, False]
    assert "a.example" not in texts[1]


async def test_somebody_else_at_it_and_a_bug_are_no_news_and_end_nothing() -> None:
    outcomes: list[Changes | Exception] = [StoreBusyError("busy"), KeyError("a bug"), SAME]
    kept = Kept(outcomes)
    assert await kept.run(3) == []
    assert kept.reloads == 3


async def test_it_happens_as_often_as_is_set() -> None:
    clock, kept = FakeClock(0), Kept([SAME])
    running = asyncio.create_task(
        Resync(kept.reload, kept.said.append, sleep=clock.sleep).every(60)
    )
    for _ in range(200):
        await asyncio.sleep(0)
        if clock.now < 600:
            clock.wake()
    running.cancel()
    assert kept.reloads == 10


async def test_a_change_of_the_folder_is_enough_and_a_folder_that_goes_is_waited_for() -> None:
    clock, kept = FakeClock(0), Kept([SAME])

    async def changes(_: Path) -> AsyncIterator[object]:
        yield {"a"}
        yield {"b"}
        raise FileNotFoundError("gone")

    resync = Resync(kept.reload, kept.said.append, sleep=clock.sleep)
    running = asyncio.create_task(resync.watch(Path("sources"), changes))
    for _ in range(50):
        await asyncio.sleep(0)
    assert kept.reloads == 2
    clock.wake()
    for _ in range(50):
        await asyncio.sleep(0)
    running.cancel()
    assert kept.reloads == 4


async def test_a_change_while_somebody_else_is_reading_is_read_afterwards() -> None:
    clock, kept = FakeClock(0), Kept([StoreBusyError("busy"), StoreBusyError("busy"), SAME])

    async def changes(_: Path) -> AsyncIterator[object]:
        yield {"a"}
        await asyncio.Event().wait()

    resync = Resync(kept.reload, kept.said.append, sleep=clock.sleep)
    running = asyncio.create_task(resync.watch(Path("sources"), changes))
    for _ in range(200):
        await asyncio.sleep(0)
        clock.wake()
    running.cancel()
    assert kept.reloads == 3


async def test_two_reloads_never_run_at_once() -> None:
    running = 0

    async def reload() -> Changes:
        nonlocal running
        running += 1
        assert running == 1
        await asyncio.sleep(0)
        running -= 1
        return SAME

    resync = Resync(reload, lambda _: None)
    await asyncio.gather(*(resync.once() for _ in range(5)))


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("a.txt", True),
        ("sub/a.pdf", True),
        ("added.links", True),
        (".added.links.1f.tmp", False),
        (".git/index", False),
        ("a.txt~", False),
    ],
)
def test_what_is_hidden_or_half_written_does_not_matter(
    tmp_path: Path, name: str, matters: bool
) -> None:
    assert is_document(tmp_path / name, tmp_path) is matters


def test_a_watcher_that_is_not_there_is_named_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.resync.find_spec", lambda _: None)
    require_watcher(Settings())
    with pytest.raises(SettingsError, match=r"passo\[watch\]"):
        require_watcher(Settings(watch_sources=True))


def _reload_of(town: Town) -> Callable[[OnProgress | None], Changes]:
    return lambda _: Changes(f"g{len(town.library.forced)}", added=("novità",))


async def test_a_file_in_the_watched_folder_is_read_and_admins_are_told(town: Town) -> None:
    folder = town.library.collection.folder
    folder.mkdir()
    town = replace(town, settings=replace(town.settings, watch_sources=True))
    town.library.on_reload = _reload_of(town)
    await town.client.add_user("Ada", id=ADMIN)
    await town.client.say(ADMIN, ADMIN, "/start")
    async with town.bot():
        async with asyncio.timeout(20):
            while not town.library.forced:  # until it is watching
                (folder / "a.txt").write_text("Roma è la capitale.")
                await asyncio.sleep(0.2)
        told = await town.client.wait_for_message(ADMIN, lambda m: "novità" in m.text)
        assert told.text.startswith(words_in("it")("resync-done"))
    assert not any(town.library.forced)


async def test_without_a_setting_nothing_is_read_again(town: Town) -> None:
    async with town.bot():
        await until(lambda: True)
    assert town.library.forced == []
