"""Questions, in private and in groups, over HTTP."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.locales import words_in
from retrieval import Answer, Refusal, Turn
from tests.bot.conftest import Town
from tests.bot.fakes import a_passage, a_quote, a_refusal, an_answer
from tests.bot.handlers.documents import Office


async def test_a_private_text_is_answered_with_its_passage(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        await town.client.say(anna.id, anna.id, "Quanti membri ha la NATO?")
        answer = await town.client.wait_for_message(anna.id)
    assert answer.text.startswith("Quanti membri ha la NATO? → ")
    assert "[1] Il vertice di Tokyo\nIl vertice si è tenuto a Tokyo." in answer.text
    assert [entity["type"] for entity in answer.entities] == [
        "bold",
        "expandable_blockquote",
        "bold",
    ]
    assert answer.reply_to_id is None


async def test_an_answer_frames_its_passages_in_its_own_language(town: Town) -> None:
    quote = a_quote(a_passage(paragraph=7), "Tutti erano presenti.")
    town.library.answer = lambda question: an_answer(quote, question=question, language="en")
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        await town.client.say(anna.id, anna.id, "Who was there?")
        answer = await town.client.wait_for_message(anna.id)
    assert "· from paragraph 7" in answer.text
    assert town.library.languages == ["it"]  # the writer's, as a hint


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("/ask Quanti sono?", "Quanti sono?"),
        ("/ask@passo_bot Quanti\nsono?", "Quanti\nsono?"),
        ("@passo_bot, quanti sono?", "quanti sono?"),
        ("Quanti sono @Passo_Bot?", "Quanti sono ?"),
        ("🎉🎉 @passo_bot quanti sono?", "🎉🎉 quanti sono?"),
    ],
)
async def test_a_group_asks_by_command_or_mention(town: Town, said: str, asked: str) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        question = await town.client.say(group.id, anna.id, said)
        answer = await town.client.wait_for_message(group.id)
    assert town.library.asked == [asked]
    assert answer.reply_to_id == question.id


async def test_a_group_asks_by_replying_to_the_bot_in_its_topic(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id], is_forum=True)
    await town.client.say(group.id, anna.id, "Ciao a tutti")
    topic = await town.client.add_topic(group.id, "Vertice")
    async with town.bot():
        await town.client.say(group.id, anna.id, "/ask Quanti sono?", message_thread_id=topic)
        first = await town.client.wait_for_message(group.id)
        await town.client.say(
            group.id,
            anna.id,
            "E quando?",
            reply_to_message_id=first.id,
            message_thread_id=topic,
        )
        second = await town.client.wait_for_message(group.id, after=first.id)
    assert town.library.asked == ["Quanti sono?", "E quando?"]
    assert (first.thread_id, second.thread_id) == (topic, topic)


async def test_a_question_comes_with_what_its_writer_asked_before_in_the_same_topic(
    town: Town,
) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    bruno = await town.client.add_user("Bruno", language_code="it")
    group = await town.client.add_group(
        "Amici", [anna.id, bruno.id, town.client.bot_id], is_forum=True
    )
    await town.client.say(group.id, anna.id, "Ciao a tutti")
    topic = await town.client.add_topic(group.id, "Vertice")
    seen = 0
    async with town.bot():
        for who, thread in [(anna, topic), (bruno, topic), (anna, None), (anna, topic)]:
            await town.client.say(group.id, who.id, "/ask Quanti?", message_thread_id=thread)
            seen = (await town.client.wait_for_message(group.id, after=seen)).id
        await town.client.say(anna.id, anna.id, "Quanti?")
        await town.client.wait_for_message(anna.id)
    turn = Turn("Quanti?", ("I membri dell’alleanza sono 32.",))
    assert town.library.histories == [(), (), (), (turn,), ()]


async def test_what_a_question_was_completed_to_is_what_the_next_leans_on(town: Town) -> None:
    echo = town.library.answer
    town.library.answer = lambda question: replace(echo(question), searched=f"{question} (tutto)")
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        await town.client.say(anna.id, anna.id, "E dove?")
        first = await town.client.wait_for_message(anna.id)
        await town.client.say(anna.id, anna.id, "E quando?")
        await town.client.wait_for_message(anna.id, after=first.id)
    assert first.text.startswith("L’ho intesa così: «E dove? (tutto)»\n\n")
    assert [turn.question for turn in town.library.histories[1]] == ["E dove? (tutto)"]


@pytest.mark.parametrize(
    ("searched", "ranked", "refusal", "subject"),
    [
        ("", ("a",), Refusal.NEAR_MISS, ["Quanti?", "Sì?"]),  # another question, though refused
        ("", ("a",), Refusal.OFF_TOPIC, ["Quanti?", "Sì?"]),  # of a topic the sources don't know
        ("", ("a",), Refusal.NONSENSE, ["Quanti?"]),
        ("Sì? (quanti)", ("a",), Refusal.NEAR_MISS, ["Quanti?"]),
        ("", (), None, ["Quanti?"]),  # a greeting
    ],
)
async def test_a_refused_follow_up_leaves_the_subject_as_it_was(
    town: Town,
    searched: str,
    ranked: tuple[str, ...],
    refusal: Refusal | None,
    subject: list[str],
) -> None:
    echo = town.library.answer
    refused = replace(
        a_refusal(), question="Sì?", searched=searched, ranked=ranked, refusal=refusal
    )
    town.library.answer = lambda question: refused if question == "Sì?" else echo(question)
    anna = await town.client.add_user("Anna", language_code="it")
    seen = 0
    async with town.bot():
        for said in ("Quanti?", "Sì?", "E dove?"):
            await town.client.say(anna.id, anna.id, said)
            seen = (await town.client.wait_for_message(anna.id, after=seen)).id
    assert [turn.question for turn in town.library.histories[2]] == subject


async def test_after_a_question_about_something_else_nothing_older_is_gone_on_from(
    office: Office,
) -> None:
    async with office.bot():
        await office.say("Quando è partito il pullman?")
        refused = await office.say("Chi ha inventato la lavatrice?")
        when = await office.say("E quando è partito?")
        remark = await office.say("quel pullman giallo, caspita")
        await office.say("Quando si è svolta la gita al lago?")
        back = await office.say("E con quanti studenti?")
    assert words_in("it")("off-topic-sources") in refused.text
    assert "7:30" not in when.text
    assert "lavatrice" in when.text.split("\n")[0]
    assert remark.text
    assert "48 studenti" in back.text


@pytest.mark.parametrize("command", ["/new", "/nuova"])
async def test_a_new_conversation_forgets_the_one_before(town: Town, command: str) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    seen, told = 0, []
    async with town.bot():
        for said in ("Quanti?", command, "E dove?"):
            await town.client.say(anna.id, anna.id, said)
            answer = await town.client.wait_for_message(anna.id, after=seen)
            told.append(answer.text)
            seen = answer.id
    assert town.library.histories == [(), ()]
    assert told[1] == words_in("it")("new-conversation")


async def test_a_conversation_survives_the_end_of_the_bot(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    seen = 0
    for said in ("Quanti?", "E dove?"):
        async with town.bot():
            await town.client.say(anna.id, anna.id, said)
            seen = (await town.client.wait_for_message(anna.id, after=seen)).id
    assert [turn.question for turn in town.library.histories[1]] == ["Quanti?"]


async def test_those_who_write_as_the_group_share_no_conversation(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    await town.client.set_member(group.id, anna.id, "administrator")
    seen = 0
    async with town.bot():
        for said in ("/ask Quanti?", "/new", "/ask E dove?"):
            await town.client.say(group.id, anna.id, said, anonymous=True)
            seen = (await town.client.wait_for_message(group.id, after=seen)).id
    assert town.library.histories == [(), ()]


async def test_a_wordless_ask_takes_the_words_of_the_message_it_replies_to(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        said = await town.client.say(group.id, anna.id, "Quanti sono i membri?")
        await town.client.say(group.id, anna.id, "/ask", reply_to_message_id=said.id)
        await town.client.wait_for_message(group.id)
    assert town.library.asked == ["Quanti sono i membri?"]


@pytest.mark.parametrize(
    ("said", "suggested", "told"),
    [
        ("/ask", (), words_in("it")("ask-usage-alone")),
        ("/ask", ("Chi guida?",), words_in("it")("ask-usage", question="Chi guida?")),
        ("@passo_bot", ("Chi guida?",), words_in("it")("mention-usage")),
    ],
)
async def test_a_call_without_words_is_told_how_to_ask(
    town: Town, said: str, suggested: tuple[str, ...], told: str
) -> None:
    town.library.suggested = {("it", ""): suggested}
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        await town.client.say(group.id, anna.id, said)
        answer = await town.client.wait_for_message(group.id)
    assert answer.text == told


async def test_what_is_not_for_the_bot_meets_silence(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    robot = await town.client.add_user("Robot", username="robot_bot", is_bot=True)
    group = await town.client.add_group("Amici", [anna.id, robot.id])
    await town.client.set_member(group.id, town.client.bot_id, "administrator")
    async with town.bot():
        said = await town.client.say(group.id, anna.id, "Ciao a tutti")
        await town.client.edit(group.id, said.id, "Ciao a tutti quanti?")
        await town.client.say(group.id, anna.id, "/altro@altro_bot quanti sono?")
        await town.client.say(group.id, robot.id, "@passo_bot quanti sono?")
        await town.client.say(group.id, anna.id, "@passo_bot tramite bot", via_bot=robot.id)
        await town.client.say(group.id, anna.id, "/ask Ultima?")
        await town.client.wait_for_message(group.id, lambda said: said.text.startswith("Ultima?"))
    assert town.library.asked == ["Ultima?"]


async def test_the_library_may_fail_and_the_next_question_is_answered(town: Town) -> None:
    echo = town.library.answer

    def answer(question: str) -> Answer:
        if question == "Cade?":
            raise RuntimeError("boom")
        return echo(question)

    town.library.answer = answer
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        await town.client.say(anna.id, anna.id, "Cade?")
        sorry = await town.client.wait_for_message(anna.id)
        await town.client.say(anna.id, anna.id, "Regge?")
        answered = await town.client.wait_for_message(anna.id, after=sorry.id)
    assert sorry.text == words_in("it")("error")
    assert answered.text.startswith("Regge?")


async def test_a_question_older_than_an_hour_gets_an_apology(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="en")
    await town.client.say(anna.id, anna.id, "How many?", date=int(time.time()) - 3700)
    async with town.bot():
        sorry = await town.client.wait_for_message(anna.id)
    assert sorry.text == words_in("en")("too-late")
    assert town.library.asked == []


async def test_small_talk_after_a_question_is_neither_searched_nor_voted_on_nor_counted(
    office: Office,
) -> None:
    async with office.bot():
        await office.say("Quando si è svolta la gita al lago?")
        for said in ("ciao come stai?", "perfetto grazie mille!", "che documenti hai?"):
            reply = await office.say(said)
            assert "reply_markup" not in reply.raw
            assert not reply.text.startswith("L’ho intesa")
        after = await office.say("E dove?")
        counted = await office.say("/stats")
        gaps = await office.say("/gaps")
    assert "la gita al lago?" in after.text.split("\n")[0]
    assert "2" in counted.text.split("\n")[1]
    assert "come stai" not in gaps.text
