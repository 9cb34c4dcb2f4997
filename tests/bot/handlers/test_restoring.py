"""Going back to the documents before, once an admin has said yes."""

from __future__ import annotations

from bot.locales import words_in
from tests.bot.handlers.documents import Office

SAID = words_in("it")
QUESTION = "Quanti membri ha la NATO?"


async def test_the_documents_before_answer_again_until_a_reload(office: Office) -> None:
    async with office.bot():
        assert (await office.say("/rollback")).text == SAID("rollback-none")
        (office.sources / "nato.txt").write_text("La NATO ha 32 membri.\n", "utf-8")
        told = await office.say("/reload")
        await office.edited(told, "Un documento cambiato")
        assert "32 membri" in (await office.say(QUESTION)).text
        sure = await office.say("/rollback")
        await office.press(sure, SAID("rollback-yes"))
        await office.edited(sure, "Fatto")
        assert "31 membri" in (await office.say(QUESTION)).text
        told = await office.say("/reload")
        await office.edited(told, "Un documento cambiato")
        assert "32 membri" in (await office.say(QUESTION)).text
