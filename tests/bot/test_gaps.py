"""Questions that ask the same are one gap; none is lost."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from bot.feedback import Reason
from bot.gaps import Gap, Miss, group, to_csv
from bot.locales import words_in


def misses(*questions: str) -> list[Miss]:
    return [Miss(question, n, refused=True) for n, question in enumerate(questions)]


def test_the_same_question_is_one_gap_however_it_is_written() -> None:
    [gap] = group(misses("Quanto costerà l'ufficio?", "QUANTO COSTERA L’UFFICIO", "E chi paga?"))[
        :1
    ]
    assert gap.times == 2
    assert (gap.first, gap.last) == (0, 1)
    assert gap.question == "QUANTO COSTERA L’UFFICIO"  # the latest words


def test_questions_close_in_words_are_one_and_others_are_not() -> None:
    gaps = group(
        misses(
            "Quanto costerà l'ufficio di Tokyo?",
            "Quanto costerà un ufficio a Tokyo?",
            "Chi pagherà l'ufficio di Tokyo?",
        )
    )
    assert [gap.times for gap in gaps] == [2, 1]


def test_the_most_frequent_come_first_and_then_the_latest() -> None:
    gaps = group(misses("Perché Parigi?", "Dove si mangia?", "Perché Parigi?", "Che tempo farà?"))
    assert [gap.question for gap in gaps] == [
        "Perché Parigi?",
        "Che tempo farà?",
        "Dove si mangia?",
    ]


def test_refusals_and_complaints_are_counted_apart_with_their_reasons() -> None:
    [gap] = group(
        [
            Miss("Chi?", 1, refused=True),
            Miss("Chi?", 2, refused=False, reason="wrong"),
            Miss("Chi?", 3, refused=False, reason="wrong"),
        ]
    )
    assert (gap.refused, gap.unhappy, gap.reasons) == (1, 2, ("wrong",))


@given(
    st.lists(
        st.builds(Miss, st.text(max_size=20), st.integers(0, 10**9), st.booleans()), max_size=30
    )
)
def test_nothing_is_lost_and_nothing_counted_twice(found: list[Miss]) -> None:
    gaps = group(found)
    assert sum(gap.refused for gap in gaps) == sum(miss.refused for miss in found)
    assert sum(gap.times for gap in gaps) == len(found)
    rows = list(csv.reader(io.StringIO(to_csv(gaps, words_in("en")), newline="")))
    assert len(rows) == len(gaps) + 1


def test_no_question_becomes_a_formula_in_a_spreadsheet() -> None:
    table = to_csv(
        group(misses('=HYPERLINK("https://example.org")', "+1", "-1", "@x", "Chi, «lui»?")),
        words_in("it"),
    )
    questions = [row[0] for row in csv.reader(io.StringIO(table, newline=""))][1:]
    assert "Chi, «lui»?" in questions
    assert all(not question.startswith(tuple("=+-@")) for question in questions)


def test_a_table_is_in_the_language_of_who_wants_it() -> None:
    gap = Gap("Chi c’era?", 2, 1, 0, 86400, (Reason.WRONG, Reason.BAD_SOURCE))
    heading, row = csv.reader(io.StringIO(to_csv([gap], words_in("it")), newline=""))
    assert heading == [
        "Domanda", "Volte senza risposta", "👎", "La prima volta", "L’ultima volta",
        "Che cosa non andava",
    ]  # fmt: skip
    assert row[3:] == ["1970-01-01", "1970-01-02", "È sbagliata; La fonte è sbagliata"]
