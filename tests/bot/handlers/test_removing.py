"""A document goes once an admin has said yes, and comes back where that is refused."""

from __future__ import annotations

import json

from bot.locales import words_in
from retrieval import Changes
from tests.bot.conftest import ADMIN, Town
from tests.bot.handlers.documents import Office

SAID = words_in("it")
QUESTION = "Quanti membri ha la NATO?"


async def test_a_document_goes_after_a_yes_and_answers_no_more(office: Office) -> None:
    async with office.bot():
        sure = await office.say("/remove nato.txt")
        assert "(nato.txt)" in sure.text
        assert "nato.txt" in office.files()
        await office.press(sure, SAID("remove-yes"))
        await office.edited(sure, "Un documento tolto")
        answer = await office.say(QUESTION)
    assert office.files() == {"gita.md"}
    assert "31 membri" not in answer.text


async def test_a_no_leaves_it_and_a_second_press_does_nothing(office: Office) -> None:
    async with office.bot():
        sure = await office.say("/remove 2")
        await office.press(sure, SAID("confirm-no"))
        left = await office.edited(sure, SAID("confirm-left"))
        assert "reply_markup" not in left.raw
        data = sure.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        pressed = await office.client.press(office.admin, sure.id, office.admin, data)
        told = await office.client.wait_for_event(
            lambda event: (
                event.type == "callback_answer" and event.details["callback_query_id"] == pressed
            )
        )
    assert told.details["text"] == SAID("confirm-expired")
    assert office.files() == {"gita.md", "nato.txt"}


async def test_it_is_put_back_where_questions_would_be_lost_unless_told_otherwise(
    office: Office,
) -> None:
    lines = [
        {"id": str(n), "lang": "it", "kind": "answerable", "question": QUESTION, "source": "nato"}
        for n in range(3)
    ]
    (office.documents.store / "questions.jsonl").write_text(
        "\n".join(map(json.dumps, lines)), "utf-8"
    )
    async with office.bot():
        sure = await office.say("/remove nato")
        await office.press(sure, SAID("remove-yes"))
        again = await office.client.wait_for_message(
            office.admin, lambda m: m.text == SAID("remove-taken-back", path="nato.txt")
        )
        assert "nato.txt" in office.files()
        assert "31 membri" in (await office.say(QUESTION)).text
        await office.press(again, SAID("remove-anyway-yes"))
        await office.edited(again, "Un documento tolto")
    assert office.files() == {"gita.md"}


async def test_what_is_most_of_all_goes_by_a_second_yes(office: Office) -> None:
    office.sources.joinpath("lungo.md").write_text(
        "\n\n".join(f"# Parte {n}\n\nLa parte {n} parla del faro. " * 30 for n in range(9)), "utf-8"
    )
    async with office.bot():
        told = await office.say("/reload")
        await office.edited(told, "Un documento nuovo")
        sure = await office.say("/remove lungo.md")
        await office.press(sure, SAID("remove-yes"))
        again = await office.client.wait_for_message(
            office.admin, lambda m: m.text == SAID("remove-taken-back", path="lungo.md")
        )
        why = next(m for m in await office.client.messages(office.admin) if m.id == sure.id)
        assert "lungo.md" in office.files()
        assert "/reload" not in why.text
        await office.press(again, SAID("remove-anyway-yes"))
        await office.edited(again, "Un documento tolto")
    assert office.files() == {"gita.md", "nato.txt"}


async def test_what_is_not_known_or_not_one_is_asked_back(office: Office) -> None:
    async with office.bot():
        assert (await office.say("/remove")).text == SAID("remove-usage")
        assert (await office.say("/remove zzz")).text == SAID("remove-unknown", name="zzz")
        several = await office.say("/remove t")
    assert several.text == SAID("remove-several") + "\n• gita.md\n• nato.txt"


async def test_a_link_that_leads_to_many_documents_is_taken_out_by_itself(town: Town) -> None:
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    link = "https://example.org/feed.xml"
    town.library.links.added.append(link)
    town.library.on_reload = lambda _: Changes("g2", removed=("example/uno",), passages=9)
    async with town.bot():
        await town.client.say(admin, admin, f"/remove {link}")
        told = await town.client.wait_for_message(admin)
    assert "Un documento tolto" in told.text
    assert town.library.links.added == []
