"""What can't be read draws one line, and an album is one thing."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, User

from bot.handlers.fallback import FirstOfAlbum
from bot.handlers.stopping import STOP
from bot.locales import words_in
from bot.stopping import Stops
from tests.bot.conftest import ADMIN, Town
from tests.bot.handlers.test_settings import pressed


def a_picture(number: int, album: str | None, chat: int = 7) -> Message:
    return Message(number, datetime.now(UTC), Chat(chat, "private"), media_group_id=album)


def test_of_an_album_only_the_first_picture_counts_however_often_one_asks() -> None:
    first_of_album = FirstOfAlbum()
    album = [a_picture(number, "a") for number in (1, 2, 3)]
    for _ in range(2):
        assert [first_of_album.filter(picture) for picture in album] == [True, False, False]


def test_other_albums_and_pictures_on_their_own_count_each() -> None:
    first_of_album = FirstOfAlbum()
    pictures = [a_picture(1, "a"), a_picture(2, "b"), a_picture(3, "a", chat=8)]
    pictures += [a_picture(4, None), a_picture(5, None)]
    assert all(first_of_album.filter(picture) for picture in pictures)


def test_albums_of_long_ago_are_forgotten() -> None:
    first_of_album = FirstOfAlbum()
    for number in range(3000):
        first_of_album.filter(a_picture(number, str(number)))
    assert len(first_of_album._first) == 1000


def test_each_file_of_an_admins_album_counts() -> None:
    album = [a_picture(number, "a") for number in (1, 2, 3)]
    ada = User(7, "Ada", is_bot=False)
    sent = [Message(m.message_id, m.date, m.chat, ada, media_group_id="a") for m in album]
    assert all(map(FirstOfAlbum({7}).filter, sent))
    of_others = FirstOfAlbum({8})
    assert [of_others.filter(each) for each in sent] == [True, False, False]


async def test_a_button_that_means_nothing_is_answered_all_the_same(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="en")
    async with town.bot():
        await town.client.say(anna.id, anna.id, "Ciao")
        answer = await town.client.wait_for_message(anna.id)
        pressed = await town.client.press(anna.id, answer.id, anna.id, "made:up")
        told = await town.client.wait_for_answer(pressed)
    assert told["text"] == words_in("en")("button-expired")


async def test_a_press_that_fails_is_answered_with_an_apology(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(Stops, "of", fails)
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    async with town.bot():
        await town.client.say(admin, admin, "Ciao")
        answer = await town.client.wait_for_message(admin)
        told = await pressed(town, admin, answer.id, admin, STOP)
    assert told["text"] == words_in("it")("error")


async def test_a_question_below_a_file_or_a_picture_is_answered(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        sent = await town.client.send_file(
            anna.id, anna.id, "foto.pdf", b"%PDF", caption="Quanti sono i membri?"
        )
        answer = await town.client.wait_for_message(anna.id, after=sent.id)
        for caption in ("/add", "", "/boh"):
            sent = await town.client.send_file(
                anna.id, anna.id, "foto.pdf", b"%PDF", **({"caption": caption} if caption else {})
            )
            told = await town.client.wait_for_message(anna.id, after=sent.id)
            assert told.text == words_in("it")("text-only")
    assert "32" in answer.text
    assert town.library.asked == ["Quanti sono i membri?"]


@pytest.mark.parametrize("private", [True, False])
async def test_service_messages_are_nobodys_words_whatever_stands_in_them(
    town: Town, *, private: bool
) -> None:
    town.sandbox.privacy = False
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id], is_forum=True)
    chat = anna.id if private else group.id
    asked = "@passo_bot quanti sono?"
    mention = [{"type": "mention", "offset": 0, "length": 10}]
    place = {"id": chat, "type": "private" if private else "supergroup", "title": "Amici"}
    writer = {"id": anna.id, "is_bot": False, "first_name": "Anna", "language_code": "it"}
    pinned = {"message_id": 899_999, "date": int(time.time()), "chat": place, "from": writer}
    services: tuple[dict[str, object], ...] = (
        {"pinned_message": {**pinned, "text": asked, "entities": mention}},
        {"pinned_message": {**pinned, "text": "/ask quanti sono?"}},
        {"new_chat_members": [{**writer, "first_name": asked}]},
        {"left_chat_member": {**writer, "first_name": asked}},
        {"new_chat_title": asked},
        {"forum_topic_created": {"name": asked, "icon_color": 7322096}},
        {"forum_topic_edited": {"name": "/ask quanti?"}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
    )
    async with town.bot():
        for number, service in enumerate(services):
            message = {**pinned, "message_id": 900_000 + number, **service}
            await town.client.add_update("message", message)
        for at in (anna.id, group.id):
            await town.client.say(at, anna.id, "/ask E dove?")
            await town.client.wait_for_message(at, lambda m: m.text.startswith("E dove? →"))
        sent = await town.client.calls("sendMessage")
    said = [call.parameters["text"] for call in sent]
    answers = [text for text in said if not text.startswith("Eccomi!")]  # as it joined the group
    assert town.library.asked == ["E dove?", "E dove?"]
    assert len(answers) == 2
