"""Whatever a person says: a question is answered by the sources, small talk in a few words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answering import Found, Sources, find
from retrieval.checking import check
from retrieval.claimed import claimed_in, names_its_subject
from retrieval.follow_up import complete
from retrieval.foreign import is_foreign
from retrieval.joining import answer_each
from retrieval.question import Question, parse
from retrieval.reasons import Talk
from retrieval.spelling import respelled
from retrieval.splitting import split
from retrieval.types import Answer, Language, Status, Turn
from retrieval.wording import Wording, wording

_NAMED = 6  # titles
_RESPELLED = 20  # words; each unknown one is looked up in a thousand spellings


def converse(
    text: str,
    sources: Sources | None,
    language: Language | None = None,
    history: Sequence[Turn] = (),
) -> Found:
    """Answer a question, or refuse, or reply to small talk. Any text will do.

    The parameters are those of :func:`~retrieval.answering.find`.
    """
    begun = time.perf_counter()
    question = parse(text, language)
    if sources is None:
        return find(text, sources, language, history)
    talk = question.talk
    if talk is None or (talk is Talk.LANGUAGE and complete(question, history)):
        found = _find(question, sources, history)
        if found.answer.claims or not is_foreign(question.text):
            answer = replace(found.answer, question=text, ms=(time.perf_counter() - begun) * 1e3)
            return replace(found, answer=answer)
        talk = Talk.FOREIGN
    said = _reply(talk, question, sources)
    return Found(
        Answer(
            question=text,
            language=question.language,
            status=Status.NOT_IN_SOURCES,
            text=said,
            confidence=0.0,
            suggestion=_suggestion(talk, question, sources),
            generation=sources.generation,
            ms=(time.perf_counter() - begun) * 1e3,
            talk=talk,
        )
    )


def _find(question: Question, sources: Sources, history: Sequence[Turn]) -> Found:
    def find_one(text: str, history: Sequence[Turn]) -> Found:
        claim = claimed_in(text)
        # Of whom is said in the conversation, a source would be taken to say of anybody.
        if claim and (names_its_subject(claim) or not history):
            return Found(replace(check(claim, sources, question.language), question=text))
        found = find(text, sources, question.language, history)
        if found.answer.claims or len(text.split()) > _RESPELLED:
            return found
        meant = respelled(text, question.language, sources.written)
        if meant == text:
            return found
        again = find(meant, sources, question.language, history)
        if not again.answer.claims:
            return found
        searched = again.answer.searched or meant
        return replace(again, answer=replace(again.answer, question=text, searched=searched))

    parts = split(question.text, question.language)
    if len(parts) > 1 and (found := answer_each(question.text, parts, find_one, history)):
        return found
    return find_one(parts[0] if len(parts) == 1 else question.text, history)


def _suggestion(talk: Talk, question: Question, sources: Sources) -> str:
    """Suggest what to ask to those who haven't asked yet."""
    if talk not in (Talk.HELLO, Talk.HOW_ARE_YOU, Talk.ABOUT_IT, Talk.HELP, Talk.LINK):
        return ""
    return sources.suggest(question.text, question.language)


def _reply(talk: Talk, question: Question, sources: Sources) -> str:
    words = wording(question.language)
    if talk not in (Talk.DOCUMENTS, Talk.SUMMARY):
        return words.reply(talk)
    parts = [words.reply(talk), _titles(sources.titles(), words)]
    if questions := sources.offer(question.language):
        parts.append(_list(words.for_example, questions))
    return "\n\n".join(parts)


def _titles(titles: Sequence[str], words: Wording) -> str:
    named = titles if len(titles) <= _NAMED else titles[: _NAMED - 1]
    left = len(titles) - len(named)
    more = [words.more_titles.format(count=left)] if left else []
    return _list(words.titles, [*(" ".join(title.split()) for title in named), *more])


def _list(opening: str, lines: Sequence[str]) -> str:
    return "\n• ".join([opening, *lines])
