"""What the ranking learns from: questions asked of stores, and which sentences answer them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.adapting import Aims
from benchmarks.learning import GRAMMAR, Terms
from benchmarks.memory import CachedEmbedder, retriever_on
from retrieval.adapter import UNMOVED, QuestionAdapter
from retrieval.chunking import chunk
from retrieval.evaluation import TestQuestion, contains_answer, read_questions
from retrieval.features import features
from retrieval.meeting import Meeting
from retrieval.question import parse
from retrieval.sources import read_folder
from retrieval.types import Passage, Source
from retrieval.weighting import describe_terms

FOLDS = 5
ARTICLE = 51  # neighbouring paragraphs that stay in one fold: about an article
OFF = "off-topic"
NEAR_MISS_WEIGHT = 1.5  # they are few and the hardest to tell
OTHER_LANGUAGE_WEIGHT = 4.0  # questions in another language than the sources are few, too
OTHER_LANGUAGE_AIM = 3.0  # and the same for where they aim

Table = NDArray[np.float32]


@dataclass(frozen=True)
class Reading:
    """What was learned to read questions with: where they aim, and what their words count."""

    adapter: QuestionAdapter
    weigh: Callable[[Meeting], tuple[Table, Table]]


Read = Callable[[int], Reading]
"""Gives, for the number of an article, what reads the questions about it."""


@dataclass(frozen=True)
class Example:
    """A question on a store: features of candidate sentences, and which of them answer."""

    article: int
    kind: str
    answerable: bool
    weight: float
    trains_sentences: bool
    table: Table
    owner: NDArray[np.int32]
    right: NDArray[np.bool_]  # the sentence is of the source that answers
    holds: NDArray[np.bool_]  # it holds an answer, of whichever source it is
    topic_weight: float  # how much it counts for what is on topic
    store: int  # how many sources there were to choose from
    language: str

    @property
    def answers(self) -> NDArray[np.bool_]:
        """Tell which sentences answer: of the right source, and with an answer in them."""
        return self.right & self.holds

    @property
    def answering_passages(self) -> NDArray[np.bool_]:
        """Tell which passages, in the order of their sentences, have one that answers."""
        starts = np.flatnonzero(np.diff(self.owner, prepend=-1))
        return np.asarray(np.logical_or.reduceat(self.answers, starts))

    @property
    def fold(self) -> int:
        """The fold it is left out with."""
        return self.article % FOLDS


class Data:
    """The sources and questions of a folder, and the stores that can be made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sources = read_folder(folder / "sources").sources
        self.place = {source.id: number for number, source in enumerate(self.sources)}
        self.left_out = folder / "questions_left_out.jsonl"
        self.questions = [
            question
            for file in sorted(folder.glob("questions*.jsonl"))
            if file != self.left_out
            for question in read_questions(file)
            if question.source in self.place
        ]
        self.embedder = CachedEmbedder()

    def fold(self, question: TestQuestion) -> int:
        """Number the fold that a question is left out with."""
        return self.article(question) % FOLDS

    def remaining(self) -> list[Source]:
        """Give the sources without those that `left-out.txt` names; none where there is no such."""
        if not self.left_out.exists():
            return []
        away = set((self.folder / "left-out.txt").read_text("utf-8").replace(".txt", "").split())
        return [source for source in self.sources if source.id not in away]

    def article(self, question: TestQuestion) -> int:
        """Number the article a question belongs to, or any where it belongs to none."""
        anywhere = sum(question.id.encode()) * ARTICLE
        return self.place.get(question.source, anywhere) // ARTICLE

    def aims(self) -> Aims:
        """Gather the vectors of all questions and of all that may answer them."""
        passages = [passage for source in self.sources for passage in chunk(source)]
        sentences = [(n, text) for n, p in enumerate(passages) for text in p.sentence_texts()]
        own = np.array([self.place[passage.source] for passage in passages])
        whose = own[[number for number, _ in sentences]]
        asked = np.array([self.place[question.source] for question in self.questions])
        holds = np.zeros((len(asked), len(sentences)), dtype=np.bool_)
        for number, question in enumerate(self.questions):
            for place in np.flatnonzero(whose == asked[number]):
                holds[number, place] = contains_answer(sentences[place][1], question.answers)
        encode = self.embedder.encode
        return Aims(
            embedder=self.embedder.fingerprint,
            questions=encode([question.question for question in self.questions]),
            passages=encode([passage.text for passage in passages]),
            sentences=encode([text for _, text in sentences]),
            right_passages=own == asked[:, np.newaxis],
            right_sentences=holds,
            weights=np.array(
                [OTHER_LANGUAGE_AIM if q.lang != "it" else 1.0 for q in self.questions], np.float32
            ),
            articles=asked // ARTICLE,
            passage_articles=own // ARTICLE,
            sentence_articles=whose // ARTICLE,
        )

    def terms(self) -> Iterator[tuple[int, Terms]]:
        """Ask all questions of all sources: each with its article, as words are weighed from."""
        numbers = {word: number for number, word in enumerate(GRAMMAR)}
        retriever, passages = retriever_on(self.sources, self.embedder)
        for question in self.questions:
            meeting = retriever.meet(parse(question.question), UNMOVED)
            right, holds = _answers(question, meeting, passages)
            owner, candidates = meeting.candidates.owner, meeting.candidates
            yield (
                self.article(question),
                Terms(
                    described=describe_terms(meeting),
                    rarity=meeting.weights,
                    grammar=np.array([numbers.get(t.folded, -1) for t in meeting.question.terms]),
                    alike=meeting.alike,
                    met=meeting.met,
                    passage_alike=meeting.by_passage(meeting.alike)[:, owner],
                    passage_met=meeting.by_passage(meeting.met)[:, owner],
                    cosines=np.stack([candidates.sentence_cosine, candidates.cosine[owner]]),
                    answers=(right & holds).astype(np.float32),
                    weight=OTHER_LANGUAGE_WEIGHT if question.lang != "it" else 1.0,
                ),
            )

    def look(
        self,
        part: Sequence[Source],
        asked: Sequence[TestQuestion],
        read: Read,
        *,
        trains: bool,
        topic_weight: float = 1.0,
        foreign_weight: float = OTHER_LANGUAGE_WEIGHT,
    ) -> Iterator[Example]:
        """Ask questions of a store that holds just these sources."""
        retriever, passages = retriever_on(part, self.embedder)
        here = {source.id for source in part}
        for question in asked:
            article = self.article(question)
            reading = read(article)
            meeting = retriever.meet(parse(question.question), reading.adapter)
            right, holds = _answers(question, meeting, passages)
            answerable = question.kind == "answerable" and question.source in here
            foreign = question.lang != "it"
            weight = NEAR_MISS_WEIGHT if question.kind == "near-miss" else 1.0
            yield Example(
                article=article,
                kind=question.kind,
                answerable=answerable,
                weight=weight * (foreign_weight if foreign else 1.0),
                trains_sentences=trains and answerable,
                table=features(meeting, *reading.weigh(meeting), retriever.kinds),
                owner=meeting.candidates.owner,
                right=right,
                holds=holds,
                topic_weight=topic_weight * (2.0 if foreign and question.kind != OFF else 1.0),
                store=len(part),
                language=question.lang,
            )


def _answers(
    question: TestQuestion, meeting: Meeting, passages: Sequence[Passage]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which candidate sentences are of the right source, and which hold an answer."""
    texts = [
        (passages[n].source == question.source, text)
        for n in meeting.candidates.passages
        for text in passages[n].sentence_texts()
    ]
    right = np.array([right for right, _ in texts], dtype=np.bool_)
    holds = np.array([contains_answer(text, question.answers) for _, text in texts])
    return right, holds
