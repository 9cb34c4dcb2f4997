"""An answer as it was given, and what of it is kept beside its columns, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from retrieval import Language, Place, Quote


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """The place of a quote in a version of its source, its words, and how the source was called."""

    source: str
    title: str
    content_hash: str
    start: int
    end: int
    words: str = ""

    @classmethod
    def of(cls, quote: Quote) -> Self:
        """Keep a quote and its place."""
        place = (quote.source, quote.title, quote.content_hash, quote.start, quote.end)
        return cls(*place, quote.text)

    @property
    def place(self) -> Place:
        """Where to open it again."""
        return Place(self.source, self.content_hash, self.start, self.end, self.words)


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer that was given: where, to what, and from which places of the sources.

    ``id`` has 16 characters of ``[A-Za-z0-9_-]``. ``message`` is the question's, ``user`` its
    writer, 0 where that is nobody in person; ``thread`` is 0 outside of topics. ``asked_at`` is in
    seconds since 1970. ``closest`` is the place that a refusal showed.
    """

    id: str
    chat: int
    thread: int
    user: int
    message: int
    asked_at: int
    question: str
    status: str
    searched: str = ""
    language: Language = "it"
    confidence: float = 0.0
    generation: str = ""
    ms: float = 0.0
    ranked: tuple[str, ...] = ()
    quotes: tuple[ShownQuote, ...] = ()
    closest: ShownQuote | None = None
    written: bool = False
    fallback: str = ""
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def can_be_followed(self) -> bool:
        """Whether another question may go on from it: it has an answer, or came near one."""
        return bool(self.quotes or (self.closest and not self.searched))


_COLUMNS = ("id", "chat", "thread", "user", "message", "asked_at", "question", "status")


def details_of(shown: ShownAnswer) -> str:
    """What an answer says that has no column of its own."""
    details = {k: v for k, v in asdict(shown).items() if k not in _COLUMNS}
    return json.dumps(details, ensure_ascii=False)


def read(row: Mapping[Any, Any]) -> ShownAnswer:
    """The answer in a row of the table."""
    details = json.loads(row["details"])
    closest = details.pop("closest")
    return ShownAnswer(
        id=row["id"],
        chat=row["chat_id"],
        thread=row["thread_id"],
        user=row["user_id"],
        message=row["message_id"],
        asked_at=row["asked_at"],
        question=row["question"],
        status=row["status"],
        quotes=tuple(ShownQuote(**quote) for quote in details.pop("quotes")),
        closest=ShownQuote(**closest) if closest else None,
        ranked=tuple(details.pop("ranked")),
        **details,
    )
