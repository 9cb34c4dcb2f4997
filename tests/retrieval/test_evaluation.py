"""Answers are measured by what is in their quotes, and questions files are read with care."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import QuestionsError
from retrieval.evaluation import (
    Outcome,
    auroc,
    contains_answer,
    evaluate,
    read_questions,
    report,
    table,
)
from retrieval.evaluation import TestQuestion as Asked
from retrieval.types import Answer, Claim, Quote, Status
from tests.retrieval.texts import passage_of, source_of

TEXT = "La NATO ha 31 membri. Il vertice è in Lituania. Fine."
SOURCE = source_of(TEXT, "nato")
PASSAGE = passage_of(
    TEXT, "La NATO ha 31 membri.", "Il vertice è in Lituania.", "Fine.", name="nato"
)


def quote(text: str) -> Quote:
    start = TEXT.index(text)
    return Quote("nato", "NATO", SOURCE.content_hash, start, start + len(text), text, PASSAGE)


def answered(*quotes: str, confidence: float = 0.9, ms: float = 1, ranked: str = "nato") -> Answer:
    claims = tuple(Claim(text, (quote(text),)) for text in quotes)
    ids = tuple(ranked.split())
    return Answer("?", "it", Status.ANSWERED, "Ecco", confidence, claims, ranked=ids, ms=ms)


def refused(confidence: float = 0.1, ms: float = 1, ranked: str = "nato") -> Answer:
    ids = tuple(ranked.split())
    no = Status.NOT_IN_SOURCES
    return Answer("?", "it", no, "No", confidence, closest=quote("Fine."), ranked=ids, ms=ms)


def question(kind: str = "answerable", answers: tuple[str, ...] = ("31 membri",)) -> Asked:
    return Asked("q1", "Quanti?", answers=answers, source="nato", kind=kind)


def outcome(answer: Answer, kind: str = "answerable") -> Outcome:
    [measured] = evaluate([question(kind)], lambda _: answer, lambda quote: quote.text in TEXT)
    return measured


@pytest.mark.parametrize(
    ("text", "answers", "held"),
    [
        ("La NATO ha 31 membri.", ("31 membri",), True),
        ("La nato ha 31 MEMBRI", ("31 Membri!",), True),
        ("blocchi «esclusivi»", ("blocchi esclusivi",), True),
        ("l'ufficio", ("l’ufficio",), True),
        ("La NATO ha 30 membri.", ("31 membri",), False),
        ("La NATO ha 31 membri.", ("32", "31 membri"), True),
        ("La NATO ha 31 membri.", (), False),
        ("La NATO ha 31 membri.", ("", "…"), False),
    ],
)
def test_an_answer_is_found_without_capitals_and_punctuation(
    text: str, answers: tuple[str, ...], held: bool
) -> None:
    assert contains_answer(text, answers) is held


@given(st.text(), st.text(), st.text())
def test_an_answer_that_stands_between_other_words_is_found(
    before: str, answer: str, after: str
) -> None:
    has_letters = any(letter.isalnum() for letter in answer)
    assert contains_answer(f"{before} {answer} {after}", [answer]) is has_letters


@given(
    st.lists(st.integers(0, 5).map(float), max_size=12),
    st.lists(st.integers(0, 5).map(float), max_size=12),
)
def test_auroc_is_the_chance_that_a_positive_scores_above_a_negative(
    positives: list[float], negatives: list[float]
) -> None:
    pairs = [(p > n) + (p == n) / 2 for p in positives for n in negatives]
    expected = sum(pairs) / len(pairs) if pairs else None
    assert auroc(positives, negatives) == (expected and pytest.approx(expected))


def test_many_equal_scores_take_no_longer_than_they_must() -> None:
    scores = [float(n // 2) for n in range(40_000)]
    assert auroc(scores, scores) == pytest.approx(0.5)


def test_a_report_sums_up() -> None:
    found = report(
        [
            outcome(answered("La NATO ha 31 membri.", ms=1)),
            outcome(answered("Fine.", "La NATO ha 31 membri.", ranked="x nato", ms=2)),
            outcome(refused(ranked="", ms=3)),
            outcome(refused(ms=4), "off-topic"),
            outcome(answered("Fine.", confidence=0.2, ms=100), "near-miss"),
        ]
    )
    assert found.questions == 5
    assert found.answer_in_first_quote == pytest.approx(1 / 3), "a refusal is a miss"
    assert found.answer_in_first_three == pytest.approx(2 / 3)
    assert found.sentences_per_first_quote == 1
    assert found.source_at_1 == pytest.approx(1 / 3)
    assert found.source_at_10 == pytest.approx(2 / 3)
    assert found.ndcg_at_10 == pytest.approx((1 + 0.63093 + 0) / 3, abs=1e-4)
    assert found.auroc == pytest.approx((2 + 2 + 0.5) / 6)
    assert (found.verbatim_quotes, found.quotes) == (1, 6)
    assert (found.p50_ms, found.p95_ms) == (3, 100)
    assert found.answered == {"answerable": 2, "off-topic": 0, "near-miss": 1}
    assert found.refused == {"answerable": 1, "off-topic": 1, "near-miss": 0}


def test_a_quote_of_two_sentences_counts_as_two() -> None:
    pair = "La NATO ha 31 membri. Il vertice è in Lituania."
    assert report([outcome(answered(pair))]).sentences_per_first_quote == 2


def test_beyond_rank_ten_a_source_counts_for_nothing() -> None:
    ranked = " ".join([*"abcdefghij", "nato"])
    found = report([outcome(answered("Fine.", ranked=ranked))])
    assert (found.source_at_10, found.ndcg_at_10) == (0, 0)


def test_what_was_not_measured_is_none_and_a_dash() -> None:
    nothing = report([])
    assert nothing.answer_in_first_quote is None
    assert nothing.p50_ms is None
    assert "–" in table(nothing)


def test_a_false_quote_is_counted() -> None:
    [measured] = evaluate([question()], lambda _: answered("Fine."), lambda _: False)
    assert (measured.quotes, measured.verbatim) == (1, 0)
    assert report([measured]).verbatim_quotes == 0


def test_progress_is_told_question_by_question() -> None:
    told: list[int] = []
    evaluate([question()] * 3, lambda _: refused(), lambda _: True, told.append)
    assert told == [1, 2, 3]


def test_the_table_has_a_line_a_measure() -> None:
    shown = table(report([outcome(answered("La NATO ha 31 membri."))]))
    for name in ("first quote", "first three", "rank 1", "rank 10", "nDCG@10", "AUROC", "p95"):
        assert name in shown
    assert "1 answered, 0 refused" in shown


def test_a_line_of_results_has_the_keys_of_the_contract() -> None:
    line = outcome(refused()).to_dict()
    assert list(line) == [
        *("id", "status", "text", "confidence", "claims", "closest", "generation", "ms", "ranked")
    ]
    assert line["ranked"] == ["nato"]


def write(folder: Path, *lines: object) -> Path:
    file = folder / "questions.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("\n".join(texts), "utf-8")
    return file


def test_a_questions_file_is_read(tmp_path: Path) -> None:
    full = {"id": 1, "lang": "en", "question": "Who?", "answers": ["A", "B"], "source": "s"}
    bare = {"id": "2", "question": "Chi?", "answers": [], "kind": "near-miss", "extra": True}
    assert read_questions(write(tmp_path, full, "", bare, "")) == (
        Asked("1", "Who?", "en", ("A", "B"), "s", "answerable"),
        Asked("2", "Chi?", "it", (), "", "near-miss"),
    )


def test_a_byte_order_mark_and_odd_line_separators_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('\ufeff{"id": "1", "question": "a\u2028b"}\r\n', "utf-8", newline="")
    assert [found.question for found in read_questions(file)] == ["a\u2028b"]


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "5",
        "null",
        '{"question": "no id"}',
        '{"id": "1"}',
        '{"id": "1", "question": "?", "answers": 5}',
        '{"id": "1", "question": "?", "answers": "Tokyo"}',
        '{"id": "1", "question": "?", "kind": "unknown"}',
    ],
)
def test_a_line_that_is_no_question_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    good = {"id": "1", "question": "Chi?"}
    with pytest.raises(QuestionsError, match=r"questions\.jsonl, line 3"):
        read_questions(write(tmp_path, good, "", line))


@pytest.mark.parametrize("trouble", ["missing", "folder", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, trouble: str) -> None:
    file = tmp_path / "questions.jsonl"
    if trouble == "folder":
        file.mkdir()
    elif trouble == "not UTF-8":
        file.write_bytes(b'{"id": "\xe0"}')
    with pytest.raises(QuestionsError, match=r"questions\.jsonl"):
        read_questions(file)
