"""A question becomes an answer or a refusal, never an error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from retrieval.answering import (
    ANSWER_AT,
    CLEARLY_OFF_TOPIC,
    ON_TOPIC_AT,
    SURE_AT,
    WORTH_ADDING,
    Sources,
    answer,
    find,
)
from retrieval.question import Question
from retrieval.reasons import Refusal
from retrieval.retriever import Ranking, is_shown
from retrieval.types import Answer, Language, Passage, Status, Turn
from retrieval.wording import wording
from tests.retrieval.rankings import library_of, ranking_of
from tests.retrieval.texts import passage_of, source_of

TEXT = "La NATO ha 31 membri. Il vertice si terrà in «Lituania»."
MEMBERS, SUMMIT = "La NATO ha 31 membri.", "Il vertice si terrà in «Lituania»."
PASSAGE = passage_of(TEXT, MEMBERS, SUMMIT)
APART = tuple(Passage("a", s.start, s.end, TEXT[s.start : s.end], (s,)) for s in PASSAGE.sentences)


class Shelf:
    """Sources with one ranking for every question; ``asked`` and ``shown`` list what was searched.

    ``confidences`` are those of some questions; ``rest`` is that of what wasn't shown yet. Its two
    sentences stand in a passage each, or ``together`` in one.
    """

    def __init__(
        self,
        confidence: float,
        text: str = TEXT,
        *,
        on_topic: float = 1.0,
        together: bool = False,
    ) -> None:
        self.asked: list[Question] = []
        self.shown: list[tuple[str, ...]] = []
        self.confidences: dict[str, float] = {}
        self.rest = confidence
        first, second = ((PASSAGE, 0), (PASSAGE, 1)) if together else ((p, 0) for p in APART)
        self._ranking = ranking_of(
            (*first, 0.0), (*second, -0.1), confidence=confidence, on_topic=on_topic
        )
        self._sources = library_of(source_of(text))

    def search(self, question: Question, shown: Sequence[str] = ()) -> Ranking:
        self.asked.append(question)
        self.shown.append(tuple(shown))
        confidence = self.confidences.get(question.text, self._ranking.confidence)
        left = tuple(s for s in self._ranking.sentences if not is_shown(s.text, shown))
        if not left:
            return Ranking()
        if len(left) < len(self._ranking.sentences):
            left = tuple(replace(s, score=s.score - left[0].score) for s in left)
            confidence = self.rest
        return replace(self._ranking, sentences=left, confidence=confidence)

    def suggest(self, question: str, language: Language) -> str:
        return f"suggested in {language}"

    def sources(self) -> Sources:
        return Sources("g1", self.search, self._sources.__getitem__, self.suggest)


def ask(confidence: float, question: str = "Quanti membri ha la NATO?") -> Answer:
    return answer(question, Shelf(confidence).sources())


def test_an_answer_lists_its_quotes_with_their_markers() -> None:
    found = ask(0.7)
    assert found.status is Status.ANSWERED
    assert found.text == (
        f"{wording('it').sure}\n«La NATO ha 31 membri.» [1]\n"
        "“Il vertice si terrà in «Lituania».” [2]"
    )
    assert [quote.text for quote in found.quotes] == list(PASSAGE.sentence_texts())
    assert (found.confidence, found.generation, found.ranked) == (0.7, "g1", ("a",))
    assert found.ms > 0
    assert found.closest is None


def test_an_answer_marks_the_words_that_answer_in_its_own_text_too() -> None:
    found = ask(0.7)
    [span] = found.highlights
    assert found.text[span.start : span.end] == "31 membri"
    assert [TEXT[s.start : s.end] for q in found.quotes for s in q.highlights] == ["31 membri"]


@pytest.mark.parametrize("confidence", [0.0, SURE_AT - 0.01])
def test_a_refusal_and_an_unsure_answer_mark_nothing(confidence: float) -> None:
    assert ask(confidence).highlights == ()


def test_an_unsure_answer_says_so() -> None:
    assert ask((ANSWER_AT + SURE_AT) / 2).text.startswith(wording("it").unsure)
    assert ask(SURE_AT).text.startswith(wording("it").sure)


@pytest.mark.parametrize(
    ("confidence", "on_topic", "status"),
    [
        (0.4, 0.6, Status.ANSWERED),
        (0.4, 0.5, Status.NOT_IN_SOURCES),
        (0.3, 0.6, Status.NOT_IN_SOURCES),
    ],
)
def test_doubts_about_the_topic_and_about_the_answer_add_up(
    confidence: float, on_topic: float, status: Status
) -> None:
    shelf = Shelf(confidence, on_topic=on_topic)
    assert answer("Quanti iscritti ha la NATO?", shelf.sources()).status is status
    # Where every word is there, there is no doubt about the topic.
    plain = answer("Quanti membri ha la NATO?", shelf.sources())
    assert plain.status is Status.ANSWERED


def test_what_goes_on_from_an_answer_needs_no_proof_of_its_topic() -> None:
    shelf = Shelf(0.7, on_topic=0.1)
    before = Turn("Quanti membri ha la NATO?", ("La NATO ha 31 membri.",))
    assert answer("E quando?", shelf.sources(), history=[before]).status is Status.ANSWERED
    refused = Turn("Quanti membri ha la NATO?")
    assert answer("E quando?", shelf.sources(), history=[refused]).refusal is Refusal.OFF_TOPIC


@pytest.mark.parametrize(
    ("on_topic", "refusal", "words"),
    [
        (ON_TOPIC_AT, Refusal.NEAR_MISS, wording("it").not_in_sources),
        (ON_TOPIC_AT - 0.01, Refusal.OFF_TOPIC, wording("it").off_topic),
    ],
)
@pytest.mark.parametrize("confidence", [ANSWER_AT - 0.01, 0.0])
def test_a_refusal_shows_the_closest_passage_and_what_to_ask_instead(
    confidence: float, on_topic: float, refusal: Refusal, words: str
) -> None:
    shelf = Shelf(confidence, on_topic=on_topic)
    found = answer("Quanti membri ha la NATO?", shelf.sources())
    assert (found.status, found.refusal) == (Status.NOT_IN_SOURCES, refusal)
    assert found.text == words
    assert found.claims == ()
    assert found.closest is not None
    assert found.closest.text == "La NATO ha 31 membri."
    assert found.suggestion == "suggested in it"
    assert (found.confidence, found.ranked) == (confidence, ("a",))


def test_the_words_around_the_quotes_are_in_the_questions_language() -> None:
    found = ask(0.7, "How many members does NATO have?")
    assert found.language == "en"
    assert found.text.startswith(wording("en").sure)
    assert found.quotes[0].text == "La NATO ha 31 membri."


def test_without_sources_it_says_so() -> None:
    found = answer("Quanti membri ha la NATO?", None)
    assert found.status is Status.NO_SOURCES
    assert found.text == wording("it").no_sources
    assert (found.confidence, found.generation, found.refusal) == (0, "", None)


def test_an_answer_is_no_refusal_however_little_of_the_subject_was_met() -> None:
    assert ask(ANSWER_AT).refusal is None


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_three_refusals_are_told_in_three_ways(language: Language) -> None:
    words = wording(language)
    assert len({words.not_in_sources, words.off_topic, words.unclear}) == 3


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("asdf qwerty zxcv", Refusal.NONSENSE),
        ("Asdf QWERTY, zxcv?!", Refusal.NONSENSE),
        ("Chi è Zyxwvut Brambillasconi?", Refusal.OFF_TOPIC),
        ("asdf qwerty nel 2023", Refusal.OFF_TOPIC),
        ("come si fa il pane in casa", Refusal.OFF_TOPIC),
    ],
)
def test_only_what_has_no_known_word_at_all_is_nonsense(text: str, refusal: Refusal) -> None:
    found = answer(text, Shelf(0.01, on_topic=0.0).sources())
    assert found.refusal is refusal
    nonsense = refusal is Refusal.NONSENSE
    words = wording(found.language)
    assert found.text == (words.unclear if nonsense else words.off_topic)
    assert (found.closest is None) is nonsense
    assert found.suggestion == f"suggested in {found.language}"


def test_a_word_in_no_dictionary_that_the_sources_have_is_not_nonsense() -> None:
    near = Shelf(0.01, on_topic=ON_TOPIC_AT)
    assert answer("asdf qwerty zxcv", near.sources()).refusal is Refusal.NEAR_MISS
    assert answer("asdf qwerty zxcv", Shelf(0.9).sources()).claims


@pytest.mark.parametrize("question", ["", " \n", "???", "😀😀"])
def test_where_there_are_no_words_nothing_is_searched(question: str) -> None:
    shelf = Shelf(0.9)
    found = answer(question, shelf.sources(), "en")
    assert found.status is Status.NOT_IN_SOURCES
    assert (found.text, found.refusal) == (wording("en").unclear, Refusal.NONSENSE)
    assert (found.closest, shelf.asked) == (None, [])


def test_no_quote_leaves_that_is_not_in_its_source() -> None:
    for confidence in (0.9, 0.1):
        found = answer("NATO?", Shelf(confidence, text="Tutt'altro testo. " * 9).sources())
        assert found.status in (Status.ANSWERED, Status.NOT_IN_SOURCES)
        assert all(quote.text in "Tutt'altro testo. " * 9 for quote in found.quotes)
        assert "31 membri" not in found.text


def test_words_of_grammar_alone_ask_nothing() -> None:
    found = answer("E quando?", Shelf(0.9, on_topic=1.0).sources())
    assert (found.text, found.closest) == (wording("it").unclear, None)
    assert found.refusal is Refusal.NONSENSE


BEFORE = "Quanti membri ha la NATO?"


def test_a_question_that_leans_on_the_one_before_is_searched_complete_and_once() -> None:
    shelf = Shelf(0.9)
    found = answer("E il Quad?", shelf.sources(), history=[Turn(BEFORE)])
    assert [question.text for question in shelf.asked] == ["Quanti membri ha il Quad?"]
    assert (found.question, found.searched) == ("E il Quad?", "Quanti membri ha il Quad?")


@pytest.mark.parametrize(
    ("alone", "completed", "searches", "chosen"),
    [
        (SURE_AT, 0.9, 1, ""),
        (SURE_AT - 0.1, 0.9, 2, "In Asia"),
        (SURE_AT - 0.1, 0.1, 2, ""),
    ],
)
def test_a_question_that_may_stand_alone_is_what_the_sources_answer_better(
    alone: float, completed: float, searches: int, chosen: str
) -> None:
    shelf = Shelf(completed)
    shelf.confidences["In Asia?"] = alone
    found = answer("In Asia?", shelf.sources(), history=[Turn(BEFORE)])
    assert len(shelf.asked) == searches
    assert chosen in found.searched
    assert bool(found.searched) == bool(chosen)
    assert found.confidence == (completed if chosen else alone)


def test_a_question_without_a_conversation_leaves_nothing_out() -> None:
    shelf = Shelf(0.9)
    answer(BEFORE, shelf.sources())
    assert shelf.shown == [()]


def test_who_else_leaves_out_what_was_quoted() -> None:
    history = [Turn(BEFORE, (MEMBERS,))]
    shelf = Shelf(0.9)
    found = answer("Altro?", shelf.sources(), history=history)
    assert shelf.shown == [(MEMBERS,)]
    assert [quote.text for quote in found.quotes] == ["Il vertice si terrà in «Lituania»."]
    history.append(Turn(BEFORE, tuple(quote.text for quote in found.quotes)))
    nothing = answer("Altro?", Shelf(0.9).sources(), history=history)
    assert (nothing.text, nothing.confidence) == (wording("it").nothing_more, 0)
    assert (nothing.suggestion, nothing.searched) == ("", BEFORE)
    assert nothing.refusal is Refusal.NEAR_MISS


def test_a_completed_question_decides_which_words_are_marked() -> None:
    assert answer("E la NATO?", Shelf(0.9).sources()).highlights
    asks_why = [Turn("Perché ha dei membri?")]
    assert not answer("E la NATO?", Shelf(0.9).sources(), history=asks_why).highlights


def test_what_was_just_quoted_is_quoted_once_with_what_goes_on_from_it() -> None:
    history = [Turn(BEFORE, (MEMBERS,))]
    found = answer("E dove?", Shelf(0.9, together=True).sources(), history=history)
    assert [quote.text for quote in found.quotes] == [TEXT]


def test_what_was_just_quoted_does_not_hide_what_stands_elsewhere() -> None:
    found = answer("E dove?", Shelf(0.9).sources(), history=[Turn(BEFORE, (MEMBERS,))])
    assert [quote.text for quote in found.quotes] == [MEMBERS, SUMMIT]


def test_what_goes_on_is_left_where_it_hardly_answers() -> None:
    shelf = Shelf(0.997)
    shelf.rest = WORTH_ADDING - 0.01
    found = answer("E dove?", shelf.sources(), history=[Turn(BEFORE, (MEMBERS,))])
    assert [quote.text for quote in found.quotes] == [MEMBERS]
    assert found.confidence == 0.997


@pytest.mark.parametrize("rest", [WORTH_ADDING - 0.01, WORTH_ADDING + 0.01])
def test_a_follow_up_that_nothing_answers_is_a_near_miss_if_its_subject_is_met(
    rest: float,
) -> None:
    shelf = Shelf(ANSWER_AT - 0.01, on_topic=ON_TOPIC_AT)
    shelf.rest = rest
    found = answer("E dove?", shelf.sources(), history=[Turn(BEFORE, (MEMBERS,))])
    assert (found.text, found.refusal) == (wording("it").not_in_sources, Refusal.NEAR_MISS)


def test_what_may_be_written_from_is_found_with_the_answer() -> None:
    found = find("Quanti membri ha la NATO?", Shelf(0.7).sources())
    assert found.answer == replace(ask(0.7), ms=found.answer.ms)
    assert found.passages == APART
    assert [found.source(passage.source) for passage in found.passages] == [source_of(TEXT)] * 2
    assert (found.title("a"), found.source("b"), found.title("b")) == ("A", None, "")


def test_a_near_miss_may_be_looked_at_closer() -> None:
    assert find("Quanti membri ha la NATO?", Shelf(0.0).sources()).passages == APART


@pytest.mark.parametrize("question", ["Ciao!", "?", ""])
def test_there_is_nothing_to_write_from_without_a_question(question: str) -> None:
    assert find(question, Shelf(0.7).sources()).passages == ()
    assert find(question, None).passages == ()


def test_there_is_nothing_to_write_from_on_another_topic() -> None:
    unsure, clear = Shelf(0.0, on_topic=CLEARLY_OFF_TOPIC), Shelf(0.0, on_topic=0.19)
    assert find("Chi ha vinto il Tour?", unsure.sources()).passages == APART
    assert find("Chi ha vinto il Tour?", clear.sources()).passages == ()
