"""Whatever a person says is answered: by the sources, or by a few words of ours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.conversing import converse
from retrieval.library import Library
from retrieval.reasons import Talk, Verdict
from retrieval.types import Answer, Language, Status, Turn
from retrieval.wording import wording
from tests.retrieval.test_answering import Shelf


def reply(said: str, shelf: Shelf, language: Language | None = None) -> Answer:
    return converse(said, shelf.sources(), language).answer


@pytest.mark.parametrize(
    ("said", "language", "talk"),
    [
        ("Ciao!", "it", Talk.HELLO),
        ("hello", "en", Talk.HELLO),
        ("Chi sei?", "it", Talk.ABOUT_IT),
        ("e tu cosa sai fare?", "it", Talk.HELP),
        ("What can you do?", "en", Talk.HELP),
        ("grazie mille", "it", Talk.THANKS),
        ("thank you", "en", Talk.THANKS),
        ("https://example.com/", "it", Talk.LINK),
    ],
)
def test_small_talk_is_replied_to_by_its_kind_and_nothing_is_looked_for(
    said: str, language: Language, talk: Talk
) -> None:
    shelf = Shelf(0.9)
    found = reply(said, shelf)
    assert (found.status, found.talk) == (Status.NOT_IN_SOURCES, talk)
    assert (found.text, found.language) == (wording(language).reply(talk), language)
    assert (found.refusal, found.closest, found.ranked, shelf.asked) == (None, None, (), [])


@pytest.mark.parametrize("said", ["Ciao!", "Chi sei?", "aiuto"])
def test_who_has_not_asked_yet_is_told_what_to_ask(said: str) -> None:
    assert reply(said, Shelf(0.9)).suggestion == "suggested in it"
    assert reply("grazie", Shelf(0.9)).suggestion == ""


@pytest.mark.parametrize("talk", Talk)
@pytest.mark.parametrize("language", ["it", "en"])
def test_every_kind_of_small_talk_has_its_reply(talk: Talk, language: Language) -> None:
    replies = [wording(language).reply(each) for each in Talk]
    assert replies.count(wording(language).reply(talk)) == 1


@pytest.mark.parametrize("said", ["no", "ok", "No!", "👍"])
@pytest.mark.parametrize("language", ["it", "en"])
def test_what_is_the_same_in_both_languages_is_in_the_askers(said: str, language: Language) -> None:
    assert reply(said, Shelf(0.9), language).language == language


def test_a_greeting_before_a_question_does_not_hide_it() -> None:
    assert reply("Ciao, quanti membri ha la NATO?", Shelf(0.9)).claims


def test_what_is_claimed_of_something_named_before_is_confirmed_of_nothing_else(
    sample: Library,
) -> None:
    history = [Turn("Quanti membri ha l'Unione Europea?", ("L'Unione Europea ha 27 membri.",))]
    named = sample.ask("È vero che la NATO ha 31 membri?", history=history)
    assert named.verdict is Verdict.REPORTED
    assert sample.ask("È vero che ha 31 membri?", history=history).verdict is None


def test_a_claim_and_a_question_in_one_message_are_each_answered(sample: Library) -> None:
    claim, question = "È vero che la NATO ha 40 membri?", "Quanti membri ha la NATO?"
    found = sample.ask(f"Ciao! {claim} {question}")
    said = wording("it").said_otherwise
    assert found.text.startswith(f"{claim}\n{said}\n«")
    assert f"\n\n{question}\n" in found.text
    assert found.verdict is None  # on all of it


def test_who_asks_about_the_documents_is_told_their_titles_and_what_to_ask() -> None:
    titles = [f"Titolo {n}" for n in range(9)]
    sources = replace(Shelf(0.9).sources(), titles=lambda: titles, offer=lambda _: ("Quanti?",))
    said = converse("di cosa parlano i documenti?", sources).answer.text.split("\n")
    assert [line for line in said if "Titolo" in line] == [f"• Titolo {n}" for n in range(5)]
    assert "• e altre 4" in said
    assert said[-1] == "• Quanti?"
    assert wording("it").summary in converse("riassumi il documento", sources).answer.text


def test_the_sample_is_named_with_questions_that_it_answers(sample: Library) -> None:
    found = sample.ask("what are the documents about?")
    [title] = [source.title for source in sample.sources()]
    assert f"• {title}" in found.text
    assert [line[2:] for line in found.text.split("\n")[-3:]] == list(sample.suggestions("en"))
    assert sample.ask("What is it about?", within="altrove").status is Status.NO_SOURCES


@pytest.mark.parametrize("text", ["Wer ist der Bundeskanzler?", "北约有多少成员国？"])
@pytest.mark.parametrize("language", ["it", "en"])
def test_who_asks_in_another_language_is_told_in_their_own_which_are_understood(
    text: str, language: Language
) -> None:
    found = reply(text, Shelf(0.01, on_topic=0.0), language)
    assert (found.talk, found.text) == (Talk.FOREIGN, wording(language).foreign)
    assert (found.ranked, found.closest, found.refusal) == ((), None, None)


def test_another_language_that_is_answered_all_the_same_is_answered() -> None:
    assert reply("Wie viele Mitglieder hat die NATO?", Shelf(0.9)).claims


@pytest.mark.parametrize(
    "text",
    [
        "<b>Quanti</b> membri *ha* _la_ `NATO`?",
        "Quanti mem\u200bbri ha la NATO?",
        "quanti membri ha la NATO?",
    ],
)
def test_how_a_question_is_written_changes_nothing(sample: Library, text: str) -> None:
    plain = sample.ask("Quanti membri ha la NATO?")
    found = sample.ask(text)
    assert (found.quotes, found.confidence) == (plain.quotes, plain.confidence)
    assert found.question == text


def test_who_somebody_is_may_be_asked_without_a_capital_or_a_mark(sample: Library) -> None:
    assert "Jens Stoltenberg" in sample.ask("chi è Stoltenberg").quotes[0].text


@pytest.mark.parametrize("said", ["in english please", "in inglese"])
def test_the_last_question_is_answered_again_in_another_language(
    sample: Library, said: str
) -> None:
    before = Turn("Quanti membri ha la NATO?", ("…",))
    found = sample.ask(said, history=[before])
    assert (found.language, found.follows) == ("en", before.question)
    assert found.text.startswith(wording("en").sure)
    assert "31 membri" in found.quotes[0].text
    assert sample.ask(said).talk is Talk.LANGUAGE


@pytest.mark.parametrize(
    ("text", "score", "looked_up"),
    [
        ("Quanti menbri ha la NATO?", 0.9, False),  # answered as it stands
        ("Quanti menbri ha la NATO?", 0.0, True),
        ("menbri " * 150, 0.0, False),
    ],
)
def test_spelling_is_looked_up_for_short_questions_without_an_answer(
    text: str, score: float, looked_up: bool
) -> None:
    words: list[str] = []

    def written(word: str) -> str:
        words.append(word)
        return ""

    converse(text, replace(Shelf(score).sources(), written=written))
    assert bool(words) is looked_up


def test_what_is_said_around_a_question_does_not_hide_it(sample: Library) -> None:
    found = sample.ask("buongiorno, vorrei sapere quanti membri ha la NATO, grazie")
    assert "31 membri" in found.quotes[0].text
