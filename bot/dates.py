"""Days and moments as people write them, in the language of whoever reads them. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo

from babel.dates import format_date, format_skeleton

from retrieval import Language, as_iso

_LOCALES: dict[Language, str] = {"it": "it", "en": "en_GB"}
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def day_in_words(written: str, language: Language) -> str:
    """A day, however a document writes it: «26 novembre 2026», «novembre 2026» of a month alone.

    Where none can be told, it stays as it is, in the document's own words.
    """
    written = as_iso(written) or written.strip()
    if month := _MONTH.fullmatch(written):
        first = date(int(month[1]), int(month[2]), 1)
        return str(format_skeleton("yMMMM", first, locale=_LOCALES[language]))
    try:
        day = datetime.fromisoformat(written).date()
    except ValueError:
        return written
    return format_date(day, "long", locale=_LOCALES[language])


def moment_in_words(written: str, language: Language, zone: tzinfo | None = None) -> str:
    """A moment in ISO 8601, in a time zone: «26 novembre 2026, 18:40».

    The zone is the machine's own where none is given. Where that is UTC it is said, since few
    people live by it. What can't be read stays as it is.
    """
    try:
        moment = datetime.fromisoformat(written).astimezone(zone)
    except ValueError:
        return written
    of_zone = " UTC" if moment.tzname() == "UTC" else ""
    day = format_date(moment.date(), "long", locale=_LOCALES[language])
    return f"{day}, {moment:%H:%M}{of_zone}"
