"""The real bot process against a sandbox: real HTTP, the real library, real kills."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import AsyncIterator
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
from tests.bot.kills import Crowd, survive
from tests.bot.processes import BotProcess
from tests.model_server import ModelServer, Reply, claims, saying, serving

SOURCE = """# La gita al lago

Fonte: il diario della scuola
Data: 12 maggio 2026

La gita al lago si è svolta martedì 12 maggio. Vi hanno partecipato 48 studenti e 5 insegnanti.

Il pullman è partito alle 7:30 da piazza Garibaldi. La guida del parco si chiamava Elena Ferri.
"""

QUESTIONS = """
{"id": "1", "question": "Quanti studenti hanno partecipato alla gita?", "answers": ["48"]}
{"id": "2", "question": "Come si chiamava la guida del parco?", "answers": ["Elena Ferri"]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sources = tmp_path / "docs_store" / "sources"
    sources.mkdir(parents=True)
    (sources / "gita.md").write_text(SOURCE, encoding="utf-8")
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
    assert all(passage in SOURCE for passage in passages)
    assert "Traceback" not in bot.logged()
    assert DEFAULT_TOKEN not in bot.logged()


async def test_a_follow_up_is_answered_even_by_the_next_run_of_the_bot(
    folder: Path, client: SandboxClient
) -> None:
    anna = await client.add_user("Anna", language_code="it")
    async with BotProcess(folder, client.url).running() as process:
        await client.say(anna.id, anna.id, "Quando si è svolta la gita al lago?")
        first = await client.wait_for_message(anna.id, timeout=90)
        process.kill()
        await process.wait()
    async with BotProcess(folder, client.url).running():
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
            "Alla gita hanno partecipato 48 studenti.",
            [(1, "Vi hanno partecipato 48 studenti e 5 insegnanti.")],
        )
    )
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


async def test_a_model_writes_the_answer_and_the_sources_words_stand_below(
    folder: Path, client: SandboxClient, model: ModelServer
) -> None:
    anna = await client.add_user("Anna", language_code="it")
    bot = with_model(folder, client, model)
    async with bot.running():
        await client.say(anna.id, anna.id, "Quanti studenti hanno partecipato alla gita?")
        answer = await client.wait_for_message(anna.id, timeout=90)
    assert answer.text.startswith("Alla gita hanno partecipato 48 studenti. [1]")
    assert "Vi hanno partecipato 48 studenti e 5 insegnanti." in answer.text
    assert model.calls == 1
    assert "sk-not-a-key" not in bot.logged()
    assert "Traceback" not in bot.logged()


async def test_a_kill_while_the_model_writes_leaves_no_message_behind_but_the_answer(
    folder: Path, client: SandboxClient, model: ModelServer
) -> None:
    model.script.append(Reply(WRITTEN.pieces, stall=1))
    anna = await client.add_user("Anna", language_code="it")
    group = await client.add_group("Amici", [anna.id, client.bot_id])
    bot = with_model(folder, client, model)
    async with bot.running() as process:
        await client.say(group.id, anna.id, "/ask Quanti studenti hanno partecipato?")
        shown = await client.wait_for_message(group.id, timeout=90)
        process.kill()
    async with bot.running():
        answer = await client.wait_for_message(group.id, lambda m: "[1]" in m.text, timeout=90)
    assert "La gita al lago" in shown.text
    assert answer.id == shown.id
    assert len(await client.messages(group.id)) == 2


async def test_a_budget_of_calls_is_kept_over_kills_and_the_sources_words_answer_past_it(
    folder: Path, client: SandboxClient, model: ModelServer
) -> None:
    anna = await client.add_user("Anna", language_code="it")
    groups = [await client.add_group(f"G{n}", [anna.id, client.bot_id]) for n in range(6)]
    bot = with_model(folder, client, model, BUDGET_USER_CALLS="4")
    model.script.extend([WRITTEN, WRITTEN, Reply(WRITTEN.pieces, stall=1)])

    async def answered(chat: int) -> SandboxMessage:
        return await client.wait_for_message(chat, lambda m: "48 studenti" in m.text, timeout=90)

    async with bot.running() as process:
        for number, group in enumerate(groups[:3]):
            await client.say(group.id, anna.id, f"/ask Quanti studenti? ({number})")
            if number < 2:
                await answered(group.id)
        await client.wait_for_message(groups[2].id, timeout=90)
        process.kill()  # over the third call, which is made again
    async with bot.running():
        for number, group in enumerate(groups[3:]):
            await client.say(group.id, anna.id, f"/ask Quanti studenti? ({number + 3})")
        texts = [(await answered(group.id)).text for group in groups]
    assert model.calls == 4
    assert [text.startswith("Alla gita hanno") for text in texts] == [True] * 3 + [False] * 3


async def test_a_budget_that_cannot_be_kept_stops_it_with_one_clear_line(
    folder: Path, client: SandboxClient, model: ModelServer
) -> None:
    bot = with_model(folder, client, model, BUDGET_TOTAL_USD="1", OPENAI_MODEL="llama3.2")
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


async def test_a_second_bot_on_the_same_state_leaves_within_two_seconds(folder: Path) -> None:
    bot = BotProcess(folder, "http://127.0.0.1:9")
    with owning(bot.environment["STATE_URL"]):
        began = time.monotonic()
        async with bot.running() as process, asyncio.timeout(30):
            assert await process.wait() == 1
    assert time.monotonic() - began < 2
    [line] = bot.logged().splitlines()
    assert f"process {os.getpid()}" in line


async def test_documents_that_lose_the_owners_questions_are_refused_unless_forced(
    folder: Path, client: SandboxClient
) -> None:
    (folder / "docs_store" / "questions.jsonl").write_text(QUESTIONS, "utf-8")
    ada = (await client.add_user("Ada", language_code="it")).id
    bot = BotProcess(folder, client.url)
    bot.environment = {**bot.environment, "ADMIN_USER_IDS": str(ada)}

    async def answer_to(text: str, *, contains: str) -> SandboxMessage:
        said = await client.say(ada, ada, text)
        return await client.wait_for_message(
            ada, lambda message: contains in message.text, after=said.id, timeout=90
        )

    async with bot.running():
        await answer_to("Quanti studenti hanno partecipato alla gita?", contains="48 studenti")
        (folder / "docs_store" / "sources" / "gita.md").write_text(
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
    folder: Path, client: SandboxClient
) -> None:
    crowd = await Crowd.gather(client, random.Random(20))
    outcome = await survive(crowd, BotProcess(folder, client.url).running, kills=4, questions=20)
    assert outcome.lost == 0
    assert outcome.doubled <= 4
    assert outcome.in_order
