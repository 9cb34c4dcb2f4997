"""Two questions in one message, told apart where that is plain; else it stays one. Pure.

«Quanti membri ha la NATO e chi la guida?» asks two things, each with a verb of its own, and so do
two sentences that ask. «In quale città e in quale anno nacque Dante?» has one verb, and stays.
"""

from __future__ import annotations

import re
from itertools import islice

from retrieval.grammar import Clause, clause
from retrieval.small_talk import small_talk
from retrieval.types import Language
from retrieval.words import fold, words

_MOST = 3
_JOINTS = 6  # that are looked at in a row; each takes as long as what it joins

_WHEN = r"quando|dove|perch[eé]|come|when|where|why|how"
_ASKING = rf"""(?:(?:a|in|da|di|con|per|su|at|from|to|with|for)\s+)?
    (?:chi|(?:che\s+)?cosa|che|qual[ei]?|quant[oaie]|cos(?=['’])|dov(?=['’])|com(?=['’])|qual(?=\s[eè]\b)
    |who|whom|whose|what|which|{_WHEN})\b"""
_BEGINS = re.compile(
    rf"(?:(?:ed?|ma|and|but|dimmi|mi\s+dici|tell\s+me|so)\s+)*{_ASKING}", re.IGNORECASE | re.VERBOSE
)
_AND = re.compile(
    rf"(?:[,;]|(?<![\s,;]))\s+(?:e|ed|and)\s+(?:poi\s+|also\s+|anche\s+)?(?={_ASKING})",
    re.IGNORECASE | re.VERBOSE,
)
_TWICE = re.compile(
    rf"(?P<one>(?:da\s+)?(?:{_WHEN}))\s*(?:,|\be\b|\band\b)\s*(?P<other>(?:da\s+)?(?:{_WHEN}))"
    r"(?!\s+(?:many|much|long|old|often|far|large|big)\b)"
    rf"(?!\s*(?:,|\be\b|\band\b)\s*{_ASKING})\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_BEFORE = re.compile(
    r"""(?:(?:ciao|salve|buon\s?giorno|buona\s?sera|hello|hi|hey|ehi|scus(?:a|ami|i)|mi\s+scusi
        |excuse\s+me|sorry|senti|per\s+(?:favore|piacere)|please|ok|grazie|thanks)[\s,!.:]+)*
    (?:(?:vorrei|volevo|mi\s+piacerebbe)\s+sapere
        |mi\s+(?:sai|sapresti|puoi|potresti|sa)\s+dire|(?:sai|sapresti|puoi|potresti)\s+dirmi|dimmi
        |(?:can|could|would)\s+you\s+(?:please\s+)?tell\s+me|(?:please\s+)?tell\s+me
        |i\s*(?:['’]d|would)\s+like\s+to\s+know|i\s+want(?:ed)?\s+to\s+know|do\s+you\s+know)?[\s,:]*""",
    re.IGNORECASE | re.VERBOSE,
)
# A mark before it tells it from what is asked about: «Come si dice grazie?».
_AFTER = re.compile(
    r"(?<![\s,!.?;])\s*[,!.?;][\s,!.?;]*(?:per\s+(?:favore|piacere)"
    r"|(?:molte\s+|tante\s+)?grazie(?:\s+mille)?|please|thanks|thank\s+you)[\s!.?]*\Z",
    re.IGNORECASE,
)
_IS_TRUE = re.compile(
    r"(?:(?:ma|e)\s+)?(?:è|é|e['’])\s+(?:proprio\s+|davvero\s+)?vero\s+che\s+\w"
    r"|(?:(?:but|and)\s+)?is\s+it\s+(?:really\s+|actually\s+)?true\s+that\s+\w",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^?!.…]+(?:[?!.…]+(?=\s|$)|[?!.…](?=\S)|$)")
_OPENING = re.compile(r"\A(?:ed?|ma|and|but|so|dimmi|mi\s+dici|tell\s+me)\s+", re.IGNORECASE)
_INNER = re.compile(
    rf"\b(?:chi|che|qual[ei]|who|whom|whose|what|which|that|{_WHEN})\b", re.IGNORECASE
)
_VERBS = frozenset(
    """
    e ha ho hai hanno si ci sono era erano fu furono sara saranno puo possono deve devono vuole
    vogliono va vanno fa fanno sta stanno costa costano guida visita firma porta parte conta resta
    manca dura misura paga tratta serve
    is are was were do does did has have had can could will would shall should may might must
    """.split()
)
_INFINITIVE = re.compile(r"\w{2,}(?:are|ere|ire|rre)")


def split(text: str, language: Language) -> tuple[str, ...]:
    """Give up to three questions that a text asks, in order; the text alone if it isn't plain."""
    text = _bare(text)
    sentences = [found.strip() for found in _SENTENCE.findall(text)]
    asked = [sentence for sentence in sentences if sentence and not small_talk(sentence)]
    if not asked or (
        len(asked) > 1 and not all(_is_question(n, one) for n, one in enumerate(asked))
    ):
        return (text,)
    parts = [part for sentence in asked for part in _joined(sentence, language)]
    if not 1 <= len(parts) <= _MOST or parts == [text]:
        return (text,)
    return tuple(_whole(part) for part in parts)


def without_courtesies(text: str) -> str:
    """Leave out what is said around a question: «buongiorno, vorrei sapere … grazie»."""
    bare = _AFTER.sub("", text)
    begins = _BEFORE.match(bare)
    return bare[begins.end() :] if begins else bare


def _bare(text: str) -> str:
    """Leave it out where a question is left: «Ciao Italia» is none."""
    bare = without_courtesies(text)
    if bare == text or not _BEGINS.match(bare):
        return text
    return f"{bare[:1].upper()}{bare[1:]}"


def _is_question(number: int, sentence: str) -> bool:
    """Tell whether a sentence asks by itself; only the first has to say of what."""
    if not sentence.endswith("?"):
        return False
    begins = _BEGINS.match(sentence)
    says = begins and words(sentence[begins.end() :])
    return bool((begins and (number or says)) or _IS_TRUE.match(sentence))


def _joined(sentence: str, language: Language, most: int = _MOST) -> list[str]:
    """Take a sentence apart where «e» or “and” joins questions, at ``most`` so often."""
    if twice := _TWICE.match(_OPENING.sub("", sentence)):
        return [f"{twice['one']} {twice['rest']}", f"{twice['other']} {twice['rest']}"]
    for joint in islice(_AND.finditer(sentence), _JOINTS if most else 0):
        one, other = sentence[: joint.start()], sentence[joint.end() :]
        begins, goes_on = _BEGINS.match(one), _BEGINS.match(other)
        if not (begins and goes_on):
            continue
        said, rest = one[begins.end() :], other[goes_on.end() :]
        alone = not words(rest)
        if (
            not _INNER.search(said)
            and _has_verb(said, language)
            and (alone or _has_verb(rest, language))
            and not _shares_subject(one, other, language)
        ):
            return [one, *_joined(other, language, most - 1)]
    return [sentence]


def _shares_subject(one: str, other: str, language: Language) -> bool:
    """Tell whether the first question may have its subject in the second, which then has one.

    «Quando è nato e quando è morto Dante?»; but «Quanti membri ha e chi lo guida?» has none.
    """
    first = clause(_OPENING.sub("", one), language)
    return _may_lack_subject(first) and clause(other, language).lacks_subject() is not True


def _may_lack_subject(read: Clause) -> bool:
    if not read.content:
        return True  # «Che cos'è», and nothing after it
    lacks = read.lacks_subject()
    last = read.words[read.content[-1]].text
    return bool(lacks) or (lacks is None and last.islower() and _is_verb(last, read.language))


def _has_verb(text: str, language: Language) -> bool:
    """Tell whether words that follow what asks have a verb among them, and something beside it."""
    said = words(text)
    if len(said) < 2 and not (said and "è" in text.lower()):
        return False
    if any(
        word.folded in _VERBS and (word.folded != "e" or fold(word.text) != word.text)
        for word in said
    ):
        return True
    return any(_is_verb(word.text, language) for word in said if word.text.islower())


def _is_verb(word: str, language: Language) -> bool:
    import simplemma

    if language == "en":
        return False
    lemma = simplemma.lemmatize(word, lang="it")
    return lemma != word and _INFINITIVE.fullmatch(lemma) is not None


def _whole(part: str) -> str:
    """Write a part as a question of its own."""
    part = _OPENING.sub("", part.strip(" ,;")).rstrip(" ?!.…")
    return f"{part[:1].upper()}{part[1:]}?"
