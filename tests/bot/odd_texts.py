"""Texts as odd as people and documents write them, sent on their whole way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from hypothesis import strategies as st
from telegram import MessageEntity, MessageId
from telegram.ext import ExtBot

from bot.answers import Answers
from bot.delivery import Delivery
from bot.entities import clean
from bot.journal import Journal
from bot.rendering import answer_parts
from bot.replies import Reply
from bot.sandbox import NO_LIMITS, Sandbox
from bot.sandbox.methods import call
from bot.sandbox.opening import add_user
from bot.sandbox.people import say
from retrieval import Answer, Claim, Passage, Quote, Span, Status
from tests.bot.test_entities import covered, solid

READER = 7
TITLE = "Titolo <b>"

_PIECES = st.sampled_from(
    (
        "Roma ",
        "perché ",
        "<b>&amp;",
        "<&",
        "**_`[x](y)",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\x00",
        "\u2028",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "🇮🇹",
        "😀",
        "e\u0301",
        "\u0301\u0302\u0303",
        "ﷺ",
        "العربية ",
        "עברית ",
        "\u202e",
        "\u200f",
        "\u200b",
        "\ufe0f",
        "日本語。",
        "\ud800",
        "ß",
        "@tutti ",
        "/ask ",
        "https://example.org/a?b=c ",
        "«…» ",
    )
)
_ANY = st.text(st.characters(), max_size=300)
_LONG = st.tuples(st.one_of(_PIECES, _ANY), st.integers(2, 10_000)).map(
    lambda pair: (pair[0] * pair[1])[: max(len(pair[0]), 10_000)]
)
_MIXED = st.lists(st.one_of(_PIECES, _ANY), max_size=60).map("".join)

texts = st.one_of(_ANY, _MIXED, _MIXED, _LONG, st.tuples(_MIXED, _LONG).map("".join))
"""Emoji, right to left, combining marks, markup, NUL, up to some 10,000 characters."""


class _Journal:
    async def finish(self, update_id: int) -> None:
        """Nothing to note."""

    async def mark_sent(self, update_id: int, parts: int) -> None:
        """Nothing to note."""


@dataclass
class Wire:
    """A bot whose requests go to the sandbox's methods as they would over HTTP."""

    sandbox: Sandbox

    async def send_message(
        self, chat: int, text: str, *, entities: Sequence[MessageEntity] | None, **_: Any
    ) -> MessageId:
        listed = [entity.to_dict() for entity in entities or ()]
        fields = {"chat_id": chat, "text": text, "entities": listed}
        sent = await call(self.sandbox, "sendMessage", fields)
        return MessageId(sent["message_id"])


class Way:
    """From an answer through rendering and delivery into the sandbox, and what arrives there."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(flood=NO_LIMITS)
        add_user(self.sandbox, "Anna", user_id=READER)
        say(self.sandbox, READER, READER, "Ciao")
        self._delivery = Delivery(
            cast("ExtBot[Any]", Wire(self.sandbox)),
            cast("Journal", _Journal()),
            cast("Answers", None),
        )

    def arrives(self, text: str) -> None:
        """Have an answer with this text in it sent.

        Raises:
            AssertionError: The sandbox refused it or changed it, or something was lost.
        """
        chat = self.sandbox.chats[READER]
        chat.messages.clear()
        answer = an_answer_from(text)
        parts = answer_parts(answer)
        asyncio.run(self._delivery.deliver(1, Reply(READER, parts)))
        got = list(chat.messages.values())
        assert [message["text"] for message in got] == [part.text for part in parts]
        for message, part in zip(got, parts, strict=True):
            looks = {(e.type, e.offset, e.length) for e in part.entities}
            theirs = {
                (e["type"], e["offset"], e["length"])
                for e in message.get("entities", [])
                if e["type"] in ("bold", "italic", "expandable_blockquote")
            }
            assert theirs == looks, text
        said, quoted = answer.claims[0].quotes[0].passage.text, answer.claims[0].text
        whole = _seen("".join(message["text"] for message in got))
        # The answer whole; of a long passage at least the quote, after what there is around it.
        assert whole.startswith(_seen(f"Ecco: {clean(said)} [1]")), text
        assert _seen(clean(quoted)) in whole.removeprefix(_seen(f"Ecco: {clean(said)} [1]")), text
        bold = "".join(covered(part, "bold") for part in parts)
        assert _seen(bold) == _seen(f"[1] {TITLE}{clean(quoted)}"), text


def _seen(text: str) -> str:
    """What there is to see of a text: a message of nothing else isn't sent."""
    return solid(text).translate(
        dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2800\u3164"))
    )


def an_answer_from(text: str) -> Answer:
    """An answer that quotes the middle of a passage with this text."""
    said = text if clean(text).strip() else f"{text}x"
    passage = Passage("a", 0, len(said), said, (Span(0, len(said)),))
    third = len(said) // 3
    quote = Quote("a", TITLE, "0" * 64, third, len(said), said[third:], passage)
    return Answer(
        "?", "it", Status.ANSWERED, f"Ecco: {said} [1]", 0.9, (Claim(said[third:], (quote,)),)
    )
