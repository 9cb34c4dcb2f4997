"""A channel with its discussion group, over HTTP: posts, comments, and posts as a source."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from bot.locales import words_in
from bot.sandbox import SandboxMessage
from retrieval import Refusal
from tests.bot.conftest import ADMIN, Town
from tests.bot.fakes import a_refusal
from tests.bot.handlers.documents import Office
from tests.bot.handlers.test_passages import buttons
from tests.bot.waiting import until

SAID = words_in("it")


def to_all(key: str) -> str:
    """What is said where nobody's language can be told."""
    return f"{SAID(key)}\n\n{words_in('en')(key)}"


@dataclass(frozen=True, slots=True)
class Place:
    """A channel and the group where its posts are discussed, with the bot in both."""

    town: Town
    channel: int
    group: int
    anna: int
    bruno: int

    async def post(self, text: str | None, **fields: object) -> SandboxMessage:
        """Post in the channel. The automatic forward in the group has the same text."""
        return await self.town.client.say(self.channel, self.anna, text, **fields)

    async def forward_of(self, text: str) -> SandboxMessage:
        messages = await self.town.client.messages(self.group)
        return next(m for m in messages if m.raw.get("is_automatic_forward") and m.text == text)

    async def comment(self, text: str, on: SandboxMessage, **fields: object) -> SandboxMessage:
        return await self.town.client.say(
            self.group, self.bruno, text, reply_to_message_id=on.id, **fields
        )

    async def answer(self, chat: int, question: str) -> SandboxMessage:
        """The bot's answer that begins with a question, as the fake library's do."""
        return await self.town.client.wait_for_message(
            chat, lambda m: m.text.startswith(f"{question} → ")
        )

    async def written(self, chat: int) -> list[str]:
        """What the bot wrote in a chat, but for its hello."""
        messages = await self.town.client.messages(chat)
        own = [m.text for m in messages if m.id in self.town.sandbox.chats[chat].written_by_bot]
        return [text for text in own if not text.startswith("Eccomi!")]


@asynccontextmanager
async def a_channel(
    town: Town, *, privacy: bool = True, in_channel: bool = True, title: str = "Notizie"
) -> AsyncIterator[Place]:
    town.sandbox.privacy = privacy
    anna = await town.client.add_user("Anna", language_code="it")
    bruno = await town.client.add_user("Bruno", language_code="it")
    channel = await town.client.add_group(
        title,
        [anna.id],
        type="channel",
        username="notizie",
        bot_status="administrator" if in_channel else "never",
    )
    group = await town.client.add_group(
        "Commenti", [anna.id, bruno.id], linked_chat_id=channel.id, bot_status="member"
    )
    async with town.bot():
        if in_channel:
            await town.client.wait_for_message(channel.id)
        await town.client.wait_for_message(group.id)
        yield Place(town, channel.id, group.id, anna.id, bruno.id)


@pytest.mark.parametrize("privacy", [True, False])
async def test_a_post_that_asks_is_answered_in_the_channel_and_not_in_the_group(
    town: Town, privacy: bool
) -> None:
    async with a_channel(town, privacy=privacy) as place:
        for said in ("/ask Quanti?", "@passo_bot dove?"):
            await place.post(said)
        post = await place.post(None, document=FILE, caption="/ask quando?")
        answer = await place.answer(place.channel, "quando?")
        await place.comment("/ask Ultima?", await place.forward_of("/ask quando?"))
        await place.answer(place.group, "Ultima?")
        assert answer.reply_to_id == post.id
        assert len(await place.written(place.channel)) == 3
        assert len(await place.written(place.group)) == 1
    assert town.library.asked == ["Quanti?", "dove?", "quando?", "Ultima?"]


async def test_a_channel_is_pointed_to_no_command_which_does_nothing_there(town: Town) -> None:
    refusal = replace(a_refusal(), refusal=Refusal.OFF_TOPIC)
    town.library.answer = lambda _: refusal
    async with a_channel(town) as place:
        await place.post("/ask Che ore sono?")
        answer = await town.client.wait_for_message(
            place.channel, lambda m: m.text.startswith(refusal.text)
        )
    assert answer.text == refusal.text


FILE = {"file_name": "a.png", "content": "eA=="}


async def test_a_post_that_is_edited_has_its_answer_edited(town: Town) -> None:
    async with a_channel(town) as place:
        post = await place.post("/ask Quanti?")
        first = await place.answer(place.channel, "Quanti?")
        await town.client.edit(place.channel, post.id, "/ask Dove?")
        second = await place.answer(place.channel, "Dove?")
    assert first.id == second.id


async def test_a_comment_is_answered_once_in_its_thread_with_the_post_as_its_subject(
    town: Town,
) -> None:
    async with a_channel(town) as place:
        await place.post("La gita al lago!")
        topic = await place.forward_of("La gita al lago!")
        called = await place.comment("@passo_bot quanti?", topic)
        answer = await place.answer(place.group, "quanti?")
        doubt = await place.comment("/ask è vero?", topic)
        checked = await place.answer(place.group, "La gita al lago!")
        assert (answer.reply_to_id, answer.thread_id) == (called.id, topic.id)
        assert (checked.reply_to_id, checked.thread_id) == (doubt.id, topic.id)
        assert len(await place.written(place.group)) == 2
        assert await place.written(place.channel) == []
    [[about]] = town.library.histories
    assert (about.question, about.is_quoted) == ("La gita al lago!", True)
    assert town.library.checked == ["La gita al lago!"]


async def test_a_comment_that_asks_the_post_is_answered_where_the_sources_are_sure(
    town: Town,
) -> None:
    echo = town.library.answer
    refusal = replace(a_refusal(), confidence=0.1)
    unsure = 0.4

    def answer(question: str):  # type: ignore[no-untyped-def]
        if "boh" in question:
            return refusal
        return replace(echo(question), confidence=unsure if "forse" in question else 0.9)

    town.library.answer = answer
    async with a_channel(town, privacy=False) as place:
        await place.post(None, document=FILE, caption="La gita al lago!")
        topic = await place.forward_of("La gita al lago!")
        await place.comment("boh?", topic)
        await place.comment("forse?", topic)
        await place.comment("davvero?", topic)
        await place.comment("bella!", topic)
        asked = await place.comment("quanti?", topic)
        answered = await place.answer(place.group, "quanti?")
        await place.comment("e tu, Anna?", asked)  # people among themselves
        await place.comment("/ask Ultima?", topic)
        await place.answer(place.group, "Ultima?")
        assert (answered.reply_to_id, answered.thread_id) == (asked.id, topic.id)
        assert len(await place.written(place.group)) == 2
    assert town.library.asked == ["boh?", "forse?", "quanti?", "Ultima?"]


async def test_in_a_group_of_a_channel_it_has_no_part_in_comments_are_left_alone(
    town: Town,
) -> None:
    async with a_channel(town, privacy=False, in_channel=False) as place:
        await place.post("La gita!")
        await place.comment("quanti?", await place.forward_of("La gita!"))
        await place.comment("/ask Ultima?", await place.forward_of("La gita!"))
        await place.answer(place.group, "Ultima?")
    assert town.library.asked == ["Ultima?"]


async def test_no_post_and_no_writer_who_is_nobody_runs_a_command(town: Town) -> None:
    async with a_channel(town, privacy=False) as place:
        robot = await town.client.add_user("Robot", username="robot_bot", is_bot=True)
        await town.client.set_member(place.group, robot.id, "member")
        for said in ("/reload", "/stats", "/channel@other_bot sources on"):
            await place.post(said)
        for fields in ({"via_bot": robot.id}, {"forward_from_id": place.bruno}):
            await place.post("/ask Altrui?", **fields)
        for who, extra in (
            (robot.id, {}),
            (place.anna, {"sender_chat_id": place.channel}),  # the channel's own name in the group
            (place.anna, {"via_bot": robot.id}),
        ):
            await town.client.say(place.group, who, "/ask Altrui?", **extra)
        await town.client.say(place.group, place.anna, "/ask Anonimo?", anonymous=True)
        await place.answer(place.group, "Anonimo?")
    assert town.library.forced == []
    assert town.library.asked == ["Anonimo?"]


async def asked_to_read(town: Town) -> SandboxMessage:
    return await town.client.wait_for_message(ADMIN, lambda m: "«Notizie»" in m.text)


def documents(town: Town) -> dict[str, str]:
    """What stands in the folder of documents, by path."""
    folder = town.library.collection._folder
    return {
        str(file.relative_to(folder)): file.read_text("utf-8") for file in folder.rglob("*.txt")
    }


async def test_a_channel_becomes_a_source_when_an_admin_says_so(town: Town) -> None:
    boss = await town.client.add_user("Capo", language_code="it", id=ADMIN)
    await town.client.say(boss.id, boss.id, "Ciao")
    async with a_channel(town) as place:
        await place.post("Prima di tutto.")
        await place.post("/channel sources on")
        await town.client.wait_for_message(
            place.channel, lambda m: m.text == to_all("channel-asked")
        )
        notice = await asked_to_read(town)
        await place.post("/channel sources on")  # asking again asks nobody twice
        yes, _no = [
            button["callback_data"]
            for row in notice.raw["reply_markup"]["inline_keyboard"]
            for button in row
        ]
        # Forged: by somebody else, and in another chat.
        await town.client.press(boss.id, notice.id, place.anna, yes)
        await town.client.press(place.channel, place_message(town, place.channel), boss.id, yes)
        await place.post("Non ancora.")
        await place.post("/ask Non ancora?")  # presses wait in no queue, posts do
        await place.answer(place.channel, "Non ancora?")
        await town.client.press(boss.id, notice.id, boss.id, yes)
        await town.client.wait_for_message(
            place.channel, lambda m: m.text == to_all("channel-is-source-here")
        )
        post = await place.post("La gita è rinviata.\nSi parte sabato.")
        path = f"channels/notizie/{post.id}.txt"
        await until(lambda: path in documents(town) and town.library.forced == [False])
        first = documents(town)[path]
        await place.post("Da altri", forward_from_id=place.bruno)
        await place.post("/ask Quanti?")
        await place.answer(place.channel, "Quanti?")
        await town.client.edit(place.channel, post.id, "La gita è annullata.")
        await until(lambda: "annullata" in documents(town)[path])
        await place.post("/channel sources off")
        await town.client.wait_for_message(
            place.channel, lambda m: m.text == to_all("channel-off-here")
        )
        await place.post("Non più.")
        await place.post("/ask Fine?")
        await place.answer(place.channel, "Fine?")
    assert set(documents(town)) == {path}
    assert not any(town.library.reloads_asked_for)  # it undoes no /rollback
    assert first == (
        "Title: Notizie\nSource: Notizie\n"
        f"Date: {first.split('Date: ')[1][:10]}\nLink: https://t.me/notizie/{post.id}\n\n"
        "La gita è rinviata.\nSi parte sabato.\n"
    )
    assert town.library.forced == [False]  # once a minute at most


def place_message(town: Town, chat: int) -> int:
    """A message of the bot's in a chat."""
    return min(town.sandbox.chats[chat].written_by_bot)


async def test_an_admin_says_so_in_private_and_nobody_else_can(town: Town) -> None:
    boss = await town.client.add_user("Capo", language_code="it", id=ADMIN)
    async with a_channel(town, title="Ultime notizie") as place:
        by_title = f"{SAID('chats-called')}\n\n{place.channel} · Ultime notizie · @notizie"
        seen = 0
        for who, said, key in (
            (place.bruno, "/channel @notizie sources on", None),
            (boss.id, "/channel @nessuno sources on", SAID("channel-unknown", name="@nessuno")),
            (boss.id, "/channel @notizie", SAID("channel-usage")),
            (boss.id, "/channel Ultime notizie sources on", by_title),  # anybody may call it so
            (boss.id, "/channel", SAID("channel-line-off", title="Ultime notizie")),
            (boss.id, "/channel @notizie sources on", SAID("channel-on", title="Ultime notizie")),
            (boss.id, "/channel", SAID("channel-line-on", title="Ultime notizie")),
            (boss.id, "/channel @notizie sources off", SAID("channel-off", title="Ultime notizie")),
        ):
            await town.client.say(who, who, said)
            answer = await town.client.wait_for_message(who, after=seen if who == boss.id else 0)
            seen = answer.id
            assert answer.text.startswith(key or SAID("admins-only"))


async def test_no_channel_becomes_a_source_where_the_bot_is_not_to_answer(town: Town) -> None:
    boss = (await town.client.add_user("Capo", language_code="it", id=ADMIN)).id

    async def hear(text: str) -> SandboxMessage:
        return await town.client.wait_for_message(boss, lambda m: m.text.startswith(text))

    async with a_channel(town) as place:
        denied = SAID("channel-denied", title="Notizie", id=place.channel)
        await town.client.say(boss, boss, "/deny @notizie")
        await hear(SAID("denied-now", title="Notizie"))
        await town.client.say(boss, boss, "/channel @notizie sources on")
        await hear(denied)
        await town.client.say(boss, boss, "/channel")
        await hear(SAID("channel-line-off", title="Notizie"))


async def test_who_denied_a_channel_has_to_allow_it_before_it_becomes_a_source(town: Town) -> None:
    boss = (await town.client.add_user("Capo", language_code="it", id=ADMIN)).id

    async def hear(text: str) -> SandboxMessage:
        return await town.client.wait_for_message(boss, lambda m: m.text == text)

    async with a_channel(town) as place:
        await town.client.say(boss, boss, "/channel")
        await town.client.wait_for_message(boss)
        await place.post("/channel sources on")
        wish = await town.client.wait_for_message(boss, lambda m: "reply_markup" in m.raw)
        [[yes, _]] = wish.raw["reply_markup"]["inline_keyboard"]
        await town.client.say(boss, boss, "/deny @notizie")
        await hear(SAID("denied-now", title="Notizie"))
        await town.client.press(boss, wish.id, boss, yes["callback_data"])
        await hear(SAID("channel-denied", title="Notizie", id=place.channel))
        await town.client.say(boss, boss, f"/allow {place.channel}")
        await hear(SAID("allowed-now", title="Notizie"))
        await town.client.press(boss, wish.id, boss, yes["callback_data"])
        assert (await hear(SAID("channel-on", title="Notizie"))).id == wish.id


def _keep_posts(office: Office) -> set[str]:
    """Two posts of a channel among the documents, and beside them what is no post of it."""
    posts = {"channels/notizie/7.txt": "Il faro è rosso.", "channels/notizie/8.txt": "Si sale a 9."}
    others = {"channels/notizie/nota.txt": "Del canale.", "channels/notizie2/7.txt": "Un altro."}
    for path, text in (posts | others).items():
        file = office.sources / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n", "utf-8")
    return set(posts)


async def _posts_left(office: Office) -> SandboxMessage:
    """Stop reading the channel; what is asked about its posts."""
    await office.say("/channel @notizie sources off")
    sure = SAID("channel-posts-sure", count=2, folder="channels/notizie/")
    return await office.client.wait_for_message(office.admin, lambda m: m.text == sure)


async def _in_a_channel(office: Office) -> int:
    channel = await office.client.add_group(
        "Notizie",
        [office.admin],
        type="channel",
        username="notizie",
        bot_status="administrator",
    )
    await office.client.wait_for_message(channel.id)
    return channel.id


async def test_the_posts_of_a_channel_go_after_a_yes_and_nothing_else_does(office: Office) -> None:
    posts = _keep_posts(office)
    before = office.files()
    async with office.bot():
        await _in_a_channel(office)
        told = await office.say("/reload")
        await office.edited(told, "4 documenti nuovi")
        left = await _posts_left(office)
        await office.press(left, SAID("confirm-no"))
        await office.edited(left, SAID("confirm-left"))
        assert office.files() == before
        sure = await _posts_left(office)
        await office.press(sure, SAID("channel-posts-yes"))
        await office.edited(sure, "2 documenti tolti")
    assert office.files() == before - posts


async def test_the_posts_of_a_channel_come_back_all_where_that_is_refused(office: Office) -> None:
    _keep_posts(office)
    before = office.files()
    question = {"lang": "it", "kind": "answerable", "question": "Di che colore è il faro?"}
    lines = [{"id": str(n), "source": "channels/notizie/7", **question} for n in range(3)]
    (office.documents.store / "questions.jsonl").write_text(
        "\n".join(map(json.dumps, lines)), "utf-8"
    )
    async with office.bot():
        await _in_a_channel(office)
        told = await office.say("/reload")
        await office.edited(told, "4 documenti nuovi")
        sure = await _posts_left(office)
        await office.press(sure, SAID("channel-posts-yes"))
        again = await office.client.wait_for_message(
            office.admin, lambda m: m.text == SAID("remove-taken-back", path="channels/notizie/")
        )
        assert office.files() == before
        await office.press(again, SAID("remove-anyway-yes"))
        await office.edited(again, "2 documenti tolti")
    assert "channels/notizie/7.txt" not in office.files()


async def test_posts_from_before_a_channel_was_renamed_are_found_but_no_other_channels(
    town: Town,
) -> None:
    client, admin = town.client, ADMIN
    await client.add_user("Ada", id=admin, language_code="it")

    async def folders_asked_about() -> list[str]:
        said = await client.say(admin, admin, "/channel @novita sources OFF")
        await client.say(admin, admin, "/channel")
        await client.wait_for_message(
            admin, lambda m: m.id > said.id and SAID("channel-usage") in m.text
        )
        messages = [m.text for m in await client.messages(admin, after=said.id)]
        return [text for text in messages if "channels/" in text]

    async with town.bot():
        channels, posts = [], []
        for name in ("notizie", "altro"):
            found = await client.add_group(
                name, [admin], type="channel", username=name, bot_status="administrator"
            )
            await client.wait_for_message(found.id)
            await client.say(admin, admin, f"/channel @{name} sources on")
            await client.wait_for_message(
                admin,
                lambda m, name=name: m.text == SAID("channel-on", title=name),  # type: ignore[misc]
            )
            posts.append((await client.say(found.id, admin, f"Il faro di {name} è rosso.")).id)
            channels.append(town.sandbox.chats[found.id])
        await until(lambda: len(town.library.collection.paths()) == 2)
        await client.say(channels[0].id, admin, "Si sale alle 10.")
        await until(lambda: len(town.library.collection.paths()) == 3)
        channels[0].username = "novita"
        await client.say(channels[0].id, admin, "Il faro è ancora rosso.")
        await until(lambda: len(town.library.collection.paths()) == 4)
        # A post that is edited doesn't stay as it was under the name before.
        channels[0].messages[posts[0]]["chat"]["username"] = "novita"
        await client.edit(channels[0].id, posts[0], "Il faro era bianco.")
        before, now = (f"channels/{name}/{posts[0]}.txt" for name in ("notizie", "novita"))
        await until(lambda: before not in town.library.collection.paths())
        assert now in town.library.collection.paths()
        both = await folders_asked_about()
        channels[1].username = "notizie"  # which the first has given up
        other = await client.say(channels[1].id, admin, "Si sale alle 9.")
        file = town.library.collection.folder / f"channels/notizie/{other.id}.txt"
        await until(lambda: "alle 9" in file.read_text("utf-8"))
        own = await folders_asked_about()
    assert [text.partition("channels/")[2].partition("/")[0] for text in both] == [
        "novita",
        "notizie",
    ]
    assert [text.partition("channels/")[2].partition("/")[0] for text in own] == ["novita"]


async def test_off_as_a_post_offers_the_admins_in_private_to_remove_the_posts(
    office: Office,
) -> None:
    posts = _keep_posts(office)
    before = office.files()
    async with office.bot():
        channel = await _in_a_channel(office)
        told = await office.say("/reload")
        await office.edited(told, "4 documenti nuovi")
        await office.say("/channel @notizie sources on")
        for _ in range(2):  # said twice, it is told once
            await office.client.say(channel, office.admin, "/channel sources off")
        left = SAID("channel-posts-left", title="Notizie", count=2)
        notice = await office.client.wait_for_message(office.admin, lambda m: left in m.text)
        [[offer]] = notice.raw["reply_markup"]["inline_keyboard"]
        here = await office.client.wait_for_message(
            channel, lambda m: m.text == to_all("channel-off-here")
        )
        await office.client.press(channel, here.id, office.admin, offer["callback_data"])  # forged
        await office.client.press(office.admin, notice.id, office.admin, offer["callback_data"])
        question = SAID("channel-posts-sure", count=2, folder="channels/notizie/")
        sure = await office.client.wait_for_message(office.admin, lambda m: m.text == question)
        await office.press(sure, SAID("channel-posts-yes"))
        await office.edited(sure, "2 documenti tolti")
        await office.client.press(office.admin, notice.id, office.admin, offer["callback_data"])
        none = SAID("channel-posts-none")
        await office.client.wait_for_message(office.admin, lambda m: m.text == none)
        messages = await office.client.messages(office.admin)
    assert office.files() == before - posts
    assert [left in m.text for m in messages].count(True) == 1
    assert [m.text for m in messages].count(question) == 0  # it has become what was done


async def test_a_channel_without_posts_is_asked_nothing_about_them(office: Office) -> None:
    async with office.bot():
        await _in_a_channel(office)
        told = await office.say("/channel @notizie sources off")
        await office.say("/channel")
        messages = await office.client.messages(office.admin)
    assert told.text == SAID("channel-off", title="Notizie")
    assert not any("reply_markup" in m.raw for m in messages if m.id >= told.id)


async def test_a_post_that_became_a_document_is_quoted_with_its_link(office: Office) -> None:
    async with office.bot():
        channel = await _in_a_channel(office)
        await office.say("/channel @notizie sources on")
        post = await office.client.say(
            channel, office.admin, "Il nuovo ponte di Altavalle è lungo 120 metri."
        )
        async with asyncio.timeout(30):  # until it has been read
            answer = await office.say("Quanto è lungo il ponte di Altavalle?")
            while "120 metri" not in answer.text:
                answer = await office.say("Quanto è lungo il ponte di Altavalle?")
        await office.press(answer, "[1]")
        opened = await office.client.wait_for_message(
            office.admin, lambda m: m.id == answer.id and SAID("back-to-answer") in buttons(m)
        )
    links = [url for url in buttons(opened).values() if url.startswith("https://t.me/notizie/")]
    assert [link.partition("#")[0] for link in links] == [f"https://t.me/notizie/{post.id}"]
