"""Where sources disagree on a figure or a date, the answer shows both, with their dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from retrieval.composing import refused, written
from retrieval.embedding import LocalEmbedder
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.types import Answer, Claim
from retrieval.wording import wording

OLD = """# Che cos’è l’Alleanza dei laghi

Data: 28 giugno 2023

L’Alleanza dei laghi ha trentuno membri. La sede è a Portovento.
"""
NEW = """# Un nuovo ingresso

Data: 7 marzo 2024

Oggi l’Alleanza dei laghi conta 32 membri. Il segretario si chiama Elena Ferri.
"""
MEMBERS = "Quanti membri ha l’Alleanza dei laghi?"


@contextmanager
def opened(folder: Path, embedder: LocalEmbedder, texts: Mapping[str, str]) -> Iterator[Library]:
    sources = folder / "sources"
    for name, text in texts.items():
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / name).write_text(text, "utf-8")
    settings = Settings(sources, folder)
    reload(settings, embedder)
    library = Library(settings, embedder, Ranker.load())
    library.refresh()
    yield library
    library.close()


def asked(
    folder: Path, embedder: LocalEmbedder, texts: Mapping[str, str], question: str = MEMBERS
) -> Answer:
    with opened(folder, embedder, texts) as library:
        answer = library.ask(question)
        assert all(library.is_verbatim(quote) for quote in answer.quotes)
        return answer


def test_both_are_shown_with_their_dates_the_newest_first(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    answer = asked(tmp_path, local_embedder, {"a.md": OLD, "b.md": NEW})
    assert answer.disagreement == (1, 2)
    assert [quote.source for quote in answer.quotes] == ["b", "a"]
    assert [quote.date for quote in answer.quotes] == ["7 marzo 2024", "28 giugno 2023"]
    opening, first, second = answer.text.split("\n")
    assert opening == wording("it").disagree_newest
    assert first == "«Oggi l’Alleanza dei laghi conta 32 membri.» [1]"
    assert second == "«L’Alleanza dei laghi ha trentuno membri.» [2]"
    assert any(answer.text[s.start : s.end].startswith("32") for s in answer.highlights)


def test_in_english_too(tmp_path: Path, local_embedder: LocalEmbedder) -> None:
    texts = {
        "first.md": "# Lighthouses\n\nDate: June 28, 2023\n\n"
        "The Harrow lighthouse was built in 1871.\n",
        "second.md": "# Harrow\n\nThe Harrow lighthouse was built in 1884 by local masons.\n",
    }
    answer = asked(tmp_path, local_embedder, texts, "When was the Harrow lighthouse built?")
    assert answer.disagreement == (1, 2)
    assert [quote.source for quote in answer.quotes] == ["first", "second"]  # undated comes last
    assert answer.text.startswith(wording("en").disagree + "\n")


def test_the_newest_is_said_to_be_first_only_where_that_is_known(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    year = OLD.replace("28 giugno 2023", "2024")  # NEW is of March 2024
    answer = asked(tmp_path / "year", local_embedder, {"a.md": year, "b.md": NEW})
    assert answer.text.startswith(wording("it").disagree + "\n")
    slashed = OLD.replace("28 giugno 2023", "2024/11/20")
    answer = asked(tmp_path / "slashed", local_embedder, {"a.md": slashed, "b.md": NEW})
    assert [quote.source for quote in answer.quotes] == ["a", "b"]
    assert answer.text.startswith(wording("it").disagree_newest)


def test_three_sources_are_shown_and_one_that_repeats_another_is_not(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    third = "# Domani\n\nData: 2025-01-09\n\nL’Alleanza dei laghi ha 35 membri.\n"
    again = "# Ancora\n\nDella sede si parla spesso. L’Alleanza dei laghi conta 32 membri.\n"
    texts = {"a.md": OLD, "b.md": NEW, "c.md": third, "d.md": again}
    answer = asked(tmp_path, local_embedder, texts)
    said = [next(n for n in ("trentuno", "32", "35") if n in q.text) for q in answer.quotes]
    assert sorted(said) == ["32", "35", "trentuno"]
    assert said[0] == "35"
    assert answer.disagreement == (1, 2, 3)


def test_how_many_sources_say_which_is_told_where_it_is_not_one_each(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    texts = {
        "a.md": "# Statuto\n\nL’Alleanza dei laghi ha trentuno membri.\n",
        "b.md": "# Notizie\n\nL’Alleanza dei laghi conta 32 membri.\n",
        "c.md": "# Chi siamo\n\nDella sede si parla. Oggi l’Alleanza dei laghi ha 31 membri.\n",
        "d.md": "# Bilancio\n\nI membri dell’Alleanza dei laghi sono 31. Spende molto.\n",
        "e.md": "# Consiglio\n\nIl consiglio dell’Alleanza dei laghi ha 31 membri.\n",
    }
    answer = asked(tmp_path / "undated", local_embedder, texts)
    opening, most, one = answer.text.split("\n")
    assert opening == wording("it").disagree
    assert "31" in most or "trentuno" in most  # what most say comes first, where no date tells
    assert most.endswith("[1] (3 fonti)")
    assert "32" in one
    assert one.endswith("[2] (1 fonte)")
    assert len(answer.quotes) == 2
    texts["b.md"] = texts["b.md"].replace("\n\n", "\n\nData: 3 maggio 2024\n\n")
    texts["a.md"] = texts["a.md"].replace("\n\n", "\n\nData: 3 maggio 2020\n\n")
    del texts["c.md"], texts["d.md"]
    answer = asked(tmp_path / "dated", local_embedder, texts)
    assert answer.text.startswith(wording("it").disagree_newest)
    assert "font" not in answer.text.partition("\n")[2]  # one each needs no telling
    assert "32" in answer.quotes[0].text


def test_in_one_of_two_questions_too_it_is_told_how_many_sources_say_which(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    texts = {
        "a.md": "# Statuto\n\nL’Alleanza dei laghi ha trentuno membri.\n",
        "b.md": "# Notizie\n\nL’Alleanza dei laghi conta 32 membri.\n",
        "c.md": "# Chi siamo\n\nDella sede si parla. Oggi l’Alleanza dei laghi ha 31 membri.\n",
    }
    answer = asked(tmp_path, local_embedder, texts, f"{MEMBERS} Come si fa il pane in casa?")
    first, _ = answer.text.split("\n\n")
    assert first.split("\n")[:2] == [MEMBERS, wording("it").disagree]
    assert [line[-13:] for line in first.split("\n")[2:]] == ["[1] (2 fonti)", "[2] (1 fonte)"]


def test_one_page_at_two_addresses_counts_once(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    again = "# Ancora\n\nLink: https://example.org/a\n\nL’Alleanza dei laghi {} 31 membri.\n"
    texts = {"a.md": OLD, "b.md": NEW, "c.md": again.format("ha"), "d.md": again.format("conta")}
    answer = asked(tmp_path, local_embedder, texts)
    assert answer.text.count("(2 fonti)") == answer.text.count("(1 fonte)") == 1


@pytest.mark.parametrize(
    "other",
    [
        "Oggi l’Alleanza dei laghi conta 31 membri.",  # the same, written otherwise
        "L’Alleanza dei laghi ha circa 30 membri.",  # which covers it
        "L’Alleanza dei laghi ha oltre 30 membri.",
        "L’Alleanza dei monti ha 12 membri.",  # somebody else
        "L’Alleanza dei laghi ha 12 membri fondatori.",  # a part
        "Nel 1998 l’Alleanza dei laghi aveva 12 membri.",  # another time
        "L’Alleanza dei laghi non ha 40 membri.",
        "L’Alleanza dei laghi vorrebbe avere 40 membri.",
        "L’Alleanza dei laghi ha 40 dipendenti.",
    ],
)
def test_what_only_looks_like_it_is_no_disagreement(
    tmp_path: Path, local_embedder: LocalEmbedder, other: str
) -> None:
    answer = asked(tmp_path, local_embedder, {"a.md": OLD, "b.md": f"{other}\n"})
    assert answer.claims
    assert answer.disagreement == ()
    assert answer.text.startswith((wording("it").sure, wording("it").unsure))


def test_one_source_does_not_disagree_with_itself_nor_with_what_it_said_before(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    both = f"{OLD}\nOggi l’Alleanza dei laghi conta 32 membri.\n"
    assert asked(tmp_path / "one", local_embedder, {"a.md": both}).disagreement == ()
    with opened(tmp_path / "two", local_embedder, {"a.md": OLD}) as library:
        (tmp_path / "two" / "sources" / "a.md").write_text(OLD.replace("trentuno", "32"), "utf-8")
        reload(Settings(tmp_path / "two" / "sources", tmp_path / "two"), local_embedder)
        assert library.refresh()
        answer = library.ask(MEMBERS)
    assert "32" in answer.quotes[0].text
    assert answer.disagreement == ()


def test_two_addresses_of_one_page_are_one_source(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    link = "Link: https://example.org/alleanza\n\n"
    texts = {
        "a.md": OLD.replace("Data:", f"{link}Data:"),
        "b.md": NEW.replace("Data:", f"{link}Data:"),
    }
    assert asked(tmp_path, local_embedder, texts).disagreement == ()


def test_a_question_that_turns_on_no_figure_is_answered_as_ever(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    answer = asked(
        tmp_path, local_embedder, {"a.md": OLD, "b.md": NEW}, "Dove sta la sede dell’Alleanza?"
    )
    assert answer.disagreement == ()


def test_what_a_model_wrote_stays_and_the_other_source_is_added(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    with opened(tmp_path, local_embedder, {"a.md": OLD, "b.md": NEW}) as library:
        found = library.find(MEMBERS)
    old = next(quote for quote in found.answer.quotes if quote.source == "a")
    answer = written(found, (Claim("I membri dell’Alleanza sono 31.", (old,)),), left_out=True)
    assert answer.text == (
        "I membri dell’Alleanza sono 31. [1]\n\n"
        f"{wording('it').disagree_newest}\n"
        "«Oggi l’Alleanza dei laghi conta 32 membri.» [2]\n"
        "«L’Alleanza dei laghi ha trentuno membri.» [1]\n\n"
        f"{wording('it').left_out}"
    )
    assert answer.disagreement == (2, 1)
    assert [quote.source for quote in answer.quotes] == ["a", "b"]
    new = next(quote for quote in found.answer.quotes if quote.source == "b")
    both = (*answer.claims[:1], Claim("I membri sono 32.", (new,)))
    assert written(found, both, left_out=False).claims == both  # quoted already, nothing is added
    about_else = written(found, (Claim("La sede è a Portovento.", (old,)),), left_out=False)
    assert about_else.disagreement == ()
    assert refused(found).disagreement == ()


def test_what_a_model_quoted_is_not_said_again(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    with opened(tmp_path, local_embedder, {"a.md": OLD, "b.md": NEW}) as library:
        found = library.find(MEMBERS)
    new, old = found.answer.quotes
    answer = written(
        found, (Claim("l’Alleanza dei laghi ha trentuno membri", (old,)),), left_out=False
    )
    assert answer.text == (
        "l’Alleanza dei laghi ha trentuno membri [1]\n\n"
        f"{wording('it').disagree_with_this}\n"
        "«Oggi l’Alleanza dei laghi conta 32 membri.» [2]"
    )
    assert answer.disagreement == (2, 1)
    both = written(found, (Claim(old.text, (old,)), Claim(new.text, (new,))), left_out=False)
    assert both.text.count("trentuno") == both.text.count("32") == 1
    assert both.text.endswith(f"[2]\n\n{wording('it').disagree_so}")
    assert both.disagreement == (2, 1)


@pytest.mark.parametrize(
    ("question", "first", "second", "disagree"),
    [
        (
            "How many members does the Lega dei boschi have?",
            "La Lega dei boschi ha quaranta membri.",
            "La Lega dei boschi conta oggi 52 membri.",
            True,
        ),
        (
            "When was the bridge of Altavalle built?",
            "Il ponte di Altavalle è stato costruito nel 1902.",
            "Il ponte di Altavalle fu costruito nel 1911.",
            True,
        ),
        (
            "How many members does the Lega dei boschi have?",
            "La Lega dei boschi ha quaranta membri.",
            "La Lega dei boschi ha 40 membri e 3 sedi.",
            False,
        ),
        (
            "When was the bridge of Altavalle built?",
            "Il ponte di Altavalle è stato costruito nel 1902.",
            "Il ponte di Altavalle è stato chiuso nel 1911.",
            False,
        ),
    ],
)
def test_a_question_in_another_language_is_told_of_it_too(
    tmp_path: Path,
    local_embedder: LocalEmbedder,
    question: str,
    first: str,
    second: str,
    disagree: bool,
) -> None:
    answer = asked(tmp_path, local_embedder, {"a.md": first, "b.md": second}, question)
    assert answer.claims
    assert bool(answer.disagreement) == disagree
