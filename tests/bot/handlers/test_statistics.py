"""What admins are told of how questions go, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.locales import words_in
from bot.prices import Price
from retrieval import Usage
from tests.bot.conftest import ADMIN, Town
from tests.bot.fakes import FakeWriter, a_refusal

SAID = words_in("it")
PRICE = Price(Decimal(100), Decimal(1000))  # 100 and 10 tokens, as are used, cost two cents


async def asked(town: Town, *questions: str) -> str:
    """What an admin is told in Italian after somebody has asked."""
    await town.client.add_user("Ada", id=ADMIN, language_code="it")
    anna = (await town.client.add_user("Anna", id=777)).id
    seen = 0
    async with town.bot():
        for question in questions:
            await town.client.say(anna, anna, question)
            seen = (await town.client.wait_for_message(anna, after=seen)).id
        await town.client.say(ADMIN, ADMIN, "/stats")
        return (await town.client.wait_for_message(ADMIN)).text


async def test_without_a_model_questions_are_counted_by_how_they_ended(town: Town) -> None:
    echo = town.library.answer
    town.library.answer = lambda question: a_refusal() if question == "Ore?" else echo(question)
    assert await asked(town, "Quanti?", "Dove?", "Ore?") == (
        "Oggi\n3 domande: 2 con risposta, 1 senza\n\n"
        "Ultimi 7 giorni\n3 domande: 2 con risposta, 1 senza\n\n"
        "Ultimi 30 giorni\n3 domande: 2 con risposta, 1 senza"
    )


async def test_of_as_many_days_as_one_says(town: Town) -> None:
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    none, usage = "Nessuna domanda", SAID("stats-usage", most=90)
    async with town.bot():
        for asked_for, told in (
            ("5", f"Oggi\n{none}\n\nUltimi 5 giorni\n{none}"),
            ("1", f"Oggi\n{none}"),
            *((wrong, usage) for wrong in ("0", "91", "cinque", "5 6", "٥")),
        ):
            said = await town.client.say(admin, admin, f"/stats {asked_for}")
            answer = await town.client.wait_for_message(admin, after=said.id)
            assert answer.text == told


async def test_with_a_model_its_calls_tokens_and_cost_are_told_and_what_is_left(
    town: Town,
) -> None:
    writer = FakeWriter(town.library)
    largest = Usage.largest_call()
    most = PRICE.cost(largest.input_tokens, largest.output_tokens)
    settings = replace(town.settings, budget_total=2 * most, budget_user_calls=5)
    town = replace(town, model=writer.model(PRICE), settings=settings)
    told = await asked(town, "Quanti?", "Dove?")
    assert told.split("\n\n")[0] == (
        "Oggi\n2 domande: 2 con risposta, 0 senza\n"
        "Scritte dal modello: 0; al suo posto le parole dei documenti: 0\n"
        "Chiamate al modello: 2; token letti 200, scritti 20\n"
        "Costo: 0,04 $\n"
        "Chi chiede di più (numero utente e chiamate): 777 (2)"
    )
    assert told.split("\n\n")[-1] == (
        "Per oggi restano 8,76 $ di 8,80 $.\nLimite: 5 chiamate al giorno a persona."
    )


async def test_calls_without_a_known_price_are_named_as_such(town: Town) -> None:
    town = replace(town, model=FakeWriter(town.library).model())
    told = await asked(town, "Quanti?")
    assert SAID("stats-unpriced", count=1) in told
    assert "Costo" not in told
    assert told.endswith("Nessun limite di chiamate a persona.")


async def test_nobody_but_an_admin_in_private_is_told(town: Town) -> None:
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    anna = (await town.client.add_user("Anna", language_code="it")).id
    group = await town.client.add_group("Amici", [admin, anna, town.client.bot_id])
    async with town.bot():
        await town.client.say(anna, anna, "/stats")
        refused = await town.client.wait_for_message(anna)
        await town.client.say(group.id, admin, "/stats")
        in_group = await town.client.wait_for_message(group.id)
    assert refused.text == SAID("admins-only") + " " + SAID("your-id", id=anna)
    assert in_group.text == SAID("in-private")


@pytest.mark.parametrize("anonymous", [False, True])
async def test_a_persons_calls_are_counted_and_a_groups_where_nobody_is_named(
    town: Town, anonymous: bool
) -> None:
    writer = FakeWriter(town.library)
    settings = replace(town.settings, budget_user_calls=2)
    town = replace(town, model=writer.model(), settings=settings)
    anna = (await town.client.add_user("Anna", language_code="it")).id
    group = await town.client.add_group("Amici", [anna, town.client.bot_id])
    await town.client.set_member(group.id, anna, "administrator")
    seen = 0
    async with town.bot():
        for question in ("Uno?", "Due?", "Tre?"):
            await town.client.say(group.id, anna, f"/ask {question}", anonymous=anonymous)
            seen = (await town.client.wait_for_message(group.id, after=seen)).id
        await town.client.say(anna, anna, "Quattro?")
        await town.client.wait_for_message(anna)
    assert writer.refused == (["Tre?"] if anonymous else ["Tre?", "Quattro?"])
