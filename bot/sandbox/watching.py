"""The control API's half that changes nothing: what there is, and what has happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from bot.sandbox.body import Body
from bot.sandbox.chats import Chat
from bot.sandbox.errors import ControlError
from bot.sandbox.menus import menu_for
from bot.sandbox.snapshot import snapshot
from bot.sandbox.state import Sandbox

MAX_WAIT_SECONDS = 60.0

Handler = Callable[[Sandbox, Body], Any]
Handlers = dict[tuple[str, str], tuple[Handler, str]]
"""By verb and path: what handles it, and the names of the fields it takes."""


def _chat(sandbox: Sandbox, body: Body) -> Chat:
    return sandbox.chat(body.path_id())


def _messages(sandbox: Sandbox, body: Body) -> Any:
    after = body.number("after", 0)
    messages = _chat(sandbox, body).messages
    return [message for message_id, message in messages.items() if message_id > after]


def _draft(sandbox: Sandbox, body: Body) -> Any:
    draft = _chat(sandbox, body).draft_at(sandbox.clock())
    return None if draft is None else {"id": draft.id, "text": draft.text}


async def _events(sandbox: Sandbox, body: Body) -> Any:
    timeout = min(body.seconds("timeout"), MAX_WAIT_SECONDS)
    wanted: dict[str, object] = {
        "type": body.optional_text("type"),
        "chat_id": body.optional_number("chat_id"),
        "callback_query_id": body.optional_text("callback_query_id"),
    }
    wanted = {name: value for name, value in wanted.items() if value is not None}
    return await sandbox.events.after(body.number("after", 0), timeout, **wanted)


def _calls(sandbox: Sandbox, body: Body) -> Any:
    return sandbox.calls.calls(body.optional_text("method"))


def _inline_query(sandbox: Sandbox, body: Body) -> Any:
    query = sandbox.queries.inline.get(body.path["id"])
    if query is None:
        raise ControlError(f"there is no inline query {body.path['id']!r}")
    return query.answer


def _state(sandbox: Sandbox, _body: Body) -> Any:
    return snapshot(sandbox)


def _menu(sandbox: Sandbox, body: Body) -> Any:
    user, chat_id = sandbox.user(body.number("user_id")), body.number("chat_id")
    known = chat_id != user.id or chat_id in sandbox.chats
    # A private chat has a menu before its first message.
    chat = sandbox.chat(chat_id) if known else Chat(user.id, "private", user=user)
    return menu_for(sandbox.profile, chat, user)


def _file(sandbox: Sandbox, body: Body) -> Response:
    file = sandbox.files.by_id(body.path["id"])
    if file is None:
        raise ControlError(f"there is no file {body.path['id']!r}")
    # Always to be saved: opened in the browser, a page that somebody sent would be one of ours.
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(file.content, media_type="application/octet-stream", headers=headers)


HANDLERS: Handlers = {
    ("GET", "chats/{id}/messages"): (_messages, "after"),
    ("GET", "chats/{id}/draft"): (_draft, ""),
    ("GET", "inline_queries/{id}"): (_inline_query, ""),
    ("GET", "events"): (_events, "after timeout type chat_id callback_query_id"),
    ("GET", "calls"): (_calls, "method"),
    ("GET", "state"): (_state, ""),
    ("GET", "files/{id}"): (_file, ""),
    ("GET", "menu"): (_menu, "chat_id user_id"),
}
