"""A written answer is checked, costs what it must, and is never waited for in vain."""

from __future__ import annotations

import pytest

from retrieval.attempts import MOST
from retrieval.chat import OpenAIChat
from retrieval.library import Library
from retrieval.outages import FIRST_PAUSE, Outage
from retrieval.reasons import Fallback, Refusal
from retrieval.settings import ModelSettings, Settings
from retrieval.types import Status
from retrieval.usage import Usage
from retrieval.wording import wording
from retrieval.writing import Writer
from tests.model_server import Reply, saying
from tests.retrieval.writers import (
    GOOD,
    MEMBERS,
    MEMBERS_CLAIM,
    MEMBERS_QUOTE,
    MEMBERS_SENTENCE,
    desk,
    is_embedded,
    writing,
)

WORDS = wording("it")


async def test_an_answer_is_its_claims_each_with_its_markers(sample: Library) -> None:
    async with desk(sample) as at:
        answer = await at.ask(MEMBERS, GOOD)
    assert answer.text == f"{MEMBERS_CLAIM} [1]"
    assert (answer.written, answer.left_out, answer.fallback) == (True, False, None)
    assert (answer.status, answer.question) == (Status.ANSWERED, MEMBERS)
    assert [quote.text for quote in answer.quotes] == [MEMBERS_SENTENCE]
    assert all(sample.is_verbatim(quote) for quote in answer.quotes)
    assert answer.generation == sample.generation
    assert answer.usage == Usage(1, 100, 20) == at.purse.recorded[0]
    assert answer.outcomes == (("kept", 1),)


async def test_the_model_gets_passages_and_question_and_no_tools(sample: Library) -> None:
    async with desk(sample) as at:
        await at.ask(MEMBERS, GOOD)
        [request] = at.server.requests
    assert MEMBERS_QUOTE in request.data
    assert MEMBERS in request.data
    assert MEMBERS not in request.orders
    assert "PASSAGE 2" in request.data
    assert not request.body.keys() & {"tools", "functions", "tool_choice"}
    assert request.headers["authorization"].startswith("Bearer sk-test")


async def test_what_the_sources_do_not_say_is_left_out_and_that_is_said(sample: Library) -> None:
    bad = writing((MEMBERS_CLAIM, MEMBERS_SENTENCE), ("La NATO ha un esercito.", "un esercito"))
    async with desk(sample) as at:
        answer = await at.ask(MEMBERS, bad)
    assert answer.text == f"{MEMBERS_CLAIM} [1]\n\n{WORDS.left_out}"
    assert (answer.left_out, answer.status) == (True, Status.PARTIAL)
    assert answer.outcomes == (("kept", 1), ("dropped", 1))


async def test_where_nothing_stands_in_the_sources_their_own_words_answer(sample: Library) -> None:
    async with desk(sample) as at:
        answer = await at.ask(
            MEMBERS, writing(("La NATO ha 32 membri.", "i suoi 32 membri di oggi"))
        )
        is_embedded(answer, sample, Fallback.UNVERIFIED)
        assert answer.outcomes == (("dropped", 1),)
        assert at.server.calls == 1


async def test_a_model_that_finds_no_answer_makes_it_a_refusal(sample: Library) -> None:
    async with desk(sample) as at:
        answer = await at.ask(MEMBERS, saying('{"claims": []}'))
    assert (answer.status, answer.refusal) == (Status.NOT_IN_SOURCES, Refusal.NEAR_MISS)
    assert (answer.text, answer.written) == (WORDS.not_in_sources, True)
    assert answer.closest == sample.ask(MEMBERS).quotes[0]


@pytest.mark.parametrize(
    "question",
    ["Ciao!", "asdfgh qwertz", "Chi ha vinto il campionato di calcio nel 1982?", "", "?"],
)
async def test_greetings_nonsense_and_other_topics_cost_nothing(
    sample: Library, question: str
) -> None:
    async with desk(sample) as at:
        answer = await at.ask(question)
        assert answer.text == sample.ask(question).text
        assert (answer.written, answer.fallback, at.drafts) == (False, None, [])
        assert at.server.calls == 0


async def test_the_same_question_is_not_asked_twice(sample: Library) -> None:
    async with desk(sample) as at:
        first = await at.ask(MEMBERS, GOOD)
        second = await at.ask("quanti  membri ha la NATO")
        assert at.server.calls == 1
    assert (second.text, second.claims) == (first.text, first.claims)
    assert second.question == "quanti  membri ha la NATO"
    assert second.usage == Usage()


async def test_what_a_model_did_not_write_is_not_kept(sample: Library) -> None:
    async with desk(sample) as at:
        await at.ask(MEMBERS, saying("I don't feel like it."), saying("Nor now."))
        assert (await at.ask(MEMBERS, GOOD)).written


OUTAGES = [
    (Reply(status=401), 1, Outage.KEY),
    (Reply(status=403), 1, Outage.KEY),
    (Reply(status=404), 1, Outage.MODEL),
    (Reply(status=429), 3, Outage.LIMIT),
    (Reply(status=429, headers={"Retry-After": "2"}), 3, Outage.LIMIT),
    (Reply(status=429, headers={"Retry-After": "600"}), 1, Outage.LIMIT),
    (Reply(status=429, code="insufficient_quota"), 1, Outage.LIMIT),
    (Reply(status=402), 1, Outage.LIMIT),
    (Reply(status=500), 3, Outage.SERVER),
    (Reply(status=503), 3, Outage.SERVER),
    (Reply(("x",), cut=0), 3, Outage.CONNECTION),
]


@pytest.mark.parametrize(("reply", "attempts", "outage"), OUTAGES, ids=range(len(OUTAGES)))
async def test_an_outage_costs_few_requests_and_then_none(
    sample: Library, reply: Reply, attempts: int, outage: Outage
) -> None:
    async with desk(sample) as at:
        at.server.otherwise = reply
        is_embedded(await at.ask(MEMBERS), sample, Fallback.UNAVAILABLE)
        assert at.server.calls == attempts <= MOST
        for number in range(5):
            answer = await at.ask(f"{number} - {MEMBERS}")
            assert answer.fallback is Fallback.UNAVAILABLE
        assert at.server.calls == attempts
        assert (at.outages, at.recoveries) == ([outage], [])
        at.clock.now += FIRST_PAUSE
        at.server.otherwise = GOOD
        assert (await at.ask(MEMBERS)).written
        assert (at.outages, at.recoveries) == ([outage], [None])


SILENCES = [
    Reply(stall=0),
    Reply(("{", '"claims"'), stall=1),
    Reply((), drip=0.02),
]


@pytest.mark.parametrize("reply", SILENCES, ids=["stall", "stall after a word", "slow drip"])
async def test_silence_is_borne_until_the_deadline_and_once(sample: Library, reply: Reply) -> None:
    async with desk(sample) as at:
        assert (await at.ask(MEMBERS, GOOD)).written  # all that loads at first use has
    async with desk(sample, deadline=2) as at:
        at.server.otherwise = reply
        answer = await at.ask("Quanti membri ha oggi la NATO?")
        assert answer.fallback is Fallback.UNAVAILABLE
        assert at.outages == [Outage.SLOW]
        assert 1 <= at.server.calls <= MOST
        calls = at.server.calls
        assert (await at.ask("Quanti membri ha la NATO oggi?")).fallback is Fallback.UNAVAILABLE
        assert at.server.calls == calls
        assert sum(used.input_tokens > 0 for used in at.purse.recorded) == calls


async def test_an_owner_who_cannot_be_told_of_an_outage_does_not_cost_the_answer(
    sample: Library, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Outage) -> None:
        raise RuntimeError("no chat")

    async with desk(sample) as at:
        settings = ModelSettings(url=at.server.url)
        writer = Writer(sample, OpenAIChat(settings), deadline=9, on_outage=fail)
        at.server.otherwise = Reply(status=401)
        for _ in range(2):
            is_embedded(await writer.ask(MEMBERS), sample, Fallback.UNAVAILABLE)
        assert at.server.calls == 1
        await writer.aclose()
    assert "nobody could be told" in caplog.text


async def test_a_server_that_is_not_there_is_an_outage_too(sample: Library) -> None:
    async with desk(sample) as gone:
        pass
    async with desk(sample, url=gone.server.url) as at:
        is_embedded(await at.ask(MEMBERS), sample, Fallback.UNAVAILABLE)
        assert at.outages == [Outage.CONNECTION]
        assert at.purse.recorded == [Usage(1)] * MOST


def test_without_key_and_address_there_is_no_writer(sample: Library) -> None:
    assert Writer.open(Settings.from_environment({}), sample) is None


async def test_opening_asks_nobody_anything(sample: Library) -> None:
    async with desk(sample) as at:
        settings = Settings.from_environment({"OPENAI_BASE_URL": at.server.url})
        writer = Writer.open(settings, sample)
        assert writer
        assert (at.server.calls, at.server.connections) == (0, 0)
        await writer.aclose()
