"""A document whose adding is cut off by a crash is added by the next run, as if at the first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.locales import words_in
from retrieval import Changes, Library, OnProgress, StoreError
from retrieval.embedding import LocalEmbedder
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings as Documents
from tests.bot.handlers.documents import Office
from tests.bot.running import bot_at_work
from tests.bot.waiting import until
from tests.retrieval.web.site import Site, page, response, serving_in_thread

SAID = words_in("it")
TOWER = page(
    "La torre",
    "La torre del porto è alta 27 metri e mezzo, ed è il simbolo della città di mare.",
    "Fu cominciata nel 1863 su progetto di un ingegnere del luogo, e finita nel 1889.",
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving_in_thread({"/torre": response(body=TOWER)}) as site:
        yield site


class Interrupted:
    """A library whose reload is cut off: before it has done anything, or right after the swap."""

    def __init__(self, documents: Documents, *, done: bool = False) -> None:
        self._documents, self._done = documents, done
        self.began, self.over = threading.Event(), threading.Event()

    def open(self) -> Library:
        embedder = LocalEmbedder()
        library = Library(self._documents, embedder, Ranker.load(), self._reload)
        library.refresh()
        return library

    def _reload(self, settings: Documents, told: OnProgress | None) -> Changes:
        if self._done:
            reload(settings, LocalEmbedder(), told)
        self.began.set()
        self.over.wait(30)
        raise StoreError("the process was killed")


async def cut_off(office: Office, command: str, *, done: bool = False, **fields: object) -> int:
    """Have the bot stopped over a command; the command's message."""
    first = Interrupted(office.documents, done=done)
    async with bot_at_work(office.settings, first.open):
        said = await office.client.say(office.admin, office.admin, command, **fields)
        await until(first.began.is_set)
    first.over.set()
    return said.id


@pytest.mark.parametrize("done", [False, True])
async def test_a_link_is_added_as_if_at_the_first(office: Office, site: Site, done: bool) -> None:
    office = replace(office, documents=replace(office.documents, web=site.settings()))
    link = site.url("/torre", "127.0.0.1")
    said = await cut_off(office, f"/add {link}", done=done)
    async with office.bot():
        told = await office.client.wait_for_message(
            office.admin, lambda m: "Un documento nuovo" in m.text, after=said
        )
        again = await office.say(f"/add {link}")
    assert "• La torre" in told.text
    assert SAID("fault-known-link", place="added.links:2") in again.text


async def test_a_text_whose_name_nobody_chose_is_added_once(office: Office) -> None:
    text = await office.client.say(office.admin, office.admin, "Il laghetto misura 340 metri.")
    said = await cut_off(office, "/add", reply_to_message_id=text.id)
    async with office.bot():
        told = await office.client.wait_for_message(
            office.admin, lambda m: "Un documento nuovo" in m.text, after=said
        )
    assert "Il laghetto misura 340 metri" in told.text
    assert sum("laghetto" in name for name in office.files()) == 1


async def test_a_text_that_is_refused_then_is_taken_away_again(office: Office) -> None:
    before = office.files()
    said = await cut_off(office, "/add Il laghetto\nMisura 340 metri quadrati.")
    refusing = Interrupted(office.documents)
    refusing.over.set()
    async with bot_at_work(office.settings, refusing.open):
        taken_back = SAID("add-taken-back", name="il-laghetto.md")
        await office.client.wait_for_message(
            office.admin, lambda m: m.text == taken_back, after=said
        )
    assert office.files() == before
