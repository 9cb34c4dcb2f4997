"""From a stream of text to proposals, each as soon as it is complete. Pure; never raises.

Two formats are understood, and which one it is shows in the text itself: JSON as in
:data:`~retrieval.prompting.SCHEMA`, and the lines that are asked for where a server knows no
schemas. What comes before either (a greeting, a code fence, a model's thoughts in ``<think>``) is
passed over. How the stream is cut into pieces makes no difference.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import Any

from retrieval.prompting import NOTHING
from retrieval.proposals import Citation, Proposal

LONGEST = 16_000
"""Characters of an output. More than that says nothing that a short answer would."""

MOST_CLAIMS = 12
MOST_CITATIONS = 4  # of a claim; the others are left aside
_MOST_REPEATS = 2  # of one claim
_LONGEST_LINE = 4_000
_DEEPEST = 8  # brackets in brackets: the schema needs six
_STRETCH = 384  # characters that are looked at for a loop, and how often
_PERIOD = 64  # the longest unit that counts as one

_CLAIM = re.compile(r"[\s>*_#\-•\d.)]*\bCLAIMS?\b[\s*_\d]*[:.\-–—][\s*_]*(.*)", re.IGNORECASE)
_QUOTE = re.compile(
    r"[\s>*_#\-•]*\bQUOTES?\b[\s*_]*[\[(]?\s*(?:PASSAGE\s*)?(\d{1,6})\s*[\])]?[\s*_]*"
    r"[:.\-–—][\s*_]*(.*)",
    re.IGNORECASE,
)
_NOTHING = re.compile(rf"[\s>*_#\-•\"'`]*{NOTHING}[\s*_.\"'`]*", re.IGNORECASE)
_MARKS = {"«": "»", "“": "”", '"': '"', "'": "'", "‘": "’"}


class End(StrEnum):
    """How an output ended."""

    COMPLETE = "complete"
    EMPTY = "empty"
    MALFORMED = "malformed"  # not the format, or cut short
    WITHOUT_QUOTES = "without_quotes"  # claims, and not one quote to any of them
    LOOPING = "looping"  # the same again and again, or far too long


class Parser:
    """Reads one output as it arrives. ``proposals`` are those that are complete so far."""

    def __init__(self) -> None:
        self.proposals: list[Proposal] = []
        self._text = ""
        self._format: _Json | _Lines | None = None
        self._looping = False
        self._line = 0  # where the line begins that may open either format
        self._thinking = False

    @property
    def is_looping(self) -> bool:
        """Tell whether there is no point in reading on."""
        return self._looping

    @property
    def length(self) -> int:
        """How many characters were read."""
        return len(self._text)

    def feed(self, piece: str) -> tuple[Proposal, ...]:
        """Read on; returns the proposals that this piece completes."""
        before = len(self.proposals)
        while piece and not self._looping:
            # In steps that end at the same characters, however the stream was cut.
            room = _STRETCH - len(self._text) % _STRETCH
            step, piece = piece[:room], piece[room:]
            self._text += step
            self._read(self._text, at_end=False)
            if len(self._text) % _STRETCH == 0:
                self._looping |= len(self._text) >= LONGEST or _repeats(self._text[-_STRETCH:])
        return tuple(self.proposals[before:])

    def finish(self) -> tuple[tuple[Proposal, ...], End]:
        """Say that nothing follows; returns what that completes, and how the output ended."""
        before = len(self.proposals)
        if not self._looping:
            self._read(self._text + "\n", at_end=True)
        last = tuple(self.proposals[before:])
        return last, self._end()

    def _end(self) -> End:
        if self._looping:
            return End.LOOPING
        if not self._text.strip():
            return End.EMPTY
        if self._format is None or not self._format.is_whole:
            return End.MALFORMED
        if self.proposals and not any(p.citations for p in self.proposals):
            return End.WITHOUT_QUOTES
        return End.COMPLETE

    def _read(self, text: str, *, at_end: bool) -> None:
        if self._format is None:
            self._open(text)
        if self._format:
            for proposal in self._format.read(text, at_end=at_end):
                self._add(proposal)

    def _open(self, text: str) -> None:
        """Find where one of the formats begins: JSON at its bracket, lines at a whole line."""
        while self._format is None:
            if self._thinking:
                end = text.find("</think>", self._line)
                if end < 0:
                    return
                self._thinking, self._line = False, end + len("</think>")
            start = self._line + len(text[self._line :]) - len(text[self._line :].lstrip())
            if text.startswith("<think>", start):
                self._thinking = True
            elif text.startswith("{", start):
                self._format = _Json(start)
            else:
                end = text.find("\n", start)
                if end < 0:
                    return
                line = text[start:end]
                if _CLAIM.fullmatch(line) or _NOTHING.fullmatch(line):
                    self._format = _Lines(start)
                self._line = end + 1

    def _add(self, proposal: Proposal) -> None:
        if self._looping:
            return
        repeats = sum(p.text == proposal.text for p in self.proposals)
        if len(self.proposals) == MOST_CLAIMS or repeats == _MOST_REPEATS:
            self._looping = True
            return
        self.proposals.append(proposal)


class _Json:
    """Follows brackets and strings, and reads each object in ``claims`` when it closes."""

    def __init__(self, start: int) -> None:
        self._start = self._position = start
        self._open: list[str] = []
        self._in_string = self._escaped = False
        self._claim = -1  # where the claim begins that is being read
        self._found: list[Proposal] = []
        self._broken = False
        self.is_whole = False

    def read(self, text: str, *, at_end: bool) -> list[Proposal]:
        del at_end  # brackets tell
        before = len(self._found)
        while self._position < len(text) and not (self._broken or self.is_whole):
            self._step(text, text[self._position])
            self._position += 1
        return self._found[before:]

    def _step(self, text: str, character: str) -> None:
        if self._in_string or character == '"':
            self._read_string(character)
        elif character in "{[":
            if character == "{" and self._open == ["{", "["]:
                self._claim = self._position
            self._open.append(character)
            self._broken = len(self._open) > _DEEPEST
        elif character in "}]":
            if not self._open or self._open.pop() + character not in ("{}", "[]"):
                self._broken = True
            elif character == "}" and self._open == ["{", "["]:
                self._close_claim(text)
            elif not self._open:
                self._close(text)

    def _read_string(self, character: str) -> None:
        if self._escaped:
            self._escaped = False
        elif character == '"':
            self._in_string = not self._in_string
        else:
            self._escaped = character == "\\"

    def _close_claim(self, text: str) -> None:
        proposal = _proposal(_loads(text[self._claim : self._position + 1]))
        if proposal is None:
            self._broken = True
        else:
            self._found.append(proposal)

    def _close(self, text: str) -> None:
        """See whether the whole is JSON in every part, with those claims in it and no others."""
        whole = _loads(text[self._start : self._position + 1])
        claims = whole.get("claims") if isinstance(whole, dict) else None
        self.is_whole = isinstance(claims, list) and [*map(_proposal, claims)] == self._found
        self._broken = not self.is_whole


class _Lines:
    """Reads whole lines; a claim is complete when the next begins, or at the end."""

    def __init__(self, start: int) -> None:
        self._position = start
        self._claim = ""
        self._citations: list[Citation] = []
        self.is_whole = False  # until there is a claim, or the word that there is none

    def read(self, text: str, *, at_end: bool) -> list[Proposal]:
        found: list[Proposal] = []
        while (end := text.find("\n", self._position)) >= 0:
            line = text[self._position : end]
            self._position = end + 1
            if len(line) > _LONGEST_LINE:
                continue
            if claim := _CLAIM.fullmatch(line):
                self._close(found)
                self._claim = _bare(claim[1])
            elif quote := _QUOTE.fullmatch(line):
                self._cite(int(quote[1]), _unquoted(quote[2]))
            elif _NOTHING.fullmatch(line):
                self.is_whole = True
        if at_end:
            self._close(found)
        return found

    def _cite(self, passage: int, quote: str) -> None:
        if quote and len(self._citations) < MOST_CITATIONS:
            self._citations.append(Citation(passage, quote))

    def _close(self, found: list[Proposal]) -> None:
        if self._claim:
            found.append(Proposal(self._claim, tuple(self._citations)))
            self.is_whole = True
        self._claim, self._citations = "", []


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False)  # models write line ends into strings
    except (ValueError, RecursionError):
        return None


def _proposal(value: Any) -> Proposal | None:
    """Make a proposal of what was in JSON; ``None`` if it has no words, or isn't one at all."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return None
    text = _bare(value["text"])
    citations = value.get("citations", [])
    if not text or not isinstance(citations, list):
        return None
    made = (_citation(citation) for citation in citations[:MOST_CITATIONS])
    return Proposal(text, tuple(citation for citation in made if citation))


def _citation(value: Any) -> Citation | None:
    if not isinstance(value, dict) or not isinstance(quote := value.get("quote"), str):
        return None
    number = value.get("passage")
    if isinstance(number, str) and number.isascii() and number.isdecimal() and len(number) < 7:
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool) or not quote.strip():
        return None
    return Citation(number, _encodable(quote))


def _bare(text: str) -> str:
    """Make one line of words, without what decorates it or can't be seen."""
    line = " ".join(text.split()).strip("*_ ")
    return "".join(character for character in line if character.isprintable())


def _encodable(text: str) -> str:
    """Replace half surrogate pairs, which JSON can hold and no encoder takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _unquoted(text: str) -> str:
    """Take away one pair of quotation marks around a quote."""
    text = _encodable(text).strip("*_ \t\r")
    if len(text) > 1 and _MARKS.get(text[0]) == text[-1]:
        return text[1:-1].strip()
    return text


def _repeats(stretch: str) -> bool:
    """Tell whether a stretch is one short unit again and again."""
    return any(stretch.startswith(stretch[period:]) for period in range(1, _PERIOD + 1))
