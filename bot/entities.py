"""Text with marks on it, cut into messages under Telegram's limits. Pure.

Marks count characters while a text is being put together and UTF-16 units, as Telegram does, once
it is cut into parts.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from bot.replies import Entity, Kind, Part

MAX_UNITS = 4096
MAX_ENTITIES = 100

# Telegram turns these into spaces.
_CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
# Telegram drops these: text direction overrides, and three marks people pile up on letters.
_DROPPED = re.compile("[\r\u202a-\u202e\u0333\u033f\u030a]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
_WITH_RING = re.compile(".\u030a", re.DOTALL)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2800\u3164"
_SURROGATES = re.compile("[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"[.!?…][»”\")\]]*(?=\s)")


def clean(text: str) -> str:
    """``text`` with the characters that Telegram would change or drop already dealt with.

    What it would drop is dropped, so offsets stay true; line ends it would lose are kept.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _WITH_RING.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    text = _DROPPED.sub("", text)
    text = _CONTROLS.sub(" ", text)
    return _SURROGATES.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Mark:
    """A look for ``text[start:end]``, in characters."""

    start: int
    end: int
    type: Kind


class Composer:
    """Puts a text together block by block. A block is kept whole where a message can hold it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._blocks: list[int] = []

    def block(self) -> Composer:
        """Begin a block, an empty line below the one before."""
        if self._length:
            self.add("\n\n")
        self._blocks.append(self._length)
        return self

    def add(self, text: str, *looks: Kind) -> Composer:
        """Append ``text``, cleaned, in the given looks."""
        text = clean(text)
        start, self._length = self._length, self._length + len(text)
        self._pieces.append(text)
        for look in looks:
            self._mark(start, look)
        return self

    def quote(self, pieces: list[tuple[str, bool]], *, whole: bool = False) -> Composer:
        """Append a quotation of ``pieces``; those paired with true are bold.

        Unless it is shown ``whole``, it is one to expand.
        """
        start = self._length
        for text, bold in pieces:
            self.add(text, *(("bold",) if bold else ()))
        self._mark(start, "blockquote" if whole else "expandable_blockquote")
        return self

    def parts(self, max_units: int = MAX_UNITS, max_entities: int = MAX_ENTITIES) -> list[Part]:
        """Cut all of it into messages; see ``split``."""
        return split("".join(self._pieces), self._marks, self._blocks, max_units, max_entities)

    def _mark(self, start: int, look: Kind) -> None:
        if self._length > start:
            self._marks.append(Mark(start, self._length, look))


def split(
    text: str,
    marks: list[Mark],
    blocks: list[int],
    max_units: int = MAX_UNITS,
    max_entities: int = MAX_ENTITIES,
) -> list[Part]:
    """Cut ``text`` into parts of at most ``max_units`` UTF-16 units and ``max_entities`` entities.

    Everything is kept except white space at the edges of a part, which Telegram trims and the
    gap between two messages stands for, and what would be a message without anything to see. Marks
    go on across a cut. Cuts are made, by preference, where a block begins (``blocks``: positions),
    at a line end, a sentence end, a space; inside a word only where there is nothing else, and then
    not inside what reads as one character.
    """
    units = [0, *accumulate(2 if character > "\uffff" else 1 for character in text)]
    marks = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    parts: list[Part] = []
    end_of_text = len(text.rstrip())
    start = _skip_space(text, 0)
    while start < end_of_text:
        limit = bisect_right(units, units[start] + max_units) - 1
        inside = [mark for mark in marks if mark.end > start and mark.start < limit]
        if len(inside) > max_entities and inside[max_entities].start > start:
            limit = inside[max_entities].start
        if limit >= end_of_text:
            end = end_of_text
        else:
            end = _cut(text, units, blocks, start, limit, max_units=max_units)
        kept = start + len(text[start:end].rstrip())
        entities = _entities(text, units, inside, start, kept)
        # A message without anything to see would be refused, and what comes after it lost.
        if not _is_invisible(text[start:kept]):
            parts.append(Part(text[start:kept], entities[:max_entities]))
        start = _skip_space(text, end)
    return parts


def _entities(
    text: str, units: list[int], marks: list[Mark], start: int, end: int
) -> tuple[Entity, ...]:
    entities = []
    for mark in marks:
        piece = text[max(mark.start, start) : min(mark.end, end)]
        first = max(mark.start, start) + len(piece) - len(piece.lstrip())
        last = first + len(piece.strip())
        if last > first:
            offset, length = units[first] - units[start], units[last] - units[first]
            entities.append(Entity(mark.type, offset, length))
    return tuple(entities)


def _is_invisible(text: str) -> bool:
    return all(character.isspace() or character in _INVISIBLE for character in text)


def _skip_space(text: str, position: int) -> int:
    return position + len(text[position:]) - len(text[position:].lstrip())


def _cut(
    text: str, units: list[int], blocks: list[int], start: int, limit: int, *, max_units: int
) -> int:
    """The best place to cut ``text[start:limit]``, after its first half where there is one."""
    half = (start + limit) // 2
    within = [block for block in blocks if start < block <= limit]
    if within:
        after = next((block for block in blocks if block > within[-1]), len(text))
        if within[-1] > half or units[after] - units[within[-1]] <= max_units:
            return within[-1]
    line_end = text.rfind("\n", half, limit + 1)
    # The line after a block's beginning is its label: alone it would say nothing.
    if line_end > start and not (within and "\n" not in text[within[-1] : line_end]):
        return line_end
    sentence_ends = [match.end() for match in _SENTENCE_END.finditer(text, half, limit + 1)]
    if sentence_ends:
        return sentence_ends[-1]
    for position in range(limit, half, -1):
        if text[position].isspace():
            return position
    for position in range(limit, max(half, limit - 64), -1):
        if _between_characters(text, position):
            return position
    return limit


def _between_characters(text: str, position: int) -> bool:
    """Whether a reader sees a character end at ``position``."""
    before, after = text[position - 1], text[position]
    if unicodedata.category(after).startswith("M") or "\u200d" in (before, after):
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return False  # a skin tone, a tag of a flag
    run = 0  # a flag is two regional indicators
    while run < position and "\U0001f1e6" <= text[position - 1 - run] <= "\U0001f1ff":
        run += 1
    return run % 2 == 0 or not "\U0001f1e6" <= after <= "\U0001f1ff"
