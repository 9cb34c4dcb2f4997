"""A document goes once an admin has said yes, and comes back where that is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.handlers.removing import _put_back
from bot.locales import words_in
from bot.sandbox import SandboxMessage
from retrieval import (
    Changes,
    Collection,
    Fault,
    LinkError,
    OnProgress,
    RegressionError,
    SourceError,
)
from tests.bot.conftest import ADMIN, Town
from tests.bot.handlers.documents import QUESTION, Office
from tests.bot.handlers.test_administration import LOST
from tests.bot.handlers.test_passages import buttons, press, shown

SAID = words_in("it")


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
        told = await office.client.wait_for_answer(pressed)
    assert told["text"] == SAID("confirm-expired")
    assert office.files() == {"gita.md", "nato.txt"}


async def put_back(office: Office) -> SandboxMessage:
    """Have a removal refused; what is said when the document is there again."""
    sure = await office.say("/remove nato")
    await office.press(sure, SAID("remove-yes"))
    return await office.client.wait_for_message(
        office.admin, lambda m: m.text == SAID("remove-taken-back", path="nato.txt")
    )


async def test_it_is_put_back_where_questions_would_be_lost_unless_told_otherwise(
    office: Office,
) -> None:
    office.ask_of_nato(3)
    async with office.bot():
        again = await put_back(office)
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


async def test_it_is_put_back_once_more_where_more_has_changed_since_that_was_refused(
    office: Office,
) -> None:
    office.ask_of_nato(3)
    async with office.bot():
        again = await put_back(office)
        office.sources.joinpath("gita.md").write_text("Un altro testo.\n", "utf-8")
        await office.press(again, SAID("remove-anyway-yes"))
        await office.client.wait_for_message(
            office.admin,
            lambda m: m.id > again.id and m.text == SAID("remove-taken-back", path="nato.txt"),
        )
        assert "31 membri" in (await office.say(QUESTION)).text
    assert office.files() == {"gita.md", "nato.txt"}


FEED = "https://example.org/feed.xml"


async def test_a_link_that_leads_to_many_documents_is_taken_out_after_a_yes(town: Town) -> None:
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    town.library.links.added.append(FEED)
    town.library.on_reload = lambda _: Changes("g2", removed=("example/uno",), passages=9)
    async with town.bot():
        await town.client.say(admin, admin, f"/remove {FEED}")
        sure = await town.client.wait_for_message(admin)
        assert sure.text == SAID("remove-link-sure", link=FEED)
        assert town.library.links.added == [FEED]
        await press(town, sure, admin, buttons(sure)[SAID("remove-yes")])
        await shown(town, sure, "Un documento tolto")
        await town.client.say(admin, admin, f"/remove {FEED}")
        unknown = await town.client.wait_for_message(admin, after=sure.id)
    assert town.library.links.added == []
    assert SAID("fault-no-link") in unknown.text


async def test_a_link_is_put_back_where_questions_would_be_lost_unless_told_otherwise(
    town: Town,
) -> None:
    refusal = RegressionError("loses", LOST)
    refusal.documents = "without it"
    outcomes: list[Changes | Exception] = [refusal, Changes("g2", removed=("uno",))]

    def on_reload(_: OnProgress | None) -> Changes:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    town.library.links.added.append(FEED)
    town.library.on_reload = on_reload
    async with town.bot():
        await town.client.say(admin, admin, f"/remove {FEED}")
        sure = await town.client.wait_for_message(admin)
        await press(town, sure, admin, buttons(sure)[SAID("remove-yes")])
        again = await town.client.wait_for_message(
            admin, lambda m: m.text == SAID("remove-taken-back", path=FEED)
        )
        assert town.library.links.added == town.library.links.kept == [FEED]
        await press(town, again, admin, buttons(again)[SAID("remove-anyway-yes")])
        await shown(town, again, "Un documento tolto")
    assert town.library.links.added == []
    assert town.library.accepted == ["", "without it"]


async def test_what_cannot_be_put_back_is_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def on_reload(_: OnProgress | None) -> Changes:
        raise RegressionError("loses", LOST)

    def full(_: str) -> str:
        raise LinkError(Fault("disk-full", "the disk is full"))

    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    town.library.links.added.append(FEED)
    town.library.on_reload = on_reload
    monkeypatch.setattr(town.library.links, "add", full)
    async with town.bot():
        await town.client.say(admin, admin, f"/remove {FEED}")
        sure = await town.client.wait_for_message(admin)
        await press(town, sure, admin, buttons(sure)[SAID("remove-yes")])
        lost = SAID("remove-lost", path=FEED, reason=SAID("fault-disk-full"))
        await town.client.wait_for_message(admin, lambda m: m.text == lost)


def test_one_post_that_cannot_be_put_back_keeps_no_other_away(tmp_path: Path) -> None:
    posts = {f"channels/notizie/{number}.txt" for number in (7, 8, 9)}
    collection = Collection(tmp_path)
    for post in posts:
        collection.add(post, b"Un post.")
    taken = [collection.remove(post) for post in sorted(posts)]
    tmp_path.joinpath("channels/notizie/7.txt").mkdir(parents=True)  # in its way
    with pytest.raises(SourceError):
        _put_back(collection, taken)
    assert posts - set(collection.paths()) == {"channels/notizie/7.txt"}


async def test_a_yes_that_fails_for_no_known_reason_is_told_too(town: Town) -> None:
    def on_reload(_: OnProgress | None) -> Changes:
        raise RuntimeError("boom")

    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    town.library.links.added.append(FEED)
    town.library.on_reload = on_reload
    async with town.bot():
        await town.client.say(admin, admin, f"/remove {FEED}")
        sure = await town.client.wait_for_message(admin)
        await press(town, sure, admin, buttons(sure)[SAID("remove-yes")])
        await shown(town, sure, SAID("error"))
