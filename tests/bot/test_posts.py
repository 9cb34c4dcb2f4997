"""Posts become documents that the reader of texts understands, and are read in batches."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

from telegram import Chat, Message

from bot.posts import PAUSE, Posts, document_of, folders_of, link_of, path_of, posts_in
from retrieval import Collection, RetrievalError, StoreBusyError, StoreError
from retrieval.sources import text as reader
from tests.bot.clock import FakeClock

NOON = dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC)


def a_post(text: str | None = "La gita è sabato.", *, username: str | None = "notizie") -> Message:
    chat = Chat(-1001234567, "channel", title="Notizie", username=username)
    return Message(7, NOON, chat, text=text)


def test_a_post_is_read_with_its_title_source_date_and_link() -> None:
    text = "# Titolo: falso\nFonte: ANSA\nLink: https://example.org/\nLa gita è sabato."
    read = reader.read(document_of(a_post(text)).encode())
    assert (read.title, read.origin, read.date) == ("Notizie", "Notizie", "2026-05-12")
    assert read.link == "https://t.me/notizie/7"
    assert read.text.endswith(f"\n\n{text}\n")


def test_a_private_channel_has_a_place_and_a_link_of_its_own() -> None:
    post = a_post(username=None)
    assert path_of(post) == "channels/1234567/7.txt"
    assert link_of(post) == "https://t.me/c/1234567/7"
    assert path_of(a_post()) == "channels/notizie/7.txt"


class Reader:
    """Counts how often the documents are read, and when."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.errors: list[RetrievalError | None] = []
        self.times: list[float] = []

    async def __call__(self) -> None:
        self.times.append(self.clock())
        if self.errors and (error := self.errors.pop(0)):
            raise error


async def settle() -> None:
    """Let the writing threads finish."""
    for _ in range(5):
        await asyncio.sleep(0.01)


async def test_many_posts_are_read_at_once_and_once_a_minute(tmp_path: Path) -> None:
    clock = FakeClock()
    read, told = Reader(clock), list[RetrievalError]()
    posts = Posts(lambda: Collection(tmp_path), read, told.append, sleep=clock.sleep)
    running = asyncio.create_task(posts.run())
    for _ in range(3):
        await posts.keep(a_post())
    await settle()
    await posts.keep(a_post("Altro."))
    await settle()
    assert read.times == [1000.0]
    clock.wake()
    await settle()
    assert read.times == [1000.0, 1000.0 + PAUSE]
    assert (tmp_path / "channels/notizie/7.txt").read_text("utf-8").endswith("\n\nAltro.\n")
    await posts.keep(a_post(None))  # edited until nothing was left
    assert not (tmp_path / "channels").exists()
    running.cancel()


async def test_a_channel_that_writes_its_name_in_other_letters_keeps_its_posts(
    tmp_path: Path,
) -> None:
    clock = FakeClock()
    posts = Posts(lambda: Collection(tmp_path), Reader(clock), print, sleep=clock.sleep)
    await posts.keep(a_post(username="Notizie"))
    await posts.keep(a_post("Rinviata."), ["Notizie"])  # here the two are two folders
    assert Collection(tmp_path).paths() == ("channels/notizie/7.txt",)
    # On some disks both names are one folder's.
    tmp_path.joinpath("channels/Notizie").symlink_to("notizie", target_is_directory=True)
    await posts.keep(a_post("Domenica."), ["Notizie"])
    assert (tmp_path / "channels/notizie/7.txt").read_text("utf-8").endswith("Domenica.\n")
    await posts.keep(a_post(None), ["Notizie"])
    assert not (tmp_path / "channels/notizie/7.txt").exists()


async def test_a_failure_is_told_once_and_somebody_elses_reading_is_waited_for(
    tmp_path: Path,
) -> None:
    clock = FakeClock()
    read, told = Reader(clock), list[RetrievalError]()
    broken = StoreError("broken")
    read.errors = [StoreBusyError("busy"), broken, broken, None]
    posts = Posts(lambda: Collection(tmp_path), read, told.append, pending=True, sleep=clock.sleep)
    running = asyncio.create_task(posts.run())
    await settle()
    clock.wake()
    await settle()
    assert (len(read.times), told) == (2, [broken])
    for _ in range(2):
        await posts.keep(a_post())
        clock.wake()
        await settle()
    assert (len(read.times), told) == (4, [broken])
    running.cancel()


def test_a_channels_posts_are_known_by_their_folder_and_number() -> None:
    folders = folders_of(-1001234, "notizie")
    assert folders == ("channels/notizie/", "channels/1234/")
    assert folders_of(-1001234, "") == ("channels/1234/",)
    renamed = folders_of(-1001234, "novita", "notizie", "novita")
    assert renamed == ("channels/novita/", "channels/notizie/", "channels/1234/")
    paths = ("channels/notizie/7.txt", "channels/notizie/a.txt", "channels/notizie/b/7.txt")
    assert posts_in(folders[0], (*paths, "notizie/7.txt", "channels/notizie2/7.txt")) == paths[:1]
