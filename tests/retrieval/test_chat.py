"""One request at a time, to servers that know more or less of the protocol."""

from __future__ import annotations

from retrieval.library import Library
from retrieval.reasons import Fallback
from tests.model_server import Reply, Request, saying
from tests.retrieval.writers import (
    GOOD,
    MEMBERS,
    MEMBERS_CLAIM,
    MEMBERS_SENTENCE,
    desk,
    is_embedded,
    number_of,
)


async def test_a_server_without_schemas_is_asked_for_lines_from_then_on(sample: Library) -> None:
    def in_lines(request: Request) -> Reply:
        assert "QUOTE 2:" in request.orders
        quote = MEMBERS_SENTENCE
        return saying(f"CLAIM: {MEMBERS_CLAIM}\nQUOTE {number_of(request, quote)}: {quote}")

    refusal = Reply(status=400, error="'response_format' of type json_schema is not supported yet")
    async with desk(sample) as at:
        assert (await at.ask(MEMBERS, refusal, in_lines)).text == f"{MEMBERS_CLAIM} [1]"
        assert (await at.ask("Ma quanti membri ha la NATO?", in_lines)).written
        assert ["response_format" in r.body for r in at.server.requests] == [True, False, False]
        assert at.clock.slept == []


async def test_a_request_that_is_refused_for_itself_is_no_outage(sample: Library) -> None:
    async with desk(sample) as at:
        is_embedded(
            await at.ask(MEMBERS, Reply(status=400, error="content policy"), GOOD),
            sample,
            Fallback.UNAVAILABLE,
        )
        assert (at.server.calls, at.outages) == (1, [])
