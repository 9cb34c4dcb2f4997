"""A client of the control API: what tests and consoles use to be people."""

from __future__ import annotations

import base64
import ssl
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from bot.sandbox.chats import ChatType, Json, Status
from bot.sandbox.errors import ControlError
from bot.sandbox.views import SandboxCall, SandboxChat, SandboxEvent, SandboxMessage, SandboxUser

if TYPE_CHECKING:
    import httpx


class SandboxClient:
    """Talks to a running sandbox, as an asynchronous context manager.

    Every method raises ``ControlError`` with the server's reason when it refuses.

    Args:
        url: The sandbox's base URL.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.bot_id = 0
        self._http: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        import httpx

        # Straight to the sandbox, over plain HTTP: no proxy, and no certificates to load.
        self._http = httpx.AsyncClient(
            base_url=self.url,
            timeout=70,
            trust_env=False,
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        )
        try:
            self.bot_id = (await self.state())["bot"]["id"]
        except BaseException:
            await self._http.aclose()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._http is not None:
            await self._http.aclose()

    async def request(self, verb: str, path: str, **fields: object) -> Any:
        """Call the control API directly; fields that are None are left out."""
        if self._http is None:
            raise ControlError("open the client first: async with SandboxClient(url) as client")
        given = {name: value for name, value in fields.items() if value is not None}
        if verb == "GET":
            query = {name: str(value) for name, value in given.items()}
            response = await self._http.get(f"/control/{path}", params=query)
        else:
            response = await self._http.request(verb, f"/control/{path}", json=given)
        answer = response.json()
        if response.is_error:
            raise ControlError(answer.get("error") or answer.get("description") or "refused")
        return answer

    async def state(self) -> Json:
        """The bot, all users and chats, and the number of the last event (``seq``)."""
        state: Json = await self.request("GET", "state")
        return state

    async def add_user(self, first_name: str, **fields: object) -> SandboxUser:
        """Open an account. ``fields``: last_name, username, language_code, is_bot, id."""
        user = await self.request("POST", "users", first_name=first_name, **fields)
        return SandboxUser(user["id"], user["first_name"], user.get("username"))

    async def add_group(
        self,
        title: str,
        members: list[int],
        *,
        type: ChatType = "supergroup",  # noqa: A002 - the field's name
        **fields: Any,
    ) -> SandboxChat:
        """Open a group, supergroup or channel; the first member is its creator.

        ``fields``: username, is_forum, bot_status (``member``; ``never`` means that the bot has
        never been there), linked_chat_id, id.
        """
        chat = await self.request(
            "POST", "chats", title=title, type=type, members=members, **fields
        )
        return SandboxChat(chat["id"], chat["type"], chat["title"])

    async def set_member(self, chat_id: int, user_id: int, status: Status) -> None:
        """Join, leave, promote, remove; in a private chat ``kicked`` blocks the bot."""
        await self.request("POST", f"chats/{chat_id}/members", user_id=user_id, status=status)

    async def add_topic(self, chat_id: int, name: str) -> int:
        """Open a topic in a forum. Returns its thread id."""
        topic = await self.request("POST", f"chats/{chat_id}/topics", name=name)
        thread_id: int = topic["message_thread_id"]
        return thread_id

    async def say(
        self, chat_id: int, from_id: int, text: str | None = None, **fields: Any
    ) -> SandboxMessage:
        """Write in a chat; privately to the bot, when both ids are the user's.

        ``fields``: entities, reply_to_message_id, quote, message_thread_id, via_bot,
        forward_from_id, anonymous, sender_chat_id, date, caption, document.
        """
        given = {"chat_id": chat_id, "from_id": from_id, "text": text, **fields}
        return SandboxMessage.from_json(await self.request("POST", "messages", **given))

    async def send_file(
        self, chat_id: int, from_id: int, name: str, content: bytes, **fields: Any
    ) -> SandboxMessage:
        """Send a document. ``fields`` are those of ``say``."""
        document = {"file_name": name, "content": base64.b64encode(content).decode()}
        return await self.say(chat_id, from_id, document=document, **fields)

    async def edit(self, chat_id: int, message_id: int, text: str) -> SandboxMessage:
        """Edit a user's text."""
        raw = await self.request("POST", "edits", chat_id=chat_id, message_id=message_id, text=text)
        return SandboxMessage.from_json(raw)

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message."""
        await self.request("POST", "deletions", chat_id=chat_id, message_id=message_id)

    async def press(self, chat_id: int, message_id: int, from_id: int, data: str) -> str:
        """Press a button of the bot. Returns the callback's id."""
        callback = await self.request(
            "POST",
            "callbacks",
            chat_id=chat_id,
            message_id=message_id,
            from_id=from_id,
            data=data,
        )
        callback_id: str = callback["id"]
        return callback_id

    async def wait_for_answer(
        self,
        callback_id: str,
        timeout: float = 30.0,  # noqa: ASYNC109 - also the server's word
    ) -> Json:
        """What the bot answers to a pressed button: text, show_alert, url.

        Raises:
            TimeoutError: It doesn't answer within ``timeout`` seconds.
        """
        wanted = {"type": "callback_answer", "callback_query_id": callback_id}
        for event in await self.events(0, timeout, **wanted):
            return {k: v for k, v in event.details.items() if k not in wanted}
        raise TimeoutError(f"no answer to that button within {timeout} s")

    async def ask_inline(self, chat_id: int, from_id: int, query: str) -> str:
        """Type behind the bot's name in a chat. Returns the inline query's id."""
        given = {"chat_id": chat_id, "from_id": from_id, "query": query}
        query_id: str = (await self.request("POST", "inline_queries", **given))["id"]
        return query_id

    async def inline_answer(self, query_id: str) -> Json | None:
        """What the bot offers for an inline query, or None so far."""
        answer: Json | None = await self.request("GET", f"inline_queries/{query_id}")
        return answer

    async def choose(self, query_id: str, result_id: str, **fields: object) -> SandboxMessage:
        """Send a result that was offered. ``fields``: message_thread_id."""
        path = f"inline_queries/{query_id}/chosen"
        raw = await self.request("POST", path, result_id=result_id, **fields)
        return SandboxMessage.from_json(raw)

    async def react(self, chat_id: int, message_id: int, from_id: int, emoji: str | None) -> None:
        """React to a message; None takes the reaction back."""
        await self.request(
            "POST",
            "reactions",
            chat_id=chat_id,
            message_id=message_id,
            from_id=from_id,
            emoji=emoji,
        )

    async def add_update(self, kind: str, content: Json) -> int | None:
        """Queue a raw update. Its id, or None if the bot didn't ask for that kind."""
        added = await self.request("POST", "updates", **{kind: content})
        update_id: int | None = added["update_id"]
        return update_id

    async def migrate(self, chat_id: int) -> int:
        """Turn a group into a supergroup. Returns the new id."""
        migrated = await self.request("POST", "migrate", chat_id=chat_id)
        new_id: int = migrated["chat_id"]
        return new_id

    async def fault(self, method: str, **fields: object) -> None:
        """Plan a fault.

        ``fields``: error_code, description, retry_after, drop (``before`` or ``after``), delay
        (seconds), times, chat_id.
        """
        await self.request("POST", "faults", method=method, **fields)

    async def clear_faults(self) -> None:
        """Forget all planned faults."""
        await self.request("DELETE", "faults")

    async def calls(self, method: str | None = None) -> list[SandboxCall]:
        """The calls the bot made, all or those of one method."""
        return [SandboxCall(**call) for call in await self.request("GET", "calls", method=method)]

    async def messages(self, chat_id: int, after: int = 0) -> list[SandboxMessage]:
        """A chat's messages as they are now, those after a message id if one is given."""
        raw = await self.request("GET", f"chats/{chat_id}/messages", after=after)
        return [SandboxMessage.from_json(message) for message in raw]

    async def draft(self, chat_id: int) -> str | None:
        """What the bot is shown to be writing in a private chat; None if nothing."""
        draft = await self.request("GET", f"chats/{chat_id}/draft")
        return None if draft is None else str(draft["text"])

    async def events(
        self,
        after: int = 0,
        timeout: float = 0.0,  # noqa: ASYNC109 - also the server's word
        **wanted: object,
    ) -> list[SandboxEvent]:
        """What happened after event number ``after``; waits up to ``timeout`` seconds for it.

        ``wanted``: type, chat_id, callback_query_id.
        """
        raw = await self.request("GET", "events", after=after, timeout=timeout, **wanted)
        return [SandboxEvent(event.pop("seq"), event.pop("type"), event) for event in raw]

    async def wait_for_event(
        self,
        predicate: Callable[[SandboxEvent], bool],
        *,
        after: int = 0,
        timeout: float = 30.0,  # noqa: ASYNC109 - also the server's word
    ) -> SandboxEvent:
        """The first event after number ``after`` that ``predicate`` holds for.

        Raises:
            TimeoutError: None came within ``timeout`` seconds.
        """
        deadline = time.monotonic() + timeout
        seq = after
        while True:
            left = max(deadline - time.monotonic(), 0.0)
            for event in await self.events(seq, left):
                if predicate(event):
                    return event
                seq = event.seq
            if left == 0.0:
                raise TimeoutError(f"no such event within {timeout} s")

    async def wait_for_message(
        self,
        chat_id: int,
        predicate: Callable[[SandboxMessage], bool] = lambda _message: True,
        *,
        after: int = 0,
        timeout: float = 30.0,  # noqa: ASYNC109 - also the server's word
    ) -> SandboxMessage:
        """The bot's first message in a chat, with a greater id than ``after``, as last edited.

        Raises:
            TimeoutError: None that ``predicate`` holds for came in time; it shows what did come.
        """
        deadline = time.monotonic() + timeout
        seq = (await self.state())["seq"]
        while True:
            written = [
                message
                for message in await self.messages(chat_id, after)
                if message.sender_id in (None, self.bot_id)
            ]
            for message in written:
                if predicate(message):
                    return message
            left = deadline - time.monotonic()
            if left <= 0:
                texts = [message.text for message in written]
                raise TimeoutError(f"no such message within {timeout} s; the bot wrote {texts!r}")
            for event in await self.events(seq, left, chat_id=chat_id):
                seq = event.seq
