"""The values that cross borders: frozen, and valid from the moment they exist.

Offsets are counted in characters (Unicode code points) of a source's text, half open:
``text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Self

from retrieval.reasons import Fallback, Refusal, Talk, Verdict
from retrieval.source import Source, SourceSummary, Twin, content_hash, set_of
from retrieval.usage import Usage

__all__ = [
    "Answer",
    "Claim",
    "Language",
    "Passage",
    "Quote",
    "Source",
    "SourceSummary",
    "Span",
    "Status",
    "Turn",
    "content_hash",
    "set_of",
]

Language = Literal["it", "en"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, half open. Never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A few neighbouring sentences of a source: what is embedded, found and shown.

    ``text == source.text[start:end]``, and each of ``sentences`` (offsets in the source, in
    order, inside the passage) is one sentence, heading or list item. ``heading`` is the heading it
    stands under; ``paragraph`` the number, from 1, of the paragraph it begins in; ``page`` that of
    the page it begins on, 0 where there are none.
    """

    source: str
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    heading: str = ""
    paragraph: int = 1
    page: int = 0

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"passage {self.start}-{self.end} holds {len(self.text)} characters")
        if any(s.start < self.start or s.end > self.end for s in self.sentences):
            raise ValueError(f"a sentence lies outside passage {self.start}-{self.end}")

    @property
    def id(self) -> str:
        """Its place, as a name: unique within a generation."""
        return f"{self.source}@{self.start}-{self.end}"

    def sentence_texts(self) -> tuple[str, ...]:
        """The words of each of ``sentences``."""
        return tuple(self.text[s.start - self.start : s.end - self.start] for s in self.sentences)

    def sentence_text(self, index: int) -> str:
        """The words of one of ``sentences``."""
        span = self.sentences[index]
        return self.text[span.start - self.start : span.end - self.start]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, verbatim, with their place: ``text == source.text[start:end]``.

    ``content_hash`` says which version of the source; ``passage`` is what surrounds the quote.
    ``highlights`` are the places in the source, in order, of those of its words that answer, where
    they can be told. ``page`` is the one it begins on, 0 where there are none; ``link``, ``date``
    and ``origin`` are the source's; ``also`` are the other sources that say the same.
    """

    source: str
    title: str
    content_hash: str
    start: int
    end: int
    text: str
    passage: Passage
    highlights: tuple[Span, ...] = ()
    page: int = 0
    link: str = ""
    date: str = ""
    origin: str = ""
    also: tuple[Twin, ...] = ()

    @classmethod
    def of(
        cls, source: Source, place: Span, passage: Passage, highlights: tuple[Span, ...] = ()
    ) -> Self:
        """Quote what stands at a place of a source, in one of its passages."""
        return cls(
            source.id,
            source.title,
            source.content_hash,
            place.start,
            place.end,
            source.text[place.start : place.end],
            passage,
            highlights,
            page=source.page_at(place.start),
            link=source.link,
            date=source.date,
            origin=source.origin,
            also=source.also,
        )

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"quote {self.start}-{self.end} holds {len(self.text)} characters")
        if not self.passage.start <= self.start < self.end <= self.passage.end:
            raise ValueError(f"quote {self.start}-{self.end} lies outside its passage")
        if any(not self.start <= s.start < s.end <= self.end for s in self.highlights):
            raise ValueError(f"a highlight lies outside quote {self.start}-{self.end}")

    def to_dict(self) -> dict[str, Any]:
        """The quote as JSON shows it."""
        return {
            "source": self.source,
            "title": self.title,
            "start": self.start,
            "end": self.end,
            "quote": self.text,
            "highlights": [[span.start, span.end] for span in self.highlights],
            "origin": self.origin,
            "date": self.date,
            "link": self.link,
            "page": self.page,
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing an answer says, and the quotes that say it too. Never without one."""

    text: str
    quotes: tuple[Quote, ...]

    def __post_init__(self) -> None:
        if not self.quotes:
            raise ValueError("a claim needs a quote")

    def to_dict(self) -> dict[str, Any]:
        """The claim as JSON shows it."""
        return {"text": self.text, "quotes": [quote.to_dict() for quote in self.quotes]}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question asked earlier in a conversation, complete in itself, and what it was answered by.

    Without ``quotes`` it was refused. ``is_quoted`` marks words that somebody else wrote, which a
    question may be about.
    """

    question: str
    quotes: tuple[str, ...] = ()
    is_quoted: bool = False


class Status(StrEnum):
    """How a question ended. A refusal is an answer too."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_IN_SOURCES = "not_in_sources"
    NO_SOURCES = "no_sources"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question, in the question's language, quotes in the source's.

    ``text`` is complete in itself: the n-th quote of the claims, in order, is marked ``[n]``.
    ``confidence`` is the probability (0 to 1) that the best quote answers, given with a refusal
    too; ``closest`` is the nearest passage's best quote, given with a refusal; ``suggestion`` is
    a question that the sources do answer. ``ranked`` are the ids of up to 20 sources, best first.
    ``ms`` are the milliseconds it took. ``refusal`` says why nothing answers, where sources were
    searched; ``searched`` is what was looked for, where the question had to be completed from the
    conversation, and ``follows`` the question that it goes on from, where it is none that one would
    ask. ``highlights`` are the places in ``text`` of the words that answer.

    ``written`` says that a model wrote it; ``left_out``, that some of what it wrote did not stand
    in the sources; ``fallback``, why it didn't write it. The text says so, too. ``usage`` is of all
    requests to the model; ``outcomes`` count what came of its claims. ``verdict`` is what the
    sources say of a claim that was to be checked; ``talk`` the kind of small talk that was replied
    to, where nothing was asked. ``disagreement`` are the numbers of the quotes,
    from 1, that don't agree on a figure or a date, each of another source, the newest first; mostly
    there are none. The text says so, too.
    """

    question: str
    language: Language
    status: Status
    text: str
    confidence: float
    claims: tuple[Claim, ...] = ()
    closest: Quote | None = None
    suggestion: str = ""
    ranked: tuple[str, ...] = ()
    generation: str = ""
    ms: float = 0.0
    refusal: Refusal | None = None
    searched: str = ""
    follows: str = ""
    highlights: tuple[Span, ...] = ()
    written: bool = False
    left_out: bool = False
    fallback: Fallback | None = None
    usage: Usage = field(default_factory=Usage)
    outcomes: tuple[tuple[str, int], ...] = ()
    verdict: Verdict | None = None
    talk: Talk | None = None
    disagreement: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        quotes = self.quotes
        if any(not 1 <= number <= len(quotes) for number in self.disagreement):
            raise ValueError(f"no quotes to disagree: {self.disagreement} of {len(quotes)}")
        disagree = {quotes[number - 1].source for number in self.disagreement}
        if len(disagree) != len(self.disagreement) or len(disagree) == 1:
            raise ValueError("sources that disagree are two or more, each with one quote")
        answers = self.status in (Status.ANSWERED, Status.PARTIAL)
        if answers != bool(self.claims):
            raise ValueError(f"an answer that is {self.status} with {len(self.claims)} claims")
        if any(span.end > len(self.text) for span in self.highlights):
            raise ValueError("a highlight lies outside the answer's text")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"not a probability: {self.confidence}")

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotes of all claims, in the order of their markers."""
        return tuple(quote for claim in self.claims for quote in claim.quotes)

    @property
    def closest_shown(self) -> Quote | None:
        """The quote that a refusal shows as the closest.

        To a question that the sources are not about, no passage is close: all would be in the way.
        """
        return None if self.refusal is Refusal.OFF_TOPIC else self.closest

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON shows it: the command line's contract."""
        return {
            "status": str(self.status),
            "text": self.text,
            "confidence": round(self.confidence, 4),
            "claims": [claim.to_dict() for claim in self.claims],
            "closest": self.closest.to_dict() if self.closest else None,
            "disagreement": list(self.disagreement),
            "generation": self.generation,
            "ms": round(self.ms, 2),
        }
