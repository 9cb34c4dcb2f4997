"""The groups and channels the bot was ever in: what it may do there, and whether it is wanted.

They are few, so all of them are in memory too, and looking one up takes no time.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

_ID = re.compile(r"-?\d{1,19}", re.ASCII)
_LINK = re.compile(
    r"(?:https?://)?(?:t|telegram)\.me/(?:c/(?P<id>\d{1,16})|(?P<username>\w+))(?:[/?].*)?",
    re.ASCII | re.IGNORECASE,
)

_metadata = sa.MetaData()
chats = sa.Table(
    "chats",
    _metadata,
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("username", sa.String(100), nullable=False),
    sa.Column("rights", sa.String(20), nullable=False),
    sa.Column("told", sa.String(100), nullable=False),
    sa.Column("allowed", sa.Boolean),
    sa.Column("turned_away", sa.Boolean, nullable=False),
    sa.Column("is_source", sa.Boolean, nullable=False),
    sa.Column("wants_source", sa.Boolean, nullable=False),
    sa.Column("earlier", sa.Text, nullable=False),
)


class Rights(StrEnum):
    """What the bot is in a chat: ``MUTED`` is there and can't write, ``GONE`` isn't there."""

    ADMIN = "admin"
    MEMBER = "member"
    MUTED = "muted"
    GONE = "gone"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class KnownChat:
    """A group or channel. ``kind`` is Telegram's word: group, supergroup, channel.

    ``username`` is without @, "" where it has none. ``told`` is what it was last told of what the
    bot can see. ``allowed`` is what an admin decided, ``None`` before that; ``turned_away``, that
    it was told it isn't allowed. ``is_source`` says that a channel's posts are read as documents,
    ``wants_source`` that its admins asked for it. ``earlier`` are the usernames it had before, and
    the number of the group it was before it became a supergroup, with spaces between them.
    """

    id: int
    kind: str = ""
    title: str = ""
    username: str = ""
    rights: Rights = Rights.UNKNOWN
    told: str = ""
    allowed: bool | None = None
    turned_away: bool = False
    is_source: bool = False
    wants_source: bool = False
    earlier: str = ""

    @property
    def name(self) -> str:
        """What to call it: its title, or its id where nobody knows that."""
        return self.title or str(self.id)

    @property
    def address(self) -> str:
        """What nobody else has, as they may have its title: its @username, or its id."""
        return f"@{self.username}" if self.username else str(self.id)


class Chats:
    """The groups and channels of one bot. Open them with :meth:`open`.

    ``allowed`` are the ids the settings allow; without any, every chat is, until an admin denies
    it. What an admin decides comes before the settings. People in private are always allowed.
    """

    def __init__(self, engine: AsyncEngine, bot_id: int, allowed: Collection[int] = ()) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._allowed = frozenset(allowed)
        self._known: dict[int, KnownChat] = {}

    @classmethod
    async def open(cls, engine: AsyncEngine, bot_id: int, allowed: Collection[int] = ()) -> Self:
        """Read all of them."""
        opened = cls(engine, bot_id, allowed)
        query = sa.select(chats).where(chats.c.bot_id == bot_id)
        async with engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        opened._known = {row["chat_id"]: _known_chat(row) for row in rows}
        return opened

    def known(self) -> tuple[KnownChat, ...]:
        """All of them, by title."""
        return tuple(sorted(self._known.values(), key=lambda chat: (chat.title.lower(), chat.id)))

    def get(self, chat: int) -> KnownChat | None:
        """One of them; a supergroup also by the number of the group that it was.

        Old buttons still say that number.
        """
        known = self._known.get(chat)
        if known and known.kind not in ("", "group"):  # what was none has become nothing else
            return known
        return self._moved(chat) or known

    def named(self, name: str) -> KnownChat | None:
        """The one that nothing else can be meant by: its id, link, or username (also without @)."""
        name = _unlinked(name)
        if _ID.fullmatch(name):
            return self.get(int(name))
        found = self.called(name)
        wanted = name.removeprefix("@").casefold()
        return found[0] if len(found) == 1 and found[0].username.casefold() == wanted else None

    def called(self, name: str) -> tuple[KnownChat, ...]:
        """Those that go by a @username, or without @ also by a title, which anybody can take."""
        name = _unlinked(name).casefold()
        wanted = name.removeprefix("@")
        if not wanted or _ID.fullmatch(name):
            return ()
        return tuple(
            chat
            for chat in self.known()
            if wanted == chat.username.casefold()
            or (name == chat.title.casefold() and name == wanted)
        )

    def is_allowed(self, chat: int) -> bool:
        """Whether the bot answers there."""
        if chat > 0:  # a person
            return True
        known = self.get(chat)
        if known and known.allowed is not None:
            return known.allowed
        return not self._allowed or (known.id if known else chat) in self._allowed

    def _moved(self, old: int) -> KnownChat | None:
        """The supergroup that a group has become, if it has."""
        moved = (chat for chat in self._known.values() if str(old) in chat.earlier.split())
        return next(moved, None)

    async def allow(self, chat: int) -> KnownChat:
        """Have the bot answer there from now on."""
        return await self.note(chat, allowed=True, turned_away=False)

    async def deny(self, chat: int) -> KnownChat:
        """Have it be silent there from now on."""
        return await self.note(chat, allowed=False)

    async def note(self, chat: int, **changes: Any) -> KnownChat:
        """Keep what is new about a chat: fields of :class:`KnownChat`."""
        before = self._known.get(chat)
        after = replace(before or KnownChat(chat), **changes)
        if before and before.username not in ("", after.username, *after.earlier.split()):
            after = replace(after, earlier=f"{after.earlier} {before.username}".strip())
        if after == before:
            return after
        row = asdict(after)
        row |= {"bot_id": self._bot_id, "chat_id": row.pop("id")}
        async with self._engine.begin() as connection:
            await connection.execute(
                sa.delete(chats).where(chats.c.bot_id == self._bot_id, chats.c.chat_id == chat)
            )
            await connection.execute(sa.insert(chats).values(**row))
        self._known[chat] = after
        return after

    async def move(self, old: int, new: int) -> None:
        """Follow a group that has become a supergroup; what the settings allowed stays allowed."""
        before = self._known.get(old)
        if before is None:
            if old in self._allowed and new not in self._known:
                await self.note(new, allowed=True, earlier=str(old))
            return
        if self._moved(old) is None:  # else it was heard of once more, and nothing is new
            allowed = before.allowed
            if allowed is None and old in self._allowed:
                allowed = True
            earlier = f"{before.earlier} {old}".strip()
            changes = asdict(before) | {"kind": "supergroup", "allowed": allowed}
            del changes["id"]
            await self.note(new, **changes | {"earlier": earlier})
        async with self._engine.begin() as connection:
            await connection.execute(
                sa.delete(chats).where(chats.c.bot_id == self._bot_id, chats.c.chat_id == old)
            )
        del self._known[old]


def _unlinked(name: str) -> str:
    """An id or @username out of a link; what is none stays as it is."""
    if link := _LINK.fullmatch(name):
        return f"-100{link['id']}" if link["id"] else f"@{link['username']}"
    return name


def _known_chat(row: Any) -> KnownChat:
    fields = {key: row[key] for key in row if key not in ("bot_id", "chat_id", "rights")}
    return KnownChat(id=row["chat_id"], rights=Rights(row["rights"]), **fields)
