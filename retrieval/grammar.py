"""As much grammar of a short question as tells whether it stands alone. Pure.

Words are looked up in short lists and nothing is parsed, which is enough for a question of a few
words in Italian or English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.types import Language
from retrieval.words import AFTER_LO, FUNCTION_WORDS, Word, words

_ASKING = frozenset(
    """
    chi che cosa cos quale quali qual quando quand dove dov perche come com quanto quanta quanti
    quante quant who whom whose what which when where why how
    """.split()
)
_CLITICS = frozenset("l lo la li le gli".split())
_CIRCUMSTANCE = frozenset("cosa cos quando quand dove dov perche come when where why how".split())
_OPENING = frozenset("e ed ma o oppure allora quindi invece and but or so".split())
_TURNING_TO = re.compile(
    r"(?:(?:e|and|but)\s+)?(?:(?:what|how)\s+about\s+|(?:che\s+)?(?:cosa\s+)?(?:mi\s+)?"
    r"(?:dici|sai)\s+(?=d)|(?:per\s+)?quanto\s+riguarda\s+)",
    re.IGNORECASE,
)
_MORE = frozenset(
    """
    altro altra altri altre ancora ulteriori else other others another more anything anyone
    something someone continua prosegui continue
    """.split()
)
_NEXT = frozenset("poi dopo then next".split())
_FILLING = frozenset(
    """
    esattamente precisamente mai scusa scusi raccontami ok okay please instead exactly precisely
    """.split()
)
_BOT = frozenset("you your yours tu te ti tuo tua sei hai puoi".split())
_ARTICLES: dict[Language, frozenset[str]] = {
    "it": frozenset("il lo la i gli le l un uno una".split()),
    "en": frozenset("the a an".split()),
}
_ITALIAN_STEMS = (("di", "de"), ("a", "a"), ("da", "da"), ("in", "ne"), ("su", "su"))
_PREPOSITIONS: dict[Language, dict[str, str]] = {
    "it": {
        **{word: word for word in "a di da in con su per tra fra".split()},
        "ad": "a", "d": "di",
        **{stem + end: base for base, stem in _ITALIAN_STEMS
           for end in ("l", "ll", "llo", "lla", "i", "gli", "lle")},
    },
    "en": {word: word for word in "of at in from with for by on to into under".split()},
}  # fmt: skip
_COPULAS = frozenset("sono era erano fu furono sara saranno is are was were".split())
_HAVING = frozenset("ha ho hanno aveva avevano ebbe avra avranno fa fanno".split())
_PARTICIPLE = re.compile(r"\w{2,}[ts][oaie]")
_PRONOUNS: dict[Language, frozenset[str]] = {
    "it": frozenset(
        """
        lui lei loro egli ella esso essa essi esse costui costei costoro suo sua suoi sue
        questo questa questi queste quest quello quella quelli quelle quell quel quei quegli cio
        """.split()
    ),
    "en": frozenset("he she they him them his hers theirs her their its it these those".split()),
}
_THOSE = frozenset("quello quella quelli quelle".split())
_POSSESSIVES = frozenset("suo sua suoi sue loro his her their its".split())
_PEOPLE = frozenset("lui lei loro egli ella".split())
_DUMMY_IT = frozenset("take takes took mean means time weather possible true raining".split())


_GRAMMAR = FUNCTION_WORDS | _MORE | _FILLING | _ASKING


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A place in a text, ``[start:end]``, with a preposition and an article if there are any.

    ``preposition`` is its plain form: «di» for «della». ``bare`` are the words without both.
    """

    start: int
    end: int
    text: str
    bare: str
    preposition: str
    has_article: bool
    is_name: bool

    @property
    def role(self) -> str:
        """The role it plays: it can stand in for another of the same."""
        return self.preposition or ("the" if self.has_article else "")


@dataclass(frozen=True, slots=True)
class Clause:
    """A short text word by word, without the «e» or «and» that opens it.

    ``is_opened`` tells that something did, ``turns_to`` that it was «what about».
    """

    text: str
    language: Language
    words: tuple[Word, ...]
    is_opened: bool
    turns_to: bool

    @property
    def content(self) -> tuple[int, ...]:
        """Which words aren't grammar."""
        return tuple(n for n, word in enumerate(self.words) if is_content(word))

    @property
    def asking(self) -> int | None:
        """Which word asks: «chi», «when». A «che» further on only joins."""
        for n, word in enumerate(self.words):
            if word.folded in _ASKING and not (
                word.folded == "che" and n and self.base(n - 1) == ""
            ):
                return None if self.turns_to else n
        return None

    @property
    def asks_for_more(self) -> bool:
        """Whether it asks for others of the same: «chi altro», "anything else"."""
        said = [word.folded for word in self.words]
        goes_on = self.is_opened and bool(said) and _NEXT.issuperset(said)
        goes_on |= self.asking is None and said[-2:] == ["di", "piu"]
        return goes_on or not _MORE.isdisjoint(said)

    @property
    def is_about_the_bot(self) -> bool:
        """Whether it speaks to whoever answers: «chi sei?»."""
        return any(word.folded in _BOT for word in self.words)

    def base(self, n: int) -> str:
        """The plain form of word ``n`` if it is a preposition («di» for «della»), else ""."""
        return _PREPOSITIONS[self.language].get(self.words[n].folded, "") if n >= 0 else ""

    def is_article(self, n: int) -> bool:
        """Whether word ``n`` is an article, as far as that can be told."""
        return self.words[n].folded in _ARTICLES[self.language] and not self._is_clitic(n)

    def is_name(self, n: int) -> bool:
        """Whether word ``n`` is a name or a figure."""
        word = self.words[n]
        if n == 0 and not self.is_opened and self.asking is not None:
            return False  # a capital because it comes first
        return is_content(word) and not word.text[0].islower()

    def phrases(self) -> tuple[NounPhrase, ...]:
        """The names in it, each with the preposition and the article before it."""
        found, n = [], 0
        while n < len(self.words):
            first = n
            while n < len(self.words) and self.is_name(n):
                n += 1
            if n > first:
                found.append(self.phrase(first, n, is_name=True))
            n += 1
        return tuple(found)

    def belongings(self) -> tuple[NounPhrase, ...]:
        """The words in it that follow a preposition, names as long as they are."""
        names = [name for name in self.phrases() if name.preposition]
        single = [
            self.phrase(n, n + 1, is_name=False)
            for n in self.content
            if self.base(n - 1) and not self.is_name(n)
        ]
        return (*names, *single)

    def phrase(self, first: int, after: int, *, is_name: bool) -> NounPhrase:
        """The words from ``first`` to before ``after``, and the grammar that leads to them."""
        begin = first
        has_article = begin > 0 and self.is_article(begin - 1)
        begin -= has_article
        preposition = self.base(begin - 1) if begin else ""
        begin -= bool(preposition)
        start, end = self.words[begin].start, self.words[after - 1].end
        bare = self.text[self.words[first].start : end]
        return NounPhrase(start, end, self.text[start:end], bare, preposition, has_article, is_name)

    def has_subject(self, before: int | None = None) -> bool:
        """Whether a name, or a noun with its article, stands in it without a preposition."""
        for n in self.content:
            if before is not None and n >= before:
                return False
            phrase = self.phrase(n, n + 1, is_name=self.is_name(n))
            if not phrase.preposition and (phrase.has_article or phrase.is_name):
                follows_name = n > 0 and self.is_name(n - 1) and phrase.is_name
                if not (follows_name and self.phrase(n - 1, n, is_name=True).preposition):
                    return True
        return False

    @property
    def is_demonstrative(self) -> bool:
        """Whether it begins like «quello della difesa»."""
        return bool(self.words) and self.words[0].folded in _THOSE

    def leaning_word(self) -> int | None:
        """Which word stands for something said before; ``None`` where there is none.

        A pronoun after its own noun, as in «come perde un albero le sue foglie», doesn't.
        """
        for n in range(len(self.words)):
            if self._is_clitic(n) and not self.has_subject():
                return n
            if self._stands_for_something(n) and not self.has_subject(before=n):
                return n
        return None

    def lacks_subject(self) -> bool | None:
        """Whether it has an Italian verb and nobody who does it: «quanti membri ha?».

        ``None`` if it may: «quali paesi comprende?» and «quanti giorni ha febbraio?» look alike.
        """
        asking, content = self.asking, self.content
        if asking is None or not content or self.has_subject():
            return False
        if self.language == "en":
            return len(self.words) == 2 and asking == 0
        if len(content) > 2 and self.words[asking].folded not in _CIRCUMSTANCE:
            return False
        n = content[0]
        if len(content) > 1 or self.base(n - 1):
            return None
        names_subject = self._is_copula(n - 1) and not _PARTICIPLE.fullmatch(self.words[n].folded)
        return not names_subject and self.words[n].folded != "ore"  # «che ore sono» needs none

    def _is_copula(self, n: int) -> bool:
        word = self.words[max(n, 0)]
        return word.folded in _COPULAS or _is_verb_e(self.text, word)

    def _is_clitic(self, n: int) -> bool:
        """Whether an Italian word is a pronoun before its verb: «l'ha detto», «chi ne parla»."""
        if self.language != "it" or n + 1 >= len(self.words):
            return False
        word, after = self.words[n], self.words[n + 1]
        if word.text.lower() == "ne":
            return True
        if word.folded in ("ci", "vi"):
            says_where = any(self.base(other) == "in" for other in range(n, len(self.words)))
            means_where = not after.folded.startswith(("vuol", "vogl", "mett"))
            return is_content(after) and means_where and not says_where
        if word.folded == "lo" and is_content(after):
            return not re.match(AFTER_LO, after.folded)
        return word.folded in _CLITICS and after.folded in _HAVING

    def _stands_for_something(self, n: int) -> bool:
        word, rest = self.words[n].folded, {other.folded for other in self.words}
        last = n == len(self.words) - 1
        if word in ("that", "there"):
            content_before = n > 0 and is_content(self.words[n - 1])
            return self.language == "en" and last and (word == "that" or content_before)
        if word not in _PRONOUNS[self.language]:
            return False
        if word == "it" and rest & _DUMMY_IT:
            return False
        if word in _POSSESSIVES and not last and is_content(self.words[n + 1]):
            return self._asks_about_circumstance() or (n > 0 and self._is_copula(n - 1))
        # «Quello che» says itself what it is.
        return last or self.words[n + 1].folded != "che" or word in _PEOPLE

    def _asks_about_circumstance(self) -> bool:
        asking = self.asking
        if asking is None or self.words[asking].folded not in _CIRCUMSTANCE:
            return False
        return asking + 1 >= len(self.words) or self.words[asking + 1].folded not in (
            "many",
            "much",
        )


def clause(text: str, language: Language) -> Clause:
    """Read a short text."""
    turning = _TURNING_TO.match(text)
    calm = text.lower() if text.isupper() and len(text.lower()) == len(text) else text
    found = tuple(word for word in words(calm) if not turning or word.start >= turning.end())
    opened = bool(turning)
    while not turning and found and found[0].folded in _OPENING and not _is_verb_e(text, found[0]):
        found, opened = found[1:], True
    return Clause(text, language, found, opened, bool(turning))


def is_content(word: Word) -> bool:
    """Tell a word that says something from one that is grammar."""
    if len(word.text) > 1 and word.text.isupper():
        return True  # the UN, not «un»
    return word.folded not in _GRAMMAR


def _is_verb_e(text: str, word: Word) -> bool:
    """Tell «è», also typed as «e'», from «e»."""
    return word.folded == "e" and (word.text in "èÈ" or text[word.end : word.end + 1] in ("'", "’"))
