"""What a handler hands over: a reply in parts, fit for the journal and for Telegram."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

Kind = Literal["bold", "italic", "blockquote", "expandable_blockquote"]

TOO_LATE = 3600.0
"""Seconds after which the answer to a message would come out of the blue."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a part with a look of its own; offsets count UTF-16 units, as Telegram does."""

    type: Kind
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it tells the bot ``data`` (at most 64 bytes), or opens ``url``."""

    text: str
    data: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if bool(self.data) == bool(self.url) or len(self.data.encode()) > 64:
            raise ValueError(f"not a button: {self.text!r} with {self.data!r} and {self.url!r}")


@dataclass(frozen=True, slots=True)
class Part:
    """One message: at most 4,096 UTF-16 units of text and 100 entities, and rows of buttons."""

    text: str
    entities: tuple[Entity, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()

    def to_json(self) -> str:
        """The part as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The part that ``to_json`` wrote."""
        return cls.from_fields(json.loads(text))

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """The part that ``asdict`` took apart."""
        return cls(
            fields["text"],
            tuple(Entity(**entity) for entity in fields["entities"]),
            tuple(tuple(Button(**button) for button in row) for row in fields["buttons"]),
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said in answer to one update, and where.

    ``to_message`` is the message the first part replies to, ``thread`` the topic it belongs in.
    ``edits`` are messages of the bot's own that the parts replace, one each; where one can't be
    edited any more, its part is sent instead, and those left over are deleted. ``answer`` is the
    id of the answer, in ``bot.answers``, that the parts show.
    """

    chat: int
    parts: tuple[Part, ...]
    to_message: int | None = None
    thread: int | None = None
    edits: tuple[int, ...] = ()
    answer: str = ""

    def to_json(self) -> str:
        """The reply as the journal keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The reply that ``to_json`` wrote."""
        fields = json.loads(text)
        parts = tuple(map(Part.from_fields, fields.pop("parts")))
        return cls(parts=parts, edits=tuple(fields.pop("edits")), **fields)


@dataclass(frozen=True, slots=True)
class Deferred:
    """A reply that takes long: it is worked on beside the chat's queue, which goes on meanwhile.

    The update stays unfinished until the reply is sent, so a crash begins the work again.
    """

    work: Callable[[], Awaitable[Reply]]


Show = Callable[[Part], None]
"""Shows how a reply comes along: the newest part takes the place of the one before."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """A reply that is shown while it comes along, in a chat whose queue waits for it.

    ``place`` is where: a reply without parts. The update stays unfinished until the reply is sent,
    so a crash begins the work again.
    """

    place: Reply
    work: Callable[[Show], Awaitable[Reply]]


Outcome = Reply | Deferred | Streamed | None
"""What a handler returns; ``None`` says nothing."""


class Outbox:
    """Where handlers leave their outcomes for the inbox to pick up, by update id.

    python-telegram-bot drops what a handler returns; this carries it across.
    """

    def __init__(self) -> None:
        self._outcomes: dict[int, Outcome] = {}

    def put(self, update_id: int, outcome: Outcome) -> None:
        """Leave an outcome; a later one for the same update replaces it."""
        self._outcomes[update_id] = outcome

    def take(self, update_id: int) -> Outcome:
        """Pick up the outcome for an update, once."""
        return self._outcomes.pop(update_id, None)
