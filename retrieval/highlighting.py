"""The words of a quote that answer, where they can be told. Pure.

The kind of the question says what to look for (figures, dates, names, reasons); of several, what
stands nearest to the question's own words is meant. A wrong mark is worse than none: nothing is
marked where it isn't clear, and never what the question itself says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from retrieval.mentions import MONTHS, dates, figures, names
from retrieval.question import DATES, Kind, Question
from retrieval.reading import Range, Reading, is_grammar
from retrieval.types import Span

MOST = 12
"""Highlights of a quote: a list may have many, anything else has one or two."""

_KNOWN = 0.25  # share of the question's words without which a quote isn't about the question
_CLEAR = 0.8  # share in a single clause from which the rest of it is taken for the answer
_BESIDE = 8  # characters between places that are one: «a Holyrood, a Edimburgo»
_MANY = 4  # names among which the nearest must stand out
_LEAD = 1.4  # by this factor

_PLACES = frozenset(
    """
    citta paese paesi stato stati nazione nazioni luogo luoghi regione provincia continente isola
    city cities country countries place state town island continent nation region
    """.split()
)
_TIMES = DATES | frozenset("decennio decenni periodo epoca decade decades".split())
_PERCENT = frozenset("percentuale percentage percent".split())
_PRICED = ("cost", "guadagn", "prezz", "stipendi", "pag", "earn", "price", "paid", "pay", "salar")
_CURRENCY = re.compile(
    r"(?:\sdi)?\s(?:euro|dollar[io]?|dollars|lire|lira|sterline|pounds|franchi)\b"
)
_TITLED = frozenset(
    """
    nome nomi titolo soprannome termine chiamato chiamata chiama chiamano chiamava
    name names named called title nickname nicknamed term
    """.split()
)
_BEFORE_A_PLACE = frozenset(
    "a ad in nel nella nell negli nei nelle sul sulla presso vicino at on near to".split()
)
_OF_A_PLACE = _BEFORE_A_PLACE | frozenset("di del dell della dello dei of".split())
_REASON = re.compile(
    r"\b(?:perch[éèe]['’]?|poich[éèe]['’]?|because|siccome|in quanto|a causa d\w+['’]?"
    r"|per via d\w+['’]?|grazie a\w*['’]?|due to|dato che|al fine di|allo scopo di|so that"
    r"|in order to|affinch[éèe]|per (?=[a-z]+(?:are|ere|ire|arsi|ersi|irsi|rre)\b))",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[,;:()\n!?]|\.(?=\s|$)|\s[-–—]\s|\s(?:e|ed|ma|mentre|and|but|while|che|which|that)\s"
)
_CLAUSE_END = re.compile(r"[,;:()\n!?]|\.(?=\s|$)|$")
_IN_MARKS = re.compile(r"[«“\"]\s?([^«»“”\"]{2,60}?)\s?[»”\"]")
_NEXT_IN_LIST = re.compile(
    r"(?:,\s?|,?\s(?:e|ed|o|and|or)\s)(?:(?:il|lo|la|i|gli|le|the|in|a)\s|(?:d?el)?l['’]\s?"
    r"|del(?:la)?\s)?"
)
_YEAR = re.compile(r"1\d{3}|20\d\d")
_MONTH_NEXT = re.compile(rf"\s(?:{MONTHS})\b", re.IGNORECASE)


def highlights(question: Question, text: str) -> tuple[Span, ...]:
    """Find the words of a quote that answer a question: whole words, in order, maybe none.

    ``text`` is the quote; the spans are places in it.
    """
    reading = Reading(question, text)
    if reading.share_met() < _KNOWN:
        return ()
    found = next((spans for find in _finders(question) if (spans := find(reading))), ())
    whole = sorted((s for s in found if reading.is_whole(s)), key=lambda span: span.start)[:MOST]
    marked = sum(last - first for first, last in map(reading.range, whole))
    return tuple(whole) if marked < len(reading.words) else ()


def _finders(question: Question) -> Iterator[Callable[[Reading], Sequence[Span]]]:
    """Yield what to look for, in order."""
    wanted = {term.folded for term in question.terms if term.names_answer}
    if question.kind is Kind.TIME or wanted & _TIMES:
        yield _date
    elif question.kind is Kind.NUMBER:
        yield _figure
    elif question.kind is Kind.REASON:
        yield _reason
    else:
        if question.asks_for_a_list:
            yield _list
        if question.kind is Kind.PLACE or wanted & _PLACES:
            yield _place
        elif question.kind is Kind.PERSON:
            yield _person
        elif question.kind is not Kind.MANNER:  # a way has no form to know it by
            yield from (_title, _rest_of_clause)


def _best(found: Iterable[tuple[float, Span]], lead: float = 1.0) -> tuple[Span, ...]:
    """Take the best, if it stands out among many."""
    ordered = sorted(found, key=lambda pair: -pair[0])
    if not ordered:
        return ()
    if len(ordered) >= _MANY and ordered[0][0] < lead * ordered[1][0]:
        return ()
    return (ordered[0][1],)


def _date(reading: Reading) -> Sequence[Span]:
    found = ((reading.range(span), span) for span in dates(reading.text))
    return _best((reading.nearness(place), s) for place, s in found if reading.is_new(place))


def _figure(reading: Reading) -> Sequence[Span]:
    text, all_words = reading.text, reading.words
    said = {term.folded for term in reading.question.terms}
    counted = next((t.folded for t in reading.question.terms if t.names_answer), "")
    money = any(term.folded.startswith(_PRICED) for term in reading.question.terms)
    found = []
    for span in figures(text, all_words):
        place = reading.range(span)
        figure, after = text[span.start : span.end], place[1]
        if not reading.is_new(place) or (money and not _is_money(text, span)):
            continue
        score = reading.nearness(place)
        is_year = _YEAR.fullmatch(figure) is not None
        if is_year or _MONTH_NEXT.match(text, span.end):
            score *= 0.2
        if bool(said & _PERCENT) != figure.endswith(("%", "cento", "percent")):
            score *= 0.3
        if counted and any(counted in asked for asked in reading.asked[after : after + 3]):
            score *= 3
        end = span.end
        if after < len(all_words) and figure[-1].isalnum() and not is_year:
            unit = all_words[after]
            if reading.gap(after) == " " and unit.text.islower() and not is_grammar(unit.folded):
                end = unit.end  # «31 membri»
        found.append((score, Span(span.start, end)))
    return _best(found)


def _person(reading: Reading) -> Sequence[Span]:
    found = []
    for place in reading.names():
        score = reading.nearness(place)
        if place[1] - place[0] > 1:
            score *= 1.3
        elif reading.words[place[0]].text.isupper() or reading.before(place[0]) in _OF_A_PLACE:
            score *= 0.5  # «NATO», «di Bari»: more likely an office or a place than a person
        found.append((score, reading.span(place)))
    return _best(found, _LEAD)


def _place(reading: Reading) -> Sequence[Span]:
    found = [
        (reading.nearness(place), reading.span(place))
        for place in reading.names()
        if reading.before(place[0]) in _BEFORE_A_PLACE
    ]
    best = _best(found, _LEAD)
    if not best:
        return ()
    gaps = ((max(s.start - best[0].end, best[0].start - s.end), s) for _, s in found)
    return (*best, *(span for gap, span in gaps if 0 < gap <= _BESIDE))


def _reason(reading: Reading) -> Sequence[Span]:
    found = []
    for match in _REASON.finditer(reading.text):
        end = _CLAUSE_END.search(reading.text, match.end())
        place = reading.range(Span(match.start(), end.start() if end else match.end()))
        if reading.says_more((place[0] + 1, place[1])):
            found.append((reading.nearness((place[0], place[0] + 1)), reading.span(place)))
    return _best(found)


def _list(reading: Reading) -> Sequence[Span]:
    """Find the names of the longest enumeration, and of several the nearest."""
    runs: list[list[Range]] = []
    for place in names(reading.text, reading.words):
        if runs and _NEXT_IN_LIST.fullmatch(reading.between(runs[-1][-1], place)):
            runs[-1].append(place)
        else:
            runs.append([place])
    kept = [[place for place in run if reading.is_new(place)] for run in runs]
    long = [run for run in kept if len(run) > 1]
    if not long:
        return ()
    chosen = max(long, key=lambda run: (len(run), reading.nearness((run[0][0], run[-1][1]))))
    return [reading.span(place) for place in chosen]


def _title(reading: Reading) -> Sequence[Span]:
    """Find a name, or words in quotation marks, for a question about what something is called."""
    if not {term.folded for term in reading.question.terms} & _TITLED:
        return ()
    found = [(reading.nearness(place), reading.span(place)) for place in reading.names()]
    for match in _IN_MARKS.finditer(reading.text):
        place = reading.range(Span(match.start(1), match.end(1)))
        if place[1] and reading.is_new(place):
            found.append((2 * reading.nearness(place), reading.span(place)))
    return _best(found, _LEAD)


def _rest_of_clause(reading: Reading) -> Sequence[Span]:
    """Find what a clause says beyond the question, where it holds nearly all of the question."""
    edges = [0, *(match.end() for match in _BOUNDARY.finditer(reading.text)), len(reading.text)]
    clauses = [
        [n for n, word in enumerate(reading.words) if start <= word.start < end]
        for start, end in pairwise(edges)
    ]
    met = [set[str]().union(*(reading.asked[n] for n in clause)) for clause in clauses]
    counts = [len(said & reading.content) for said in met]
    best = max(range(len(clauses)), key=lambda n: counts[n])
    if not counts[best] or counts[best] < _CLEAR * len(reading.content):
        return ()
    runs = list(_new_runs(reading, clauses[best]))
    after = [run for run in runs if run[1] > max(n for n in clauses[best] if reading.asked[n])]
    chosen = after or (runs if len(runs) == 1 else [])
    return [reading.span(run) for run in chosen if run[1] - run[0] > 1 or len(runs) == 1]


def _new_runs(reading: Reading, clause: Sequence[int]) -> Iterator[Range]:
    """Yield the runs of a clause that the question doesn't say, without grammar at their edges."""
    run: list[int] = []
    for number in [*clause, None]:
        if number is not None and not reading.asked[number]:
            run.append(number)
            continue
        while run and _says_little(reading.words[run[0]].folded):
            del run[0]
        while run and _says_little(reading.words[run[-1]].folded):
            del run[-1]
        if run:
            yield run[0], run[-1] + 1
        run = []


def _says_little(folded: str) -> bool:
    """Tell whether a word at the edge of an answer can go: grammar, an adverb."""
    return is_grammar(folded) or folded.endswith(("mente", "ly"))


def _is_money(text: str, span: Span) -> bool:
    signs = text[span.start : span.end]
    return any(sign in signs for sign in "$€£") or _CURRENCY.match(text, span.end) is not None
