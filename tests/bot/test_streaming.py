"""How an answer comes along is shown, at its leisure, and the answer doesn't mind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from telegram import MessageId
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.budget import NoRoomError, Sending
from bot.journal import Entry, Journal
from bot.locales import words_in
from bot.replies import Entity, Part, Reply
from bot.sandbox import TELEGRAM_LIMITS, Sandbox, SandboxClient, serve
from bot.state import State
from bot.streaming import Rhythm, Stream, Streams
from retrieval import Draft
from tests.bot.conftest import Town
from tests.bot.fakes import FakeWriter, a_passage, a_quote, an_answer
from tests.bot.waiting import until

ANNA, GROUP = 7, -7
ONE, TWO, THREE = (Part(text, (Entity("italic", 0, 2),)) for text in ("Uno", "Due", "Tre"))
AT_ONCE = Rhythm(first=0, pause=0)


@dataclass
class FakeBot:
    """Takes whatever is shown, or raises the next of ``errors``; waits until ``open`` is set."""

    errors: list[Exception | None] = field(default_factory=list)
    shown: list[tuple[Any, ...]] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def send_message_draft(
        self, chat_id: int, draft_id: int, text: str, **given: Any
    ) -> None:
        await self._take(("draft", draft_id, text), given)

    async def send_message(self, chat_id: int, text: str, **given: Any) -> MessageId:
        await self._take(("send", given["reply_parameters"].message_id, text), given)
        return MessageId(99)

    async def edit_message_text(self, text: str, *, message_id: int, **given: Any) -> None:
        await self._take(("edit", message_id, text), given)

    async def delete_message(self, chat_id: int, message_id: int) -> None:
        self.shown.append(("delete", message_id))

    async def _take(self, what: tuple[Any, ...], given: dict[str, Any]) -> None:
        assert given["rate_limit_args"] is Sending.IF_THERE_IS_ROOM
        assert [entity.type for entity in given["entities"]] == ["italic"]
        await self.open.wait()
        self.shown.append(what)
        if self.errors and (error := self.errors.pop(0)):
            raise error


class Screen:
    """Streams to a bot that can be told to fail, and a real journal."""

    def __init__(self, state: State) -> None:
        self.bot = FakeBot()
        self.journal = Journal(state.engine, 42, lambda: 1000.0)

    @asynccontextmanager
    async def stream(
        self, chat: int, rhythm: Rhythm = AT_ONCE, placeholder: int | None = None
    ) -> AsyncIterator[Stream]:
        entry = Entry(5, chat, "{}", placeholder=placeholder)
        if not await self.journal.known([5]):
            await self.journal.record([entry])
        streams = Streams(cast("ExtBot[Any]", self.bot), self.journal, rhythm)
        async with streams.open(entry, Reply(chat, (), to_message=3)) as stream:
            yield stream

    def has_shown(self, count: int) -> Callable[[], bool]:
        return lambda: len(self.bot.shown) == count


@pytest.fixture
def screen(state: State) -> Screen:
    return Screen(state)


async def test_a_private_chat_sees_one_draft_change(screen: Screen) -> None:
    async with screen.stream(ANNA) as stream:
        for number, part in enumerate((ONE, TWO), start=1):
            stream.show(part)
            await until(screen.has_shown(number))
    assert screen.bot.shown == [("draft", 5, "Uno"), ("draft", 5, "Due")]
    assert stream.placeholder is None


async def test_a_group_sees_one_message_change_whose_id_is_kept(screen: Screen) -> None:
    async with screen.stream(GROUP) as stream:
        for number, part in enumerate((ONE, TWO, THREE), start=1):
            stream.show(part)
            await until(screen.has_shown(number))
    assert screen.bot.shown == [("send", 3, "Uno"), ("edit", 99, "Due"), ("edit", 99, "Tre")]
    assert stream.placeholder == 99
    [entry] = await screen.journal.unfinished()
    assert entry.placeholder == 99


async def test_a_message_of_an_earlier_run_is_gone_on_with(screen: Screen) -> None:
    async with screen.stream(GROUP, placeholder=44) as stream:
        stream.show(ONE)
        await until(screen.has_shown(1))
    assert screen.bot.shown == [("edit", 44, "Uno")]


async def test_only_the_newest_state_is_shown(screen: Screen) -> None:
    screen.bot.open.clear()
    async with screen.stream(ANNA) as stream:
        for part in (ONE, TWO, THREE):
            stream.show(part)
        screen.bot.open.set()
        await until(screen.has_shown(1))
    assert screen.bot.shown == [("draft", 5, "Tre")]


async def test_an_answer_that_comes_soon_is_not_preceded_by_anything(screen: Screen) -> None:
    async with screen.stream(ANNA, Rhythm()) as stream:
        stream.show(ONE)
        await asyncio.sleep(0)
    assert screen.bot.shown == []


async def test_nothing_is_shown_after_the_end(screen: Screen) -> None:
    async with screen.stream(ANNA) as stream:
        pass
    stream.show(ONE)
    await asyncio.sleep(0)
    assert screen.bot.shown == []


async def test_a_draft_is_shown_again_before_telegram_takes_it_down(screen: Screen) -> None:
    async with screen.stream(ANNA, Rhythm(first=0, pause=0, again=0)) as stream:
        stream.show(ONE)
        await until(lambda: len(screen.bot.shown) >= 3)
    assert set(screen.bot.shown) == {("draft", 5, "Uno")}


async def test_what_finds_no_room_is_dropped_and_the_newest_tried_later(screen: Screen) -> None:
    screen.bot.errors = [NoRoomError(), NoRoomError()]
    async with screen.stream(GROUP) as stream:
        stream.show(ONE)
        await until(screen.has_shown(3))
    assert screen.bot.shown == [("send", 3, "Uno")] * 3
    assert stream.placeholder == 99


@pytest.mark.filterwarnings("ignore:.*retry_after")
@pytest.mark.parametrize(
    "error",
    [
        lambda: NetworkError("down"),
        lambda: RetryAfter(3),  # the library warns as it is made
        lambda: BadRequest("Message is not modified"),
    ],
)
async def test_a_draft_that_fails_in_passing_is_followed_by_the_next(
    screen: Screen, error: Callable[[], TelegramError]
) -> None:
    screen.bot.errors = [error()]
    async with screen.stream(ANNA) as stream:
        stream.show(ONE)
        await until(screen.has_shown(1))
        stream.show(TWO)
        await until(screen.has_shown(2))


@pytest.mark.parametrize(
    "error", [Forbidden("blocked"), BadRequest("no drafts here"), ValueError("a mistake of ours")]
)
async def test_a_draft_that_is_refused_ends_the_showing_and_nothing_else(
    screen: Screen, error: Exception
) -> None:
    screen.bot.errors = [error]
    async with screen.stream(ANNA) as stream:
        stream.show(ONE)
        await until(screen.has_shown(1))
        await until(stream._showing.done)
        stream.show(TWO)
    assert screen.bot.shown == [("draft", 5, "Uno")]


async def test_a_message_on_its_way_is_waited_for_so_that_the_answer_can_replace_it(
    screen: Screen,
) -> None:
    screen.bot.open.clear()
    async with screen.stream(GROUP) as stream:
        stream.show(ONE)
        await until(lambda: stream._request is not None)
        asyncio.get_running_loop().call_later(0.05, screen.bot.open.set)
    assert stream.placeholder == 99


async def test_a_message_that_is_stuck_holds_the_answer_up_no_longer_than_it_may(
    screen: Screen,
) -> None:
    screen.bot.open.clear()
    async with asyncio.timeout(5), screen.stream(GROUP, replace(AT_ONCE, patience=0)) as stream:
        stream.show(ONE)
        await until(lambda: stream._request is not None)
    assert screen.bot.shown == []


async def test_an_edit_that_might_arrive_after_the_answer_costs_its_message_and_not_the_answer(
    screen: Screen,
) -> None:
    async with screen.stream(GROUP, replace(AT_ONCE, patience=0.5)) as stream:
        stream.show(ONE)
        await until(lambda: stream.placeholder == 99)
        screen.bot.open.clear()
        first = stream._request
        stream.show(TWO)
        await until(lambda: stream._request is not first)
    assert screen.bot.shown == [("send", 3, "Uno"), ("delete", 99)]
    assert stream.placeholder is None
    [entry] = await screen.journal.unfinished()
    assert entry.placeholder is None


QUOTE = a_quote(a_passage(), "I membri dell’alleanza sono 32.")
READING = Draft(closest=QUOTE)
HALF = Draft(closest=QUOTE, claims=an_answer(QUOTE).claims)
SAID = words_in("it")


def writing(town: Town, *drafts: Draft) -> tuple[Town, FakeWriter]:
    """A town whose writer shows drafts and then waits to be opened."""
    writer = FakeWriter(town.library)
    writer.drafts = list(drafts)
    writer.open.clear()
    return replace(town, model=writer.model()), writer


async def test_in_private_the_closest_source_is_named_while_the_model_writes(town: Town) -> None:
    town, writer = writing(town, READING)
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        await town.client.say(anna.id, anna.id, "Quanti sono?")
        event = await town.client.wait_for_event(lambda event: event.type == "draft")
        writer.open.set()
        answer = await town.client.wait_for_message(anna.id)
    assert event.details["text"] == SAID("draft-reading", title="Il vertice di Tokyo")
    assert answer.text.startswith("Quanti sono? → ")
    assert await town.client.draft(anna.id) is None
    assert len(await town.client.messages(anna.id)) == 2


async def test_in_a_group_one_message_shows_what_stands_and_becomes_the_answer(town: Town) -> None:
    town, writer = writing(town, HALF)
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        question = await town.client.say(group.id, anna.id, "/ask Quanti sono?")
        shown = await town.client.wait_for_message(group.id)
        writer.open.set()
        answer = await town.client.wait_for_message(group.id, lambda m: "→" in m.text)
    assert shown.text == "I membri dell’alleanza sono 32. [1]\n…"
    assert (answer.id, answer.reply_to_id) == (shown.id, question.id)
    assert len(await town.client.messages(group.id)) == 2


async def test_a_message_deleted_meanwhile_is_sent_anew(town: Town) -> None:
    town, writer = writing(town, READING)
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        question = await town.client.say(group.id, anna.id, "/ask Quanti sono?")
        shown = await town.client.wait_for_message(group.id)
        await town.client.delete(group.id, shown.id)
        writer.open.set()
        answer = await town.client.wait_for_message(group.id, lambda m: "→" in m.text)
    assert answer.id != shown.id
    assert answer.reply_to_id == question.id


async def test_a_model_that_fails_is_apologised_for_in_the_same_message(town: Town) -> None:
    town, writer = writing(town, READING)

    def fail(_: str) -> Any:
        raise RuntimeError("boom")

    town.library.answer = fail
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        await town.client.say(group.id, anna.id, "/ask Quanti sono?")
        shown = await town.client.wait_for_message(group.id)
        writer.open.set()
        sorry = await town.client.wait_for_message(group.id, lambda m: m.text == SAID("error"))
    assert sorry.id == shown.id


async def test_one_chats_long_answer_delays_no_other_chat(town: Town) -> None:
    town, writer = writing(town, READING)
    people = [await town.client.add_user("U", language_code="it") for _ in range(12)]
    bruno = await town.client.add_user("Bruno", language_code="it")
    async with town.bot():
        for person in people:
            await town.client.say(person.id, person.id, "Quanti sono?")
        await until(lambda: writer.waiting == len(people))
        held, writer.open = writer.open, asyncio.Event()
        writer.open.set()  # for those who ask from now on
        await town.client.say(bruno.id, bruno.id, "E io?")
        await town.client.wait_for_message(bruno.id, timeout=2)
        for person in people:
            assert len(await town.client.messages(person.id)) == 1
        held.set()


async def test_drafts_keep_within_telegrams_limits(town: Town) -> None:
    sandbox = Sandbox(flood=TELEGRAM_LIMITS)
    async with serve(sandbox) as url, SandboxClient(url) as client:
        town = replace(town, client=client, settings=replace(town.settings, api_url=url))
        town, writer = writing(town, READING, HALF)
        anna = await client.add_user("Anna", language_code="it")
        async with town.bot():
            await client.say(anna.id, anna.id, "Quanti sono?")
            await client.wait_for_event(lambda event: event.type == "draft")
            writer.open.set()
            await client.wait_for_message(anna.id)
        assert all(call.ok for call in await client.calls())
