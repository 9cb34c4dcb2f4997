"""The gate for claims that a model wrote: what is shown of them, and what isn't."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.chunking import chunk
from retrieval.proposals import Citation, Proposal
from retrieval.types import Claim, Passage, Source
from retrieval.verification import Outcome, Reason, judge, verify_proposals
from tests.retrieval.rankings import library_of
from tests.retrieval.texts import source_of, texts
from tests.retrieval.verification.claims import Case, bad, good, is_shown, spoilt

TEXT = """# Il faro

Il faro di Capo Lume fu acceso nel 1871. Secondo la guardiana Ines Corti, la lampada si vede da
22 miglia. Nessuno ci abita più.

Il comune non vuole venderlo. Il biglietto costa 4 euro.
"""
SOURCE = source_of(TEXT)
PASSAGES = chunk(SOURCE)


def judged(text: str, *quotes: str, passage: int = 1) -> tuple[Outcome, str]:
    citations = tuple(Citation(passage, quote) for quote in quotes)
    judgement = judge(Proposal(text, citations), PASSAGES, library_of(SOURCE).get)
    assert (judgement.claim is None) is (judgement.outcome is Outcome.DROPPED)
    return judgement.outcome, judgement.claim.text if judgement.claim else ""


def reasons(text: str, *quotes: str, passage: int = 1) -> tuple[Reason, ...]:
    citations = tuple(Citation(passage, quote) for quote in quotes)
    return judge(Proposal(text, citations), PASSAGES, library_of(SOURCE).get).reasons


def test_no_bad_claim_is_shown_and_there_are_over_five_hundred() -> None:
    shown = [case.claim for case in bad() if is_shown(case.judge(), case.claim)]
    others = [(case, claim) for case in good() for claim in spoilt(case.claim)]
    shown += [claim for case, claim in others if is_shown(case.judge(claim), claim)]
    assert len(bad()) + len(others) > 1_000
    assert shown == []


def test_good_claims_pass_in_their_own_words() -> None:
    held_back = [case.claim for case in good() if not is_shown(case.judge(), case.claim)]
    assert len(good()) > 300
    assert len(held_back) <= 0.05 * len(good()), held_back


def retyped(quote: str) -> str:
    return quote.replace("«", '"').replace("»", '"').replace("'", "’").replace(" ", "  ", 3)


def test_good_claims_pass_with_a_retyped_quote_or_an_invented_number() -> None:
    for case in good()[::4]:
        if is_shown(case.judge(), case.claim):
            assert is_shown(case.judge(quote=retyped(case.quote)), case.claim)
            for number in (0, -1, 99, len(case.passages) + 1):
                judgement = case.judge(number=number)
                assert is_shown(judgement, case.claim)
                assert judgement.outcome is Outcome.CITATION_MENDED


def test_a_quote_with_changed_words_is_never_shown_and_speaks_for_itself() -> None:
    for case in good():
        words = case.quote.split()
        altered = " ".join((*words[:-3], "Zanardi", *words[-2:]))
        judgement = case.judge(quote=altered)
        assert judgement.outcome in (Outcome.CLAIM_MENDED, Outcome.DROPPED)
        if judgement.claim:
            assert "Zanardi" not in judgement.claim.text
            assert_stands(judgement.claim, case.source)


def assert_stands(claim: Claim, source: Source) -> None:
    assert claim.quotes
    for quote in claim.quotes:
        assert quote.text == source.text[quote.start : quote.end]
        assert quote.content_hash == source.content_hash
        assert quote.passage.start <= quote.start < quote.end <= quote.passage.end


@pytest.mark.parametrize("quote", ["", "  ", "…", "Non c'è scritto da nessuna parte.", "il faro"])
def test_a_claim_whose_quote_stands_nowhere_is_dropped(quote: str) -> None:
    outcome, text = judged("Il faro è azzurro.", quote, passage=2)
    assert (outcome, text) == (Outcome.DROPPED, "")


def test_a_claim_without_a_citation_is_dropped() -> None:
    assert reasons("Il faro fu acceso nel 1871.") == (Reason.NO_QUOTE,)


def test_a_quote_of_another_passage_is_cited_there() -> None:
    quote = "Il faro di Capo Lume fu acceso nel 1871."
    passages = (*chunk(source_of("Tutt'altro.", "b")), *PASSAGES)
    proposal = Proposal("Il faro fu acceso nel 1871.", (Citation(1, quote),))
    sources = library_of(SOURCE, source_of("Tutt'altro.", "b"))
    judgement = judge(proposal, passages, sources.get)
    assert judgement.outcome is Outcome.CITATION_MENDED
    assert judgement.claim is not None
    assert judgement.claim.quotes[0].passage == PASSAGES[0]


def test_a_citation_that_falls_takes_the_claim_along_only_where_nothing_else_says_it() -> None:
    quote = "Il faro di Capo Lume fu acceso nel 1871."
    outcome, text = judged("Il faro fu acceso nel 1871.", "inventato di sana pianta", quote)
    assert (outcome, text) == (Outcome.QUOTE_MENDED, "Il faro fu acceso nel 1871.")


def test_what_fails_in_its_words_is_said_in_the_sources_own() -> None:
    quote = "Il faro di Capo Lume fu acceso nel 1871."
    assert judged("Il faro fu acceso nel 1817.", quote) == (Outcome.CLAIM_MENDED, quote)


def test_a_quote_cut_out_of_a_denial_shows_all_of_it() -> None:
    outcome, text = judged("Il comune vuole venderlo.", "vuole venderlo")
    assert outcome is Outcome.CLAIM_MENDED
    assert text.endswith("Il comune non vuole venderlo.")


def test_a_quote_cut_out_of_a_report_says_who_reports() -> None:
    outcome, text = judged("La lampada si vede da 22 miglia.", "la lampada si vede da\n22 miglia")
    assert outcome is Outcome.CLAIM_MENDED
    assert text.startswith("Secondo la guardiana Ines Corti")


def test_a_very_short_quote_is_grown_to_its_sentence() -> None:
    citation = Citation(1, "1871")
    judgement = judge(
        Proposal("Il faro fu acceso nel 1871.", (citation,)), PASSAGES, library_of(SOURCE).get
    )
    assert judgement.claim is not None
    assert judgement.claim.quotes[0].text == "Il faro di Capo Lume fu acceso nel 1871."


def test_a_quote_that_ends_inside_a_word_is_grown_to_its_sentence() -> None:
    judgement = judge(
        Proposal(
            "Il faro fu acceso nel 1871.", (Citation(1, "aro di Capo Lume fu acceso nel 187"),)
        ),
        PASSAGES,
        library_of(SOURCE).get,
    )
    assert judgement.claim is not None
    assert judgement.claim.quotes[0].text == "Il faro di Capo Lume fu acceso nel 1871."


def test_an_ellipsis_in_a_quote_stands_for_what_it_leaves_out() -> None:
    judgement = judge(
        Proposal("Il faro fu acceso nel 1871.", (Citation(1, "Il faro [...] fu acceso nel 1871"),)),
        PASSAGES,
        library_of(SOURCE).get,
    )
    assert is_shown(judgement, "Il faro fu acceso nel 1871.")


@pytest.mark.parametrize("marker", ["[1]", "[0]", "[99]", "[1, 2]", "[^3]", "【4†source】", "["])
def test_a_models_own_markers_are_no_part_of_a_claim(marker: str) -> None:
    quote = "Il faro di Capo Lume fu acceso nel 1871."
    _, text = judged(f"Il faro fu acceso nel 1871 {marker}", quote)
    assert text == "Il faro fu acceso nel 1871"


@pytest.mark.parametrize(
    "link",
    [
        "https://male.example/x",
        "www.male.example",
        "male.com",
        "t.me/male",
        "@male_bot",
        "a@male.example",
        "tg://resolve?domain=male",
        "[qui](http://male.example)",
    ],
)
def test_a_claim_with_a_link_that_is_not_the_sources_own_is_dropped(link: str) -> None:
    quote = "Il faro di Capo Lume fu acceso nel 1871."
    assert Reason.FOREIGN_LINK in reasons(f"Il faro fu acceso nel 1871: {link}", quote)


def test_a_link_of_the_source_is_its_own() -> None:
    source = source_of("Il faro fu acceso nel 1871 (vedi https://faro.example/storia).")
    proposal = Proposal(
        "Il faro fu acceso nel 1871 (https://faro.example/storia).", (Citation(1, source.text),)
    )
    assert is_shown(judge(proposal, chunk(source), library_of(source).get), proposal.text)


def test_a_passage_of_another_version_of_a_source_holds_no_quote() -> None:
    quote = "Il faro di Capo Lume fu acceso nel 1871."
    changed = library_of(source_of(f"Novità. {TEXT}"))
    assert judge(Proposal(quote, (Citation(1, quote),)), PASSAGES, changed.get).claim is None
    assert judge(Proposal(quote, (Citation(1, quote),)), PASSAGES, library_of().get).claim is None


def test_claims_in_the_same_words_become_one_with_all_quotes() -> None:
    proposals = [
        Proposal("Il biglietto costa 4 euro.", (Citation(1, "Il biglietto costa 4 euro."),)),
        Proposal("Il biglietto  costa 4 euro. [1]", (Citation(1, "biglietto costa 4 euro"),)),
    ]
    verified = verify_proposals(proposals, PASSAGES, library_of(SOURCE).get)
    [claim] = verified.claims
    assert {quote.text for quote in claim.quotes} == {
        "Il biglietto costa 4 euro.",
        "biglietto costa 4 euro",
    }
    assert sum(verified.outcomes.values()) == 2


def test_outcomes_and_reasons_are_counted() -> None:
    quote = "Il biglietto costa 4 euro."
    proposals = [
        Proposal("Il biglietto costa 4 euro.", (Citation(1, quote),)),
        Proposal("Il biglietto costa 5 euro.", (Citation(1, quote),)),
        Proposal("Il biglietto è caro.", (Citation(1, "inventato"),)),
    ]
    verified = verify_proposals(proposals, PASSAGES, library_of(SOURCE).get)
    assert verified.outcomes == {Outcome.KEPT: 1, Outcome.CLAIM_MENDED: 1, Outcome.DROPPED: 1}
    assert verified.reasons[Reason.FIGURE] == 1
    assert verified.dropped == 1


def shape(claims: tuple[Claim, ...]) -> set[tuple[str, frozenset[tuple[int, int]]]]:
    return {(claim.text, frozenset((q.start, q.end) for q in claim.quotes)) for claim in claims}


def again(claims: tuple[Claim, ...], passages: tuple[Passage, ...]) -> list[Proposal]:
    return [
        Proposal(
            claim.text,
            tuple(Citation(passages.index(q.passage) + 1, q.text) for q in claim.quotes),
        )
        for claim in claims
    ]


def test_what_passed_passes_again_as_it_is() -> None:
    for case in (*good()[::2], *bad()[::2]):
        judgement = case.judge()
        assert judgement.claim is not None
        once = (judgement.claim,)
        sources = library_of(case.source).get
        twice = verify_proposals(again(once, case.passages), case.passages, sources)
        assert twice.claims == once


def proposals_about(case: Case) -> Proposal:
    return Proposal(case.claim, (Citation(case.number, case.quote),))


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_claims_changes_nothing(order: random.Random) -> None:
    about = [case for case in (*good(), *bad()) if case.source.id == "sample"][::8]
    proposals = [proposals_about(case) for case in about] * 2
    case, shuffled = about[0], list(proposals)
    order.shuffle(shuffled)
    sources = library_of(case.source).get
    one = verify_proposals(proposals, case.passages, sources)
    other = verify_proposals(shuffled, case.passages, sources)
    assert shape(one.claims) == shape(other.claims)
    assert one.outcomes == other.outcomes
    assert one.reasons == other.reasons


@given(texts, texts, st.data())
@settings(deadline=None)
def test_whatever_is_proposed_no_claim_is_without_a_quote_that_stands(
    text: str, claim: str, data: st.DataObject
) -> None:
    source = source_of(text)
    passages = chunk(source)
    start = data.draw(st.integers(0, len(text)))
    cut = st.just(text[start : data.draw(st.integers(start, len(text)))])
    quotes = st.one_of(cut, texts, cut.map(str.upper), cut.map(lambda q: q.replace("a", "b")))
    citations = st.builds(Citation, st.integers(-1, 3), quotes)
    proposals = data.draw(
        st.lists(
            st.builds(
                Proposal, st.one_of(st.just(claim), cut), st.lists(citations, max_size=3).map(tuple)
            ),
            max_size=3,
        )
    )
    sources = library_of(source).get
    verified = verify_proposals(proposals, passages, sources)
    for passed in verified.claims:
        assert passed.text.strip()
        assert_stands(passed, source)
    assert sum(verified.outcomes.values()) == len(proposals)
    twice = verify_proposals(again(verified.claims, passages), passages, sources)
    assert shape(twice.claims) == shape(verified.claims)
