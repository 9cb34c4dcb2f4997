"""A server that speaks OpenAI's protocol on loopback, and does as it is told: well, badly, not.

Real sockets and real HTTP, so that what is tested is what runs. It keeps all it got.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.retrieval.embedders import HashEmbedder


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server says to one request.

    ``pieces`` are streamed one by one, then the ``finish`` reason and the ``usage`` (tokens in and
    out), where there are any. After ``cut`` pieces the connection is torn down; after ``stall``
    pieces nothing comes any more (0: not even headers); with ``drip``, words that mean nothing
    come without an end, so many seconds apart. A ``status`` other than 200 has ``error`` as its
    message and ``headers`` of its own.
    """

    pieces: tuple[str, ...] = ()
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (100, 20)
    cut: int | None = None
    stall: int | None = None
    drip: float | None = None
    status: int = 200
    error: str = "as told"
    code: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What the server got."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def orders(self) -> str:
        """The system's message."""
        return str(self.body["messages"][0]["content"])

    @property
    def data(self) -> str:
        """The user's message."""
        return str(self.body["messages"][1]["content"])


Script = Reply | Callable[[Request], Reply]


class ModelServer:
    """Serves the ``script``, a reply a request, and then ``otherwise``.

    ``requests`` are all it got; ``connections`` is how many are open.
    """

    def __init__(self) -> None:
        self.script: deque[Script] = deque()
        self.otherwise: Script = Reply(status=500)
        self.requests: list[Request] = []
        self.connections = 0
        self.url = ""
        self._released = asyncio.Event()
        self._handlers: set[asyncio.Task[None]] = set()

    @property
    def calls(self) -> int:
        """How many requests it got."""
        return len(self.requests)

    def release(self) -> None:
        """End all stalls."""
        self._released.set()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        task = asyncio.current_task()
        assert task
        self._handlers.add(task)
        self.connections += 1
        try:
            while request := await _read(reader):
                self.requests.append(request)
                if request.path.endswith("/embeddings"):
                    await _send_json(writer, 200, _embeddings(request.body), {})
                elif not await self._reply(request, writer):
                    break
        except (OSError, asyncio.IncompleteReadError):
            pass  # the other end has gone
        finally:
            self.connections -= 1
            self._handlers.discard(task)
            writer.transport.abort()

    async def stop(self) -> None:
        """Hang up on everybody."""
        self.release()
        for task in (handlers := list(self._handlers)):
            task.cancel()
        await asyncio.gather(*handlers, return_exceptions=True)

    async def _reply(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Say what the script says; tell whether the connection is still good."""
        told = self.script.popleft() if self.script else self.otherwise
        reply = told(request) if callable(told) else told
        if reply.status != 200:
            error = {"error": {"message": reply.error, "type": "error", "code": reply.code}}
            await _send_json(writer, reply.status, error, reply.headers)
            return True
        if reply.stall == 0:
            await self._released.wait()
            return False
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        )
        for number, piece in enumerate(reply.pieces):
            if number == reply.cut:
                await writer.drain()
                return False
            await _send_event(writer, _chunk({"content": piece}))
            if number + 1 == reply.stall:
                await self._released.wait()
                return False
        while reply.drip is not None:
            await _send_event(writer, _chunk({"content": ""}))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._released.wait(), reply.drip)
                return False
        if reply.cut is not None:
            await writer.drain()
            return False
        if reply.finish:
            await _send_event(writer, _chunk({}, reply.finish))
        if reply.usage:
            used = dict(zip(("prompt_tokens", "completion_tokens"), reply.usage, strict=True))
            used["total_tokens"] = sum(reply.usage)
            await _send_event(writer, {**_chunk({}), "choices": [], "usage": used})
        await _send_chunk(writer, b"data: [DONE]\n\n")
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True


@asynccontextmanager
async def serving() -> AsyncIterator[ModelServer]:
    """Serve in the running loop, while the context lasts."""
    model = ModelServer()
    server = await asyncio.start_server(model.handle, "127.0.0.1", 0)
    model.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield model
    finally:
        server.close()
        await model.stop()
        await server.wait_closed()


@contextmanager
def serving_in_thread() -> Iterator[ModelServer]:
    """Serve beside code that blocks, while the context lasts."""
    ready = threading.Event()
    kept: list[Any] = []

    async def run() -> None:
        async with serving() as model:
            done = asyncio.Event()
            kept.extend((model, asyncio.get_running_loop(), done))
            ready.set()
            await done.wait()

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    ready.wait()
    model, loop, done = kept
    try:
        yield model
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()


def claims(*said: tuple[str, Sequence[tuple[int, str]]]) -> str:
    """Claims as a model writes them in JSON: words, and for each quote its passage."""
    return json.dumps(
        {
            "claims": [
                {"citations": [{"passage": n, "quote": q} for n, q in quotes], "text": text}
                for text, quotes in said
            ]
        },
        ensure_ascii=False,
    )


def saying(text: str, size: int = 16) -> Reply:
    """A reply that streams a text in pieces of so many characters."""
    return Reply(tuple(text[i : i + size] for i in range(0, len(text), size)))


async def _read(reader: asyncio.StreamReader) -> Request | None:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").rstrip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(first.split()[1], headers, json.loads(body) if body else {})


async def _send_json(
    writer: asyncio.StreamWriter, status: int, value: Any, headers: Mapping[str, str]
) -> None:
    body = json.dumps(value).encode()
    lines = [
        f"HTTP/1.1 {status} Told",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
    await writer.drain()


async def _send_event(writer: asyncio.StreamWriter, value: Any) -> None:
    await _send_chunk(writer, f"data: {json.dumps(value)}\n\n".encode())


async def _send_chunk(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    await writer.drain()


def _chunk(delta: Mapping[str, str], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": dict(delta), "finish_reason": finish}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [choice],
    }


def _embeddings(body: Mapping[str, Any]) -> dict[str, Any]:
    texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
    rows = HashEmbedder().encode(texts)
    return {
        "object": "list",
        "model": "scripted",
        "data": [
            {"object": "embedding", "index": n, "embedding": [float(x) for x in row]}
            for n, row in enumerate(rows)
        ],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }
