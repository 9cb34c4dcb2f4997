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
from retrieval.question import Question, parse
from retrieval.small_talk import language_asked_for
from retrieval.splitting import split
from retrieval.subjects import lent, may_be_gone_on_from, thing_asked_of
from retrieval.types import Language, Turn

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
_PLACE = re.compile(r"\b(?:dove|where)\Z", re.IGNORECASE)
_ASKED_WHO = re.compile(r"(?:(?:e|and)\s+)?(?:chi|(?:che\s+)?cosa|who|whom|what)\b", re.IGNORECASE)
_LINKING = re.compile(
    r"\A(?:è|e['’]|sono|era|erano|fu|furono|is|are|was|were|do|does|did|will|would)\s+",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\A(?:ed?|ma|and|but|so|allora|invece|quindi)\s+", re.IGNORECASE)
# From where a row of marks begins, and no part of it twice: else a long row takes minutes.
_FILLING = re.compile(
    r"(?<![\W_])[\W_]*(?:\b(?:mai|esattamente|exactly)\b[\W_]*)?\Z", re.IGNORECASE
)
_WITH_SUBJECT = re.compile(r"(.+\?) \((.+)\)")  # what a completed question may look like

_ITALIAN_ARTICLE = re.compile(r"(il|lo|la|i|gli|le|l)(['’]|\s+)", re.IGNORECASE)
_BEFORE_ARTICLE = {"di": "de", "a": "a", "da": "da", "in": "ne", "su": "su"}
_AFTER_PREPOSITION = {
    "il": "l", "lo": "llo", "la": "lla", "i": "i", "gli": "gli", "le": "lle", "l": "ll",
}  # fmt: skip
_WHICH = re.compile(
    r"(?:chi|quali)(?:\s+sono)?|which(?:\s+(?:ones|are\s+they))?|(?:who|what)\s+are\s+they",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"(?:quant[ie]|(how\s+many))(?=\s)", re.IGNORECASE)

_NAME = re.compile(r"(?:the )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*")
_PRONOUN = re.compile(r"\b(?:it|them|him)\b")  # stands in English where a name would
_NAMED = re.compile(rf"(?:(?:il|lo|la|i|gli|le) |l['’])?{_NAME.pattern}")
_AUXILIARY = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)"
    r"\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question completed from the conversation.

    ``certain`` is false where the question may stand alone as well. ``shown`` are the quotes that
    were given to the last one; with ``asks_for_more``, others are asked for. Where ``text`` is no
    question that one would ask, ``follows`` is the one it goes on from, to say that instead.
    ``subject`` are the words that it was completed with, as stems, where the question they come
    from got no answer: another subject's answer is none to it.
    """

    text: str
    certain: bool
    shown: tuple[str, ...]
    asks_for_more: bool
    follows: str = ""
    subject: frozenset[str] = frozenset()


def complete(question: Question, history: Sequence[Turn]) -> FollowUp | None:
    """Complete a question with the subject of the last one; ``None`` if it stands alone.

    ``history`` is the conversation so far, oldest turn first.
    """
    history = [turn for turn in _expanded(history) if may_be_gone_on_from(turn)] if history else []
    if not history:
        return None
    last = history[-1]
    if question.talk:
        again = language_asked_for(question.text) and not last.is_quoted
        return FollowUp(last.question, True, (), False, last.question) if again else None
    read = clause(question.text, question.language)
    certain = _leans(read)
    if certain is None:
        return None
    shown = tuple(
        quote for turn in history if turn.question == last.question for quote in turn.quotes
    )
    if last.is_quoted:
        text, reads_well = f"{_asked(read)}? ({_stripped(last.question)})", False
    else:
        text, reads_well = _completed(read, last.question)
        reads_well &= parse(last.question, question.language).language == question.language
    follows = "" if reads_well else _earlier(history)
    subject = frozenset[str]() if shown or last.is_quoted else lent(text, question)
    return FollowUp(text, certain, shown, read.asks_for_more, follows, subject)


def _expanded(history: Sequence[Turn]) -> Sequence[Turn]:
    """Give the conversation with the last message's questions one by one, each complete."""
    *before, last = history
    language = parse(last.question).language
    parts = (last.question,) if last.is_quoted else split(last.question, language)
    if parts == (last.question,):
        return history
    for part in parts:
        found = complete(parse(part, language), before)
        before.append(Turn(found.text if found and found.certain else part, last.quotes))
    return before


def _earlier(history: Sequence[Turn]) -> str:
    """Give the newest of the questions before that somebody would ask as it stands."""
    for turn in reversed(history):
        match = _WITH_SUBJECT.fullmatch(turn.question.strip())
        if match is None or _NAMED.fullmatch(match[2]):
            return turn.question
    return history[-1].question


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


def _completed(read: Clause, before: str) -> tuple[str, bool]:
    """Complete a clause, and tell whether that makes a question that one would ask."""
    if read.asks_for_more and not read.content:
        return before, False
    if read.asking is None:
        return _substituted(read, before)
    asked, (main, subject) = _asked(read), _parts(before)
    if _WHICH.fullmatch(asked) and (counted := _HOW_MANY.match(main)):
        which = "Which" if counted[1] else "Quali"
        return f"{which}{main[counted.end() :]}?{_of(subject)}", _is_named(subject)
    noun_asked = _asked_noun(main)
    if not (read.content or noun_asked or _without_asking(_FILLING.sub("", asked))):
        rest = _without_asking(main)
        return f"{asked} {rest}?{_of(subject)}", _leaves(main, asked) and _is_named(subject)
    if noun_asked and _asked_noun(asked):
        main = main.replace(noun_asked, "", 1)
    about = _LINKING.sub("", _without_asking(main))
    if subject:
        about = subject if read.content else f"{about} {subject}"
    if _NAME.fullmatch(about) and (pronoun := _PRONOUN.search(asked)):
        return f"{asked[: pronoun.start()]}{about}{asked[pronoun.end() :]}?", True
    return f"{asked}?{_of(about)}", _is_named(about)


def _leaves(main: str, asked: str) -> bool:
    """Tell whether something else may be asked by the rest of a question.

    «When broke the news?» and «Perché è Kishida?»: who or what was asked for was a part of it.
    """
    if _ASKED_WHAT.match(main):
        return _PLACE.search(asked) is not None
    return not _ASKED_WHO.match(main)


def _substituted(read: Clause, before: str) -> tuple[str, bool]:
    """Put new words in the place of those that play their role, or else add them."""
    main, subject = _parts(before)
    new = _phrase(read)
    if subject and not new.preposition:
        return f"{main}?{_of(new.text)}", _is_named(new.text)
    names = clause(main, read.language).phrases()
    if read.is_demonstrative and (owner := _owner(main, new, read.language)):
        return f"{main[: owner.start]}{new.text}{main[owner.end :]}?{_of(subject)}", True
    belongs = new.is_name and any(name.preposition for name in names)
    if not new.preposition and not belongs and (asked := _ASKED_WHAT.match(main)):
        of_whom = names[-1:] if not clause(new.text, read.language).phrases() else ()
        kept = [
            main[name.start :] for name in of_whom if name.preposition and name.end == len(main)
        ]
        return " ".join([asked[0] + new.text, *kept]) + "?", new.has_article or new.is_name
    if new.is_name and (old := _counterpart(new, names)):
        words = new.text
        if old.preposition and not new.preposition:
            words = _with_preposition(old.preposition, new.text)
        return f"{main[: old.start]}{words}{main[old.end :]}?{_of(subject)}", _is_named(subject)
    said = parse(main, read.language).asks_who_says if new.is_name else new.has_article
    if said and not new.preposition and (place := thing_asked_of(main, read.language)):
        return f"{main[: place[0]]}{new.text}{main[place[1] :]}?{_of(subject)}", True
    return f"{main}, {new.text}?{_of(subject)}", False


def _owner(main: str, new: NounPhrase, language: Language) -> NounPhrase | None:
    """Find whose it was that was asked for, where «quello della difesa» is asked for now."""
    alike = [one for one in clause(main, language).belongings() if one.role == new.role]
    return alike[0] if len(alike) == 1 else None


def _with_preposition(preposition: str, phrase: str) -> str:
    """Write a preposition before a phrase, in one with its article in Italian: «della Cina»."""
    article = _ITALIAN_ARTICLE.match(phrase)
    if article is None or preposition not in _BEFORE_ARTICLE:
        return f"{preposition} {phrase}"
    joined = _BEFORE_ARTICLE[preposition] + _AFTER_PREPOSITION[article[1].lower()]
    return f"{joined}{article[2]}{phrase[article.end() :]}"


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


def _asked(read: Clause) -> str:
    """Give what a clause asks, without the word that leads on to it."""
    asked = _OPENING.sub("", _stripped(read.text))
    return asked[:1].upper() + asked[1:]


def _of(subject: str) -> str:
    """Write the subject of a completed question behind it."""
    return f" ({subject})" if subject else ""


def _is_named(subject: str) -> bool:
    """Tell whether a question reads well with its subject behind it: nothing, or a name."""
    return not subject or _NAMED.fullmatch(subject) is not None


def _asked_noun(text: str) -> str:
    """Give the words that ask, where a noun among them says more than «quale anno» does."""
    text = _OPENING.sub("", text)
    noun, asking = _ASKED_NOUN.match(text), _ASKING.match(text)
    return noun[0] if noun and not (asking and asking.end() >= noun.end()) else ""


def _without_asking(text: str) -> str:
    return " ".join(_ASKING.sub("", _OPENING.sub("", text), count=1).split())


def _stripped(text: str) -> str:
    return text.strip(" \t\n?!.…")
