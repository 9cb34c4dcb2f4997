"""Days and moments as people write them, in the language of whoever reads them. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from retrieval import Language, day_in_words, made_at

__all__ = [
    "day_in_words",
    "duration_in_words",
    "generation_in_words",
    "local_day_in_words",
    "moment_in_words",
]


def moment_in_words(
    written: str, language: Language, zone: tzinfo | None = None, *, seconds: bool = False
) -> str:
    """A moment in ISO 8601, in a time zone: «26 novembre 2026, 18:40».

    With ``seconds``, two of the same minute are told apart. The zone is the machine's own where
    none is given. Where that is UTC it is said, since few people live by it. What can't be read
    stays as it is.
    """
    try:
        moment = datetime.fromisoformat(written).astimezone(zone)
    except ValueError:
        return written
    of_zone = " UTC" if moment.tzname() == "UTC" else ""
    day = day_in_words(moment.date().isoformat(), language)
    return f"{day}, {moment:{'%H:%M:%S' if seconds else '%H:%M'}}{of_zone}"


def duration_in_words(duration: timedelta, language: Language) -> str:
    """How long something takes or lasts, in its largest unit, a minute at least: «3 ore»."""
    from babel.dates import format_timedelta

    return format_timedelta(
        max(duration, timedelta(minutes=1)),
        granularity="minute",
        threshold=1,
        locale=language,
    )


def local_day_in_words(written: str, language: Language, zone: tzinfo | None = None) -> str:
    """The day of a moment in ISO 8601, in a time zone, as in :func:`moment_in_words`."""
    try:
        moment = datetime.fromisoformat(written).astimezone(zone)
    except ValueError:
        return written
    return day_in_words(moment.date().isoformat(), language)


def generation_in_words(
    name: str, language: Language, zone: tzinfo | None = None, *, seconds: bool = False
) -> str:
    """When a generation was made, which its name begins with; any other name stays as it is."""
    try:
        made = made_at(name)
    except ValueError:
        return name
    return moment_in_words(made.isoformat(), language, zone, seconds=seconds)
