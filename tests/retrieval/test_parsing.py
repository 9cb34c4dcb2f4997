"""Any output is read the same however it is cut, and none makes the parser raise or run on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.parsing import LONGEST, MOST_CITATIONS, MOST_CLAIMS, End, Parser
from retrieval.proposals import Citation, Proposal

TWO = (
    Proposal("La NATO ha 31 membri.", (Citation(1, "i suoi 31 membri"),)),
    Proposal("L'ufficio è a «Tokyo».", (Citation(2, 'sede a "Tokyo"'), Citation(1, "{a} [b]"))),
)
JSON = json.dumps(
    {
        "claims": [
            {
                "text": p.text,
                "citations": [{"passage": c.passage, "quote": c.quote} for c in p.citations],
            }
            for p in TWO
        ]
    }
)
LINES = (
    "CLAIM: La NATO ha 31 membri.\nQUOTE 1: i suoi 31 membri\n\n"
    'CLAIM: L\'ufficio è a «Tokyo».\nQUOTE 2: sede a "Tokyo"\nQUOTE 1: {a} [b]\n'
)


def read(pieces: Iterable[str]) -> tuple[list[Proposal], End]:
    """Read an output in pieces; what is returned on the way has to be what there is in the end."""
    parser = Parser()
    told: list[Proposal] = []
    for piece in pieces:
        told += parser.feed(piece)
        assert told == parser.proposals
    last, end = parser.finish()
    assert [*told, *last] == parser.proposals
    return parser.proposals, end


@pytest.mark.parametrize("text", [JSON, LINES])
def test_claims_are_read_with_their_citations(text: str) -> None:
    assert read([text]) == ([*TWO], End.COMPLETE)


@pytest.mark.parametrize("text", [JSON, LINES])
def test_each_claim_is_told_as_soon_as_it_is_complete(text: str) -> None:
    parser = Parser()
    second = text.index("sede")
    assert parser.feed(text[:second]) == TWO[:1]
    assert parser.feed(text[second:]) + parser.finish()[0] == TWO[1:]


OUTPUTS = st.one_of(
    st.sampled_from([JSON, LINES, f"```json\n{JSON}\n```", f"<think>\n{{x}}\n</think>\n{LINES}"]),
    st.text(max_size=300),
    st.text("{}[]\":,\\ \n\tclaimsCLAIM1QUOTE-*'«»<think>/\ud800", max_size=300),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["claims", "text"]), inner),
        max_leaves=12,
    ).map(json.dumps),
    st.tuples(st.text(min_size=1, max_size=70), st.integers(10, 600)).map(lambda p: p[0] * p[1]),
)


@given(st.lists(OUTPUTS, max_size=3).map("".join), st.lists(st.integers(1, 60), min_size=1))
def test_it_makes_no_difference_where_the_stream_is_cut(text: str, sizes: Sequence[int]) -> None:
    pieces, position, turn = [], 0, 0
    while position < len(text):
        size = sizes[turn % len(sizes)]
        pieces.append(text[position : position + size])
        position, turn = position + size, turn + 1
    assert read(pieces) == read([text]) == read(text)


@given(OUTPUTS)
def test_what_is_read_can_be_encoded_and_has_bounds(text: str) -> None:
    proposals, _ = read([text])
    assert len(proposals) <= MOST_CLAIMS
    for proposal in proposals:
        proposal.text.encode()
        assert proposal.text.isprintable()
        assert len(proposal.citations) <= MOST_CITATIONS
        for citation in proposal.citations:
            citation.quote.encode()


def test_json_that_is_cut_short_is_not_taken_for_whole() -> None:
    for end in range(len(JSON)):
        assert read([JSON[:end]])[1] in (End.EMPTY, End.MALFORMED)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("", End.EMPTY),
        (" \n\t ", End.EMPTY),
        ("La NATO ha 31 membri.", End.MALFORMED),
        ("La NATO ha 31 membri [1].\nE altro [2].", End.MALFORMED),
        ("CLAIM:\n", End.MALFORMED),
        ('{"claims": [}', End.MALFORMED),
        ('{"claims": [{"text": 3}]}', End.MALFORMED),
        ('{"claims": [{"text": " "}]}', End.MALFORMED),
        ('{"claims": ["La NATO"]}', End.MALFORMED),
        ('{"claims": {}}', End.MALFORMED),
        ('{"answer": "31"}', End.MALFORMED),
        ('{"other": [{"text": "x", "citations": []}], "claims": []}', End.MALFORMED),
        ('{"claims": ' + "[" * 50, End.MALFORMED),
        ("CLAIM: La NATO ha 31 membri.", End.WITHOUT_QUOTES),
        ('{"claims": [{"text": "La NATO ha 31 membri."}]}', End.WITHOUT_QUOTES),
        ("\n" * 3_000, End.LOOPING),
        ("<think>" + "and again, " * 200, End.LOOPING),
        ("CLAIM: si ripete\nQUOTE 1: x\n" * 3, End.LOOPING),
        ('{"claims": [' + '{"text": "a", "citations": []}, ' * 3, End.LOOPING),
        ("".join(f"CLAIM: {n}\nQUOTE 1: x\n" for n in range(MOST_CLAIMS + 1)), End.LOOPING),
        (" ".join(map(str, range(LONGEST))), End.LOOPING),
    ],
)
def test_what_is_not_an_answer_is_told_apart(text: str, end: End) -> None:
    assert read([text])[1] is end


def test_one_who_reads_a_loop_is_told_to_stop() -> None:
    parser = Parser()
    for _ in range(10_000):
        if parser.is_looping:
            break
        parser.feed("again ")
    assert parser.length < 1_000


@pytest.mark.parametrize(
    "text", ['{"claims": []}', "NOTHING", "**NOTHING.**", '```\n{\n  "claims": [ ]\n}\n```']
)
def test_a_model_can_say_that_nothing_answers(text: str) -> None:
    assert read([text]) == ([], End.COMPLETE)


@pytest.mark.parametrize(
    "text",
    [
        "Ecco la risposta:\n\nCLAIM: Sì.\nQUOTE 1: a b",
        "- **CLAIM 1:** Sì.\n  - **QUOTE [1]:** «a b»",
        "claim - Sì.\nquote (1): “a b”\nSpero di essere stato utile!",
        '1. CLAIM: Sì.\r\n   QUOTE passage 1: "a b"\r\n',
        "```\nCLAIM: Sì.\nQUOTE 1 - a b\n```",
        '```json\n{"claims": [{"text": "Sì.", "citations": [{"passage": "1", "quote": "a b"}]}]}',
        '{"claims": [{"text": "**Sì.**\\n", "citations": [{"passage": 1, "quote": "a b"}]}]} Ecco!',
    ],
)
def test_what_decorates_an_answer_is_passed_over(text: str) -> None:
    assert read([text]) == ([Proposal("Sì.", (Citation(1, "a b"),))], End.COMPLETE)


@pytest.mark.parametrize(
    "citation",
    [
        {},
        [],
        "1",
        {"passage": 1},
        {"quote": "a"},
        {"passage": True, "quote": "a"},
        {"passage": 1.5, "quote": "a"},
        {"passage": "one", "quote": "a"},
        {"passage": 1, "quote": " "},
        {"passage": None, "quote": "a"},
    ],
)
def test_a_citation_that_is_none_leaves_the_others(citation: Any) -> None:
    good = {"passage": 2, "quote": "b"}
    text = json.dumps({"claims": [{"text": "x", "citations": [citation, good]}]})
    assert read([text])[0] == [Proposal("x", (Citation(2, "b"),))]
