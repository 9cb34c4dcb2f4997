"""What was answered where: so that buttons, votes and edits find an answer again.

An answer is kept for as long as ``KEEP_DAYS`` says, with its quotes and their places. The messages
it became are noted as they are sent; one with buttons as it looks, to be put back when a passage
has been read in its place.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.replies import Part
from bot.shown import ShownAnswer, ShownQuote, details_of, read
from retrieval import Answer

__all__ = ["Answers", "ShownAnswer", "ShownQuote", "answer_messages", "answers"]

_DAY = 24 * 3600
_ID_BYTES = 12  # 96 bits, so that nobody finds an answer by trying

_metadata = sa.MetaData()
answers = sa.Table(
    "answers",
    _metadata,
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("thread_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("message_id", sa.BigInteger, nullable=False),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("details", sa.Text, nullable=False),
    sa.UniqueConstraint("bot_id", "chat_id", "message_id", name="answers_by_question"),
    sa.Index("answers_by_asked_at", "bot_id", "asked_at"),
)
answer_messages = sa.Table(
    "answer_messages",
    _metadata,
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("answer_id", sa.String(16), nullable=False),
    sa.Column("part", sa.Text),
    sa.Index("answer_messages_by_answer", "bot_id", "answer_id"),
)


class Answers:
    """The answers that one bot has given, each kept for ``seconds``.

    ``clock`` gives the time in seconds since 1970.
    """

    def __init__(
        self, engine: AsyncEngine, bot_id: int, seconds: float, clock: Callable[[], float]
    ) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._seconds = seconds
        self._clock = clock

    @property
    def days(self) -> int:
        """For how many days an answer is kept."""
        return round(self._seconds / _DAY)

    async def remember(
        self, answer: Answer, *, chat: int, thread: int, user: int, message: int
    ) -> ShownAnswer:
        """Keep an answer to the question in a message, before it is shown.

        Another answer to the same message, as after an edit or a crash, takes the place of the
        first and its id.
        """
        async with self._engine.begin() as connection:
            await self._forget_old(connection)
            known = sa.select(answers.c.id).where(*self._asked(chat, message))
            found = (await connection.execute(known)).scalar()
            shown = ShownAnswer(
                id=found or secrets.token_urlsafe(_ID_BYTES),
                chat=chat,
                thread=thread,
                user=user,
                message=message,
                asked_at=int(self._clock()),
                question=answer.question,
                status=str(answer.status),
                searched=answer.searched,
                language=answer.language,
                confidence=answer.confidence,
                generation=answer.generation,
                ms=answer.ms,
                ranked=answer.ranked,
                quotes=tuple(ShownQuote.of(quote) for quote in answer.quotes),
                closest=ShownQuote.of(closest) if (closest := answer.closest_shown) else None,
                written=answer.written,
                fallback=str(answer.fallback or ""),
                calls=answer.usage.calls,
                input_tokens=answer.usage.input_tokens,
                output_tokens=answer.usage.output_tokens,
            )
            await connection.execute(sa.delete(answers).where(*self._asked(chat, message)))
            await connection.execute(sa.insert(answers).values(self._row(shown)))
        return shown

    async def get(self, answer_id: str) -> ShownAnswer | None:
        """The answer of this id, if there is one."""
        return await self._first(answers.c.id == answer_id)

    async def of_question(self, chat: int, message: int) -> ShownAnswer | None:
        """The answer to the question in a message, if there is one."""
        return await self._first(*self._asked(chat, message))

    async def of_message(self, chat: int, message: int) -> ShownAnswer | None:
        """The answer that a message of the bot's belongs to, if there is one."""
        belongs = sa.select(answer_messages.c.answer_id).where(*self._sent(chat, message))
        return await self._first(answers.c.id == belongs.scalar_subquery())

    async def of_moved(self, answer_id: str, message: int) -> ShownAnswer | None:
        """This answer, if a message of the bot's showed it before its group became a supergroup."""
        belongs = sa.select(answer_messages.c.answer_id).where(
            answer_messages.c.bot_id == self._bot_id,
            answer_messages.c.answer_id == answer_id,
            answer_messages.c.message_id == -message,
        )
        return await self._first(answers.c.id == belongs.scalar_subquery())

    async def note(self, answer_id: str, chat: int, message: int, part: Part | None = None) -> None:
        """Note that a message of the bot's is (a part of) an answer, if that is kept.

        Twice is once. Where ``part`` has buttons, it is kept as it looks.
        """
        look = part.to_json() if part and part.buttons else None
        async with self._engine.begin() as connection:
            await connection.execute(sa.delete(answer_messages).where(*self._sent(chat, message)))
            known = sa.select(answers.c.id).where(
                answers.c.bot_id == self._bot_id, answers.c.id == answer_id
            )
            if (await connection.execute(known)).first() is None:
                return  # forgotten while it was on its way
            await connection.execute(
                sa.insert(answer_messages).values(
                    bot_id=self._bot_id,
                    chat_id=chat,
                    message_id=message,
                    answer_id=answer_id,
                    part=look,
                )
            )

    async def unnote(self, chat: int, message: int) -> None:
        """Note that a message of the bot's belongs to no answer any more."""
        async with self._engine.begin() as connection:
            await connection.execute(sa.delete(answer_messages).where(*self._sent(chat, message)))

    async def look(self, chat: int, message: int) -> Part | None:
        """How a message of the bot's looks that belongs to an answer and has buttons."""
        query = sa.select(answer_messages.c.part).where(*self._sent(chat, message))
        async with self._engine.connect() as connection:
            part = (await connection.execute(query)).scalar()
        return Part.from_json(part) if part else None

    async def messages(self, answer_id: str) -> tuple[int, ...]:
        """The bot's messages that an answer became in its own chat, in order."""
        answered = sa.select(answers.c.chat_id).where(
            answers.c.bot_id == self._bot_id, answers.c.id == answer_id
        )
        query = (
            sa.select(answer_messages.c.message_id)
            .where(
                answer_messages.c.bot_id == self._bot_id,
                answer_messages.c.answer_id == answer_id,
                answer_messages.c.message_id > 0,  # what it has left in another chat is no place
                # A passage of it may have been opened elsewhere.
                sa.func.coalesce(answered.scalar_subquery(), answer_messages.c.chat_id)
                == answer_messages.c.chat_id,
            )
            .order_by(answer_messages.c.message_id)
        )
        async with self._engine.connect() as connection:
            return tuple((await connection.execute(query)).scalars())

    async def move(self, old_chat: int, new_chat: int) -> None:
        """Follow a group that has become a supergroup.

        Its messages have other ids there; those of before are found by :meth:`of_moved`.
        """
        async with self._engine.begin() as connection:
            await connection.execute(
                sa.update(answers)
                .where(answers.c.bot_id == self._bot_id, answers.c.chat_id == old_chat)
                # Ids of messages begin anew: negative ones can't be mistaken for the new chat's.
                .values(chat_id=new_chat, message_id=-sa.func.abs(answers.c.message_id))
            )
            await connection.execute(
                sa.update(answer_messages)
                .where(
                    answer_messages.c.bot_id == self._bot_id, answer_messages.c.chat_id == old_chat
                )
                .values(chat_id=new_chat, message_id=-sa.func.abs(answer_messages.c.message_id))
            )

    async def forget_user(self, user: int) -> None:
        """Delete all that was answered to a person, and which passages they opened in private."""
        opened = (answer_messages.c.bot_id == self._bot_id, answer_messages.c.chat_id == user)
        async with self._engine.begin() as connection:
            await self._delete(connection, answers.c.user_id == user)
            await connection.execute(sa.delete(answer_messages).where(*opened))

    async def forget_old(self) -> None:
        """Delete what has been kept for long enough."""
        async with self._engine.begin() as connection:
            await self._forget_old(connection)

    async def _forget_old(self, connection: AsyncConnection) -> None:
        await self._delete(connection, answers.c.asked_at < self._clock() - self._seconds)

    async def _delete(self, connection: AsyncConnection, which: sa.ColumnElement[bool]) -> None:
        going = sa.select(answers.c.id).where(answers.c.bot_id == self._bot_id, which)
        await connection.execute(
            sa.delete(answer_messages).where(
                answer_messages.c.bot_id == self._bot_id, answer_messages.c.answer_id.in_(going)
            )
        )
        await connection.execute(sa.delete(answers).where(answers.c.bot_id == self._bot_id, which))

    async def _first(self, *which: sa.ColumnElement[bool]) -> ShownAnswer | None:
        query = sa.select(answers).where(
            answers.c.bot_id == self._bot_id,
            answers.c.asked_at >= self._clock() - self._seconds,
            *which,
        )
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
        return read(row) if row else None

    def _row(self, shown: ShownAnswer) -> dict[str, Any]:
        return {
            "bot_id": self._bot_id,
            "id": shown.id,
            "chat_id": shown.chat,
            "thread_id": shown.thread,
            "user_id": shown.user,
            "message_id": shown.message,
            "asked_at": shown.asked_at,
            "question": shown.question,
            "status": shown.status,
            "details": details_of(shown),
        }

    def _asked(self, chat: int, message: int) -> tuple[sa.ColumnElement[bool], ...]:
        return (
            answers.c.bot_id == self._bot_id,
            answers.c.chat_id == chat,
            answers.c.message_id == message,
        )

    def _sent(self, chat: int, message: int) -> tuple[sa.ColumnElement[bool], ...]:
        return (
            answer_messages.c.bot_id == self._bot_id,
            answer_messages.c.chat_id == chat,
            answer_messages.c.message_id == message,
        )
