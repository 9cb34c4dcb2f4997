"""What a question asks: its language, its words, and the kind of answer it wants. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.cleaning import clean
from retrieval.foreign import is_foreign
from retrieval.reasons import Talk
from retrieval.small_talk import language_asked_for, small_talk
from retrieval.types import Language
from retrieval.words import FUNCTION_WORDS, detect_language, fold, is_known, stem, words

LONGEST = 2_000
"""Characters of a question that are read; what follows adds nothing to what it asks."""

DATES = frozenset("anno anni data giorno mese secolo year years date day month century".split())
"""Nouns that name a date as an answer, folded."""


class Kind(StrEnum):
    """What would answer: a person, a time, a place, a number, a reason, a way, or a thing."""

    PERSON = "person"
    TIME = "time"
    PLACE = "place"
    NUMBER = "number"
    REASON = "reason"
    MANNER = "manner"
    THING = "thing"


# The first that is found decides; folded text, so without accents or capitals.
_KINDS = (
    (Kind.TIME, r"quando|(?:che|qual[ei]?|qual e l) (?:\w+ )?(?:ann[oi]|data|giorno|mese|secolo)"),
    (Kind.TIME, r"da quanto tempo|when|(?:what|which) (?:\w+ )?(?:year|date|day|month|century)"),
    (Kind.NUMBER, r"quant[oiae]|how (?:many|much|long|old|far|large|big|tall|often)"),
    (Kind.NUMBER, r"(?:che|quale|qual e (?:il|la|l)) (?:percentuale|numero|eta|cifra|somma|costo)"),
    (Kind.NUMBER, r"what (?:\w+ )?(?:percentage|number|age|amount|percent|population)"),
    (Kind.PLACE, r"dove?|(?:che|qual[ei]|quali sono i|qual e la) (?:paes|citt|nazion|luog)\w*"),
    (Kind.PLACE, r"where|(?:what|which) (?:city|country|countries|state|region|place|nation)"),
    (Kind.REASON, r"perche|per (?:quale|che) (?:motivo|ragione)|why|for what reason"),
    (Kind.PERSON, r"chi|cui nome|who|whom|whose"),
    (Kind.MANNER, r"come|in che modo|how"),
)
_LISTS = re.compile(
    r"\b(?:quali|chi sono|elenca\w*|list|which (?!was|does|has|is)\w+s"
    r"|(?:which|what|who) (?:are|were)|what (?:other|two|three|four|five|kinds|types))\b"
)
_SAYINGS = re.compile(
    r"\bsecondo (?:chi|qual[ei])\b|\baccording to\b|\b(?:chi|cosa|che|come|quando|dove|who|what"
    r"|when|where)\b.{0,40}\b(?:dett[oaie]|dic[eo]|disse|afferma\w*|dichiara\w*|sost(?:ien|en)\w+"
    r"|scri[stv]\w+|ribad\w+|comment\w+|says?|said|stated?|claim(?:s|ed)|declared|wr[io]tt?en?)\b"
)
_ASKING = frozenset(
    """
    chi che cosa cos quale quali qual quando dove dov perche come com quanto quanta quanti quante
    quant in a da di con per who whom whose what which when where why how
    """.split()
)
_DETERMINERS = frozenset("che quale quali quanti quante quanta quanto which what many".split())
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{pattern})\b")) for kind, pattern in _KINDS)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question: as typed, folded, and its stems in either language.

    ``names_answer`` marks the noun that says what kind of thing would answer («quale città»): a
    sentence that answers seldom repeats it.
    """

    text: str
    folded: str
    stems: tuple[str, ...]
    is_name: bool
    names_answer: bool

    @property
    def is_number(self) -> bool:
        """Tell whether it is a figure."""
        return self.folded[0].isdigit()

    @property
    def is_function_word(self) -> bool:
        """Tell whether it is grammar rather than subject."""
        return self.folded in FUNCTION_WORDS


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the ranking sees it."""

    text: str
    language: Language
    kind: Kind
    terms: tuple[Term, ...]

    @property
    def says_something(self) -> bool:
        """Tell whether there is a word in it that isn't grammar."""
        return any(not term.is_function_word for term in self.terms)

    @property
    def has_known_words(self) -> bool:
        """Tell whether some word of it is in a dictionary, or is grammar, or a figure."""
        return any(term.is_number or is_known(term.text) for term in self.terms)

    @property
    def asks_for_a_date(self) -> bool:
        """Tell whether it names a date as its answer: «in che anno», not just «quando»."""
        return any(term.names_answer and term.folded in DATES for term in self.terms)

    @property
    def asks_for_a_list(self) -> bool:
        """Tell whether it wants all of several things: «quali paesi», «chi sono i membri»."""
        return _LISTS.search(fold(self.text)) is not None

    @property
    def asks_who_says(self) -> bool:
        """Tell whether it wants to know who says something, or what someone says."""
        return _SAYINGS.search(fold(self.text)) is not None

    @property
    def talk(self) -> Talk | None:
        """Tell what kind of small talk it is instead; ``None`` if it asks something."""
        return small_talk(self.text)


def parse(text: str, language: Language | None = None) -> Question:
    """Read a question; ``language`` decides where its words don't tell, as those nobody knows."""
    # Half a surrogate pair can arrive from anywhere, and no encoder takes it.
    text = text[: 4 * LONGEST].encode("utf-8", "replace").decode("utf-8")
    text = clean(clean(text)[:LONGEST])
    said = words(text)
    if said and said[0].start == 0 and said[0].folded in _ASKING:
        text = text[0].upper() + text[1:]  # what ranks has only ever seen them so
        said = words(text)
    known = " ".join(word.text for word in said if is_known(word.text))
    asked_for = language_asked_for(text) or (is_foreign(text) and (language or "it"))
    detected = asked_for or detect_language(known, default=language or "it")
    terms: dict[str, Term] = {}
    before = ""
    for word in said:
        stems = dict.fromkeys((stem(word.text, "it"), stem(word.text, "en")))
        term = Term(
            text=word.text,
            folded=word.folded,
            stems=tuple(stems),
            is_name=bool(before) and word.text[0].isupper(),
            names_answer=before in _DETERMINERS and word.folded not in FUNCTION_WORDS,
        )
        terms.setdefault(word.folded, term)
        before = word.folded
    folded = " ".join(term.folded for term in terms.values())
    kind = next((kind for kind, pattern in _PATTERNS if pattern.search(folded)), Kind.THING)
    return Question(text, detected, kind, tuple(terms.values()))
