"""Small talk is told from a question, and each kind from the others."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reasons import Talk
from retrieval.small_talk import language_asked_for, small_talk

ROOT = Path(__file__).parent.parent.parent

SAID = {
    Talk.HELLO: "Ciao! | Buon giorno | ciao a tutti | Salve bot | hello | hi there | Hey!!",
    Talk.HOW_ARE_YOU: "ciao come stai? | Come va? | e tu come stai | How are you? | tutto bene?",
    Talk.THANKS: "grazie mille | grazie e buona serata | Ciao, grazie! | 🙏 grazie"
    " | perfetto grazie mille! | ok, thank you | thanks a lot | ti ringrazio | grazie per l'aiuto"
    " | ok perfetto, molto gentile!",
    Talk.BYE: "a presto! | Arrivederci | good night | bye bye",
    Talk.FINE: "ok | OK! | va bene | perfetto | sì | yes | ho capito | capito tutto | got it | 👍"
    " | ❤️ | 👍🏽 | bravo! | ahahah | great",
    Talk.NO: "no | No! | no grazie | niente | lascia stare | never mind | nope",
    Talk.SORRY: "scusa | scusami tanto | ok scusa | sorry! | I'm sorry",
    Talk.WRONG: "hai sbagliato | non è vero! | risposta sbagliata | that's wrong | you are wrong"
    " | ma non è quello che ho chiesto | sei inutile | hai sbagliato tutto | non hai risposto"
    " | Non hai risposto alla mia domanda! | ma non mi hai risposto | perché non rispondi?"
    " | non risponde a quello che ho chiesto | ti ho chiesto un'altra cosa | intendevo altro"
    " | non c'entra niente | Questo non c'entra | e che c'entra? | non mi serve | ma che dici?"
    " | che schifo di risposta | non era questa la domanda | You didn't answer my question"
    " | you did not answer | why don't you answer me? | that doesn't answer my question"
    " | That isn't what I asked | this is not an answer | I asked something else"
    " | not what I asked",
    Talk.ABOUT_IT: "chi sei? | ciao, chi sei? | come ti chiami? | chi ti ha creato? | sei un bot?"
    " | Who are you? | what's your name? | who made you? | are you an AI?",
    Talk.HELP: "mi serve aiuto | aiuto! | e tu cosa sai fare? | come funzioni | Help | i need help"
    " | What can you do? | posso farti una domanda? | can I ask you something? | non ho capito"
    " | how does this work? | puoi aiutarmi?",
    Talk.DOCUMENTS: "che documenti hai? | di cosa parlano i documenti? | fonti? | quali sono le tue"
    " fonti? | di che cosa parla il documento | What are the documents about? | what do you know?"
    " | which sources do you use? | qual è la fonte? | dammi la fonte",
    Talk.SUMMARY: "riassumi il documento | fammi un riassunto | puoi riassumere tutto? | riassunto"
    " | mi fai un riassunto del documento? | summarize the document | give me a summary",
    Talk.LANGUAGE: "in english please | in inglese | rispondi in italiano | parli inglese?"
    " | answer in English | and in italian? | can you speak English?",
    Talk.LINK: "https://example.com/ | www.example.com/a?b=c | http://a.example http://b.example",
}


@pytest.mark.parametrize(
    ("text", "talk"), [(text, talk) for talk, said in SAID.items() for text in said.split(" | ")]
)
def test_small_talk_is_told_by_its_kind(text: str, talk: Talk) -> None:
    assert small_talk(text) is talk


@pytest.mark.parametrize(
    "text",
    [
        "", "???", "😀", "e tu?", "e quando?", "perché?", "altro?", "Dimmi di più", "Tokyo",
        "Ciao, quanti membri ha la NATO?", "Chi sei tu per la NATO?", "Cosa fai a Tokyo?",
        "Help Tokyo?", "Come sta Stoltenberg?", "Chi ha creato la NATO?", "come funziona la NATO?",
        "che documenti ha firmato il Giappone?", "di cosa parla il vertice?", "è vero?",
        "riassumi la posizione della Cina", "che cosa sai del Quad?", "Quanti membri ci sono?",
        "Perché non ha risposto Pechino?", "Che cosa c'entra la Cina?", "Chi non ha risposto?",
        "Why doesn't China answer?", "It doesn't answer the UN?", "che dici del Quad?",
        "in Giappone", "in English, how many members does NATO have?", "no, quanti membri?",
        "https://example.com/ che cosa dice?", "Who made the proposal?", "ok " * 60,
    ],
)  # fmt: skip
def test_one_word_more_is_a_question(text: str) -> None:
    assert small_talk(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("in english please", "en"),
        ("rispondi in inglese", "en"),
        ("In italiano, per favore", "it"),
        ("in francese", None),
        ("Quanti parlano in inglese?", None),
    ],
)
def test_the_language_that_somebody_wants_is_known(text: str, language: str | None) -> None:
    assert language_asked_for(text) == language


@pytest.mark.parametrize(
    "name",
    [
        "docs_store/questions.jsonl",
        *(f"benchmarks/questions/{n}.jsonl" for n in ("off-topic", "nato-tokyo")),
    ],
)
def test_no_question_of_ours_is_taken_for_small_talk(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    found = [text for text in asked if small_talk(text)]
    assert [text for text in found if small_talk(text) is not Talk.ABOUT_IT] == []


def test_many_links_in_one_word_are_read_at_once() -> None:
    begun = time.process_time()
    assert small_talk("www.a" * 800 + " b") is None
    assert small_talk("www.a" * 800) is Talk.LINK
    assert time.process_time() - begun < 1  # milliseconds, where it was years


@given(st.text(max_size=150))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert small_talk(text) is None or text.strip()
