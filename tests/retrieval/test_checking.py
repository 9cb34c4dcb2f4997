"""What the sources say of somebody's claim, in their own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.checking import check
from retrieval.embedding import LocalEmbedder
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.reasons import Refusal, Verdict
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.types import Answer, Language, Status
from retrieval.wording import wording

TRIP = """# La gita al lago

La gita al lago si è svolta martedì 12 maggio. Vi hanno partecipato 48 studenti e 5 insegnanti.

Il pullman è partito alle 7:30 da piazza Garibaldi. La guida del parco si chiamava Elena Ferri.
Il rientro non è stato rinviato.
"""


@pytest.fixture(scope="module")
def library(
    local_embedder: LocalEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("store")
    (folder / "sources").mkdir()
    (folder / "sources" / "gita.md").write_text(TRIP, "utf-8")
    (folder / "sources" / "nato.txt").write_text("La NATO ha 31 membri.\n", "utf-8")
    settings = Settings(folder / "sources", folder)
    reload(settings, local_embedder)
    library = Library(settings, local_embedder, Ranker.load())
    library.refresh()
    yield library
    library.close()


@pytest.mark.parametrize(
    ("claim", "quoted"),
    [
        ("Alla gita hanno partecipato 48 studenti.", "48 studenti"),
        ("La gita al lago si è svolta il 12 maggio.", "12 maggio"),
        ("La guida del parco si chiamava Elena Ferri", "Elena Ferri"),
        ("Il rientro non è stato rinviato.", "non è stato rinviato"),
        ("NATO has 31 members", "31 membri"),
    ],
)
def test_what_the_sources_say_is_shown_to_be_said(
    library: Library, claim: str, quoted: str
) -> None:
    answer = library.check(claim, language="it")
    assert answer.verdict is Verdict.SAID
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith(wording("it").said)
    assert quoted in answer.quotes[0].text
    assert all(library.is_verbatim(quote) for quote in answer.quotes)


@pytest.mark.parametrize(
    ("claim", "quoted"),
    [
        ("Alla gita hanno partecipato 50 studenti.", "48 studenti"),
        ("La gita al lago si è svolta il 13 maggio.", "12 maggio"),
        ("La gita al lago non si è svolta.", "si è svolta"),
        ("Il pullman è partito da piazza Mazzini", "piazza Garibaldi"),
        ("Il pullman è partito alle 8:30", "7:30"),
        ("Il rientro è stato rinviato.", "non è stato rinviato"),
        ("NATO has 40 members", "31 membri"),
    ],
)
def test_another_figure_date_name_or_denial_is_shown_to_be_different(
    library: Library, claim: str, quoted: str
) -> None:
    answer = library.check(claim, language="en")
    assert answer.verdict is Verdict.OTHERWISE
    assert answer.text.startswith(wording("en").said_otherwise)
    assert quoted in answer.quotes[0].text


@pytest.mark.parametrize(
    "claim",
    [
        "La Francia ha 68 milioni di abitanti.",
        "L'Unione Europea ha 27 membri.",  # others have members too
        "Il governo ha approvato la legge di bilancio.",
        "Il pullman aveva 3 autisti.",
        "Elena Ferri è nata a Trento.",
    ],
)
def test_what_they_say_nothing_of_is_neither_confirmed_nor_denied(
    library: Library, claim: str
) -> None:
    answer = library.check(claim, language="it")
    assert answer.verdict is Verdict.UNSAID
    assert answer.status is Status.NOT_IN_SOURCES
    assert not answer.claims
    near = answer.refusal is Refusal.NEAR_MISS
    assert answer.text == (wording("it").not_said if near else wording("it").off_topic)
    assert (answer.closest is not None) == near


def test_of_several_sentences_each_is_looked_up(library: Library) -> None:
    both = library.check("La NATO ha 31 membri. Alla gita c'erano 48 studenti.")
    one = library.check("La NATO ha 31 membri. Il sindaco ha vinto la lotteria.")
    none = library.check("La NATO ha 40 membri. Alla gita hanno partecipato 48 studenti.")
    assert (both.verdict, one.verdict) == (Verdict.SAID, Verdict.PARTLY)
    assert one.status is Status.PARTIAL
    assert none.verdict is Verdict.OTHERWISE
    assert [quote.source for quote in none.quotes] == ["nato", "gita"]  # what differs comes first


def test_of_the_halves_of_a_sentence_each_is_looked_up_as_it_is_written(
    local_embedder: LocalEmbedder, tmp_path: Path
) -> None:
    text = "# Il ponte\n\nIl ponte è stato chiuso. La torre è stata aperta.\n"
    claim = "Il ponte non è stato chiuso, e la torre è stata aperta."
    answer = checked(tmp_path, local_embedder, (text,), claim)
    assert answer.verdict is Verdict.OTHERWISE


def test_a_text_too_long_to_look_up_is_never_confirmed_whole(library: Library) -> None:
    answer = library.check("La NATO ha 31 membri. " * 6)
    assert answer.verdict is Verdict.PARTLY


ROOMS = "# Il museo\n\nIl museo civico ha 12 sale.\n"


def checked(folder: Path, embedder: LocalEmbedder, texts: tuple[str, ...], claim: str) -> Answer:
    (folder / "sources").mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / "sources" / f"{number}.md").write_text(text, "utf-8")
    settings = Settings(folder / "sources", folder)
    reload(settings, embedder)
    library = Library(settings, embedder, Ranker.load())
    library.refresh()
    answer = library.check(claim)
    assert all(library.is_verbatim(quote) for quote in answer.quotes)
    library.close()
    return answer


@pytest.mark.parametrize(
    ("claim", "first", "language"),
    [
        ("Il museo civico ha 12 sale.", "12", "it"),
        ("Il museo civico ha 15 sale.", "15", "it"),
        ("The museo civico has 15 sale.", "15", "en"),
    ],
)
def test_what_one_source_says_and_another_says_otherwise_is_disputed(
    tmp_path: Path, local_embedder: LocalEmbedder, claim: str, first: str, language: Language
) -> None:
    texts = (ROOMS, "# Guida\n\nIl museo civico ha 15 sale.\n")
    answer = checked(tmp_path, local_embedder, texts, claim)
    assert answer.verdict is Verdict.DISPUTED
    assert answer.text.startswith(wording(language).disputed)
    assert [first in quote.text for quote in answer.quotes] == [True, False]


def test_what_is_reported_may_be_disputed_too(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    texts = ("Secondo Anna Bruni, il museo civico ha 12 sale.\n", "Il museo civico ha 15 sale.\n")
    answer = checked(tmp_path, local_embedder, texts, "Il museo civico ha 12 sale.")
    assert answer.verdict is Verdict.DISPUTED
    assert len(answer.quotes) == 2


@pytest.mark.parametrize(
    "other",
    [
        "Il museo civico ha dodici sale.",
        "Il museo civico ha circa 13 sale.",
        "Il museo civico ha 3 sale chiuse.",
        "Al primo piano il museo civico ha 6 sale.",
        "Il museo civico ha 4 dipendenti.",
        "Il museo navale ha 15 sale.",
        "Nel 1950 il museo civico aveva 8 sale.",
    ],
)
def test_what_only_looks_like_it_disputes_nothing(
    tmp_path: Path, local_embedder: LocalEmbedder, other: str
) -> None:
    answer = checked(tmp_path, local_embedder, (ROOMS, other), "Il museo civico ha 12 sale.")
    assert answer.verdict is Verdict.SAID


@pytest.mark.parametrize("text", ["", "Davvero?", "Quanti membri ha la NATO?", "🎉🎉", "…"])
def test_where_nothing_is_claimed_that_is_said(library: Library, text: str) -> None:
    answer = library.check(text, language="it")
    assert answer.text == wording("it").nothing_claimed
    assert answer.verdict is None


@pytest.mark.parametrize("language", ["it", "en"])
def test_without_sources_that_is_said(language: Language) -> None:
    answer = check("La NATO ha 31 membri.", None, language)
    assert answer.status is Status.NO_SOURCES
    assert answer.text == wording(language).no_sources


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("La NATO ha 31 membri.", Verdict.REPORTED),
        ("NATO has 31 members.", Verdict.REPORTED),
        ("La NATO ha 40 membri.", Verdict.OTHERWISE),
    ],
)
def test_what_a_source_says_in_somebodys_name_is_reported(
    sample: Library, claim: str, verdict: Verdict
) -> None:
    answer = sample.check(claim)
    assert answer.verdict is verdict
    assert answer.quotes[0].text.startswith("Sempre secondo Nikkei Asia")
    if verdict is Verdict.REPORTED:
        assert answer.text.startswith(wording(answer.language).reported)
