"""Questions that lean on the one before: told by their form, and completed with its words. Pure.

«E quando?» asks nothing by itself; «Quanti membri ha?» has lost its subject; «E l'Australia?» asks
the same of something else; «Chi altro?» asks the same again. Where the form alone doesn't tell,
the question may stand alone too, and whoever searches finds out which reading the sources answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.grammar import Clause, NounPhrase, clause
from retrieval.question import Question
from retrieval.types import Turn

_MOST_CONTENT = 4  # words of its own; a question with more of them stands alone

# What asks, with the preposition before it and, after «quale», the noun that adds nothing to it.
_ASKING = re.compile(
    r"""\b(?:(?:a|ad|di|da|in|con|su|per|tra|fra|to|at|from|with|for|by|on)\s+)?
    (?:(?:che|qual[ei]?|what|which)\s+(?:cos[ae]|citt\w+|paes\w+|nazion\w+|luog\w+|ann[oi]|
        giorn[oi]|data|mes[ei]|secol\w+|motiv\w+|ragion\w+|modo|city|cities|country|countries|
        places?|years?|days?|date|months?|century|reasons?|ways?)
    |how\s+(?:many|much|long|old|far|large|big|tall|often)
    |che\s+cos(?=['’])|che(?=\s+\w)|cosa|cos(?=['’])|chi|quando|quand(?=['’])|dove|dov(?=['’])|perch[eéè]|come
    |com(?=['’])|qual[ei]?|quant[oaie]|quant(?=['’])|how|what|which|when|where|why|who(?:m|se)?
    )\b['’]?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_COPULA = re.compile(r"\A(?:è|e['’]|sono|era|erano|fu|furono|is|are|was|were)\s+", re.IGNORECASE)
_OPENING = re.compile(r"\A(?:ed?|ma|and|but|so|allora|invece|quindi)\s+", re.IGNORECASE)
_FILLING = re.compile(r"[\W_]*(?:\b(?:mai|esattamente|exactly)\b)?[\W_]*\Z", re.IGNORECASE)
_WITH_SUBJECT = re.compile(r"(.+\?) \((.+)\)")  # what a completed question may look like


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question completed from the conversation.

    ``certain`` is false where the question may stand alone as well. ``shown`` are the quotes that
    must not be given again, since something else is asked for.
    """

    text: str
    certain: bool
    shown: tuple[str, ...] = ()


def complete(question: Question, history: Sequence[Turn]) -> FollowUp | None:
    """Complete a question with the subject of the last one; ``None`` if it stands alone.

    ``history`` is the conversation so far, oldest turn first.
    """
    if not history or question.is_greeting:
        return None
    last = history[-1]
    read = clause(question.text, question.language)
    certain = _leans(read)
    if certain is None:
        return None
    shown = tuple(
        quote for turn in history if turn.question == last.question for quote in turn.quotes
    )
    return FollowUp(_completed(read, last.question), certain, shown if read.asks_for_more else ())


def _leans(read: Clause) -> bool | None:
    """Tell whether a clause leans on the one before: surely, perhaps (false), or not (``None``)."""
    content = len(read.content)
    if read.is_about_the_bot or content > _MOST_CONTENT:
        return None
    if not content:
        return True if read.asking is not None or read.asks_for_more else None
    if read.asking is None:
        return _leans_without_asking(read)
    asks_for_more = read.asks_for_more and content <= 2 and not read.has_subject()
    lacks_subject = read.lacks_subject()
    if read.leaning_word() is not None or asks_for_more or lacks_subject:
        return True
    return False if lacks_subject is None or read.is_opened else None


def _leans_without_asking(read: Clause) -> bool | None:
    if read.is_opened or (read.asks_for_more and len(read.words) <= 3):
        return True
    return False if len(read.words) <= 3 and read.base(0) else None


def _completed(read: Clause, before: str) -> str:
    if read.asks_for_more and not read.content:
        return before
    if read.asking is None:
        return _substituted(read, before)
    if not read.content and not _without_asking(_FILLING.sub("", read.text)):
        main, subject = _parts(before)
        text = f"{_stripped(read.text)} {_without_asking(main)}?"
        return f"{text} ({subject})" if subject else text
    return f"{_stripped(read.text)}? ({_subject(before)})"


def _substituted(read: Clause, before: str) -> str:
    """Put new words in the place of those that play their role, or else add them."""
    main, subject = _parts(before)
    new = _phrase(read)
    if subject and not new.preposition:
        return f"{main}? ({new.text})"
    old = _counterpart(new, clause(before, read.language).phrases()) if new.is_name else None
    if not old:
        return f"{main}, {new.text}?" + (f" ({subject})" if subject else "")
    words = new.text
    if old.preposition and not new.preposition:
        words = f"{old.preposition} {new.bare}"
    return before[: old.start] + words + before[old.end :]


def _phrase(read: Clause) -> NounPhrase:
    first, after = read.content[0], read.content[-1] + 1
    return read.phrase(first, after, is_name=all(read.is_name(n) for n in read.content))


def _counterpart(new: NounPhrase, names: Sequence[NounPhrase]) -> NounPhrase | None:
    alike = [name for name in names if name.role == new.role]
    if len(alike) == 1:
        return alike[0]
    return names[0] if len(names) == 1 and not new.preposition else None


def _parts(text: str) -> tuple[str, str]:
    """Split a question, maybe a completed one, into what it asks and of which subject."""
    match = _WITH_SUBJECT.fullmatch(text.strip())
    main, subject = match.groups() if match else (text, "")
    return _stripped(main), subject


def _subject(text: str) -> str:
    main, subject = _parts(text)
    return subject or _COPULA.sub("", _without_asking(main))


def _without_asking(text: str) -> str:
    return " ".join(_ASKING.sub("", _OPENING.sub("", text), count=1).split())


def _stripped(text: str) -> str:
    return text.strip(" \t\n?!.…")
