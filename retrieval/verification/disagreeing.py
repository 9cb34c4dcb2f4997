"""Whether two sentences that answer a question say different things: another figure, or date. Pure.

A false alarm is worse than a miss. So both have to be about all that the question names, each
with one figure or date that answers it; what else they say of when, and how much of it, has to
agree; and the two values may not be one, written otherwise, rounded, or within the other's bounds.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.question import Kind, Question, parse
from retrieval.reading import Reading
from retrieval.types import Language
from retrieval.verification.bearing import noun_of
from retrieval.verification.certainty import agrees_on_certainty
from retrieval.verification.concepts import same
from retrieval.verification.dates import Date
from retrieval.verification.facts import Facts, facts
from retrieval.verification.figures import Figure
from retrieval.verification.limits import bounded_alike
from retrieval.verification.narrowing import narrows
from retrieval.verification.negation import agrees_on_negation
from retrieval.verification.prose import pair
from retrieval.verification.turns import Saying, Turn, moments, numbers
from retrieval.words import detect_language

_ABOUT = re.compile(
    r"\b(?:circa|quasi|pressappoco|grossomodo|all['’]incirca|intorno\sa\w*|attorno\sa\w*|oltre|almeno"
    r"|più\sdi|meno\sdi|fino\sa\w*|poco\s(?:più|meno)\sdi|about|around|approximately|roughly|nearly"
    r"|almost|over|more\sthan|less\sthan|at\sleast|up\sto|some|an?\sestimated)"
    r"['’]?\s?(?:(?:i|gli|le|la|il|the|a)\s)?[€$£]?\s?$",
    re.IGNORECASE,
)
_NEAR = 0.1  # what «circa 30» covers: a tenth of it on either side
_COUNTED = 1_000  # below, a whole number is taken for counted, not rounded
_WILL = re.compile(r"\b\w+(?:rà|ranno|rò)\b|\bwill\b|\bgoing\sto\b", re.IGNORECASE)
_HEADINGS = 2  # lines of what a sentence stands in: the title, and its nearest heading
_FEWEST = 2  # words of the question that both say


def differ(question: Question, mine: Turn, theirs: Turn) -> bool:
    """Tell whether two sentences that answer a question can't both be right."""
    one, another = mine.fact, theirs.fact
    if isinstance(one, Figure) and isinstance(another, Figure):
        apart = _figures_differ(one, another, mine, theirs)
    elif isinstance(one, Date) and isinstance(another, Date):
        apart = _dates_differ(one, another, mine, theirs)
    else:
        return False
    if not apart or not _same_question(question, mine, theirs):
        return False
    for each, other in ((mine, theirs), (theirs, mine)):
        if narrows(each, other, _asked(question, each.saying.text)):
            return False
        if _is_headed(question, each, other):
            return False
    return _same_names(mine, theirs) and _say_alike(mine, theirs)


def repeats(question: Question, mine: Turn, theirs: Turn) -> bool:
    """Tell whether a second sentence gives the answer of a first, and of all that it speaks of."""
    one, other = mine.fact, theirs.fact
    if isinstance(one, Figure) and isinstance(other, Figure):
        equal = one.unit == other.unit and one.equals(other)
    else:
        equal = (
            isinstance(one, Date)
            and isinstance(other, Date)
            and one == replace(other, start=one.start, end=one.end)
        )
    if not equal or not _same_question(question, mine, theirs):
        return False
    if narrows(theirs, mine, _asked(question, theirs.saying.text)):
        return False
    return _same_names(mine, theirs) and _say_alike(mine, theirs)


def disputes(claim: str, language: Language, theirs: Saying) -> bool:
    """Tell whether a sentence can't be right if a claim is: it has another figure or date.

    ``language`` is the claim's where its words don't tell.
    """
    said, shown = facts(claim), facts(theirs.text)
    for fact in _values(said):
        rest = parse(f"{claim[: fact.start]}…{claim[fact.end :]}", language)
        rivals = [other for other in _values(shown) if _is_of_a_kind(fact, other)]
        if len(rivals) != 1:
            continue
        if differ(rest, Turn(Saying(claim), said, fact), Turn(theirs, shown, rivals[0])):
            return True
    return False


def _values(found: Facts) -> list[Figure | Date]:
    return [*numbers(found), *moments(found)]


def _is_of_a_kind(one: Figure | Date, other: Figure | Date) -> bool:
    if isinstance(one, Figure) and isinstance(other, Figure):
        return (one.kind, one.unit) == (other.kind, other.unit)
    if isinstance(one, Date) and isinstance(other, Date):
        return bool(one.minutes) == bool(other.minutes)
    return False


def _figures_differ(one: Figure, other: Figure, mine: Turn, theirs: Turn) -> bool:
    if (one.kind, one.unit) != (other.kind, other.unit):
        return False
    there = bounded_alike(one, other, mine.facts, theirs.facts)
    if not (there and bounded_alike(other, one, theirs.facts, mine.facts)):
        return False
    if any(_may_be_one(one, f, mine, theirs) for f in numbers(theirs.facts)) or any(
        _may_be_one(f, other, mine, theirs) for f in numbers(mine.facts)
    ):
        return False
    nouns = noun_of(one, mine.facts), noun_of(other, theirs.facts)
    if nouns[0] is not None and nouns[1] is not None and not one.unit:
        words = (mine.facts.prose.tokens[nouns[0]], theirs.facts.prose.tokens[nouns[1]])
        if not same(words[0].word, words[1].word):
            return False
    # When it was so is a part of what is said.
    return _alike(moments(mine.facts), moments(theirs.facts))


def _may_be_one(one: Figure, other: Figure, mine: Turn, theirs: Turn) -> bool:
    if one.unit != other.unit:
        return False
    vague = _is_vague(one, mine) or _is_vague(other, theirs)
    return any(
        a == b
        or (vague and abs(a - b) <= _NEAR * max(a, b))
        or _is_rounded(a, b)
        or _is_rounded(b, a)
        for a in one.values
        for b in other.values
    )


def _is_vague(figure: Figure, where: Turn) -> bool:
    return bool(_ABOUT.search(where.saying.text[max(figure.start - 30, 0) : figure.start]))


def _is_rounded(short: float, long: float) -> bool:
    """Tell whether one value may be the other with fewer digits: «2,5 milioni» of 2.512.000."""
    if short == int(short) and short < _COUNTED:
        return False
    digits = len(f"{short:.15g}".replace(".", "").strip("0"))
    return float(f"{long:.{max(digits, 1)}g}") == short


def _dates_differ(one: Date, other: Date, mine: Turn, theirs: Turn) -> bool:
    if len(moments(mine.facts)) > 1 or len(moments(theirs.facts)) > 1:
        return False
    if one.minutes or other.minutes:
        return bool(one.minutes and other.minutes) and not (one.says(other) or other.says(one))
    if one.swapped or other.swapped or one.weekday or other.weekday:
        return bool(one.year and other.year) and one.year != other.year
    if one.year and other.year and one.year != other.year:
        return True
    if one.month and other.month and one.month != other.month:
        return True
    return bool(one.month == other.month and one.day and other.day and one.day != other.day)


def _alike(mine: list[Date], theirs: list[Date]) -> bool:
    return all(any(a.says(b) or b.says(a) for b in theirs) for a in mine) and all(
        any(a.says(b) or b.says(a) for a in mine) for b in theirs
    )


def _same_question(question: Question, mine: Turn, theirs: Turn) -> bool:
    """Tell whether both are about all that the question names."""
    own, their = _said(question, mine), _said(question, theirs)
    whole, other = own | _around(question, mine), their | _around(question, theirs)
    wanted = subject_of(question)
    return len(own) >= _FEWEST and len(their) >= _FEWEST and wanted <= whole and wanted <= other


def subject_of(question: Question) -> set[str]:
    """Give the words of a question, folded, that both sentences have to be about."""
    content = (term for term in question.terms if not term.is_function_word)
    counts = question.kind is Kind.NUMBER
    return {term.folded for term in content if counts or not term.names_answer}


def _is_headed(question: Question, turn: Turn, other: Turn) -> bool:
    """Tell whether a heading that says what a sentence is about says it of a part.

    «L’iscrizione costa 20 euro», below «Maratona di Vallefredda: la corsa dei bambini».
    """
    lacking = subject_of(question) - _said(question, turn)
    known = facts(f"{other.saying.around}\n{other.saying.text}").prose.tokens
    words = [token.word for token in known if token.is_content]
    for line in turn.saying.around.split("\n")[:_HEADINGS]:
        asked = _asked(question, line)
        if lacking.isdisjoint(set[str]().union(*asked)):
            continue
        says = zip(facts(line).prose.tokens, asked, strict=True)
        more = [token.word for token, said in says if token.is_content and not said]
        if any(not any(same(word, told) for told in words) for word in more):
            return True
    return False


def _said(question: Question, turn: Turn) -> set[str]:
    """Give the question's words that a sentence says, in the part with what answers."""
    return set[str]().union(*_asked(question, turn.saying.text))


def _around(question: Question, turn: Turn) -> set[str]:
    return set[str]().union(*_asked(question, turn.saying.around))


def _asked(question: Question, text: str) -> list[set[str]]:
    """Tell of each word of a text which of the question's it is, in the other language too."""
    reading = Reading(question, text)
    if detect_language(text, question.language) == question.language:
        return reading.asked
    wanted = subject_of(question)
    return [
        asked or {term for term in wanted if same(word.folded, term)}
        for word, asked in zip(reading.words, reading.asked, strict=True)
    ]


def _same_names(mine: Turn, theirs: Turn) -> bool:
    """Tell whether not each names somebody of whom the other knows nothing."""
    one, other = _names(mine.facts), _names(theirs.facts)
    known_to_other = other | _names(facts(theirs.saying.around))
    known_to_one = one | _names(facts(mine.saying.around))
    if one & other:
        return not (one - known_to_other and other - known_to_one)
    left, right = known_to_one - known_to_other, known_to_other - known_to_one
    return not (left and right)


def _names(found: Facts) -> set[str]:
    return {name.canonical for name in found.names if not name.is_word}


def _say_alike(mine: Turn, theirs: Turn) -> bool:
    """Tell whether neither denies, doubts or conditions what the other says."""
    if bool(_WILL.search(mine.saying.text)) != bool(_WILL.search(theirs.saying.text)):
        return False
    there = pair(mine.facts.prose, theirs.facts.prose)
    back = pair(theirs.facts.prose, mine.facts.prose)
    return all(agrees_on_negation(p) and agrees_on_certainty(p) for p in (there, back))
