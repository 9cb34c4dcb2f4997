"""The control API: what users and tests do to the sandbox, and see of it, as JSON over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import inline, membership, opening, people, watching
from bot.sandbox.access import refusal
from bot.sandbox.body import Body
from bot.sandbox.chats import CHAT_TYPES, STATUSES, Status
from bot.sandbox.errors import ControlError, SandboxError
from bot.sandbox.faults import Fault
from bot.sandbox.state import Sandbox
from bot.sandbox.updates import KINDS
from bot.sandbox.watching import Handler, Handlers


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
    said = people.say(
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
    inline.call_guest(sandbox, sandbox.chat(said["chat"]["id"]), said)
    return said


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


def _ask_inline(sandbox: Sandbox, body: Body) -> Any:
    query = body.optional_text("query") or ""
    asked = inline.ask(sandbox, body.number("chat_id"), body.number("from_id"), query)
    return {"id": asked.id, "answer": asked.answer}


def _choose(sandbox: Sandbox, body: Body) -> Any:
    return inline.choose(
        sandbox,
        body.path["id"],
        body.text("result_id"),
        message_thread_id=body.optional_number("message_thread_id"),
    )


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


_HANDLERS: Handlers = {
    ("POST", "users"): (_add_user, "first_name last_name username language_code is_bot id"),
    ("POST", "chats"): (
        _add_chat,
        "type title username is_forum members bot_status linked_chat_id id",
    ),
    ("POST", "chats/{id}/members"): (_set_member, "user_id status"),
    ("POST", "chats/{id}/topics"): (_add_topic, "name"),
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
    ("POST", "inline_queries"): (_ask_inline, "chat_id from_id query"),
    ("POST", "inline_queries/{id}/chosen"): (_choose, "result_id message_thread_id"),
    ("POST", "reactions"): (_react, "chat_id message_id from_id emoji"),
    ("POST", "updates"): (_add_update, " ".join(KINDS)),
    ("POST", "migrate"): (_migrate, "chat_id"),
    ("POST", "faults"): (
        _plan_fault,
        "method error_code description retry_after drop delay times chat_id",
    ),
    ("DELETE", "faults"): (_clear_faults, ""),
    **watching.HANDLERS,
}
