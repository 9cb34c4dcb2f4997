"""Stand-ins for what the bot works with."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.model import Model, Writer
from bot.prices import Price
from retrieval import (
    Answer,
    Changes,
    Claim,
    Collection,
    Draft,
    Fault,
    Health,
    Language,
    LinkError,
    OnProgress,
    Opening,
    Passage,
    Place,
    Quote,
    Ranking,
    Source,
    SourceSummary,
    Span,
    Spend,
    Standing,
    Status,
    Turn,
    Usage,
    Verdict,
)
from retrieval.answering import Found

LINK = "https://example.org/vertice"
TEXT = "Il vertice si è tenuto a Tokyo. I membri dell’alleanza sono 32. Tutti erano presenti."


def a_passage(
    text: str = TEXT, *, start: int = 0, heading: str = "", paragraph: int = 1
) -> Passage:
    return Passage(
        source="vertice",
        start=start,
        end=start + len(text),
        text=text,
        sentences=(Span(start, start + len(text)),),
        heading=heading,
        paragraph=paragraph,
    )


def a_quote(passage: Passage, text: str, *, title: str = "Il vertice di Tokyo") -> Quote:
    start = passage.start + passage.text.index(text)
    return Quote("vertice", title, "0" * 64, start, start + len(text), text, passage)


def an_answer(
    *quotes: Quote, question: str = "Quanti sono i membri?", language: Language = "it"
) -> Answer:
    marked = " ".join(f"«{quote.text}» [{n}]" for n, quote in enumerate(quotes, start=1))
    return Answer(
        question=question,
        language=language,
        status=Status.ANSWERED,
        text=f"I documenti dicono: {marked}",
        confidence=0.9,
        claims=tuple(Claim(quote.text, (quote,)) for quote in quotes),
    )


def a_refusal(closest: Quote | None = None, suggestion: str = "") -> Answer:
    return Answer(
        question="Che ore sono?",
        language="it",
        status=Status.NOT_IN_SOURCES,
        text="Nei documenti non lo trovo.",
        confidence=0.1,
        closest=closest,
        suggestion=suggestion,
    )


def an_opening(place: Place, *, standing: Standing = Standing.CURRENT) -> Opening:
    """A place in three passages that are all there is of their source."""
    passages = tuple(
        Passage(place.source, m.start(), m.end(), m[0], (Span(m.start(), m.end()),))
        for m in re.finditer(r"[^.]+\.", TEXT)
    )
    here = max(n for n, passage in enumerate(passages) if passage.start <= max(place.start, 0))

    def at(n: int) -> Place | None:
        if not 0 <= n < len(passages):
            return None
        return replace(place, start=passages[n].start, end=passages[n].end, words=passages[n].text)

    source = Source(place.source, "vertice.md", "Il vertice di Tokyo", TEXT, link=LINK)
    return Opening(standing, place, source, passages[here], here + 1, 3, at(here - 1), at(here + 1))


class FakeLinks:
    """The links that were ``added`` and not taken out again, and those that were ``kept``."""

    def __init__(self) -> None:
        self.added: list[str] = []
        self.kept: list[str] = []

    def add(self, link: str) -> str:
        self.added.append(link)
        return link

    def keep(self, url: str) -> None:
        self.kept.append(url)

    def find(self, link: str) -> str:
        if link not in self.added:
            raise LinkError(Fault("no-link", "there is no such link"))
        return link

    def remove(self, link: str) -> str:
        self.added.remove(link)
        return link


class FakeLibrary:
    """Answers every question with the same quote, and the question itself in front of it.

    ``asked`` keeps the questions, ``histories`` what came before each, ``sets`` which documents
    each was asked of, ``typed`` what ``offered`` was given for, ``suggested`` what it suggests
    in a language and a set, ``forced`` which reloads were forced, ``accepted`` which documents
    each was to take whatever is lost. Set ``answer`` to answer
    otherwise, or to raise; ``on_reload`` to be the reload; clear ``open`` to make questions wait
    until it is set.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.checked: list[str] = []
        self.histories: list[tuple[Turn, ...]] = []
        self.languages: list[Language | None] = []
        self.sets: list[str] = []
        self.typed: list[str] = []
        self.offered: tuple[Quote, ...] = (a_quote(a_passage(), ALL_IT_FINDS),)
        self.suggested: dict[tuple[Language, str], tuple[str, ...]] = {}
        self.answer: Callable[[str], Answer] = _echo
        self.on_reload: Callable[[OnProgress | None], Changes] = lambda _: Changes("g1")
        self.forced: list[bool] = []
        self.accepted: list[str] = []
        self.reloads_asked_for: list[bool] = []
        self.open = threading.Event()
        self.open.set()
        self.summaries: tuple[SourceSummary, ...] = ()
        self.generation = "g1"
        self.state = Health(generation="any")
        self.links = FakeLinks()
        self.ranking = Ranking()
        self.collection = Collection(Path("nobody/has/such/a/folder"))
        self.opening: Callable[[Place], Opening] = an_opening
        self.closed = False

    def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        within: str = "",
    ) -> Answer:
        self.asked.append(question)
        self.sets.append(within)
        self.histories.append(tuple(history))
        self.languages.append(language)
        assert self.open.wait(30)
        return self.answer(question)

    def offers(
        self, question: str, *, language: Language | None = None, within: str = ""
    ) -> tuple[Quote, ...]:
        self.typed.append(question)
        self.sets.append(within)
        return self.offered

    def suggestions(self, language: Language, *, within: str = "") -> tuple[str, ...]:
        return self.suggested.get((language, within), ())

    def check(self, claim: str, *, language: Language | None = None, within: str = "") -> Answer:
        self.checked.append(claim)
        self.languages.append(language)
        return replace(self.answer(claim), verdict=Verdict.SAID)

    def sources(self) -> tuple[SourceSummary, ...]:
        return self.summaries

    def open_passage(self, place: Place) -> Opening:
        return self.opening(place)

    def reload(
        self,
        on_progress: OnProgress | None = None,
        *,
        force: bool = False,
        accepted: str = "",
        asked: bool = True,
    ) -> Changes:
        self.forced.append(force)
        self.accepted.append(accepted)
        self.reloads_asked_for.append(asked)
        return self.on_reload(on_progress)

    def search(self, question: str, *, within: str = "") -> Ranking:
        self.sets.append(within)
        return self.ranking

    def refresh(self) -> bool:
        return False

    def inspect(self) -> bool:
        return True

    def health(self) -> Health:
        return self.state

    def rollback(self) -> str:
        self.state = replace(self.state, generation=self.state.previous, previous="")
        return self.state.generation

    def close(self) -> None:
        self.closed = True


def give_much_to_press(library: FakeLibrary) -> None:
    """Have pages of documents in two sets, suggestions, and a version to go back to."""
    library.summaries = tuple(
        SourceSummary(f"{name}/{n}", f"{name}/{n}.md", "Su", "0", "", "", 1, 1)
        for name in ("esteri", "sport")
        for n in range(9)
    )
    library.suggested = {("it", ""): ("Quanti sono?", "Dove?")}
    library.state = Health("20261108T100000-1", previous="20261107T100000-1")


def _echo(question: str) -> Answer:
    quote = a_quote(a_passage(), "I membri dell’alleanza sono 32.")
    answer = an_answer(quote, question=question)
    return Answer(
        question=question,
        language="it",
        status=Status.ANSWERED,
        text=f"{question} → {answer.text}",
        confidence=0.9,
        claims=answer.claims,
    )


ALL_IT_FINDS = "I membri dell’alleanza sono 32."


class SmallLibrary:
    """Finds the same for every question, for a real writer to write from."""

    def find(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        within: str = "",
    ) -> Found:
        passage = a_passage()
        answer = an_answer(a_quote(passage, ALL_IT_FINDS), question=question)
        source = Source("vertice", "vertice.md", "Il vertice di Tokyo", TEXT)
        return Found(replace(answer, ranked=("vertice",)), (passage,), (source,))


class FakeWriter:
    """Has every question answered by ``library``, after ``drafts`` were shown and ``open`` is set.

    ``asked`` keeps the questions, ``waiting`` counts those that came to wait. Every question
    reserves one call and, once it is answered, records what was used; ``refused`` are those whose
    call the budget did not allow.
    """

    def __init__(self, library: FakeLibrary) -> None:
        self.library = library
        self.asked: list[str] = []
        self.refused: list[str] = []
        self.waiting = 0
        self.drafts: list[Draft] = []
        self.open = asyncio.Event()
        self.open.set()
        self.closed = False
        self.on_outage: Callable[[str], None] = lambda _: None
        self.on_recovery: Callable[[], None] = lambda: None

    def model(self, price: Price | None = None) -> Model:
        return Model("m", price, self._opened)

    def _opened(self, library: Any, **hooks: Any) -> Writer:
        self.on_outage, self.on_recovery = hooks["on_outage"], hooks["on_recovery"]
        return self

    async def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        within: str = "",
        on_draft: Callable[[Draft], None] | None = None,
        spend: Spend | None = None,
    ) -> Answer:
        self.asked.append(question)
        assert spend
        assert on_draft
        if not await spend.reserve():
            self.refused.append(question)
            return self.library.ask(question, language=language, history=history, within=within)
        for draft in self.drafts:
            on_draft(draft)
        self.waiting += 1
        await self.open.wait()
        await spend.record(Usage(1, 100, 10))
        return self.library.ask(question, language=language, history=history, within=within)

    async def aclose(self) -> None:
        self.closed = True
