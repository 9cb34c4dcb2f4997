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
    r"""\b(?:(?:a|ad|di|da|in|con|su|per|tra|fra|presso|to|at|from|with|for|by|on)\s+)?
    (?:(?:che|qual[ei]?|what|which)\s+(?:cos[ae]|citt\w+|paes\w+|nazion\w+|luog\w+|ann[oi]|
        giorn[oi]|data|mes[ei]|secol\w+|motiv\w+|ragion\w+|modo|city|cities|country|countries|
        places?|years?|days?|date|months?|century|reasons?|ways?)
    |how\s+(?:many|much|long|old|far|large|big|tall|often)
    |che\s+cos(?=['’])|che(?=\s+\w)|cosa|cos(?=['’])|chi|quando|quand(?=['’])|dove|dov(?=['’])|perch[eéè]|come
    |com(?=['’])|qual[ei]?|quant[oaie]|quant(?=['’])|how|what|which|when|where|why|who(?:m|se)?
    )\b['’]?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
# The same with a noun: «quali paesi», which another noun may take the place of.
_ASKED_NOUN = re.compile(
    r"\A(?:\w+\s+)?(?:qual[ei]|quant[oaie]|which|what|how\s+(?:many|much))\s+"
    r"(?!(?:è|e['’]|sono|era|erano|ha|hanno|si|do|does|did|is|are|was|were|will|has|have)\b)\w+\s*",
    re.IGNORECASE,
)
_ASKED_WHAT = re.compile(
    r"\A(?:chi\s|(?:che\s+)?cos['’]|qual\s|quali\s|who\s|what\s)\s*"
    r"(?:è|e['’]|sono|era|erano|is|are|was|were)\s+",
    re.IGNORECASE,
)
_LINKING = re.compile(
    r"\A(?:è|e['’]|sono|era|erano|fu|furono|is|are|was|were|do|does|did|will|would)\s+",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\A(?:ed?|ma|and|but|so|allora|invece|quindi)\s+", re.IGNORECASE)
_FILLING = re.compile(r"[\W_]*(?:\b(?:mai|esattamente|exactly)\b)?[\W_]*\Z", re.IGNORECASE)
_WITH_SUBJECT = re.compile(r"(.+\?) \((.+)\)")  # what a completed question may look like

_NAME = re.compile(r"(?:the )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*")
_PRONOUN = re.compile(r"\b(?:it|them|him)\b")  # stands in English where a name would


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question completed from the conversation.

    ``certain`` is false where the question may stand alone as well. ``shown`` are the quotes that
    were given to the last one; with ``asks_for_more``, others are asked for.
    """

    text: str
    certain: bool
    shown: tuple[str, ...]
    asks_for_more: bool


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
    if last.is_quoted:
        text = f"{_stripped(read.text)}? ({_stripped(last.question)})"
    else:
        text = _completed(read, last.question)
    return FollowUp(text, certain, shown, read.asks_for_more)


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
    asked, (main, subject) = _stripped(read.text), _parts(before)
    noun_asked = _asked_noun(main)
    if not (read.content or noun_asked or _without_asking(_FILLING.sub("", asked))):
        return f"{asked} {_without_asking(main)}?" + (f" ({subject})" if subject else "")
    if noun_asked and _asked_noun(asked):
        main = main.replace(noun_asked, "", 1)
    about = _LINKING.sub("", _without_asking(main))
    if subject:
        about = subject if read.content else f"{about} {subject}"
    if _NAME.fullmatch(about) and (pronoun := _PRONOUN.search(asked)):
        return f"{asked[: pronoun.start()]}{about}{asked[pronoun.end() :]}?"
    return f"{asked}? ({about})"


def _substituted(read: Clause, before: str) -> str:
    """Put new words in the place of those that play their role, or else add them."""
    main, subject = _parts(before)
    new = _phrase(read)
    if subject and not new.preposition:
        return f"{main}? ({new.text})"
    names = clause(main, read.language).phrases()
    belongs = new.is_name and any(name.preposition for name in names)
    if not new.preposition and not belongs and (asked := _ASKED_WHAT.match(main)):
        of_whom = names[-1:] if not clause(new.text, read.language).phrases() else ()
        kept = [
            main[name.start :] for name in of_whom if name.preposition and name.end == len(main)
        ]
        return " ".join([asked[0] + new.text, *kept]) + "?"
    if new.is_name and (old := _counterpart(new, names)):
        words = new.text
        if old.preposition and not new.preposition:
            words = f"{old.preposition} {new.bare}"
        text = f"{main[: old.start]}{words}{main[old.end :]}?"
    else:
        text = f"{main}, {new.text}?"
    return text + (f" ({subject})" if subject else "")


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


def _asked_noun(text: str) -> str:
    """Give the words that ask, where a noun among them says more than «quale anno» does."""
    text = _OPENING.sub("", text)
    noun, asking = _ASKED_NOUN.match(text), _ASKING.match(text)
    return noun[0] if noun and not (asking and asking.end() >= noun.end()) else ""


def _without_asking(text: str) -> str:
    return " ".join(_ASKING.sub("", _OPENING.sub("", text), count=1).split())


def _stripped(text: str) -> str:
    return text.strip(" \t\n?!.…")
