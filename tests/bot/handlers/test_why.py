"""How an answer came about is told to admins, about answers of theirs and in groups."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.handlers.settings import key_of
from bot.locales import words_in
from bot.prices import Price
from bot.sandbox import SandboxMessage
from retrieval import Refusal, SourceSummary, Usage
from tests.bot.conftest import ADMIN, Town
from tests.bot.fakes import FakeWriter, a_passage, a_quote, a_refusal

SAID = words_in("it")


async def explained(town: Town, question: str) -> SandboxMessage:
    """Have an admin ask, and then why; what is told."""
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    async with town.bot():
        await town.client.say(admin, admin, question)
        answer = await town.client.wait_for_message(admin)
        await town.client.say(admin, admin, "/why", reply_to_message_id=answer.id)
        return await town.client.wait_for_message(admin, after=answer.id)


async def test_an_answer_is_explained_in_private(town: Town) -> None:
    told = await explained(town, "Quanti sono?")
    assert told.text.startswith("Quanti sono?\nHo risposto, sicurezza 90%")
    assert "[1] Il vertice di Tokyo" in told.text


async def test_a_refusal_about_something_else_has_no_passage_to_name(town: Town) -> None:
    closest = a_quote(a_passage(), "Tutti erano presenti.")
    refusal = replace(a_refusal(closest), refusal=Refusal.OFF_TOPIC, ranked=("vertice",))
    town.library.answer = lambda _: refusal
    told = await explained(town, "Che ore sono?")
    assert told.text.startswith("Che ore sono?")
    assert SAID("why-closest") not in told.text
    assert SAID("why-found") in told.text


async def test_without_an_answer_it_says_how_it_is_used(town: Town) -> None:
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    async with town.bot():
        await town.client.say(admin.id, admin.id, "/why")
        usage = await town.client.wait_for_message(admin.id)
        said = await town.client.say(admin.id, admin.id, "/why", reply_to_message_id=usage.id)
        unknown = await town.client.wait_for_message(admin.id, after=said.id)
    assert usage.text == SAID("why-usage")
    assert unknown.text == SAID("why-unknown")


async def test_what_a_group_was_answered_is_explained_to_the_admin_alone(town: Town) -> None:
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [admin.id, anna.id, town.client.bot_id])
    async with town.bot():
        await town.client.say(admin.id, admin.id, "/help")  # else nothing reaches her in private
        hello = await town.client.wait_for_message(admin.id)
        asked = await town.client.say(group.id, anna.id, "/ask Quanti sono?")
        answer = await town.client.wait_for_message(group.id, after=asked.id)
        said = await town.client.say(group.id, anna.id, "/why", reply_to_message_id=answer.id)
        refused = await town.client.wait_for_message(group.id, after=said.id)
        said = await town.client.say(group.id, admin.id, "/why", reply_to_message_id=answer.id)
        told = await town.client.wait_for_message(admin.id, after=hello.id)
        after = [m for m in await town.client.messages(group.id) if m.id > said.id]
    assert refused.text == SAID("admins-only")
    assert told.text.startswith("Quanti sono?\nHo risposto")
    assert after == []


async def test_what_is_found_is_of_the_set_that_the_chat_has_chosen(town: Town) -> None:
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    town.library.summaries = (SourceSummary("gite/a", "gite/a.md", "A", "0", "", "", 1, 10),)
    async with town.bot():
        await town.client.say(admin.id, admin.id, "/settings")
        settings = await town.client.wait_for_message(admin.id)
        await town.client.press(admin.id, settings.id, admin.id, f"set:sources:{key_of('gite')}")
        await town.client.wait_for_event(lambda event: event.type == "callback_answer")
        said = await town.client.say(admin.id, admin.id, "Quanti sono?")
        answer = await town.client.wait_for_message(admin.id, after=said.id)
        await town.client.say(admin.id, admin.id, "/why", reply_to_message_id=answer.id)
        await town.client.wait_for_message(admin.id, after=answer.id)
    assert town.library.sets[-1] == "gite"


async def test_what_a_model_wrote_is_explained_with_its_calls_and_their_price(town: Town) -> None:
    echo = town.library.answer
    town.library.answer = lambda question: replace(
        echo(question), written=True, usage=Usage(2, 3000, 400), ranked=("altro", "vertice")
    )
    writer = FakeWriter(town.library)
    town = replace(town, model=writer.model(Price(Decimal("2.5"), Decimal(10))))
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    async with town.bot():
        said = await town.client.say(admin.id, admin.id, "Quanti sono?")
        answer = await town.client.wait_for_message(
            admin.id, lambda m: m.id > said.id and "→" in m.text
        )
        said = await town.client.say(admin.id, admin.id, "/why", reply_to_message_id=answer.id)
        told = await town.client.wait_for_message(admin.id, after=said.id)
    assert SAID("stats-calls", count=2, input=3000, output=400) in told.text
    assert SAID("stats-cost", dollars=0.0115) in told.text  # 3,000 × 2.5 + 400 × 10 a million
    assert f"{SAID('why-ranked')}\n1. altro\n2. vertice" in told.text
