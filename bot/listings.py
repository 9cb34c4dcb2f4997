"""What admins are shown of documents and questions, as parts ready to send. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.answers import ShownAnswer
from bot.chats import KnownChat
from bot.dates import (
    day_in_words,
    duration_in_words,
    generation_in_words,
    local_day_in_words,
    moment_in_words,
)
from bot.entities import Composer
from bot.excerpts import one_line
from bot.faults import fault_in_words
from bot.gaps import Gap
from bot.locales import Words
from bot.rendering import text_parts
from bot.replies import Button, Part
from retrieval import Health, Ranking, SourceSummary

_MOST_CHATS = 60

PAGE = 10
"""Documents, or questions, on one page of a list."""


def sources_page(
    summaries: Sequence[SourceSummary], page: int, words: Words, *, details: bool
) -> Part:
    """One page of the documents, from 0; a page that isn't there becomes the nearest one.

    ``details`` gives each its number, size, path and dates, which admins need.
    """
    if not summaries:
        return text_parts(words("sources-none"))[0]
    pages = -(-len(summaries) // PAGE)
    page = min(max(page, 0), pages - 1)
    composer = Composer().block().add(words("sources-title", count=len(summaries)))
    first = page * PAGE
    # An admin tells two with the same title apart by their paths.
    names = {one.id: one_line(one.path if details else one.title) for one in summaries}
    for number, summary in enumerate(summaries[first : first + PAGE], start=first + 1):
        composer.block() if details or number == first + 1 else composer.add("\n")
        composer.add(f"{number}. " if details else "• ").add(one_line(summary.title), "bold")
        day = one_line(day_in_words(summary.date, words.language))
        dated = f" ({day})" if day else ""
        composer.add(f"{dated} · ")
        if twin := names.get(summary.same_as):  # whose passages these are, and counted there
            composer.add(words("sources-same-as", title=twin))
        else:
            composer.add(words("sources-passages", count=summary.passages))
        if details:
            _add_details(composer, summary, words)
    [part] = composer.parts()[:1]
    return Part(part.text, part.entities, turning("s", page, pages))


def _add_details(composer: Composer, summary: SourceSummary, words: Words) -> None:
    composer.add(f"\n{one_line(summary.path)} · ")
    composer.add(words("sources-characters", count=summary.characters))
    days = [("sources-changed", summary.changed), ("sources-seen", summary.seen)]
    told = [words(key, day=local_day_in_words(at, words.language)) for key, at in days if at]
    if told:
        composer.add("\n" + " · ".join(told))
    if summary.link:
        composer.add(f"\n{one_line(summary.link)}")


def gaps_page(gaps: Sequence[Gap], page: int, days: int, words: Words) -> Part:
    """One page of the questions without a good answer, from 0, the most frequent first."""
    if not gaps:
        return text_parts(words("gaps-none", days=days))[0]
    pages = -(-len(gaps) // PAGE)
    page = min(max(page, 0), pages - 1)
    composer = Composer().block()
    composer.add(words("gaps-title", count=sum(gap.times for gap in gaps), days=days))
    composer.block()
    for gap in gaps[page * PAGE : (page + 1) * PAGE]:
        composer.add("• ").add(one_line(gap.question), "bold")
        composer.add(" · " + words("gaps-counts", refused=gap.refused, unhappy=gap.unhappy))
        last = datetime.fromtimestamp(gap.last).date().isoformat()  # noqa: DTZ006
        composer.add(f" · {day_in_words(last, words.language)}\n")
    [part] = composer.parts()[:1]
    file = Button(words("gaps-file"), data=f"g:csv:{days}")
    return Part(part.text, part.entities, (*turning(f"g:{days}", page, pages), (file,)))


def health_parts(
    health: Health, words: Words, *, waiting: int, running: timedelta, written: bool, reading: bool
) -> tuple[Part, ...]:
    """How the store and the bot are. ``waiting`` counts updates that aren't dealt with yet."""
    composer = Composer().block()
    if health.generation:
        made = moment_in_words(health.created, words.language)
        composer.add(words("health-generation", at=made), "bold")
        composer.add("\n" + words("health-holds", sources=health.sources, passages=health.passages))
    else:
        composer.add(words("health-no-generation"), "bold")
    if health.previous:
        previous = generation_in_words(health.previous, words.language)
        composer.add("\n" + words("health-previous", at=previous))
    if health.damaged:
        composer.block().add(words("health-damaged"), "bold")
        if health.hindrance:
            reason = fault_in_words(health.hindrance, words)
            composer.add("\n" + words("health-not-mended", reason=reason))
        else:
            composer.add("\n" + words("health-mending"))
    if reading:
        composer.block().add(words("health-reading"))
    composer.block().add(words("health-model" if written else "health-no-model"))
    composer.add("\n" + words("health-waiting", count=waiting))
    composer.add("\n" + words("health-running", time=duration_in_words(running, words.language)))
    return tuple(composer.parts())


def chats_part(chats: Sequence[tuple[KnownChat, bool]], words: Words) -> Part:
    """The groups and channels the bot knows, and whether it answers in each."""
    if not chats:
        return text_parts(words("chats-none"))[0]
    composer = Composer().block().add(words("chats-title"))
    composer.block()
    for chat, allowed in chats[:_MOST_CHATS]:
        composer.add("✓ " if allowed else "✗ ").add(one_line(chat.name), "bold")
        composer.add(f" · {chat.id}\n")
    return composer.parts()[0]


def called_part(chats: Sequence[KnownChat], words: Words) -> Part:
    """The chats that go by one name, to choose from by number."""
    composer = Composer().block().add(words("chats-called")).block()
    for chat in chats[:_MOST_CHATS]:
        composer.add(f"{chat.id} · ").add(one_line(chat.name), "bold")
        composer.add(f" · @{chat.username}\n" if chat.username else "\n")
    return composer.parts()[0]


def confirmation(text: str, id_: str, yes: str, words: Words) -> Part:
    """A question that two buttons answer; ``yes`` is the key of what one of them says."""
    buttons = (
        Button(words(yes), data=f"c:{id_}:y"),
        Button(words("confirm-no"), data=f"c:{id_}:n"),
    )
    [part] = text_parts(text)[:1]
    return Part(part.text, part.entities, (buttons,))


def turning(kind: str, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons that turn the pages, where there are several."""
    if pages == 1:
        return ()
    return (
        (
            Button("◀", data=f"{kind}:{(page - 1) % pages}"),
            Button(f"{page + 1}/{pages}", data=f"{kind}:{page}"),
            Button("▶", data=f"{kind}:{(page + 1) % pages}"),
        ),
    )


def why_parts(
    shown: ShownAnswer, ranking: Ranking, words: Words, *, current: str, cost: int
) -> tuple[Part, ...]:
    """How an answer came about: what it cites, what was found then, and what a search finds now.

    ``current`` is the generation that answers now; ``cost`` is in micro-dollars.
    """
    composer = Composer().block().add(one_line(shown.question), "bold")
    if shown.searched:
        composer.add("\n" + words("understood", question=one_line(shown.searched)))
    composer.add("\n" + words("why-ended", status=shown.status, sure=round(100 * shown.confidence)))
    composer.add("\n" + words("why-took", ms=round(shown.ms)))
    if shown.calls:
        tokens = {"input": shown.input_tokens, "output": shown.output_tokens}
        composer.add("\n" + words("stats-calls", count=shown.calls, **tokens))
        composer.add("\n" + words("stats-cost", dollars=cost / 1_000_000))
    if shown.fallback:
        composer.add("\n" + words("why-fallback", reason=shown.fallback))
    then = generation_in_words(shown.generation, words.language)
    composer.add("\n" + words("why-generation", at=then))
    if current != shown.generation:
        composer.add(
            " " + words("why-other-generation", at=generation_in_words(current, words.language))
        )
    cited = shown.quotes or ((shown.closest,) if shown.closest else ())
    if cited:
        composer.block().add(words("why-cited" if shown.quotes else "why-closest"), "bold")
    for number, quote in enumerate(cited, start=1):
        place = words("why-place", start=str(quote.start), end=str(quote.end))
        composer.add(f"\n[{number}] {one_line(quote.title)} · {place}")
    if shown.ranked:
        composer.block().add(words("why-ranked"), "bold")
    sources = {quote.source for quote in shown.quotes}
    for number, name in enumerate(shown.ranked[:PAGE], start=1):
        composer.add(f"\n{number}. {one_line(name)}", *(("bold",) if name in sources else ()))
    composer.block().add(words("why-found"), "bold")
    best = math.exp(ranking.passages()[0][1]) if ranking.sentences else 1.0
    for number, (passage, score) in enumerate(ranking.passages()[:PAGE], start=1):
        used = any(
            quote.source == passage.source
            and quote.start < passage.end
            and passage.start < quote.end
            for quote in cited
        )
        sure = round(100 * ranking.confidence * math.exp(score) / best)
        composer.add(f"\n{number}. {sure}% ", *(("bold",) if used else ()))
        first = passage.sentence_text(0) if passage.sentences else passage.text
        composer.add(f"{passage.source}: ")
        composer.add(words("quoted", text=_short(first)), "italic")
    return tuple(composer.parts())


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59].rstrip() + "…"
