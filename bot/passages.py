"""The passages behind an answer: their buttons, and each as it looks when it is opened. Pure.

What a button says to the bot, and what a link to it carries:

- ``p:<answer>``: back to the answer;
- ``p:<answer>:<quote>``: the passage of a quote, by its number from 1; 0 is a refusal's closest;
- ``p:<answer>:<quote>:<start>:<version>``: what stands at an offset of that quote's source, in
  the version whose hash begins so;
- ``p_<answer>_<quote>``: the same as the second, behind ``/start``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self

from bot.dates import day_in_words
from bot.entities import Composer
from bot.excerpts import one_line, pieces
from bot.fragments import link_to
from bot.locales import Words
from bot.replies import Button, Part
from bot.shown import ShownAnswer, ShownQuote
from retrieval import Opening, Passage, Place, Span, Standing

PATTERN = r"^p:"
LINK = r"^/start(?:@\w+)? p_"

_DATA = re.compile(
    r"p:(?P<answer>[\w-]{16})(?::(?P<quote>\d{1,2})(?::(?P<start>\d{1,9}):(?P<version>[0-9a-f]{8}))?)?",
    re.ASCII,
)
_PAYLOAD = re.compile(r"p_(?P<answer>[\w-]{16})_(?P<quote>\d{1,2})", re.ASCII)
_MOST = 16  # quotes with a button; those after them stand below the answer all the same
_ROW = 8  # buttons
_VERSION = 8  # characters of a hash
_LONGEST = 1_900  # characters of a passage; a longer one is cut around its quote


@dataclass(frozen=True, slots=True)
class Asked:
    """What a button or a link asks for: see above. ``quote`` is None on the way back."""

    answer: str
    quote: int | None = None
    start: int | None = None
    version: str = ""

    @classmethod
    def read(cls, data: str) -> Self | None:
        """What a button says, or a link's payload; None where that is neither."""
        match = _DATA.fullmatch(data) or _PAYLOAD.fullmatch(data)
        if not match:
            return None
        fields = match.groupdict()
        quote, start = fields["quote"], fields.get("start")
        return cls(
            fields["answer"],
            None if quote is None else int(quote),
            None if start is None else int(start),
            fields.get("version") or "",
        )

    def data(self) -> str:
        """What the button says."""
        fields = ["p", self.answer]
        if self.quote is not None:
            fields.append(str(self.quote))
        if self.start is not None:
            fields += [str(self.start), self.version]
        return ":".join(fields)

    def payload(self) -> str:
        """What the link carries."""
        return f"p_{self.answer}_{self.quote}"

    def quote_of(self, answer: ShownAnswer) -> ShownQuote | None:
        """The quote that is meant, where the answer has it."""
        if self.quote == 0:
            return answer.closest
        if self.quote is None or self.quote > len(answer.quotes):
            return None
        return answer.quotes[self.quote - 1]


def passage_buttons(answer: ShownAnswer, words: Words) -> tuple[Button, ...]:
    """A button for each quote of an answer, or one for the passage that a refusal shows."""
    if not answer.quotes:
        closest = Button(words("open-closest"), Asked(answer.id, 0).data())
        return (closest,) if answer.closest else ()
    numbers = range(1, min(len(answer.quotes), _MOST) + 1)
    return tuple(Button(f"[{n}]", Asked(answer.id, n).data()) for n in numbers)


def in_rows(*groups: tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    """Groups of buttons in rows, each group in one where it fits."""
    rows: list[tuple[Button, ...]] = []
    for group in groups:
        if rows and len(rows[-1]) + len(group) <= _ROW:
            rows[-1] += group
        else:
            rows += [group[n : n + _ROW] for n in range(0, len(group), _ROW)]
    return tuple(rows)


def passage_part(
    asked: Asked,
    quote: ShownQuote,
    opening: Opening,
    words: Words,
    *,
    mark: Place | None,
    back: Button | None,
) -> Part:
    """A passage to read: what it is, its words with the quote in bold, and where to go from there.

    ``mark`` is the place of the quote, wherever in its source ``opening`` is; ``back`` leads to
    the answer.
    """
    source, passage = opening.source, opening.passage
    number = f"[{asked.quote}] " if asked.quote else ""
    title = one_line(source.title if source else quote.title)
    composer = Composer().block().add(f"{number}{title}", "bold")
    if passage and (about := _about(opening, passage, words)):
        composer.add(f"\n{about}")
    if opening.standing is not Standing.CURRENT:
        composer.block().add(words(f"passage-{opening.standing}"), "italic")
    if passage:
        composer.block().quote(pieces(*_cut(passage, _marked(passage, mark))), whole=True)
    text = composer.parts()[0]
    rows = [_steps(asked, opening, words), _ways(opening, mark, words, back)]
    return replace(text, buttons=tuple(row for row in rows if row))


def _about(opening: Opening, passage: Passage, words: Words) -> str:
    source = opening.source
    assert source
    heading = one_line(passage.heading)
    page = source.page_at(max(opening.place.start, passage.start))
    told = [
        heading if heading != one_line(source.title) else "",
        words("page", count=1, pages=str(page)) if page else "",
        one_line(source.author or source.origin),
        one_line(day_in_words(source.date, words.language)),
    ]
    return " · ".join(filter(None, told))


def _marked(passage: Passage, mark: Place | None) -> list[Span]:
    """What of a quote stands in a passage of the same version of its source."""
    if mark is None:
        return []
    start, end = max(mark.start, passage.start), min(mark.end, passage.end)
    return [Span(start, end)] if start < end else []


def _cut(passage: Passage, marked: list[Span]) -> tuple[Passage, list[Span]]:
    """What fits of a passage: all of it, unless it was put together from many."""
    if len(passage.text) <= _LONGEST:
        return passage, marked
    middle = (marked[0].start + marked[0].end) // 2 if marked else passage.start
    start = max(passage.start, min(middle - _LONGEST // 2, passage.end - _LONGEST))
    end = start + _LONGEST
    text = passage.text[start - passage.start : end - passage.start]
    spans = [Span(max(s.start, start), min(s.end, end)) for s in marked if s.start < end]
    return replace(passage, start=start, end=end, text=text, sentences=()), spans


def _steps(asked: Asked, opening: Opening, words: Words) -> tuple[Button, ...]:
    """To the passages before and after; between them, back to the one with the quote."""
    if not opening.passage:
        return ()

    def step(key: str, place: Place) -> Button:
        to = replace(asked, start=place.start, version=version_of(place))
        return Button(words(key), to.data())

    here = words("passage-of", number=opening.number, count=opening.count)
    middle = Button(here, Asked(asked.answer, asked.quote).data())
    before = (step("passage-before", opening.before),) if opening.before else ()
    after = (step("passage-after", opening.after),) if opening.after else ()
    return (*before, middle, *after) if before or after else ()


def _ways(
    opening: Opening, mark: Place | None, words: Words, back: Button | None
) -> tuple[Button, ...]:
    ways = [back] if back else []
    source = opening.source
    if source and source.link:
        place = mark if mark and opening.standing is Standing.CURRENT else None
        start, end = (place.start, place.end) if place else (0, 0)
        link = link_to(source.link, source.text, start, end, source.page_at(start) if place else 0)
        if link:
            ways.append(Button(words("open-source"), url=link))
    return tuple(ways)


def version_of(place: Place) -> str:
    """A version of a source, as buttons name it."""
    return place.content_hash[:_VERSION]
