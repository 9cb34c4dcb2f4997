"""The control API: what users and tests do to the sandbox, as JSON over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Literal
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import membership, opening, people
from bot.sandbox.access import refusal
from bot.sandbox.body import Body
from bot.sandbox.chats import CHAT_TYPES, STATUSES, Chat, Status
from bot.sandbox.errors import ControlError, SandboxError
from bot.sandbox.faults import Fault
from bot.sandbox.menus import menu_for
from bot.sandbox.snapshot import snapshot
from bot.sandbox.state import Sandbox
from bot.sandbox.updates import KINDS

MAX_WAIT_SECONDS = 60.0

Handler = Callable[[Sandbox, Body], Any]


def routes() -> list[Route]:
    """All routes below ``/control/``."""
    return [
        Route(f"/control/{path}", _endpoint(handler, frozenset(fields.split())), methods=[verb])
        for (verb, path), (handler, fields) in _HANDLERS.items()
    ]


def _endpoint(handler: Handler, fields: frozenset[str]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if reason := refusal(request.client.host if request.client else "", request.headers):
            return JSONResponse({"error": reason}, 403)
        try:
            body = await Body.read(request)
            body.allow(fields)
            result = handler(request.app.state.sandbox, body)
            if isinstance(result, Awaitable):
                result = await result
        except SandboxError as error:
            return JSONResponse({"error": str(error)}, 400)
        return result if isinstance(result, Response) else JSONResponse(result)

    return endpoint


def _chat(sandbox: Sandbox, body: Body) -> Chat:
    return sandbox.chat(body.path_id())


def _add_user(sandbox: Sandbox, body: Body) -> Any:
    return opening.add_user(
        sandbox,
        body.text("first_name"),
        last_name=body.optional_text("last_name"),
        username=body.optional_text("username"),
        language_code=body.optional_text("language_code"),
        is_bot=body.flag("is_bot"),
        user_id=body.optional_number("id"),
    ).to_json()


def _add_chat(sandbox: Sandbox, body: Body) -> Any:
    bot_status: Status | Literal["never"] = body.choice(
        "bot_status", (*STATUSES, "never"), "member"
    )
    return opening.add_chat(
        sandbox,
        body.choice("type", CHAT_TYPES),
        body.text("title"),
        username=body.optional_text("username"),
        is_forum=body.flag("is_forum"),
        members=tuple(body.numbers("members")),
        bot_status=None if bot_status == "never" else bot_status,
        linked_chat_id=body.optional_number("linked_chat_id"),
        chat_id=body.optional_number("id"),
    ).to_json()


def _set_member(sandbox: Sandbox, body: Body) -> Any:
    status = body.choice("status", STATUSES)
    membership.set_member(sandbox, body.path_id(), body.number("user_id"), status)
    return {}


def _add_topic(sandbox: Sandbox, body: Body) -> Any:
    return {"message_thread_id": opening.add_topic(sandbox, body.path_id(), body.text("name"))}


def _say(sandbox: Sandbox, body: Body) -> Any:
    return people.say(
        sandbox,
        body.number("chat_id"),
        body.number("from_id"),
        body.optional_text("text"),
        document=body.document(),
        caption=body.optional_text("caption"),
        entities=body.optional_list("entities"),
        reply_to_message_id=body.optional_number("reply_to_message_id"),
        quote=body.optional_text("quote"),
        message_thread_id=body.optional_number("message_thread_id"),
        via_bot=body.optional_number("via_bot"),
        forward_from_id=body.optional_number("forward_from_id"),
        anonymous=body.flag("anonymous"),
        sender_chat_id=body.optional_number("sender_chat_id"),
        date=body.optional_number("date"),
    )


def _edit(sandbox: Sandbox, body: Body) -> Any:
    return people.edit(
        sandbox, body.number("chat_id"), body.number("message_id"), body.text("text")
    )


def _delete(sandbox: Sandbox, body: Body) -> Any:
    people.delete(sandbox, body.number("chat_id"), body.number("message_id"))
    return {}


def _press(sandbox: Sandbox, body: Body) -> Any:
    callback = people.press(
        sandbox,
        body.number("chat_id"),
        body.number("message_id"),
        body.number("from_id"),
        body.text("data"),
    )
    return {"id": callback.id}


def _callback(sandbox: Sandbox, body: Body) -> Any:
    callback = sandbox.callbacks.get(body.path["id"])
    if callback is None:
        raise ControlError(f"there is no callback {body.path['id']!r}")
    return callback.answer


def _react(sandbox: Sandbox, body: Body) -> Any:
    people.react(
        sandbox,
        body.number("chat_id"),
        body.number("message_id"),
        body.number("from_id"),
        body.optional_text("emoji"),
    )
    return {}


def _add_update(sandbox: Sandbox, body: Body) -> Any:
    if len(body.fields) != 1:
        raise ControlError("an update has exactly one field, such as message, and no update_id")
    ((kind, content),) = body.fields.items()
    return {"update_id": sandbox.updates.add(kind, content)}


def _migrate(sandbox: Sandbox, body: Body) -> Any:
    return {"chat_id": opening.migrate(sandbox, body.number("chat_id")).id}


def _plan_fault(sandbox: Sandbox, body: Body) -> Any:
    fault = Fault(
        body.text("method"),
        error_code=body.optional_number("error_code"),
        description=body.optional_text("description"),
        retry_after=body.optional_number("retry_after"),
        drop=body.choice("drop", ("before", "after", None), None),
        delay=body.seconds("delay"),
        times=body.number("times", 1),
        chat_id=body.optional_number("chat_id"),
    )
    sandbox.faults.plan(fault)
    return {}


def _clear_faults(sandbox: Sandbox, _body: Body) -> Any:
    sandbox.faults.clear()
    return {}


def _messages(sandbox: Sandbox, body: Body) -> Any:
    after = body.number("after", 0)
    messages = _chat(sandbox, body).messages
    return [message for message_id, message in messages.items() if message_id > after]


def _draft(sandbox: Sandbox, body: Body) -> Any:
    draft = _chat(sandbox, body).draft_at(sandbox.clock())
    return None if draft is None else {"id": draft.id, "text": draft.text}


async def _events(sandbox: Sandbox, body: Body) -> Any:
    timeout = min(body.seconds("timeout"), MAX_WAIT_SECONDS)
    return await sandbox.events.after(body.number("after", 0), timeout)


def _calls(sandbox: Sandbox, body: Body) -> Any:
    return sandbox.calls.calls(body.optional_text("method"))


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


_HANDLERS: dict[tuple[str, str], tuple[Handler, str]] = {
    ("POST", "users"): (_add_user, "first_name last_name username language_code is_bot id"),
    ("POST", "chats"): (
        _add_chat,
        "type title username is_forum members bot_status linked_chat_id id",
    ),
    ("POST", "chats/{id}/members"): (_set_member, "user_id status"),
    ("POST", "chats/{id}/topics"): (_add_topic, "name"),
    ("GET", "chats/{id}/messages"): (_messages, "after"),
    ("GET", "chats/{id}/draft"): (_draft, ""),
    ("POST", "messages"): (
        _say,
        (
            "chat_id from_id text document caption entities reply_to_message_id quote "
            "message_thread_id via_bot forward_from_id anonymous sender_chat_id date"
        ),
    ),
    ("POST", "edits"): (_edit, "chat_id message_id text"),
    ("POST", "deletions"): (_delete, "chat_id message_id"),
    ("POST", "callbacks"): (_press, "chat_id message_id from_id data"),
    ("GET", "callbacks/{id}"): (_callback, ""),
    ("POST", "reactions"): (_react, "chat_id message_id from_id emoji"),
    ("POST", "updates"): (_add_update, " ".join(KINDS)),
    ("POST", "migrate"): (_migrate, "chat_id"),
    ("POST", "faults"): (
        _plan_fault,
        "method error_code description retry_after drop delay times chat_id",
    ),
    ("DELETE", "faults"): (_clear_faults, ""),
    ("GET", "events"): (_events, "after timeout"),
    ("GET", "calls"): (_calls, "method"),
    ("GET", "state"): (_state, ""),
    ("GET", "files/{id}"): (_file, ""),
    ("GET", "menu"): (_menu, "chat_id user_id"),
}
