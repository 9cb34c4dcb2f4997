"""One request at a time, to servers that know more or less of the protocol."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import pytest

from retrieval.chat import OpenAIChat, Piece
from retrieval.errors import ModelError
from retrieval.library import Library
from retrieval.outages import Outage
from retrieval.prompting import Prompt
from retrieval.reasons import Fallback
from retrieval.secret import Secret
from retrieval.settings import ModelSettings
from retrieval.usage import Usage
from tests.model_server import ModelServer, Reply, Request, saying, serving
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


async def pieces(chat: OpenAIChat, *, structured: bool = True) -> list[Piece]:
    return [piece async for piece in chat.stream(PROMPT, 50, structured=structured)]


@asynccontextmanager
async def chatting(**settings: Any) -> AsyncIterator[tuple[OpenAIChat, ModelServer]]:
    """A chat and its server, both closed at the end."""
    async with serving() as server:
        chat = OpenAIChat(ModelSettings(url=server.url, **settings))
        yield chat, server
        await chat.aclose()


PROMPT = Prompt("Orders.", "Data.")


async def test_a_stream_gives_words_the_reason_for_its_end_and_what_it_used() -> None:
    async with chatting() as (chat, server):
        server.script.append(Reply(("Ab", "c"), finish="length", usage=(7, 3)))
        got = await pieces(chat)
    assert "".join(piece.text for piece in got) == "Abc"
    assert [piece.finish for piece in got if piece.finish] == ["length"]
    assert [piece.usage for piece in got if piece.usage] == [Usage(1, 7, 3)]


async def test_a_request_says_no_more_than_it_must() -> None:
    async with chatting(chat="some-model") as (chat, server):
        server.script.append(saying("x"))
        await pieces(chat)
        [request] = server.requests
    assert request.path == "/v1/chat/completions"
    assert (request.orders, request.data) == ("Orders.", "Data.")
    assert request.body.keys() == {
        "model",
        "messages",
        "stream",
        "stream_options",
        "temperature",
        "max_completion_tokens",
        "response_format",
    }
    assert request.body["model"] == "some-model"
    assert request.body["max_completion_tokens"] == 50
    assert request.body["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize(
    ("complaint", "left_out"),
    [
        ("Unsupported value: 'temperature' does not support 0", {"temperature"}),
        ("Unrecognized request argument: stream_options", {"stream_options"}),
        ("Unsupported parameter: max_completion_tokens", {"max_completion_tokens"}),
        ("json_schema is not available", {"response_format"}),
        (
            "Extra inputs are not permitted",
            {"temperature", "stream_options", "max_completion_tokens", "response_format"},
        ),
    ],
)
@pytest.mark.parametrize("status", [400, 422])
async def test_what_a_server_does_not_know_is_not_sent_again(
    complaint: str, left_out: set[str], status: int
) -> None:
    async with chatting() as (chat, server):
        server.script.extend([Reply(status=status, error=complaint), saying("x")])
        with pytest.raises(ModelError) as caught:
            await pieces(chat)
        assert (caught.value.again, caught.value.outage) == (True, None)
        await pieces(chat, structured=chat.structured)
        first, second = (request.body.keys() for request in server.requests)
    assert first - second == left_out


async def test_what_was_not_sent_cannot_be_to_blame() -> None:
    async with chatting() as (chat, server):
        server.script.append(Reply(status=400, error="response_format is not supported"))
        with pytest.raises(ModelError) as caught:
            await pieces(chat, structured=False)
        assert not caught.value.again
        assert chat.structured


async def test_two_at_once_that_are_refused_for_the_same_may_both_try_again() -> None:
    async with chatting() as (chat, server):
        server.otherwise = Reply(status=400, error="response_format is not supported")
        errors = await asyncio.gather(pieces(chat), pieces(chat), return_exceptions=True)
    assert [isinstance(error, ModelError) and error.again for error in errors] == [True, True]


async def test_no_error_and_no_log_tells_the_key_the_prompt_or_the_servers_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    key = "sk-secret-0123456789abcdef"
    async with chatting(key=Secret(key)) as (chat, server):
        assert key not in repr(chat)
        for status in (400, 401, 404, 429, 500):
            server.script.append(Reply(status=status, error=f"{key} Data. echoed"))
            with pytest.raises(ModelError) as caught:
                await pieces(chat)
            told = "".join(traceback.format_exception(caught.value))
            assert str(status) in str(caught.value)
            assert not [word for word in (key, "Data.", "echoed") if word in told]
    assert not [word for word in (key, "Data.", "echoed") if word in caplog.text]


async def test_a_server_of_ones_own_gets_no_key_of_somebody_elses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/from-the-environment")
    async with chatting() as (chat, server):
        server.script.append(saying("x"))
        await pieces(chat)
        assert server.requests[0].headers["authorization"] == "Bearer none"


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>hello</html>",
        b'{"choices": [{"message": {"content": "not streamed"}}]}',
        b"data: {\n\n",
        b'data: {"choices": 3}\n\n',
        b"data: []\n\n",
        b'data: {"error": {"message": "overloaded"}}\n\n',
    ],
)
async def test_what_is_no_stream_is_an_error_of_the_server(body: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    async with server, aclosing(OpenAIChat(ModelSettings(url=url))) as chat:
        with pytest.raises(ModelError) as caught:
            await pieces(chat)
        assert (caught.value.outage, caught.value.again) == (Outage.SERVER, True)


async def test_a_chat_that_was_closed_opens_again() -> None:
    async with chatting() as (chat, server):
        server.script.extend([saying("x"), saying("y")])
        await pieces(chat)
        await chat.aclose()
        assert "".join(piece.text for piece in await pieces(chat)) == "y"
