"""The gate: no claim leaves without a quote found in its source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retrieval.types import Claim, Passage, Quote, Source, Span
from retrieval.verification import find, verify
from tests.retrieval.rankings import library_of
from tests.retrieval.texts import passage_of, source_of, texts

TEXT = "Prima. La «NATO» – dice lui – ha 31\nmembri. Il vertice è l'11 luglio. Dopo."
SOURCE = source_of(TEXT)
PASSAGE = passage_of(TEXT)


def quote(text: str, start: int = 0, source: Source = SOURCE) -> Quote:
    """A quote as somebody retyped it, with offsets that need not be true."""
    passage = Passage(source.id, 0, len(source.text), source.text, ())
    end = start + len(text)
    return Quote(source.id, source.title, source.content_hash, start, end, text, passage)


def verified(claim: Claim, source: Source = SOURCE) -> tuple[Claim, ...]:
    return verify([claim], library_of(source).get).claims


def test_a_quote_in_its_place_passes_as_it_is() -> None:
    words = "ha 31\nmembri"
    claim = Claim(words, (quote(words, TEXT.index(words)),))
    assert verified(claim) == (claim,)


@pytest.mark.parametrize(
    "retyped",
    [
        "ha 31 membri",
        "HA 31  MEMBRI",
        'la "nato" - dice lui - ha 31 membri',
        "La “NATO” — dice lui — ha",
        "è l’11 luglio",
        " ha 31\u00a0membri\n",
    ],
)
def test_a_retyped_quote_is_mended_to_the_sources_own_words(retyped: str) -> None:
    [claim] = verified(Claim("Detto così.", (quote(retyped),)))
    [mended] = claim.quotes
    assert mended.text == TEXT[mended.start : mended.end]
    assert mended.text in TEXT
    assert "".join(mended.text.split()).casefold()[:3] in "".join(TEXT.split()).casefold()


def test_a_mended_quote_has_no_marks_for_they_were_places_of_the_retyped_one() -> None:
    marked = replace(quote("ha 31 membri"), highlights=(Span(3, 5),))
    [claim] = verified(Claim("Detto così.", (marked,)))
    assert claim.quotes[0].highlights == ()
    in_place = quote("ha 31\nmembri", TEXT.index("ha 31"))
    kept = replace(in_place, highlights=(Span(in_place.start + 3, in_place.start + 5),))
    [claim] = verified(Claim("Detto così.", (kept,)))
    assert claim.quotes == (kept,)


@pytest.mark.parametrize("invented", ["ha 32 membri", "ha 31 stati membri", "Membri 31", "…"])
def test_an_invented_quote_is_dropped_with_its_claim(invented: str) -> None:
    outcome = verify([Claim("Detto così.", (quote(invented),))], library_of(SOURCE).get)
    assert outcome.claims == ()
    assert outcome.dropped == 1


def test_a_claim_keeps_the_quotes_that_stand() -> None:
    good = quote("Prima.")
    [claim] = verified(Claim("Prima di tutto.", (quote("inventato"), good)))
    assert claim.quotes == (good,)


def test_a_quote_from_outside_its_passage_is_not_looked_for_elsewhere() -> None:
    narrow = replace(quote("Prima."), passage=Passage("a", 0, 6, "Prima.", ()))
    elsewhere = replace(narrow, end=5, text="Dopo.")
    assert verified(Claim("Prima.", (narrow,)))
    assert verified(Claim("Dopo.", (elsewhere,))) == ()


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("La NATO ha 31 membri.", True),
        ("La NATO ha molti membri.", True),
        ("La NATO ha 32 membri.", False),
        ("Nel 2023 la NATO ha 31 membri.", False),
        ("Sono 3.", False),
    ],
)
def test_the_figures_of_a_claim_must_be_in_its_quotes(text: str, passes: bool) -> None:
    assert bool(verified(Claim(text, (quote("ha 31 membri"),)))) is passes


def test_the_figures_of_a_dropped_quote_do_not_count() -> None:
    claim = Claim("Sono 32.", (quote("ha 32 membri"), quote("ha 31 membri")))
    assert verified(claim) == ()


def test_decimal_points_and_commas_are_one() -> None:
    source = source_of("Crebbe del 3,5%.")
    assert verified(Claim("It grew by 3.5%.", (quote("Crebbe del 3,5%.", 0, source),)), source)


def test_a_quote_of_another_version_or_of_no_source_is_dropped() -> None:
    claim = Claim("Prima.", (quote("Prima."),))
    assert verify([claim], library_of(source_of(f"{TEXT} Cambiato.")).get).claims == ()
    assert verify([claim], library_of().get).claims == ()


@given(texts, st.data())
def test_an_exact_quote_is_always_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    wanted = text[start:end]
    assume(wanted.strip())
    place = find(wanted, text)
    assert place is not None
    assert find(wanted, text[place[0] : place[1]]) is not None
    assert find(wanted, text, start, end) is not None


@given(texts, texts)
def test_what_is_found_says_what_was_looked_for(text: str, wanted: str) -> None:
    place = find(wanted, text)
    if place:
        start, end = place
        assert 0 <= start < end <= len(text)
        found = text[start:end]
        assert found == found.strip()
        assert len(found.split()) == len(wanted.split())


@given(texts, st.data())
def test_a_place_is_in_the_stretch_that_was_searched(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = find("a", text, start, end)
    assert place is None or start <= place[0] < place[1] <= end


@given(texts, st.data())
def test_a_mended_quote_is_the_sources_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assume(text[start:end].strip())
    retyped = " ".join(text[start:end].replace("«", '"').replace("»", '"').upper().split())
    assume(len(retyped) <= len(text))
    source = source_of(text)
    for claim in verified(Claim("Detto.", (quote(retyped, 0, source),)), source):
        for found in claim.quotes:
            assert found.text == text[found.start : found.end]


@pytest.mark.parametrize("wanted", ["", " \n", "\u00a0"])
def test_nothing_is_not_found(wanted: str) -> None:
    assert find(wanted, TEXT) is None


def test_what_looks_like_a_pattern_is_only_text() -> None:
    assert find(".*", "un testo") is None
    assert find("(a|b)", "di (a|b) e c") == (3, 8)
