"""The sandbox itself: a bot, users, chats, and all that has happened between them."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.chats import SPECIAL_USERS, Chat, ChatType, Json, User
from bot.sandbox.errors import ControlError
from bot.sandbox.events import CallLog, EventLog
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.flood import TELEGRAM_LIMITS, FloodGate, FloodLimits
from bot.sandbox.queries import Queries
from bot.sandbox.updates import UpdateQueue

DEFAULT_TOKEN = "42:SANDBOX-this-is-not-a-real-token-xx"  # noqa: S105 - plainly fake, by design
TOKEN_SHAPE = re.compile(r"[0-9]{1,16}:[A-Za-z0-9_-]{35}")

_FIRST_USER_ID = 10_001
_FIRST_GROUP_ID = -20_001
_FIRST_SUPERGROUP_ID = -1_002_000_000_001


@dataclass(slots=True)
class Callback:
    """A pressed button, until the bot answers it and after."""

    id: str
    pressed_at: float
    answer: Json | None = None


@dataclass(slots=True)
class Profile:
    """What the bot says of itself, by language code; commands by scope and language code."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)


class Sandbox:
    """A whole Telegram in memory, for one bot. It knows the rules' data, and nothing of HTTP.

    What users do here is in ``people``, ``opening`` and ``membership``; what the bot does, in
    ``methods``.

    Args:
        token: The bot's token. Its number is the bot's id.
        username: The bot's username.
        privacy: Whether the bot sees only what is meant for it in groups (the default of real
            bots).
        flood: How fast the bot may send.
        clock: Unix time in seconds.
        first_update_id: The first update's id; left out, it follows from the clock.

    Raises:
        ControlError: The token hasn't the shape of one.
    """

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        username: str = "passo_bot",
        privacy: bool = True,
        flood: FloodLimits = TELEGRAM_LIMITS,
        clock: Callable[[], float] = time.time,
        first_update_id: int | None = None,
    ) -> None:
        if not TOKEN_SHAPE.fullmatch(token):
            raise ControlError(
                "the token hasn't the shape of a bot's token: digits, a colon, and 35 of A-Z a-z "
                "0-9 _ -. Leave it out to use the sandbox's own"
            )
        self.token = token
        self.clock = clock
        self.privacy = privacy
        self.bot = User(int(token.partition(":")[0]), "Passo", username=username, is_bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot, **SPECIAL_USERS}
        self.chats: dict[int, Chat] = {}
        self.updates = UpdateQueue(clock, first_update_id)
        self.events = EventLog()
        self.calls = CallLog(clock)
        self.faults = Faults()
        self.files = Files()
        self.flood = FloodGate(flood, clock)
        self.profile = Profile()
        self.callbacks: dict[str, Callback] = {}
        self.queries = Queries(clock)
        self._last_message_id = 0

    @property
    def now(self) -> int:
        """The time as messages carry it: whole seconds."""
        return int(self.clock())

    def interrupt(self) -> None:
        """End all waiting, of the bot and of clients; they get what there is."""
        self.updates.interrupt()
        self.events.interrupt()

    def user(self, user_id: int) -> User:
        """A user who exists.

        Raises:
            ControlError: Nobody has this id.
        """
        if user_id not in self.users:
            raise ControlError(f"there is no user {user_id}; add one with POST /control/users")
        return self.users[user_id]

    def chat(self, chat_id: int) -> Chat:
        """A chat that exists.

        Raises:
            ControlError: No chat has this id.
        """
        if chat_id not in self.chats:
            raise ControlError(f"there is no chat {chat_id}; add one with POST /control/chats")
        return self.chats[chat_id]

    def new_user_id(self) -> int:
        """An id nobody has."""
        return next(i for i in range(_FIRST_USER_ID, 2**52) if i not in self.users)

    def new_chat_id(self, kind: ChatType) -> int:
        """An id no chat has, in the range of its kind."""
        first = _FIRST_GROUP_ID if kind == "group" else _FIRST_SUPERGROUP_ID
        return next(i for i in range(first, -(2**52), -1) if i not in self.chats)

    def new_message_id(self, chat: Chat) -> int:
        """The next message id: each supergroup and channel counts its own, the rest share one."""
        if chat.type in ("supergroup", "channel"):
            chat.last_message_id += 1
            return chat.last_message_id
        self._last_message_id += 1
        return self._last_message_id

    def new_callback(self) -> Callback:
        """A button has been pressed."""
        callback = Callback(str(secrets.randbelow(9 * 10**17) + 10**17), self.clock())
        self.callbacks[callback.id] = callback
        return callback
