"""The passage behind a claim, opened over HTTP by those who may see its answer, and nobody else."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from dataclasses import replace
from statistics import median
from typing import Any

import pytest

from bot.locales import words_in
from bot.sandbox import SandboxMessage
from retrieval import Place, Refusal, Standing
from retrieval.wording import wording
from tests.bot.conftest import Town
from tests.bot.fakes import LINK, a_passage, a_quote, a_refusal, an_answer, an_opening
from tests.bot.handlers.documents import Office
from tests.bot.waiting import until

IT = words_in("it")
QUOTED = "I membri dell’alleanza sono 32."
EXPIRED = IT("passage-expired", days=90)


def buttons(message: SandboxMessage) -> dict[str, str]:
    """What is on the buttons of a message, and what they say or open."""
    rows = message.raw.get("reply_markup", {}).get("inline_keyboard", [])
    return {b["text"]: b.get("callback_data") or b["url"] for row in rows for b in row}


def bold(message: SandboxMessage) -> list[str]:
    text = message.text.encode("utf-16-le")
    spans = [e for e in message.entities if e["type"] == "bold"]
    return [text[2 * e["offset"] :][: 2 * e["length"]].decode("utf-16-le") for e in spans]


async def answered(town: Town, chat: int, user: int, text: str = "Quanti?") -> SandboxMessage:
    """Ask something; the answer."""
    said = await town.client.say(chat, user, text if chat == user else f"/ask {text}")
    return await town.client.wait_for_message(
        chat, lambda each: chat == user or each.reply_to_id == said.id, after=said.id
    )


async def press(town: Town, message: SandboxMessage, user: int, data: str) -> dict[str, Any]:
    """Press a button, whether or not it is there; the bot's answer."""
    callback = await town.client.press(message.chat_id, message.id, user, data)
    return await town.client.wait_for_answer(callback)


async def shown(town: Town, message: SandboxMessage, words: str) -> SandboxMessage:
    """The message, once it says something else than it did, with these words in it."""
    return await town.client.wait_for_message(
        message.chat_id,
        lambda each: each.id == message.id and words in each.text and each.text != message.text,
    )


async def test_a_button_opens_the_passage_and_leads_on_and_back(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        answer = await answered(town, anna.id, anna.id)
        assert list(buttons(answer)) == ["[1]", "👍", "👎"]
        assert await press(town, answer, anna.id, buttons(answer)["[1]"]) == {
            "text": "",
            "show_alert": False,
            "url": "",
            "cache_time": 0,
        }
        opened = await shown(town, answer, "[1] Il vertice di Tokyo")
        assert "Quanti? →" not in opened.text
        assert bold(opened) == ["[1] Il vertice di Tokyo", QUOTED]
        before, middle, after, back, link = buttons(opened)
        assert (before, middle, after) == ("◀ Prima", "2 di 3", "Dopo ▶")
        assert back == IT("back-to-answer")
        assert buttons(opened)[link].startswith(f"{LINK}#:~:text=I%20membri")
        await press(town, answer, anna.id, buttons(opened)[after])
        last = await shown(town, opened, "Tutti erano presenti.")
        assert bold(last) == ["[1] Il vertice di Tokyo"]
        assert list(buttons(last))[:2] == ["◀ Prima", "3 di 3"]
        await press(town, answer, anna.id, buttons(last)["3 di 3"])
        again = await shown(town, last, QUOTED)
        assert again.text == opened.text
        await press(town, answer, anna.id, buttons(last)[back])
        assert (await shown(town, opened, "Quanti? → ")).text == answer.text
        again = (await town.client.messages(anna.id))[-1]
    assert (again.entities, buttons(again)) == (answer.entities, buttons(answer))
    assert [call.method for call in await town.client.calls("sendMessage")] == ["sendMessage"]


async def test_each_quote_has_a_button_eight_a_row_and_the_votes_come_last(town: Town) -> None:
    quotes = [a_quote(a_passage(), QUOTED)] * 18
    town.library.answer = lambda question: an_answer(*quotes, question=question)
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        answer = await answered(town, anna.id, anna.id)
    rows = [
        [button["text"] for button in row] for row in answer.raw["reply_markup"]["inline_keyboard"]
    ]
    assert rows == [[f"[{n}]" for n in range(1, 9)], [f"[{n}]" for n in range(9, 17)], ["👍", "👎"]]


async def test_a_refusal_opens_its_closest_passage_and_a_greeting_nothing(town: Town) -> None:
    closest = a_quote(a_passage(), QUOTED)
    town.library.answer = lambda question: replace(
        a_refusal(closest if question == "Che ore sono?" else None), ranked=("vertice",)
    )
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        refused = await answered(town, anna.id, anna.id, "Che ore sono?")
        assert list(buttons(refused)) == [IT("open-closest"), "👍", "👎"]
        await press(town, refused, anna.id, buttons(refused)[IT("open-closest")])
        assert bold(await shown(town, refused, "Il vertice di Tokyo\n\n"))[1:] == [QUOTED]
        town.library.answer = lambda _: a_refusal()
        assert buttons(await answered(town, anna.id, anna.id, "Ciao")) == {}


async def test_a_refusal_about_something_else_opens_nothing_and_can_be_voted_on(
    town: Town,
) -> None:
    refusal = replace(a_refusal(a_quote(a_passage(), QUOTED)), refusal=Refusal.OFF_TOPIC)
    town.library.answer = lambda _: replace(refusal, ranked=("vertice",))
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        refused = await answered(town, anna.id, anna.id, "Che ore sono?")
    assert refused.text == f"{refusal.text}\n\n{IT('off-topic-sources')}"
    assert list(buttons(refused)) == ["👍", "👎"]


@pytest.mark.parametrize("standing", [each for each in Standing if each is not Standing.CURRENT])
async def test_of_a_source_that_has_changed_it_says_so(town: Town, standing: Standing) -> None:
    def opening(place: Place) -> Any:
        found = an_opening(place, standing=standing)
        if standing in (Standing.CHANGED, Standing.GONE):
            return replace(found, passage=None, source=None, before=None, after=None)
        return found

    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        answer = await answered(town, anna.id, anna.id)
        town.library.opening = opening
        await press(town, answer, anna.id, buttons(answer)["[1]"])
        said = await shown(town, answer, IT(f"passage-{standing}"))
    assert (QUOTED in said.text) == (standing in (Standing.EARLIER, Standing.MOVED))
    assert IT("back-to-answer") in buttons(said)


async def test_a_press_is_answered_within_a_second_however_long_the_chats_queue_is(
    town: Town,
) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        answer = await answered(town, anna.id, anna.id)
        town.library.open.clear()  # both threads that answer will wait, and so will the queue
        for n in range(30):
            await town.client.say(anna.id, anna.id, f"Quanti {n}?")
        await until(lambda: len(town.library.asked) > 1)
        took = []
        for _ in range(3):  # whatever else the machine has to do now and then
            began = time.monotonic()
            await press(town, answer, anna.id, buttons(answer)["[1]"])
            took.append(time.monotonic() - began)
        await shown(town, answer, "[1] Il vertice")
        town.library.open.set()
    assert median(took) < 1


async def test_a_press_is_answered_before_the_passage_is_there(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    go_on = asyncio.Event()

    def slowly(place: Place) -> Any:
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(30)
        return an_opening(place)

    loop = asyncio.get_running_loop()
    async with town.bot():
        answer = await answered(town, anna.id, anna.id)
        town.library.opening = slowly
        await press(town, answer, anna.id, buttons(answer)["[1]"])
        assert (await town.client.messages(anna.id))[-1].text == answer.text
        go_on.set()
        await shown(town, answer, "[1] Il vertice")


async def test_in_a_group_the_button_opens_the_passage_in_private(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    bruno = await town.client.add_user("Bruno", language_code="it")
    group = await town.client.add_group(
        "Amici", [anna.id, bruno.id, town.client.bot_id], is_forum=True
    )
    async with town.bot():
        answer = await answered(town, group.id, anna.id)
        pressed = await press(town, answer, bruno.id, buttons(answer)["[1]"])
        start = f"https://t.me/passo_bot?start=p_{buttons(answer)['[1]'][2:18]}_1"
        assert pressed["url"] == start
        said = await town.client.say(bruno.id, bruno.id, f"/start {start.partition('=')[2]}")
        opened = await town.client.wait_for_message(bruno.id, after=said.id)
        assert bold(opened)[1] == QUOTED
        assert buttons(opened)[IT("back-to-answer")] == (
            f"https://t.me/c/{str(group.id).removeprefix('-100')}/{answer.id}"
        )
        await press(town, opened, bruno.id, buttons(opened)["Dopo ▶"])
        await shown(town, opened, "Tutti erano presenti.")
        assert (await town.client.messages(group.id))[-1].text == answer.text
        await town.client.set_member(group.id, bruno.id, "left")
        # A minute may pass before it shows; here the bot is started anew.
    async with town.bot():
        refused = await press(town, opened, bruno.id, buttons(opened)["Dopo ▶"])
    assert refused["text"] == IT("members-only")


async def test_a_link_is_for_those_who_are_in_the_answers_chat(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    carlo = await town.client.add_user("Carlo", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        own = await answered(town, anna.id, anna.id)
        ours = await answered(town, group.id, anna.id)
        told = []
        for payload in (
            *(f"p_{buttons(answer)['[1]'][2:18]}_1" for answer in (own, ours)),
            f"p_{buttons(ours)['[1]'][2:18]}_7",
            f"p_{secrets.token_urlsafe(12)}_1",
            "p_x",
        ):
            said = await town.client.say(carlo.id, carlo.id, f"/start {payload}")
            message = await town.client.wait_for_message(carlo.id, after=said.id)
            told.append(message.text)
            assert not buttons(message)
    assert told == [IT("passage-not-yours")] * 3 + [IT("link-expired", days=90)] * 2


async def test_forged_presses_open_nothing(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    bruno = await town.client.add_user("Bruno", language_code="it")
    carlo = await town.client.add_user("Carlo", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, bruno.id, town.client.bot_id])
    rng = random.Random(5)
    async with town.bot():
        hers = await answered(town, anna.id, anna.id)
        his = await answered(town, bruno.id, bruno.id)
        ours = await answered(town, group.id, anna.id)
        plain = await answered(town, anna.id, anna.id, "/help")
        ids = {m.chat_id: buttons(m)["[1]"][2:18] for m in (hers, his, ours)}
        unheard = len(await town.client.calls("editMessageText"))

        def forged() -> tuple[SandboxMessage, int, str]:
            kind = rng.randrange(6)
            message = rng.choice((hers, his, ours))
            owner = bruno.id if message is his else anna.id
            own, tail = (
                ids[message.chat_id],
                rng.choice(("", ":0", ":1", ":1:0:00000000", ":g", ":w")),
            )
            letter = "v" if tail in (":g", ":w") else "p"
            other = rng.choice([each for chat, each in ids.items() if chat != message.chat_id])
            return [
                (message, owner, f"{letter}:{rng.randbytes(12).hex()[:16]}{tail}"),  # random ids
                (message, owner, f"{letter}:{other}{tail}"),  # another chat's, or message's
                (plain, anna.id, f"{letter}:{ids[anna.id]}{tail}"),  # from a message without any
                (message, carlo.id, f"{letter}:{own}{tail}"),  # by a stranger
                (message, owner, f"p:{own}:{rng.choice(('0', '2', '99', '-1', '1:x:y'))}"),
                (message, owner, f"{letter}:{own}{tail}{rng.choice(('x', ':', chr(0x1F600)))}"),
            ][kind]

        tried: dict[str, str] = {}
        seq = int((await town.client.state())["seq"])
        for n in range(1, 51):
            message, user, data = forged()
            tried[await town.client.press(message.chat_id, message.id, user, data)] = data
            # Telegram waits fifteen seconds for an answer.
            while tried and n % 25 == 0:
                for event in await town.client.events(seq, 10):
                    seq = event.seq
                    if event.type == "callback_answer":
                        data = tried.pop(event.details["callback_query_id"])
                        refusals = (EXPIRED, IT("button-expired"), IT("members-only"))
                        assert event.details["text"] in refusals, data
                        assert not event.details["url"]
        assert len(await town.client.calls("editMessageText")) == unheard
        # What isn't forged still works.
        assert (await press(town, hers, anna.id, buttons(hers)["[1]"]))["text"] == ""
        await shown(town, hers, "[1] Il vertice")


async def test_where_sources_disagree_each_button_opens_the_passage_of_its_own(
    office: Office,
) -> None:
    before, after = "L’Alleanza dei laghi ha trentuno membri.", "L’Alleanza dei laghi ha 32 membri."
    for name, day, text in (("prima", "28 giugno 2023", before), ("dopo", "7 marzo 2024", after)):
        document = f"# Notizie di {name}\n\nData: {day}\n\n{text} Le sedi sono ai laghi.\n"
        office.sources.joinpath(f"{name}.md").write_text(document, "utf-8")
    async with office.bot():
        told = await office.say("/reload")
        await office.edited(told, "2 documenti nuovi")
        answer = await office.say("Quanti membri ha l’Alleanza dei laghi?")
        assert answer.text.startswith(wording("it").disagree_newest)
        for label, title, quote in (
            ("[1]", "Notizie di dopo", after),
            ("[2]", "Notizie di prima", before),
        ):
            await office.press(answer, label)
            heading = f"{label} {title}"
            opened = await office.client.wait_for_message(
                office.admin,
                lambda m, heading=heading: m.text.startswith(heading),  # type: ignore[misc]
            )
            assert bold(opened) == [heading, quote]
            await office.press(opened, IT("back-to-answer"))
            await office.edited(answer, wording("it").disagree_newest)


async def test_after_its_days_a_button_says_so(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        answer = await answered(town, anna.id, anna.id)
    aged = replace(town, settings=replace(town.settings, keep_days=1))
    async with aged.bot():
        await asyncio.to_thread(_age, town, 25 * 3600)
        town.sandbox.chat(anna.id).messages[answer.id]["date"] -= 25 * 3600
        said = await press(town, answer, anna.id, buttons(answer)["[1]"])
    assert said["text"] == IT("passage-expired", days=1)
    assert said["show_alert"]


def _age(town: Town, seconds: int) -> None:
    import sqlite3
    from contextlib import closing

    file = town.settings.state_url.partition("///")[2]
    with closing(sqlite3.connect(file)) as state:
        state.execute("UPDATE answers SET asked_at = asked_at - ?", (seconds,))
        state.commit()


THREE = """# Il faro

Il faro di Capo Nero è alto 40 metri ed è stato costruito nel 1911.

## La salita

Alla lanterna si sale per una scala di 210 gradini, da aprile a ottobre.

## Il guardiano

Il guardiano si chiamava Piero Salis e ha lasciato il faro nel 1980.
"""


async def test_an_old_answer_resolves_over_real_reloads_and_reads_on_in_its_own_version(
    office: Office,
) -> None:
    town, faro = office.client, office.sources / "faro.md"

    async def reloaded(text: str | None) -> None:
        faro.write_text(text, "utf-8") if text else faro.unlink()
        # By force, since the last one takes away most of what there is.
        said = await town.say(office.admin, office.admin, "/reload forza")
        await town.wait_for_message(office.admin, lambda m: m.id > said.id and "Fatto" in m.text)

    async def pressed(label: str, words: str) -> SandboxMessage:
        """Press a button of the answer's message as it is now; the message with these words."""
        now = next(m for m in await town.messages(office.admin) if m.id == answer.id)
        await town.press(office.admin, now.id, office.admin, buttons(now)[label])
        return await office.edited(answer, words)

    async with office.bot():
        await reloaded(THREE)
        answer = await office.say("Quanti gradini ha la scala del faro?")
        assert "210 gradini" in answer.text
        back = IT("back-to-answer")
        await reloaded(THREE.replace("# Il faro\n", "# Il faro\n\nUna premessa nuova.\n"))
        earlier = await pressed("[1]", IT("passage-earlier"))
        assert any("210 gradini" in words for words in bold(earlier))
        after = await pressed(IT("passage-after"), "Piero Salis")
        assert IT("passage-after") not in buttons(after)
        await pressed(IT("passage-before"), "210 gradini")
        await pressed(IT("passage-before"), "40 metri")
        await pressed(back, answer.text.split("\n")[0])
        await reloaded(THREE.replace("Piero Salis", "Gino Salis"))
        moved = await pressed("[1]", IT("passage-moved"))
        assert any("210 gradini" in words for words in bold(moved))
        await pressed(back, answer.text.split("\n")[0])
        await reloaded(THREE.replace("210", "212"))
        assert "210" not in (await pressed("[1]", IT("passage-changed"))).text
        await pressed(back, answer.text.split("\n")[0])
        await reloaded(None)
        await pressed("[1]", IT("passage-gone"))
