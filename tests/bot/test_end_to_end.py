"""The real bot process against a sandbox: real HTTP, the real library, real kills."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.ownership import owning
from bot.sandbox import (
    DEFAULT_TOKEN,
    NO_LIMITS,
    Sandbox,
    SandboxClient,
    SandboxMessage,
    serve,
)
from retrieval import Fallback
from retrieval.wording import wording
from tests.bot.conftest import TRIP
from tests.bot.kills import Crowd, survive
from tests.bot.processes import BotProcess
from tests.bot.waiting import until
from tests.model_server import ModelServer, Reply, claims, saying, serving

QUESTIONS = """
{"id": "1", "question": "Quanti studenti hanno partecipato alla gita?", "answers": ["48"]}
{"id": "2", "question": "Come si chiamava la guida del parco?", "answers": ["Elena Ferri"]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sources = tmp_path / "docs_store" / "sources"
    sources.mkdir(parents=True)
    (sources / "gita.md").write_text(TRIP, encoding="utf-8")
    return tmp_path


@pytest.fixture
async def client() -> AsyncIterator[SandboxClient]:
    async with serve(Sandbox(flood=NO_LIMITS)) as url, SandboxClient(url) as client:
        yield client


async def test_a_question_is_answered_with_its_passage_and_sigterm_ends_it_well(
    folder: Path, client: SandboxClient
) -> None:
    anna = await client.add_user("Anna", language_code="it")
    bot = BotProcess(folder, client.url)
    async with bot.running() as process:
        await client.say(anna.id, anna.id, "Quanti studenti hanno partecipato alla gita?")
        answer = await client.wait_for_message(anna.id, timeout=90)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0
    assert "48 studenti" in answer.text
    encoded = answer.text.encode("utf-16-le")
    passages = [
        encoded[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in answer.entities
        if e["type"] == "expandable_blockquote"
    ]
    assert passages
    assert all(passage in TRIP for passage in passages)
    assert "Traceback" not in bot.logged()
    assert DEFAULT_TOKEN not in bot.logged()


async def test_a_follow_up_is_answered_even_by_the_next_run_of_the_bot(
    indexed: Path, client: SandboxClient
) -> None:
    anna = await client.add_user("Anna", language_code="it")
    async with BotProcess(indexed, client.url).running() as process:
        await client.say(anna.id, anna.id, "Quando si è svolta la gita al lago?")
        first = await client.wait_for_message(anna.id, timeout=90)
        process.kill()
        await process.wait()
    async with BotProcess(indexed, client.url).running():
        await client.say(anna.id, anna.id, "Quanti studenti vi hanno partecipato?")
        second = await client.wait_for_message(anna.id, after=first.id, timeout=90)
        await client.say(anna.id, anna.id, "E quanti insegnanti?")
        third = await client.wait_for_message(anna.id, after=second.id, timeout=90)
    assert "martedì 12 maggio" in first.text
    assert "48 studenti" in second.text
    assert "5 insegnanti" in third.text


WRITTEN = saying(
    claims(
        (
            "Hanno partecipato 48 studenti.",
            [(1, "Vi hanno partecipato 48 studenti e 5 insegnanti.")],
        )
    )
)


SAME_IN_OTHER_WORDS = (
    "Quanti studenti hanno partecipato alla gita?",
    "Quanti studenti hanno partecipato alla gita al lago?",
    "Alla gita quanti studenti hanno partecipato?",
    "Quanti studenti vi hanno partecipato, alla gita?",
    "Alla gita al lago hanno partecipato quanti studenti?",
    "Hanno partecipato alla gita quanti studenti?",
)


@pytest.fixture
async def model() -> AsyncIterator[ModelServer]:
    async with serving() as server:
        server.otherwise = WRITTEN
        yield server


def with_model(folder: Path, client: SandboxClient, model: ModelServer, **more: str) -> BotProcess:
    bot = BotProcess(folder, client.url)
    own = {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-not-a-key-of-anybody", **more}
    bot.environment = {**bot.environment, **own}
    return bot


def is_noted(folder: Path, message: int) -> bool:
    """Whether the journal knows a message that an answer will replace."""
    with closing(sqlite3.connect(folder / "state.sqlite3")) as state:
        return (message,) in state.execute("SELECT placeholder FROM updates").fetchall()


async def test_a_kill_while_a_model_writes_leaves_one_answer_and_a_budget_that_is_kept(
    indexed: Path, client: SandboxClient, model: ModelServer
) -> None:
    anna = await client.add_user("Anna", language_code="it")
    groups = [await client.add_group(f"G{n}", [anna.id, client.bot_id]) for n in range(6)]
    questions = list(zip([group.id for group in groups], SAME_IN_OTHER_WORDS, strict=True))
    bot = with_model(indexed, client, model, BUDGET_USER_CALLS="4")
    endless = Reply(WRITTEN.pieces, stall=len(WRITTEN.pieces))
    model.script.extend([WRITTEN, WRITTEN, endless])

    async def answered(chat: int, *, whole: bool = True) -> SandboxMessage:
        return await client.wait_for_message(
            chat, lambda m: "[1]" in m.text and m.text.endswith("…") != whole, timeout=90
        )

    async with bot.running() as process:
        for chat, question in questions[:2]:
            await client.say(chat, anna.id, f"/ask {question}")
            await answered(chat)
        cut_short, question = questions[2]
        await client.say(cut_short, anna.id, f"/ask {question}")
        shown = await answered(cut_short, whole=False)
        await until(lambda: is_noted(indexed, shown.id))
        process.kill()  # over the third call, which is made again
    async with bot.running():
        for chat, question in questions[3:]:
            await client.say(chat, anna.id, f"/ask {question}")
        answers = [await answered(chat) for chat, _ in questions]
    model.release()
    assert model.calls == 4
    spent = wording("it").fallback(Fallback.BUDGET)
    assert sum(spent in answer.text for answer in answers) == 3
    assert shown.text == "Hanno partecipato 48 studenti. [1]\n…"
    assert answers[2].id == shown.id
    assert all("Vi hanno partecipato 48 studenti e 5" in answer.text for answer in answers)
    for chat, _ in questions:
        assert len(await client.messages(chat)) == 2
    assert "sk-not-a-key" not in bot.logged()
    assert "Traceback" not in bot.logged()


async def test_a_budget_that_cannot_be_kept_stops_it_with_one_clear_line(
    indexed: Path, client: SandboxClient, model: ModelServer
) -> None:
    bot = with_model(indexed, client, model, BUDGET_TOTAL_USD="1", OPENAI_MODEL="llama3.2")
    async with bot.running() as process, asyncio.timeout(30):
        assert await process.wait() == 2
    [line] = bot.logged().splitlines()
    assert "BUDGET_TOTAL_USD" in line
    assert "'llama3.2'" in line


async def test_a_wrong_token_stops_it_with_one_clear_line(
    folder: Path, client: SandboxClient
) -> None:
    bot = BotProcess(folder, client.url, token="43" + DEFAULT_TOKEN[2:])
    async with bot.running() as process, asyncio.timeout(30):
        assert await process.wait() == 2
    [line] = bot.logged().splitlines()
    assert "TELEGRAM_BOT_TOKEN" in line


async def seconds_until_it_leaves(bot: BotProcess) -> float:
    began = time.monotonic()
    async with bot.running() as process, asyncio.timeout(30):
        assert await process.wait() == 1
    return time.monotonic() - began


async def test_a_second_bot_on_the_same_state_leaves_within_two_seconds(folder: Path) -> None:
    bot = BotProcess(folder, "http://127.0.0.1:9")
    with owning(bot.environment["STATE_URL"]):
        took = await seconds_until_it_leaves(bot)
        if took >= 2:  # the best of a few counts: the machine may have other things to do
            took = min(took, await seconds_until_it_leaves(bot), await seconds_until_it_leaves(bot))
    assert took < 2
    assert all(f"process {os.getpid()}" in line for line in bot.logged().splitlines())


async def test_documents_that_lose_the_owners_questions_are_refused_unless_forced(
    indexed: Path, client: SandboxClient
) -> None:
    (indexed / "docs_store" / "questions.jsonl").write_text(QUESTIONS, "utf-8")
    ada = (await client.add_user("Ada", language_code="it")).id
    bot = BotProcess(indexed, client.url)
    bot.environment = {**bot.environment, "ADMIN_USER_IDS": str(ada)}

    async def answer_to(text: str, *, contains: str) -> SandboxMessage:
        said = await client.say(ada, ada, text)
        return await client.wait_for_message(
            ada, lambda message: contains in message.text, after=said.id, timeout=90
        )

    async with bot.running():
        await answer_to("Quanti studenti hanno partecipato alla gita?", contains="48 studenti")
        (indexed / "docs_store" / "sources" / "gita.md").write_text(
            "# La gita al lago\n\nLa gita al lago è stata rimandata a giugno.\n", encoding="utf-8"
        )
        refused = await answer_to("/reload", contains="risponderei peggio")
        still = await answer_to("Quanti studenti hanno partecipato alla gita?", contains="[1]")
        await answer_to("/reload forza", contains="Fatto")
        now = await answer_to("La gita al lago è stata rimandata?", contains="[1]")
    assert "• Quanti studenti hanno partecipato alla gita?" in refused.text
    assert "• Come si chiamava la guida del parco?" in refused.text
    assert refused.text.endswith("/reload forza")
    assert "48 studenti" in still.text
    assert "rimandata a giugno" in now.text
    assert "Traceback" not in bot.logged()


async def test_kills_lose_no_question_and_double_at_most_one_answer_each(
    indexed: Path, client: SandboxClient
) -> None:
    crowd = await Crowd.gather(client, random.Random(20))
    outcome = await survive(crowd, BotProcess(indexed, client.url).running, kills=3, questions=15)
    assert outcome.lost == 0
    assert outcome.doubled <= 3
    assert outcome.in_order
