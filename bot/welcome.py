"""The first words to somebody, as parts ready to send. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.entities import Composer
from bot.excerpts import one_line
from bot.locales import Words
from bot.replies import Button, Part
from retrieval import SourceSummary

_INTRODUCED = 5


def welcome_parts(
    summaries: Sequence[SourceSummary], suggestions: Sequence[Button], words: Words
) -> tuple[Part, ...]:
    """Hello: what the bot does and knows, and buttons with questions it answers well."""
    composer = Composer().block().add(words("welcome")).block()
    if not summaries:
        return tuple(composer.add(words("sources-none")).parts())
    titles = [one_line(summary.title) for summary in summaries[:_INTRODUCED]]
    composer.add(words("sources-title", count=len(summaries)))
    for title in titles:
        composer.add("\n• ").add(title, "bold")
    if (more := len(summaries) - len(titles)) > 0:
        composer.add("\n" + words("and-more", count=more))
    composer.block().add(words("welcome-suggestions"))
    *parts, last = composer.parts()
    return (*parts, replace(last, buttons=tuple((button,) for button in suggestions)))
