"""The Bot API over HTTP, and running it: Starlette's routes, uvicorn's server."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.sandbox import control, page
from bot.sandbox.access import is_misled
from bot.sandbox.chats import Json
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Fault
from bot.sandbox.files import Upload
from bot.sandbox.methods import METHODS, call
from bot.sandbox.state import TOKEN_SHAPE, Sandbox

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 50 * 2**20


class DroppedConnection(Response):
    """An answer that never arrives: a body is promised, none sent, and the connection closed."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Leave in the middle of the answer."""
        headers = [(b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


def create_app(sandbox: Sandbox) -> Starlette:
    """The sandbox as an ASGI application: the Bot API, its files, the control API, the page."""
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", _call_method, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", _get_file),
            *control.routes(),
            *page.routes(),
        ],
        exception_handlers={
            HTTPException: _refused,
            ClientDisconnect: _gone,
            Exception: _failed,
        },
    )
    app.state.sandbox = sandbox
    return app


async def _call_method(request: Request) -> Response:
    sandbox: Sandbox = request.app.state.sandbox
    name: str = request.path_params["method"]
    raw: Json = {}
    result: Any = None
    try:
        _check_token(sandbox, request)
        raw = await _read_parameters(request)
        fault = sandbox.faults.take(name, raw.get("chat_id"))
        drop = fault.drop if fault else None
        if fault is not None:
            await _befall(fault)
        if drop != "before":
            result = await call(sandbox, name, raw)
    except ApiError as error:
        _log_call(sandbox, name, raw, ok=False, error_code=error.code)
        return JSONResponse(error.to_json(), error.code)
    _log_call(sandbox, name, raw, ok=drop != "before")
    return DroppedConnection() if drop else JSONResponse({"ok": True, "result": result})


async def _befall(fault: Fault) -> None:
    if fault.delay:
        await asyncio.sleep(fault.delay)
    error = fault.error()
    if error is not None:
        raise error


def _check_token(sandbox: Sandbox, request: Request) -> None:
    server, _port = request.scope["server"]
    if is_misled(server, request.headers):
        raise ApiError(421, "Misdirected Request: use the name or the number of this machine")
    token = request.path_params["token"]
    if not TOKEN_SHAPE.fullmatch(token):
        raise ApiError(404, "Not Found")
    if token != sandbox.token:
        raise ApiError(401, "Unauthorized")


async def _read_parameters(request: Request) -> Json:
    """All parameters of a call, wherever they are; the body's win over the query's."""
    raw: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if int(request.headers.get("content-length") or 0) > MAX_BODY_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "application/json":
        raw |= await _read_json(request)
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form() as form:
            for name, value in form.items():
                raw[name] = await _read_upload(value) if isinstance(value, UploadFile) else value
    elif await request.body():
        raise bad_request("unsupported content type of the request body")
    return raw


async def _read_json(request: Request) -> Json:
    body = await request.body()
    try:
        raw = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse the request body as JSON") from None
    if not isinstance(raw, dict):
        raise bad_request("the request body must be a JSON object")
    return {name: value for name, value in raw.items() if value is not None}


async def _read_upload(file: UploadFile) -> Upload:
    return Upload(file.filename or "file", await file.read(), file.content_type)


def _log_call(
    sandbox: Sandbox, name: str, raw: Json, *, ok: bool, error_code: int | None = None
) -> None:
    method = METHODS.get(name.lower())
    name = method.name if method else name
    parameters = {key: _shown(value) for key, value in raw.items()}
    sandbox.calls.add(name, parameters, ok=ok, error_code=error_code)
    if name != "getUpdates":
        sandbox.events.add("call", method=name, ok=ok, error_code=error_code)


def _shown(value: Any) -> Any:
    """A parameter as the log shows it: nested JSON parsed, a file as its name and size."""
    if isinstance(value, Upload):
        return {"name": value.name, "size": len(value.content)}
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


async def _get_file(request: Request) -> Response:
    sandbox: Sandbox = request.app.state.sandbox
    try:
        _check_token(sandbox, request)
        file = sandbox.files.by_path(request.path_params["path"])
        if file is None:
            raise ApiError(404, "Not Found")
    except ApiError as error:
        return JSONResponse(error.to_json(), error.code)
    return Response(file.content, media_type=file.content_type)


async def _refused(_request: Request, error: Exception) -> Response:
    """Say what Starlette refuses, such as an unknown path or a broken form, as Telegram would."""
    assert isinstance(error, HTTPException)
    refusal = ApiError(error.status_code, error.detail)
    return JSONResponse(refusal.to_json(), error.status_code)


async def _gone(_request: Request, _error: Exception) -> Response:
    """Nobody is left to answer: a bot may be killed while it speaks."""
    return Response(status_code=499)


async def _failed(_request: Request, error: Exception) -> Response:
    logger.error("the sandbox failed: this is a mistake in the sandbox", exc_info=error)
    return JSONResponse(ApiError(500, "Internal Server Error").to_json(), 500)


class _Server(uvicorn.Server):
    """A server inside a running loop: it leaves signals alone, and doesn't wait for long polls."""

    def __init__(self, config: uvicorn.Config, sandbox: Sandbox) -> None:
        super().__init__(config)
        self._sandbox = sandbox
        self.ready = asyncio.Event()
        self.stop = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Once connections are told to close after their answer, those who wait get theirs.
        asyncio.get_running_loop().call_soon(self._sandbox.interrupt)
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


@asynccontextmanager
async def serve(sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve a sandbox in the running loop, while the context lasts.

    The same sandbox may be served again later, as after an outage: it remembers everything.

    Args:
        sandbox: What to serve.
        host: The address to listen at.
        port: The port; 0 takes any that is free.

    Yields:
        The server's base URL, such as ``http://127.0.0.1:8081``.

    Raises:
        OSError: The port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only with its protocol named does asyncio send answers at once (TCP_NODELAY).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    config = uvicorn.Config(
        create_app(sandbox),
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        date_header=False,
        server_header=False,
        # Like Telegram, patient with a connection that is kept: closing it just as the bot uses it
        # again would look like a broken line.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=3,
    )
    server = _Server(config, sandbox)
    running = asyncio.create_task(server.serve([listener]))
    running.add_done_callback(lambda _task: server.ready.set())
    await server.ready.wait()
    if running.done():
        running.result()
    try:
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{listener.getsockname()[1]}"
    finally:
        server.stop.set()
        await running
