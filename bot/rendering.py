"""What the bot says, as parts ready to send: answers with their passages, and lists. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from bot.dates import day_in_words
from bot.entities import Composer
from bot.excerpts import LEAD, by_passage, one_line, pieces
from bot.faults import fault_in_words
from bot.locales import Words, words_in
from bot.replies import Part
from bot.texts import gist
from retrieval import (
    Answer,
    Changes,
    Draft,
    LostQuestion,
    Quote,
    Refusal,
    Regression,
    Skipped,
    Span,
    Wipe,
)

if TYPE_CHECKING:
    from bot.statistics import Sums

_LISTED = 20
_LISTED_OF_THREE = 8  # in each of three lists that have to fit into one message
_TWINS = 3


def text_parts(text: str) -> tuple[Part, ...]:
    """Plain words."""
    return tuple(Composer().block().add(text).parts())


def answer_parts(answer: Answer, *, commands: bool = True) -> tuple[Part, ...]:
    """An answer, the words that answer in bold, and below it each cited passage, quotes in bold.

    A near miss shows the closest passage instead, and says that it is no more than that; a question
    about something else gets a few words. The words around the passages are in the answer's
    language. How a question was completed stands above. Without ``commands``, none is pointed to:
    there nobody can send the bot any.
    """
    words = words_in(answer.language)
    composer = Composer().block()
    if answer.searched:
        understood = _understood(answer.searched, answer.follows, words)
        composer.add(understood, "italic").block()
    position = 0
    for span in answer.highlights:
        composer.add(answer.text[position : span.start])
        composer.add(answer.text[span.start : span.end], "bold")
        position = span.end
    composer.add(answer.text[position:])
    for numbers, quotes in by_passage(answer.quotes):
        markers = " ".join(f"[{number}]" for number in numbers)
        _add_passage(composer, f"{markers} ", quotes, words)
    if not answer.claims and (closest := answer.closest_shown):
        _add_passage(composer, words("closest") + " ", [closest], words)
    if answer.suggestion and answer.suggestion not in answer.text:
        composer.block().add(words("suggestion", question=answer.suggestion))
    elif answer.refusal is Refusal.OFF_TOPIC and not answer.suggestion and commands:
        composer.block().add(words("off-topic-sources"))
    return tuple(composer.parts())


def _understood(searched: str, follows: str, words: Words) -> str:
    """How a question was completed: what was looked for, or else what it goes on from."""
    if follows:
        return words("understood-after", question=gist(follows))
    return words("understood", question=searched)


def quote_part(quote: Quote, words: Words) -> Part:
    """A quote alone, and the passage it is from: one message, to be sent by anybody anywhere."""
    composer = Composer().block().add(words("quoted", text=quote.text))
    _add_passage(composer, "", [quote], words)
    return composer.parts()[0]


def draft_part(draft: Draft, words: Words) -> Part:
    """What may be shown of an answer that is being written: one message, however long it gets.

    At first it is only what is being read; then the claims that stand, with their markers.
    """
    composer = Composer().block()
    if draft.searched:
        composer.add(_understood(draft.searched, draft.follows, words), "italic").block()
    numbers = count(1)
    for claim in draft.claims:
        markers = "".join(f"[{next(numbers)}]" for _ in claim.quotes)
        composer.add(f"{claim.text} {markers}\n")
    if draft.claims:
        composer.add("…")
    elif draft.closest:
        composer.add(words("draft-reading", title=one_line(draft.closest.title)), "italic")
    else:
        composer.add(words("draft-thinking"), "italic")
    return composer.parts()[0]


def changes_parts(changes: Changes, words: Words, *, reasons: bool) -> tuple[Part, ...]:
    """What a reload did, for an admin; ``reasons`` says why a file was skipped."""
    composer = Composer().block()
    anything = changes.added or changes.changed or changes.removed
    key = "reload-changed" if anything else "reload-same"
    composer.add(words(key, seconds=round(changes.seconds, 1), passages=changes.passages))
    for key, names in (
        ("reload-added", [one_line(changes.name_of(id_)) for id_ in changes.added]),
        ("reload-updated", [one_line(changes.name_of(id_)) for id_ in changes.changed]),
        ("reload-removed", [one_line(changes.name_of(id_)) for id_ in changes.removed]),
        (
            "reload-skipped",
            [_skipped(skipped, words, reasons=reasons) for skipped in changes.skipped],
        ),
        ("reload-stale", [_skipped(stale, words, reasons=reasons) for stale in changes.stale]),
    ):
        if names:
            composer.block().add(words(key, count=len(names)), "bold")
            composer.add("\n" + _lines(names, words))
    if changes.alike:
        composer.block().add(words("reload-alike", count=len(changes.alike)), "bold")
        pairs = (
            words(
                "reload-pair",
                first=changes.name_of(pair.first),
                second=changes.name_of(pair.second),
                share=int(100 * pair.share),
            )
            for pair in changes.alike
        )
        composer.add("\n" + _listed(list(pairs), words))
    if changes.unchanged and anything:
        composer.block().add(words("reload-unchanged", count=changes.unchanged))
    if (tested := changes.regression) and tested.asked:
        composer.block().add(words("reload-tested", passed=tested.passed, count=tested.asked))
        if tested.lost:
            _add_lost(composer, words("reload-lost", count=len(tested.lost)), tested.lost, words)
        if tested.failing:
            composer.block().add(words("reload-failing", count=len(tested.failing)), "bold")
            composer.add("\n" + _listed(tested.failing, words))
    return tuple(composer.parts())


def going_back_text(sure: str, changes: Changes, words: Words) -> str:
    """Ask whether to go back to the documents before, and say what that changes."""
    told = [sure]
    for key, ids in (
        ("rollback-leave", changes.removed),
        ("rollback-return", changes.added),
        ("rollback-revert", changes.changed),
    ):
        if ids:
            names = [changes.name_of(id_) for id_ in ids]
            told.append(f"{words(key, count=len(ids))}\n{_listed(names, words, _LISTED_OF_THREE)}")
    return "\n\n".join(told if len(told) > 1 else [sure, words("rollback-same")])


def regression_parts(
    regression: Regression, words: Words, *, way_out: bool = True
) -> tuple[Part, ...]:
    """Why a reload was refused, for an admin: the test questions it would lose, and what to do."""
    composer = Composer().block()
    counts = {"count": len(regression.lost), "before": regression.passed_before}
    composer.add(words("reload-refused", **counts))
    _add_lost(composer, words("reload-would-lose"), regression.lost, words)
    if way_out:
        composer.block().add(words("reload-way-out"))
    return tuple(composer.parts())


def wipe_parts(wipe: Wipe, words: Words, *, way_out: bool = True) -> tuple[Part, ...]:
    """Why a reload was refused, for an admin: what would be gone, and what to do."""
    counts = {"sources": wipe.sources, "passages": wipe.passages, "fewer": wipe.passages_gone}
    composer = Composer().block().add(words("reload-wipe", gone=len(wipe.gone), **counts))
    if wipe.gone:
        composer.block().add(words("reload-would-be-gone", count=len(wipe.gone)), "bold")
        composer.add("\n" + _listed(wipe.titles or wipe.gone, words))
    if way_out:
        composer.block().add(words("reload-wipe-way-out"))
    return tuple(composer.parts())


def statistics_parts(
    periods: Sequence[tuple[str, Sums]],
    words: Words,
    *,
    user_calls: int | None,
    total: int | None,
) -> tuple[Part, ...]:
    """What happened, for an admin: ``periods`` each with its title, today's first.

    ``user_calls`` and ``total`` (micro-dollars a day) are the budgets, 0 where there is no limit;
    ``None`` without a model, of which nothing is said then.
    """
    composer = Composer()
    for title, sums in periods:
        composer.block().add(title, "bold")
        counts = {"count": sums.questions, "answered": sums.answered, "refused": sums.refused}
        composer.add("\n" + words("stats-questions", **counts))
        if sums.calls:
            _add_usage(composer, sums, words)
    if user_calls is not None and total is not None:
        composer.block()
        if total:
            spent = periods[0][1].cost
            left = {"left": _dollars(max(total - spent, 0)), "total": _dollars(total)}
            composer.add(words("stats-total-left", **left) + "\n")
        composer.add(words("stats-user-calls", count=user_calls))
    return tuple(composer.parts())


def _add_usage(composer: Composer, sums: Sums, words: Words) -> None:
    tokens = {"input": sums.input_tokens, "output": sums.output_tokens}
    lines = [
        words("stats-written", count=sums.written, fallbacks=sums.fallbacks),
        words("stats-calls", count=sums.calls, **tokens),
    ]
    if sums.calls > sums.unpriced_calls:
        lines.append(words("stats-cost", dollars=_dollars(sums.cost)))
    if sums.unpriced_calls:
        lines.append(words("stats-unpriced", count=sums.unpriced_calls))
    users = ", ".join(f"{user} ({calls})" for user, calls in sums.top_users)
    lines.append(words("stats-top", users=users))
    composer.add("".join(f"\n{line}" for line in lines))


def _dollars(micro: int) -> float:
    return micro / 1_000_000


def _add_lost(composer: Composer, title: str, lost: Sequence[LostQuestion], words: Words) -> None:
    composer.block().add(title, "bold")
    composer.add("\n" + _listed([question.question for question in lost], words))
    if gone := list(dict.fromkeys(question.gone for question in lost if question.gone)):
        composer.block().add(words("reload-gone", count=len(gone)), "bold")
        composer.add("\n" + _listed(gone, words))


def _add_passage(composer: Composer, prefix: str, quotes: list[Quote], words: Words) -> None:
    passage, title = quotes[0].passage, one_line(quotes[0].title)
    composer.block().add(prefix + title, "bold")
    heading = one_line(passage.heading)
    named = heading and heading != title
    if named:
        composer.add(f" · {heading}")
    if pages := sorted({quote.page for quote in quotes} - {0}):
        shown = ", ".join(map(str, pages))
        composer.add(" · " + words("page", count=len(pages), pages=shown))
    elif not named and passage.paragraph > 1:
        composer.add(" · " + words("paragraph", number=passage.paragraph))
    if dated := one_line(day_in_words(quotes[0].date, words.language)):
        composer.add(f" · {dated}")
    if quotes[0].also:
        titles = ", ".join(one_line(twin.title) for twin in quotes[0].also[:_TWINS])
        more = max(len(quotes[0].also) - _TWINS, 0)
        composer.add(" · " + words("also-in", titles=titles, more=more))
    composer.add("\n")
    spans = [Span(quote.start, quote.end) for quote in quotes]
    composer.quote(pieces(passage, spans, lead=LEAD))


def _skipped(skipped: Skipped, words: Words, *, reasons: bool) -> str:
    if reasons:
        return f"{one_line(skipped.path)}: {fault_in_words(skipped.fault, words)}"
    # What follows in a link may be a key to it, which isn't for everybody.
    is_link = skipped.path.startswith(("http://", "https://"))
    return one_line(skipped.path.partition("?")[0] if is_link else skipped.path)


def _listed(names: Sequence[str], words: Words, most: int = _LISTED) -> str:
    return _lines(list(map(one_line, names)), words, most)


def _lines(lines: Sequence[str], words: Words, most: int = _LISTED) -> str:
    shown = [f"• {line}" for line in lines[:most]]
    if len(lines) > most:
        shown.append(words("and-more", count=len(lines) - most))
    return "\n".join(shown)
