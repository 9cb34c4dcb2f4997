"""Who is forgotten while they wait for an answer leaves nothing behind either."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.forgetting import Forgetting
from bot.locales import words_in
from tests.bot.conftest import Town
from tests.bot.fakes import FakeWriter
from tests.bot.handlers.test_passages import EXPIRED, answered, buttons, press
from tests.bot.handlers.test_privacy import everything, forgets, found
from tests.bot.waiting import until

IT = words_in("it")
ANNA, BEA = 700700701, 700700702


@pytest.mark.parametrize(("limit", "left"), [(0, set()), (9, {"usage"})])
async def test_an_answer_that_was_being_written_arrives_and_is_kept_nowhere(
    town: Town, limit: int, left: set[str]
) -> None:
    writer = FakeWriter(town.library)
    settings = replace(town.settings, budget_user_calls=limit)
    town = replace(town, model=writer.model(), settings=settings)
    for who, name in ((ANNA, "Anna"), (BEA, "Bea")):
        await town.client.add_user(name, id=who, language_code="it")
    group = (await town.client.add_group("G", [ANNA, BEA, town.client.bot_id])).id
    async with town.bot():
        writer.open.clear()
        for who in (ANNA, BEA):
            await town.client.say(group, who, f"/ask Quanti ZUCCA{who}?")
        await until(lambda: writer.waiting == 1)
        await forgets(town, ANNA)
        # Killed now, the next run finds nothing to answer.
        assert set(found(await everything(settings.state_url), ANNA)) == left
        writer.open.set()
        hers = await town.client.wait_for_message(group, lambda m: f"ZUCCA{ANNA}? →" in m.text)
        beas = await town.client.wait_for_message(group, lambda m: f"ZUCCA{BEA}? →" in m.text)
        rows = await everything(settings.state_url)
    assert buttons(hers) == {}
    assert "👍" in buttons(beas)
    assert set(found(rows, ANNA)) == left
    assert {"turns", "answers", "usage"} <= set(found(rows, BEA))


async def test_a_question_that_waited_when_its_writer_was_forgotten_is_gone(town: Town) -> None:
    for who, name in ((ANNA, "Anna"), (BEA, "Bea")):
        await town.client.add_user(name, id=who, language_code="it")
    group = (await town.client.add_group("G", [ANNA, BEA, town.client.bot_id])).id
    async with town.bot():
        await town.client.say(ANNA, ANNA, "/forget")
        sure = await town.client.wait_for_message(ANNA)
        town.library.open.clear()
        for who in (BEA, ANNA, BEA):
            await town.client.say(group, who, f"/ask Quanti ZUCCA{who}?")
        await until(lambda: len(town.library.asked) == 1)
        await press(town, sure, ANNA, f"forget:{ANNA}")
        await town.client.wait_for_message(
            ANNA, lambda m: m.id == sure.id and m.text == IT("forgotten")
        )
        town.library.open.set()
        await until(lambda: len(town.library.asked) == 2)
        rows = await everything(town.settings.state_url)
    assert not [asked for asked in town.library.asked if str(ANNA) in asked]
    assert not found(rows, ANNA)


async def test_buttons_of_what_was_forgotten_say_that_and_others_that_they_are_old(
    town: Town,
) -> None:
    await town.client.add_user("Anna", id=ANNA, language_code="it")
    async with town.bot():
        answer = await answered(town, ANNA, ANNA)
        await forgets(town, ANNA)
        for data in buttons(answer).values():
            assert (await press(town, answer, ANNA, data))["text"] == IT("answer-forgotten")
        kind, id_, vote = buttons(answer)["👍"].split(":")
        forged = f"{kind}:{id_[:-1]}:{vote}"  # too short to be the name of any answer
        assert (await press(town, answer, ANNA, forged))["text"] == EXPIRED
    town = replace(town, settings=replace(town.settings, keep_days=0))
    async with town.bot():
        old = await press(town, answer, ANNA, buttons(answer)["👍"])
    assert old["text"] == IT("passage-expired", days=0)


async def test_what_is_being_kept_is_kept_whole_before_its_asker_is_forgotten() -> None:
    forgetting, order = Forgetting(), list[str]()

    async def forget() -> None:
        async with forgetting.of(ANNA):
            order.append("forgotten")

    with forgetting.answering(ANNA) as hers, forgetting.answering(BEA) as beas:
        async with forgetting.keeping(hers) as may_keep:
            assert may_keep
            forgotten = asyncio.create_task(forget())
            await asyncio.sleep(0)
            order.append("kept")
        await forgotten
        async with forgetting.keeping(hers) as hers_too:
            assert not hers_too
        async with forgetting.keeping(beas) as beas_too:
            assert beas_too
    assert order == ["kept", "forgotten"]
    with forgetting.answering(ANNA) as later:
        async with forgetting.keeping(later) as may_keep:
            assert may_keep
