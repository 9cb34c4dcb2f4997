"""Admins are told, in private, whatever Telegram is like at the time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

import pytest
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.locales import LANGUAGES, words_in
from bot.model import Model
from bot.notices import Notices
from retrieval import Fallback, Language, Outage, Settings, Writer
from retrieval.wording import wording
from tests.bot.clock import FakeClock
from tests.bot.conftest import ADMIN, Town
from tests.bot.fakes import FakeWriter, SmallLibrary
from tests.bot.waiting import until
from tests.model_server import Reply, serving


@dataclass
class FakeBot:
    """Takes messages, or raises the next of ``errors``."""

    errors: list[TelegramError] = field(default_factory=list)
    sent: list[tuple[int, str]] = field(default_factory=list)

    async def send_message(self, chat_id: int, text: str, **_: object) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((chat_id, text))


def writer_of(environment: dict[str, str]) -> Any:
    """Opens the real writer, with a library that finds the same for every question."""
    return partial(_opened, environment)


def _opened(environment: dict[str, str], library: Any, **hooks: Any) -> Writer:
    writer = Writer.open(Settings.from_environment(environment), SmallLibrary(), **hooks)
    assert writer
    return writer


async def told(bot: FakeBot, *reasons: str, admins: frozenset[int] = frozenset({7})) -> FakeClock:
    clock = FakeClock(0)
    notices = Notices(cast("ExtBot[Any]", bot), admins, sleep=clock.sleep)
    for reason in reasons:
        notices.outage(reason)
    running = asyncio.create_task(notices.run())
    for _ in range(500):
        await asyncio.sleep(0)
        clock.wake()
    assert not running.done()
    running.cancel()
    return clock


@pytest.mark.parametrize("reason", Outage)
async def test_each_outage_has_its_words_in_all_languages(reason: str) -> None:
    bot = FakeBot()
    await told(bot, reason)
    text = "\n\n".join(words_in(language)(f"outage-{reason}") for language in LANGUAGES)
    assert bot.sent == [(7, text)]


@pytest.mark.parametrize(
    ("code", "chosen", "languages"),
    [
        ("it", None, ["it"]),
        ("de", None, ["en"]),
        ("it", "en", ["en"]),
        (None, None, ["it", "en"]),
    ],
)
async def test_an_admin_is_told_in_their_language_where_it_is_known(
    town: Town, code: str | None, chosen: Language | None, languages: list[Language]
) -> None:
    await town.client.add_user("Ada", id=ADMIN, **({"language_code": code} if code else {}))
    anna = await town.client.add_user("Anna", language_code="it")
    town = replace(town, settings=replace(town.settings, allowed_chats=frozenset({-1})))
    async with town.bot():
        await town.client.say(ADMIN, ADMIN, "/settings")
        shown = await town.client.wait_for_message(ADMIN)
        if chosen:
            await town.client.press(ADMIN, shown.id, ADMIN, f"set:language:{chosen}")
            await town.client.wait_for_message(
                ADMIN, lambda m: m.text.startswith(words_in(chosen)("settings-title"))
            )
        group = await town.client.add_group("Amici", [anna.id])
        await town.client.set_member(group.id, town.client.bot_id, "member")
        asked = await town.client.wait_for_message(ADMIN, after=shown.id)
    every = [words_in(language) for language in languages]
    wanted = [said("ask-to-allow", title="Amici", id=group.id) for said in every]
    assert asked.text == "\n\n".join(wanted)
    [[yes, _]] = asked.raw["reply_markup"]["inline_keyboard"]
    assert yes["text"] == " · ".join(said("allow") for said in every)


async def test_every_admin_is_told_and_one_who_can_not_be_stands_in_nobodys_way() -> None:
    bot = FakeBot([Forbidden("bot was blocked by the user")])
    await told(bot, "key", "slow", admins=frozenset({1, 2}))
    assert [admin for admin, _ in bot.sent] == [2, 1, 2]


@pytest.mark.filterwarnings("ignore:.*retry_after")
async def test_what_fails_in_passing_is_tried_again() -> None:
    bot = FakeBot([NetworkError("down"), NetworkError("down"), RetryAfter(9)])
    clock = await told(bot, "key")
    assert len(bot.sent) == 1
    assert clock.now == 1 + 2 + 9


async def test_after_some_ten_minutes_it_is_given_up() -> None:
    bot = FakeBot([NetworkError("down")] * 13)
    clock = await told(bot, "key")
    assert bot.sent == []
    assert 300 < clock.now < 900


async def test_a_model_that_refuses_the_key_is_one_notice_without_the_key(town: Town) -> None:
    key = "sk-not-a-key-of-anybody"
    await town.client.add_user("Ada", id=ADMIN)
    await town.client.say(ADMIN, ADMIN, "/start")
    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with serving() as server:
        server.otherwise = Reply(status=401, error=f"bad key {key}")
        environment = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": key}
        town = replace(town, model=Model("m", None, writer_of(environment)))
        async with town.bot():
            seen = 0
            for question in ("Quanti sono?", "E quanti erano?", "Quanti saranno?"):
                await town.client.say(anna, anna, question)
                answer = await town.client.wait_for_message(anna, after=seen)
                seen = answer.id
            await town.client.wait_for_message(ADMIN, lambda m: "OPENAI_API_KEY" in m.text)
        assert server.calls == 1
    messages = [m.text for chat in (anna, ADMIN) for m in await town.client.messages(chat)]
    assert sum("OPENAI_API_KEY" in text for text in messages) == 1
    assert key not in str(messages)
    assert wording("it").fallback(Fallback.UNAVAILABLE) in answer.text


async def test_an_outage_and_its_end_are_told_once_each_in_private(town: Town) -> None:
    writer = FakeWriter(town.library)
    town = replace(town, model=writer.model())
    await town.client.add_user("Ada", id=ADMIN)
    await town.client.say(ADMIN, ADMIN, "/start")
    async with town.bot():
        await until(lambda: writer.on_outage.__name__ == "outage")
        writer.on_outage("connection")
        first = await town.client.wait_for_message(
            ADMIN, lambda m: m.text.startswith(words_in("it")("outage-connection"))
        )
        writer.on_recovery()
        await town.client.wait_for_message(
            ADMIN, lambda m: m.text.startswith(words_in("it")("outage-over")), after=first.id
        )
        told = [m for m in await town.client.messages(ADMIN) if "modello" in m.text]
    assert len(told) == 2
