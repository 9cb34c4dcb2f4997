"""What people ask in vain, as a list and as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from bot.locales import words_in
from tests.bot.conftest import ADMIN, Town
from tests.bot.fakes import a_refusal
from tests.bot.handlers.test_passages import answered, buttons, press

SAID = words_in("it")


async def test_refused_questions_are_listed_and_come_as_a_file(town: Town) -> None:
    town.library.answer = lambda _: replace(a_refusal(), ranked=("vertice",))
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        for _ in range(2):
            said = await town.client.say(anna.id, anna.id, "Che ore sono?")
            await town.client.wait_for_message(anna.id, after=said.id)
        await town.client.say(admin.id, admin.id, "/gaps")
        told = await town.client.wait_for_message(admin.id)
        assert told.text.startswith(SAID("gaps-title", count=2, days=30))
        assert "• Che ore sono? · 2 volte senza risposta · " in told.text
        await town.client.press(admin.id, told.id, admin.id, "g:csv:30")
        sent = await town.client.wait_for_message(admin.id, after=told.id)
    assert sent.raw["document"]["file_name"] == "domande-senza-risposta.csv"


async def test_nobody_else_gets_the_file(town: Town) -> None:
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        await town.client.say(admin.id, admin.id, "/gaps 7")
        assert (await town.client.wait_for_message(admin.id)).text == SAID("gaps-none", days=7)
        said = await town.client.say(anna.id, anna.id, "Ciao")
        answer = await town.client.wait_for_message(anna.id, after=said.id)
        pressed = await town.client.press(anna.id, answer.id, anna.id, "g:csv:30")
        told = await town.client.wait_for_answer(pressed)
    assert told["text"] == SAID("button-expired")
    assert not await town.client.calls("sendDocument")


async def test_a_number_that_is_none_is_asked_back(town: Town) -> None:
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    async with town.bot():
        await town.client.say(admin.id, admin.id, "/gaps sempre")
        told = await town.client.wait_for_message(admin.id)
    assert told.text == SAID("gaps-usage")


async def test_the_file_has_one_line_for_two_wordings_and_the_reason_of_a_bad_vote(
    town: Town,
) -> None:
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        answer = await answered(town, anna.id, anna.id, "Quanti sono i membri?")
        await press(town, answer, anna.id, buttons(answer)["👎"])
        asking = await town.client.wait_for_message(
            anna.id, lambda m: m.id == answer.id and SAID("vote-incomplete") in buttons(m)
        )
        await press(town, answer, anna.id, buttons(asking)[SAID("vote-incomplete")])
        town.library.answer = lambda question: replace(
            a_refusal(), question=question, ranked=("vertice",)
        )
        await answered(town, anna.id, anna.id, "Quando apre la biblioteca comunale?")
        await answered(town, anna.id, anna.id, "La biblioteca comunale quando apre?")
        said = await town.client.say(admin.id, admin.id, "/gaps")
        told = await town.client.wait_for_message(admin.id, after=said.id)
        await town.client.press(admin.id, told.id, admin.id, buttons(told)[SAID("gaps-file")])
        sent = await town.client.wait_for_message(admin.id, after=told.id)
    file = town.sandbox.files.by_id(sent.raw["document"]["file_id"])
    assert file
    table = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    lines = {row[0]: row for row in table[1:]}
    assert len(lines) == len(table) - 1 == 2
    [library] = [row for question, row in lines.items() if "biblioteca" in question]
    assert library[1:3] == ["2", "0"]
    bad = lines["Quanti sono i membri?"]
    assert (bad[1:3], bad[5]) == (["0", "1"], SAID("vote-incomplete"))
