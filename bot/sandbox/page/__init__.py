"""The chat page: plain HTML, CSS and JavaScript, served as they are to this machine alone.

``page.js`` is where to start reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.access import refusal

FOLDER = Path(__file__).parent

_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}

HEADERS: Mapping[str, str] = {
    # Nothing from elsewhere, nothing inline, nothing framed; what is shown can't become code.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def routes() -> list[Route]:
    """The page at ``/``, and what it is made of below ``/page/``."""
    return [Route("/", _index), Route("/page/{name}", _file)]


async def _index(request: Request) -> Response:
    return _serve(request, "index.html")


async def _file(request: Request) -> Response:
    return _serve(request, request.path_params["name"])


def _serve(request: Request, name: str) -> Response:
    if reason := refusal(request.client.host if request.client else "", request.headers):
        return PlainTextResponse(reason, 403)
    file = FOLDER / name
    media_type = _TYPES.get(file.suffix)
    # The name is one step of a path, so it stays in the folder; the suffix keeps Python out.
    if media_type is None or file.parent != FOLDER or not file.is_file():
        return PlainTextResponse("There is nothing here. The chat page is at /", 404)
    return Response(file.read_bytes(), media_type=media_type, headers=dict(HEADERS))
