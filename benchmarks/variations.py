"""Variations of questions, to learn from: written in a hurry, or asking for a little more.

People type on phones: no capitals, no accents, a letter wrong, just keywords; the answer stays the
same. And they ask for what a text about the very subject doesn't say: the street of an office, the
hour of a visit, what another country thinks of it. These near misses can't be had by taking texts
away, since every word but one is there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from retrieval.evaluation import TestQuestion
from retrieval.types import Language
from retrieval.words import FUNCTION_WORDS, fold, split

NEAR_MISS = "near-miss"

_LONG = 5  # letters of a word in which people slip
_KEYWORDS = 3  # and the fewest words that make a search

_HOURS = (
    r"\b(?:or[ae]|minut\w+|mattin\w+|settiman\w+|luned\w|marted\w|mercoled\w|gioved\w"
    r"|venerd\w|sabato|domenica|piogg\w+|sole)\b"
)

# What asks for the place, time or person that a text gives; what asks for more than that; and
# words that would make the text say it after all.
_FINER: dict[Language, tuple[tuple[str, tuple[str, ...], str], ...]] = {
    "it": (
        (
            r"^(?:dove|in (?:quale|che) (?:citta|paese|luogo|stato|regione|nazione))\b",
            (
                "In quale via", "In che quartiere", "In quale edificio", "A quale indirizzo",
                "Al numero civico", "A quale piano", "A quanti metri dal mare", "In quale stanza",
            ),
            r"\b(?:vi[ae]|quartier\w+|edifici\w+|palazz\w+|indirizz\w+|pian[oi]|metri|stanz\w)\b",
        ),
        (
            r"^(?:quando|in (?:quale|che) (?:anno|data|mese|giorno|secolo|periodo))\b",
            (
                "A che ora", "In quale giorno della settimana", "Con quanti minuti di ritardo",
                "A che ora del mattino", "Con che tempo", "Per quante ore",
            ),
            _HOURS,
        ),
        (
            r"^chi\b",
            (
                "Quanti anni aveva chi", "Quanto è stato pagato chi",
                "Come si chiama la moglie di chi",
                "Dove ha studiato chi", "Di che partito è chi", "In quale città è nato chi",
            ),
            r"\b(?:anni|pagat\w|moglie|studi\w+|partit\w|nat[oa])\b",
        ),
    ),
    "en": (
        (
            r"^(?:where|in (?:which|what) (?:city|country|place|state|region|area))\b",
            (
                "On which street", "In which neighbourhood", "In which building", "On which floor",
                "At what address", "How many metres from the sea", "In which room",
            ),
            r"\b(?:vi[ae]|quartier\w+|edifici\w+|palazz\w+|indirizz\w+|pian[oi]|metri|stanz\w)\b",
        ),
        (
            r"^(?:when|(?:in |on )?(?:what|which) (?:year|date|month|day|century))\b",
            (
                "At what time", "On which day of the week", "How many minutes late",
                "At what hour of the morning", "In what weather", "For how many hours",
            ),
            _HOURS,
        ),
        (
            r"^who\b",
            (
                "How old was the person who", "How much was the person paid who",
                "What is the name of the wife of the man who", "Where did the person study who",
            ),
            r"\b(?:anni|pagat\w|moglie|studi\w+|partit\w|nat[oa])\b",
        ),
    ),
}  # fmt: skip

_ABOUT: dict[Language, tuple[str, ...]] = {
    "it": (
        "Quanto costa {}?", "Quanto è costato {}?", "Quanto costerà {}?", "Chi finanzia {}?",
        "Di che colore è {}?", "Qual è il numero di telefono di {}?", "A che ora apre {}?",
        "In quale via si trova {}?", "Chi dirigerà {}?", "Quanti anni compie {}?",
        "Qual è il piatto preferito di {}?", "Dove ha studiato {}?", "Chi ha disegnato {}?",
        "Quanti figli ha {}?", "Qual è il sito di {}?", "Quanto guadagna {}?",
        "Che cosa ne pensa il sindaco di {}?", "Chi ha sposato {}?",
    ),
    "en": (
        "How much does {} cost?", "How much will {} cost?", "Who pays for {}?", "Who will run {}?",
        "What colour is {}?", "What is the phone number of {}?", "What time does {} open?",
        "On which street is {}?", "How many children does {} have?", "Where did {} study?",
        "What is the website of {}?", "How much does {} earn?", "Who designed {}?",
        "Who married {}?",
    ),
}  # fmt: skip
_ABOUT_SAID = re.compile(
    r"\b(?:cost\w+|prezz\w+|finanzi\w+|color\w+|telefon\w+|vi[ae]|dirig\w+|dirett\w+|compi\w+"
    r"|piatt\w+|studi\w+|disegn\w+|progett\w+|figli\w*|sit[oi]|guadagn\w+|stipendi\w+|sindac\w+"
    r"|spos\w+|mogli\w*|marit\w+|euro|dollar\w+|sterlin\w+|ore|nacque|nat[oa])\b"
)

_OTHERS = tuple(
    """
    Islanda Portogallo Messico Turchia Brasile Marocco Norvegia Perù Kenya Vietnam Bolivia Scozia
    Lisbona Palermo Oslo Lima Nairobi Bologna Dublino Praga Bari Siviglia Rossi Colombo Ferrari
    Martínez Kowalski Andersen Schneider Okafor Tanaka Silva Moretti Unesco Interpol FIFA Greenpeace
    """.split()
)

_NAME = re.compile(r"(?<=[a-zà-ù,] )(?:[A-Z]{2,6}|[A-ZÀ-Ü][^\W\d_]+)(?: [A-ZÀ-Ü][^\W\d_]+)*(?!\w)")


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a store that a question is put to, folded, and the names among them."""

    folded: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Text:
        """Gather names: capitals that don't begin a sentence."""
        joined = "\n".join(texts)
        return cls(fold(joined), tuple(sorted(set(_NAME.findall(joined)))))


def hurried(question: TestQuestion, chance: Random) -> TestQuestion:
    """Type a question as on a phone: the answer is the same."""
    ways: tuple[Callable[[str, Random], str], ...] = (_plain, _slipped, _keywords)
    text = question.question
    for way in chance.sample(ways, chance.choice((1, 1, 2))):
        text = way(text, chance)
    return replace(question, question=text)


def finer(question: TestQuestion, text: Text, chance: Random) -> TestQuestion | None:
    """Ask for more than the text that answers says, where the question has such a form."""
    for pattern, openings, said in _FINER[question.lang]:
        match = re.match(pattern, fold(question.question))
        if match and not re.search(said, text.folded):
            rest = question.question[match.end() :]  # folding keeps the length of these words
            return replace(
                question, kind=NEAR_MISS, question=chance.choice(openings) + rest, answers=()
            )
    return None


def about(name: str, lang: Language, text: Text, chance: Random) -> TestQuestion | None:
    """Ask of a name what the text doesn't tell of anybody."""
    asked = chance.choice(_ABOUT[lang]).format(name)
    if _ABOUT_SAID.search(text.folded):
        return None
    return TestQuestion(id=asked, question=asked, lang=lang, kind=NEAR_MISS)


def of_another(question: TestQuestion, text: Text, chance: Random) -> TestQuestion | None:
    """Ask the same of somebody, or some place, that the text doesn't speak of."""
    names = [m for m in _NAME.finditer(question.question) if fold(m.group()) in text.folded]
    strangers = [name for name in _OTHERS if fold(name) not in text.folded]
    if len(names) < 1 or not strangers:
        return None
    name = chance.choice(names)
    changed = (
        question.question[: name.start()]
        + chance.choice(strangers)
        + question.question[name.end() :]
    )
    # With no other word of the text in it, it wouldn't be a miss that is near.
    kept = [w for w in split(changed) if fold(w) not in FUNCTION_WORDS and fold(w) in text.folded]
    if len(kept) < 2:
        return None
    return replace(question, kind=NEAR_MISS, question=changed, answers=())


def _plain(text: str, chance: Random) -> str:
    """Without capitals, accents, apostrophes, or a question mark."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.replace("'", chance.choice(("'", " "))).rstrip(" ?")


def _slipped(text: str, chance: Random) -> str:
    """With a letter doubled, missing, or out of place in one or two long words."""
    parts = re.split(r"(\W+)", text)
    long = [n for n, part in enumerate(parts) if len(part) >= _LONG and part.isalpha()]
    for n in chance.sample(long, min(len(long), chance.choice((1, 1, 2)))):
        word = parts[n]
        at = chance.randrange(1, len(word) - 1)
        parts[n] = chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
    return "".join(parts)


def _keywords(text: str, chance: Random) -> str:
    """Just the words of content, as for a search engine."""
    del chance
    kept = [word for word in split(text) if fold(word) not in FUNCTION_WORDS]
    return " ".join(kept) if len(kept) >= _KEYWORDS else text
