"""What is kept is said, and what is forgotten is nowhere any more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from bot.journal import Journal
from bot.locales import words_in
from bot.prices import Price
from bot.state import State
from bot.statistics import Statistics
from tests.bot.conftest import Town
from tests.bot.fakes import FakeWriter
from tests.bot.handlers.test_settings import pressed
from tests.bot.waiting import until

IT = words_in("it")


async def everything(state_url: str) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    state = await State.open(state_url)
    try:
        async with state.engine.connect() as connection:
            names = await connection.run_sync(lambda c: sa.inspect(c).get_table_names())
            return {
                name: [str(tuple(row)) for row in await connection.execute(sa.text(query))]
                for name in names
                for query in [f"SELECT * FROM {name}"]
            }
    finally:
        await state.close()


def found(rows: dict[str, list[str]], *needles: object) -> dict[str, list[str]]:
    """The rows that hold one of these."""
    hits = {
        name: [row for row in held if any(str(needle) in row for needle in needles)]
        for name, held in rows.items()
    }
    return {name: rows for name, rows in hits.items() if rows}


async def lived(town: Town) -> tuple[int, int, int]:
    """Anna and Bea use all there is: ids of both, and of their group."""
    anna = (await town.client.add_user("Anna", id=700700701, language_code="it")).id
    bea = (await town.client.add_user("Bea", id=700700702, language_code="it")).id
    group = (await town.client.add_group("G", [anna, bea, town.client.bot_id])).id
    for who, word in ((anna, "ZUCCABARUCCA"), (bea, "SCAMPANELLA")):
        before = len(town.library.asked)
        await town.client.say(who, who, f"Quanti {word}?")
        await town.client.say(group, who, f"/ask E dove {word}?")
        await town.client.say(who, who, "/settings")
        settings = await town.client.wait_for_message(
            who, lambda m: m.text.startswith(IT("settings-title"))
        )
        await pressed(town, who, settings.id, who, "set:language:it")

        async def both_asked(before: int = before) -> bool:
            return len(town.library.asked) == before + 2

        await until(both_asked)
    await until(lambda: _all_answered(town, group, anna, bea))
    return anna, bea, group


async def _all_answered(town: Town, group: int, *people: int) -> bool:
    told = [await town.client.messages(chat) for chat in (group, *people)]
    answers = [[m for m in there if "→" in m.text] for there in told]
    return [len(there) for there in answers] == [2, 1, 1]


async def forgets(town: Town, who: int) -> str:
    """Somebody has all of theirs deleted; what they are told."""
    await town.client.say(who, who, "/forget")
    asked = await town.client.wait_for_message(who, lambda m: m.text == IT("forget-sure"))
    yes, _no = asked.raw["reply_markup"]["inline_keyboard"][0]
    await pressed(town, who, asked.id, who, yes["callback_data"])

    async def told() -> bool:
        return await _text(town, who, asked.id) != IT("forget-sure")

    await until(told)
    return await _text(town, who, asked.id)


async def _text(town: Town, chat: int, message: int) -> str:
    return next(m.text for m in await town.client.messages(chat) if m.id == message)


async def test_after_forget_no_table_knows_the_person_nor_their_words(town: Town) -> None:
    async with town.bot():
        anna, bea, _group = await lived(town)
        kept = await everything(town.settings.state_url)
        assert {"turns", "answers", "preferences", "updates"} <= set(found(kept, anna))
        assert found(kept, "ZUCCABARUCCA")
        assert await forgets(town, anna) == IT("forgotten")

        async def gone() -> bool:
            # The press itself is noted under its chat until the next one of these.
            return not found(await everything(town.settings.state_url), "ZUCCABARUCCA")

        await until(gone)
        rows = await everything(town.settings.state_url)
    assert found(rows, anna, "ZUCCABARUCCA") == {}
    assert found(rows, bea)
    assert found(rows, "SCAMPANELLA")
    assert set(found(kept, bea)) == set(found(rows, bea))


async def test_calls_to_the_model_are_nobodys_at_once_where_they_are_not_limited(
    town: Town,
) -> None:
    writer = FakeWriter(town.library)
    town = replace(town, model=writer.model(Price(Decimal("0.4"), Decimal("1.6"))))
    async with town.bot():
        anna, _bea, _group = await lived(town)
        before = await everything(town.settings.state_url)
        assert "usage" in found(before, anna)
        assert await forgets(town, anna) == IT("forgotten")
        rows = await everything(town.settings.state_url)
    assert found(rows, anna) == {}
    assert _calls(before) == _calls(rows) == 4


async def test_where_calls_are_limited_todays_sum_alone_stays_till_tomorrow(town: Town) -> None:
    writer = FakeWriter(town.library)
    settings = replace(town.settings, budget_user_calls=2)
    town = replace(town, settings=settings, model=writer.model())
    async with town.bot():
        anna, _bea, group = await lived(town)
        assert await forgets(town, anna) == IT("forgotten-but-today")
        rows = await everything(settings.state_url)
        assert set(found(rows, anna)) == {"usage"}
        assert not found({"usage": rows["usage"]}, f"{group}, {anna}")
        await town.client.say(anna, anna, "Ancora?")
        await until(lambda: "Ancora?" in writer.refused)  # two calls were hers, and still are
    state = await State.open(settings.state_url)
    tomorrow = Statistics(state.engine, town.client.bot_id, lambda: 4e9)
    await tomorrow.forget_user(anna, keep_today=True)
    await state.close()
    assert "usage" not in found(await everything(settings.state_url), anna)


async def test_only_whoever_asked_can_confirm(town: Town) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    eve = (await town.client.add_user("Eve", language_code="it")).id
    group = (await town.client.add_group("G", [anna, eve, town.client.bot_id])).id
    async with town.bot():
        await town.client.say(group, anna, "/forget")
        asked = await town.client.wait_for_message(group)
        answer = await pressed(town, group, asked.id, eve, f"forget:{anna}")
        assert answer["text"] == IT("not-your-button")
        assert await _text(town, group, asked.id) == IT("forget-sure")
        await pressed(town, group, asked.id, anna, f"forget:no:{anna}")

        async def told() -> bool:
            return await _text(town, group, asked.id) == IT("forget-not")

        await until(told)


async def test_whoever_could_not_be_forgotten_hears_so(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_: object) -> None:
        raise sa.exc.OperationalError("DELETE", {}, Exception("database is locked"))

    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with town.bot():
        await town.client.say(anna, anna, "/forget")
        asked = await town.client.wait_for_message(anna)
        monkeypatch.setattr(Journal, "forget_user", locked)
        answer = await pressed(town, anna, asked.id, anna, f"forget:{anna}")
        assert answer["text"] == IT("forget-failed")

        async def told() -> bool:
            return await _text(town, anna, asked.id) == IT("forget-failed")

        await until(told)
        monkeypatch.undo()
        assert await forgets(town, anna) == IT("forgotten")


async def test_privacy_says_the_times_of_the_settings(town: Town) -> None:
    town = replace(town, settings=replace(town.settings, session_minutes=7, keep_days=33))
    anna = (await town.client.add_user("Anna", language_code="it")).id
    emma = (await town.client.add_user("Emma", language_code="en")).id
    async with town.bot():
        await town.client.say(anna, anna, "/privacy")
        italian = await town.client.wait_for_message(anna)
        await town.client.say(emma, emma, "/privacy")
        english = await town.client.wait_for_message(emma)
    assert "7 minuti" in italian.text
    assert "33 giorni" in italian.text
    assert "33 days" in english.text
    assert IT("privacy-model") not in italian.text  # there is none


def _calls(rows: dict[str, list[str]]) -> int:
    return sum(int(row.split(", ")[5]) for row in rows["usage"])
