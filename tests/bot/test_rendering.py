"""Answers as messages: the words, the passages, the marks."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.entities import clean
from bot.excerpts import LEAD
from bot.locales import words_in
from bot.rendering import (
    answer_parts,
    changes_parts,
    draft_part,
    going_back_text,
    quote_part,
    regression_parts,
    statistics_parts,
    text_parts,
    wipe_parts,
)
from bot.replies import Part
from bot.statistics import Sums
from retrieval import (
    Alike,
    Changes,
    Claim,
    Draft,
    Fault,
    Language,
    LostQuestion,
    Refusal,
    Regression,
    Skipped,
    Span,
    Wipe,
)
from retrieval.source import Twin
from tests.bot.fakes import a_passage, a_quote, a_refusal, an_answer
from tests.bot.test_entities import covered, solid, units


def test_the_answer_comes_first_and_each_passage_below_it() -> None:
    one = a_quote(a_passage(heading="Chi c’era", paragraph=2), "I membri dell’alleanza sono 32.")
    two = a_quote(a_passage("Altro. Fine.", start=500, paragraph=7), "Fine.")
    answer = an_answer(one, two)
    [part] = answer_parts(answer)
    assert part.text == (
        f"{answer.text}\n\n"
        "[1] Il vertice di Tokyo · Chi c’era\n"
        f"{one.passage.text}\n\n"
        "[2] Il vertice di Tokyo · dal paragrafo 7\n"
        "Altro. Fine."
    )
    assert covered(part, "bold") == (
        "[1] Il vertice di TokyoI membri dell’alleanza sono 32.[2] Il vertice di TokyoFine."
    )
    assert covered(part, "expandable_blockquote") == f"{one.passage.text}Altro. Fine."


def test_a_page_is_named_beside_the_heading_and_several_quotes_name_all_of_theirs() -> None:
    passage = replace(a_passage(heading="Chi c’era", paragraph=2), page=3)
    one = replace(a_quote(passage, "Il vertice si è tenuto a Tokyo."), page=3)
    two = replace(a_quote(passage, "Tutti erano presenti."), page=4)
    text = "".join(part.text for part in answer_parts(an_answer(one)))
    assert "[1] Il vertice di Tokyo · Chi c’era · p. 3\n" in text
    text = "".join(part.text for part in answer_parts(an_answer(two, one, language="en")))
    assert "[1] [2] Il vertice di Tokyo · Chi c’era · pp. 3, 4\n" in text
    bare = replace(a_quote(replace(passage, heading=""), "Tutti erano presenti."), page=4)
    text = "".join(part.text for part in answer_parts(an_answer(bare)))
    assert "[1] Il vertice di Tokyo · p. 4\n" in text


def test_a_source_names_its_date_in_the_readers_language() -> None:
    quote = replace(a_quote(a_passage(heading="Chi c’era"), "Tutti erano presenti."), page=3)
    for date, italian, english in (
        ("2023-06-28", "28 giugno 2023", "28 June 2023"),
        ("28 giugno 2023", "28 giugno 2023", "28 June 2023"),
        ("2023-06", "giugno 2023", "June 2023"),
        ("estate 2023", "estate 2023", "estate 2023"),
    ):
        dated = replace(quote, date=date)
        [part] = answer_parts(an_answer(dated))
        assert f"[1] Il vertice di Tokyo · Chi c’era · p. 3 · {italian}\n" in part.text
        [part] = answer_parts(an_answer(dated, language="en"))
        assert f" · p. 3 · {english}\n" in part.text
        assert f" · {italian}\n" in quote_part(dated, words_in("it")).text


def test_the_other_places_of_a_text_are_named_a_few_of_them() -> None:
    quote = a_quote(a_passage(), "Tutti erano presenti.")
    twins = tuple(Twin(str(n), f"Copia {n}") for n in range(1, 6))
    for count, said in ((1, "Copia 1"), (3, "Copia 1, Copia 2, Copia 3")):
        [part] = answer_parts(an_answer(replace(quote, also=twins[:count])))
        assert f" · anche in: {said}\n" in part.text
    [part] = answer_parts(an_answer(replace(quote, also=twins)))
    assert " · anche in: Copia 1, Copia 2, Copia 3 e altri 2\n" in part.text
    [part] = answer_parts(an_answer(replace(quote, also=twins[:4])))
    assert " e un altro\n" in part.text


def test_what_would_be_gone_is_named_with_the_way_out_where_there_is_one() -> None:
    wipe = Wipe(("a", "b"), sources=3, passages_gone=7, passages=9)
    [part] = wipe_parts(wipe, words_in("it"))
    assert "perderei gran parte di quello che so: 2 documenti su 3 e 7 passi su 9. " in part.text
    assert "I documenti che non ci sarebbero più\n• a\n• b" in part.text
    [titled] = wipe_parts(replace(wipe, titles=("La gita", "Il coro")), words_in("it"))
    assert "\n• La gita\n• Il coro" in titled.text
    assert "/reload forza" in part.text
    [bare] = wipe_parts(wipe, words_in("it"), way_out=False)
    assert "/reload" not in bare.text
    [fewer] = wipe_parts(replace(wipe, gone=()), words_in("en"))
    assert "much of what I know: 7 passages out of 9. " in fewer.text
    assert "•" not in fewer.text
    [none] = wipe_parts(replace(wipe, gone=("a",), passages_gone=0), words_in("it"))
    assert ": un documento su 3. " in none.text


def test_a_report_calls_documents_as_people_do() -> None:
    changes = Changes(
        "g",
        added=("gita",),
        removed=("coro",),
        alike=(Alike("gita", "lago", 1.0), Alike("gita", "coro", 0.999)),
        names={"gita": "La gita al lago", "lago": "Il lago"},
    )
    [part] = changes_parts(changes, words_in("it"), reasons=True)
    assert "Un documento nuovo\n• La gita al lago\n" in part.text
    assert "Un documento tolto\n• coro\n" in part.text
    assert "• La gita al lago e Il lago: le stesse frasi\n" in part.text
    assert "• La gita al lago e coro: 99% in comune" in part.text


def test_sources_that_disagree_stand_below_each_other_each_with_its_date() -> None:
    one = replace(a_quote(a_passage("I membri sono 32."), "I membri sono 32."), date="2024-03-07")
    two = a_quote(a_passage("I membri sono 31."), "I membri sono 31.", title="Prima")
    two = replace(two, source="prima", content_hash="1" * 64, date="28 giugno 2023")
    answer = replace(an_answer(one, two), disagreement=(1, 2), text="Le fonti non concordano: …")
    [part] = answer_parts(answer)
    assert part.text == (
        "Le fonti non concordano: …\n\n"
        "[1] Il vertice di Tokyo · 7 marzo 2024\nI membri sono 32.\n\n"
        "[2] Prima · 28 giugno 2023\nI membri sono 31."
    )


def test_the_words_that_answer_are_bold_in_the_answer() -> None:
    quote = a_quote(a_passage(), "I membri dell’alleanza sono 32.")
    answer = an_answer(quote)
    start = answer.text.index("32")
    [part] = answer_parts(replace(answer, highlights=(Span(start, start + 2),)))
    assert part.text == answer_parts(answer)[0].text
    assert covered(part, "bold").startswith("32[1] Il vertice")


def test_how_a_question_was_understood_stands_above_its_answer() -> None:
    answer = an_answer(a_quote(a_passage(), "Tutti erano presenti."))
    [part] = answer_parts(replace(answer, searched="Dove si tiene il vertice?"))
    understood = "L’ho intesa così: «Dove si tiene il vertice?»"
    assert part.text.startswith(f"{understood}\n\n{answer.text}\n\n")
    assert covered(part, "italic") == understood
    [english] = answer_parts(replace(answer, language="en", searched="Where is it?"))
    assert english.text.startswith("I took it as: “Where is it?”")


def test_what_is_no_question_one_would_ask_is_said_by_the_one_it_goes_on_from() -> None:
    answer = an_answer(a_quote(a_passage(), "Tutti erano presenti."))
    leaning = replace(answer, searched="Da quando? (membri ha)", follows="Quanti membri\nha?")
    [part] = answer_parts(leaning)
    assert part.text.startswith("L’ho intesa come seguito di «Quanti membri ha?».\n\n")
    [english] = answer_parts(replace(leaning, language="en", follows="word " * 900))
    assert english.text.startswith("I took it as going on from “word word ")
    assert units(english.text.partition("\n")[0]) < 240
    draft = draft_part(Draft(leaning.searched, follows=leaning.follows), words_in("it"))
    assert draft.text.startswith("L’ho intesa come seguito di «Quanti membri ha?».\n\n")


def test_quotes_of_one_passage_share_it() -> None:
    passage = a_passage()
    first, last = "Il vertice si è tenuto a Tokyo.", "Tutti erano presenti."
    answer = an_answer(a_quote(passage, first), a_quote(passage, last))
    [part] = answer_parts(answer)
    assert "[1] [2] Il vertice di Tokyo\n" in part.text
    assert part.text.count("I membri") == 1
    assert covered(part, "bold").endswith(first + last)


def test_quotes_that_overlap_make_one_bold() -> None:
    passage = a_passage("abcdef")
    [part] = answer_parts(an_answer(a_quote(passage, "abcd"), a_quote(passage, "cdef")))
    assert [entity.length for entity in part.entities][-1] == 6


def test_a_refusal_shows_the_closest_passage_for_what_it_is() -> None:
    closest = a_quote(a_passage(), "Tutti erano presenti.")
    [part] = answer_parts(a_refusal(closest, "Quanti erano?"))
    assert part.text == (
        "Nei documenti non lo trovo.\n\n"
        "Il passo più vicino: Il vertice di Tokyo\n"
        f"{closest.passage.text}\n\n"
        "Prova a chiedermi: «Quanti erano?»"
    )


def test_a_refusal_about_something_else_is_short_and_suggests_a_question() -> None:
    closest = a_quote(a_passage(), "Tutti erano presenti.")
    refusal = replace(a_refusal(closest, "Quanti erano?"), refusal=Refusal.OFF_TOPIC)
    [part] = answer_parts(refusal)
    assert part.text == "Nei documenti non lo trovo.\n\nProva a chiedermi: «Quanti erano?»"
    [bare] = answer_parts(replace(refusal, suggestion=""))
    assert bare.text.startswith("Nei documenti non lo trovo.\n\n")
    assert bare.text.endswith(words_in("it")("off-topic-sources"))
    [alone] = answer_parts(replace(refusal, suggestion=""), commands=False)
    assert alone.text == "Nei documenti non lo trovo."
    near = answer_parts(replace(refusal, refusal=Refusal.NEAR_MISS))
    assert near == answer_parts(replace(refusal, refusal=None))
    assert closest.passage.text in near[0].text


def test_a_suggestion_already_made_is_not_made_twice() -> None:
    [part] = answer_parts(a_refusal(suggestion="lo trovo"))
    assert part.text == "Nei documenti non lo trovo."


def test_markup_in_a_source_stays_text() -> None:
    passage = a_passage("*a* <b>b</b> [c](http://d)")
    [part] = answer_parts(an_answer(a_quote(passage, "<b>b</b>")))
    assert passage.text in part.text


def test_a_title_of_many_lines_becomes_a_short_one() -> None:
    quote = a_quote(a_passage(), "Tutti erano presenti.", title="a\nb " + "c" * 500)
    [part] = answer_parts(an_answer(quote))
    label = part.text.splitlines()[2]
    assert label.startswith("[1] a b ccc")
    assert len(label) < 160


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=9000), st.data())
def test_a_passage_of_any_kind_is_shown_whole_with_its_quote_in_bold(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = a_passage(text, start=10)
    quote = a_quote(passage, text[start:end])
    parts = answer_parts(an_answer(quote))
    whole = solid("".join(part.text for part in parts))
    shown = solid("".join(covered(part, "expandable_blockquote") for part in parts))
    begin = quote.start - passage.start
    stop = begin + len(quote.text)
    lead = clean(text[:begin]) if begin <= LEAD else "…"
    pieces = [lead, clean(quote.text), clean(text[stop:])]
    assert shown == solid("".join(pieces))
    assert whole.endswith(shown)
    assert solid("".join(covered(part, "bold") for part in parts)).endswith(solid(pieces[1]))
    assert all(units(part.text) <= 4096 for part in parts)


def test_many_names_are_counted_rather_than_listed() -> None:
    changes = Changes(
        "g", added=tuple(map(str, range(30))), skipped=(Skipped("a", Fault("empty", "b")),)
    )
    for language in get_args(Language):
        [part] = changes_parts(changes, words_in(language), reasons=True)
        assert isinstance(part, Part)
        assert "10" in part.text
        assert "• 19" in part.text
        assert "• 20" not in part.text


def test_one_name_more_is_not_counted_in_figures() -> None:
    changes = Changes("g", added=tuple(map(str, range(21))))
    [italian] = changes_parts(changes, words_in("it"), reasons=True)
    [english] = changes_parts(changes, words_in("en"), reasons=True)
    assert italian.text.endswith("\n… e un altro")
    assert english.text.endswith("\n… and one more")


def test_why_a_file_was_skipped_is_said_only_where_it_may_be() -> None:
    changes = Changes(
        "g", skipped=(Skipped("foto.png", Fault("binary", "/srv/foto.png is not text")),)
    )
    [told] = changes_parts(changes, words_in("it"), reasons=True)
    [spared] = changes_parts(changes, words_in("it"), reasons=False)
    assert told.text.endswith(f"• foto.png: {words_in('it')('fault-binary')}")
    assert spared.text.endswith("• foto.png")
    stale = Changes("g", stale=(Skipped("https://a.example/x?key=segreta", Fault("robots", "no")),))
    [spared] = changes_parts(stale, words_in("it"), reasons=False)
    assert spared.text.endswith("• https://a.example/x")


def test_questions_that_were_asked_are_counted_and_those_lost_are_listed() -> None:
    lost = (LostQuestion("q1", "Quanti?", gone="nato"), LostQuestion("q2", "Chi?"))
    changes = Changes("g", regression=Regression(24, 20, 22, lost))
    [part] = changes_parts(changes, words_in("en"), reasons=False)
    assert part.text.endswith(
        "Of 24 test questions, 20 pass.\n\n"
        "2 questions passed before and don’t any more\n• Quanti?\n• Chi?\n\n"
        "A document they are about is gone\n• nato"
    )
    [again] = changes_parts(
        Changes("g", regression=Regression(3, 1, 1, failing=("Dove?", "Come?"))),
        words_in("it"),
        reasons=False,
    )
    assert again.text.endswith(
        "ne va bene una.\n\n2 domande non vanno ancora bene\n• Dove?\n• Come?"
    )
    [calm] = changes_parts(Changes("g", regression=Regression(0, 0)), words_in("en"), reasons=False)
    assert "question" not in calm.text


def test_a_refused_reload_names_what_it_would_lose_and_how_to_force_it() -> None:
    for language, word in (("it", "forza"), ("en", "force")):
        lost = tuple(LostQuestion(f"q{n}", f"Domanda {n}?") for n in range(30))
        [part] = regression_parts(Regression(30, 0, 30, lost), words_in(language))
        assert "• Domanda 19?" in part.text
        assert "• Domanda 20?" not in part.text
        assert part.text.endswith(f"/reload {word}")


def test_an_answer_being_written_shows_what_is_read_and_then_what_stands() -> None:
    one = a_quote(a_passage(), "I membri dell’alleanza sono 32.")
    two = a_quote(a_passage(), "Tutti erano presenti.")
    it, en = words_in("it"), words_in("en")
    claims = (Claim("I membri sono 32.", (one, two)), Claim("C’erano tutti.", (two,)))
    for words, draft, text in (
        (it, Draft(), "Ci sto pensando…"),
        (en, Draft(closest=one), "I’m reading “Il vertice di Tokyo”…"),
        (it, Draft(closest=one, claims=claims[:1]), "I membri sono 32. [1][2]\n…"),
        (
            it,
            Draft("E chi c’era al vertice?", one, claims),
            (
                "L’ho intesa così: «E chi c’era al vertice?»\n\n"
                "I membri sono 32. [1][2]\nC’erano tutti. [3]\n…"
            ),
        ),
    ):
        assert draft_part(draft, words).text == text


@given(st.lists(st.text(min_size=1), max_size=5))
def test_whatever_is_being_written_is_one_message_within_the_limits(texts: list[str]) -> None:
    quote = a_quote(a_passage(), "Tutti erano presenti.")
    claims = tuple(Claim(text * 900, (quote,)) for text in texts)
    part = draft_part(Draft("Chi c’era?", quote, claims), words_in("it"))
    assert part.text.startswith("L’ho intesa così: «Chi c’era?»")
    assert units(part.text) <= 4096


def test_statistics_say_only_what_there_is_to_say() -> None:
    words = words_in("en")
    periods = [("Today", Sums()), ("The last 7 days", Sums(answered=1, refused=1))]
    [part] = statistics_parts(periods, words, user_calls=None, total=None)
    assert part.text == ("Today\nNo questions\n\nThe last 7 days\n2 questions: 1 answered, 1 not")
    [part] = statistics_parts(periods[:1], words, user_calls=0, total=0)
    assert part.text == "Today\nNo questions\n\nNo limit on each person’s calls."


def test_statistics_of_a_model_have_its_cost_and_what_is_left_of_today() -> None:
    today = Sums(
        answered=3,
        refused=1,
        written=2,
        fallbacks=1,
        calls=4,
        unpriced_calls=1,
        input_tokens=12_345,
        output_tokens=678,
        cost=12_345,
        top_users=((777, 3), (-100123, 1)),
    )
    [part] = statistics_parts([("Today", today)], words_in("en"), user_calls=9, total=10**6)
    assert part.text == (
        "Today\n4 questions: 3 answered, 1 not\n"
        "Written by the model: 2; the documents’ words instead: 1\n"
        "Calls to the model: 4; tokens read 12,345, written 678\n"
        "Cost: $0.0123\n"
        "I don’t know the price of one call: add it to the file of prices (PRICES).\n"
        "Who asks most (user number and calls): 777 (3), -100123 (1)\n\n"
        "Left for today: $0.9877 of $1.00.\nLimit: 9 calls a day for each person."
    )


def test_what_going_back_changes_fits_into_one_message_however_much_it_is() -> None:
    ids = [f"{'Un titolo lungo ' * 8}{n}" for n in range(90)]
    changes = Changes("g", tuple(ids[:30]), tuple(ids[30:60]), tuple(ids[60:]))
    for language in get_args(Language):
        words = words_in(language)
        sure = words("rollback-sure", now="26 novembre 2026, 18:40:07 UTC", then="–" * 30)
        text = going_back_text(sure, changes, words)
        assert [part.text for part in text_parts(text)] == [text]
        assert text.count(words("and-more", count=22)) == 3
