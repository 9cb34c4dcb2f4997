"""What a message replies to is what its question may be about, over HTTP."""

from __future__ import annotations

import pytest

from bot.locales import words_in
from retrieval import Language, Turn
from tests.bot.conftest import Town

CLAIM = "La NATO ha 31 membri e il vertice è a Tokyo."


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("@passo_bot è vero?", "it"),
        ("/ask davvero?", "it"),
        ("@passo_bot is that right?", "en"),
        ("confermi, @passo_bot?", "it"),
    ],
)
async def test_a_doubt_about_somebodys_message_checks_what_it_claims(
    town: Town, said: str, language: str
) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    bruno = await town.client.add_user("Bruno", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, bruno.id, town.client.bot_id])
    async with town.bot():
        claim = await town.client.say(group.id, bruno.id, CLAIM)
        doubt = await town.client.say(group.id, anna.id, said, reply_to_message_id=claim.id)
        answer = await town.client.wait_for_message(group.id)
    assert town.library.checked == [CLAIM]
    assert town.library.languages == [language]
    assert town.library.asked == []
    assert answer.reply_to_id == doubt.id


async def test_of_a_message_that_is_quoted_the_quoted_words_are_checked(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        claim = await town.client.say(group.id, anna.id, CLAIM)
        await town.client.say(
            group.id,
            anna.id,
            "@passo_bot è vero?",
            reply_to_message_id=claim.id,
            quote="La NATO ha 31 membri",
        )
        await town.client.wait_for_message(group.id)
    assert town.library.checked == ["La NATO ha 31 membri"]


async def test_a_caption_is_checked_and_so_is_a_message_passed_on_in_private(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    bruno = await town.client.add_user("Bruno", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, bruno.id, town.client.bot_id])
    async with town.bot():
        photo = await town.client.send_file(group.id, bruno.id, "a.png", b"x", caption=CLAIM)
        await town.client.say(group.id, anna.id, "/ask è vero?", reply_to_message_id=photo.id)
        await town.client.wait_for_message(group.id)
        passed = await town.client.say(anna.id, anna.id, CLAIM, forward_from_id=bruno.id)
        answer = await town.client.wait_for_message(anna.id)
        await town.client.say(anna.id, anna.id, "davvero?", reply_to_message_id=passed.id)
        await town.client.wait_for_message(anna.id, after=answer.id)
    assert town.library.checked == [CLAIM, CLAIM]
    assert town.library.asked == [CLAIM]


async def test_a_question_may_lean_on_the_message_it_replies_to(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    bruno = await town.client.add_user("Bruno", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, bruno.id, town.client.bot_id])
    async with town.bot():
        said = await town.client.say(group.id, bruno.id, "La gita\nal lago! " + "bella " * 50)
        await town.client.say(group.id, anna.id, "/ask quanti?", reply_to_message_id=said.id)
        first = await town.client.wait_for_message(group.id)
        await town.client.say(group.id, anna.id, "e dove?", reply_to_message_id=first.id)
        await town.client.wait_for_message(group.id, after=first.id)
    [[about], [before]] = town.library.histories
    assert about.is_quoted
    assert about.question.startswith("La gita al lago! bella")
    assert len(about.question) <= 200
    assert before == Turn("quanti?", ("I membri dell’alleanza sono 32.",))  # the bot's own words
    assert town.library.checked == []


@pytest.mark.parametrize(
    ("said", "language"),
    [("@passo_bot è vero?", "it"), ("/ask ne sei sicuro?", "it"), ("@passo_bot really?", "en")],
)
async def test_a_doubt_about_nothing_is_told_what_to_reply_to(
    town: Town, said: str, language: Language
) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        await town.client.say(group.id, anna.id, said)
        told = await town.client.wait_for_message(group.id)
        await town.client.say(group.id, anna.id, "davvero?", reply_to_message_id=told.id)
        again = await town.client.wait_for_message(group.id, after=told.id)
    assert told.text == words_in(language)("doubt-usage")
    assert again.text == words_in("it")("doubt-usage")
    assert (town.library.checked, town.library.asked) == ([], [])


async def test_a_reply_to_an_answer_goes_on_from_it_whoever_had_asked(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    bruno = await town.client.add_user("Bruno", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, bruno.id, town.client.bot_id])
    answers, seen = [], 0
    async with town.bot():
        for person, text in ((anna, "/ask Chi?"), (anna, "/ask Dove?"), (bruno, "/ask Quanti?")):
            await town.client.say(group.id, person.id, text)
            answers.append((await town.client.wait_for_message(group.id, after=seen)).id)
            seen = answers[-1]
        for answer, person in ((answers[1], bruno), (answers[0], anna), (None, bruno)):
            fields = {"reply_to_message_id": answer} if answer else {}
            text = "e quando?" if answer else "/ask e quando?"
            await town.client.say(group.id, person.id, text, **fields)
            seen = (await town.client.wait_for_message(group.id, after=seen)).id
    follow_ups = [[turn.question for turn in said] for said in town.library.histories[3:]]
    assert follow_ups == [["Dove?"], ["Chi?"], ["Quanti?", "e quando?"]]
    assert all(turn.quotes for said in town.library.histories[3:] for turn in said)


async def test_a_doubt_between_people_meets_silence(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        claim = await town.client.say(group.id, anna.id, CLAIM)
        await town.client.say(group.id, anna.id, "è vero?", reply_to_message_id=claim.id)
        await town.client.say(group.id, anna.id, "/ask Ultima?")
        await town.client.wait_for_message(group.id)
    assert (town.library.checked, town.library.asked) == ([], ["Ultima?"])


async def test_the_general_topic_and_the_others_keep_their_replies(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id], is_forum=True)
    await town.client.say(group.id, anna.id, "Ciao a tutti")
    topic = await town.client.add_topic(group.id, "Vertice")
    seen, threads = 0, []
    async with town.bot():
        for thread in (None, topic, None):
            asked = await town.client.say(
                group.id, anna.id, "@passo_bot quanti?", message_thread_id=thread
            )
            answer = await town.client.wait_for_message(group.id, after=max(seen, asked.id))
            await town.client.edit(group.id, asked.id, f"@passo_bot dove? {seen}")
            edited = await town.client.wait_for_message(
                group.id, lambda said: said.text.startswith("dove?"), after=seen
            )
            threads.append((answer.thread_id, edited.thread_id, edited.reply_to_id == asked.id))
            seen = answer.id
    assert threads == [(None, None, True), (topic, topic, True), (None, None, True)]
