"""Bounds of numbers: at least, at most, so much more, up by so much or to so much. Pure."""

from __future__ import annotations

import re

from retrieval.verification.facts import Facts
from retrieval.verification.figures import Figure


def bounded_alike(figure: Figure, other: Figure, said: Facts, shown: Facts) -> bool:
    """Tell whether a number isn't a least in the claim and a most in the evidence, or the like."""
    mine, theirs = _bound(figure, said), _bound(other, shown)
    takes_part = _PART.match(said.prose.text, figure.end)
    if takes_part and _WHOLE.search(shown.prose.text[: other.start]):
        return False  # «otto dei suoi infermieri» of «tre dei suoi otto infermieri»
    if _CHANGE.search(said.prose.text) and _CHANGE.search(shown.prose.text):
        steps = _step(figure, said), _step(other, shown)
        if all(steps) and steps[0] != steps[1]:
            return False
    return not mine or mine == theirs


_CHANGE = re.compile(
    r"\b(?:rose|risen|ris(?:es?|ing)|fell|fallen|fall(?:s|ing)?|grew|grown|grow(?:s|ing)?|increas\w+|decreas\w+|declin\w+|drop\w*"
    r"|cut|reduc\w+|aument\w+|cal(?:a|ano|ato|ata|ati|ate|are)|salit[oaie]|sal(?:e|gono)|sces[oaie]|scend\w+|cresc\w+|cresciut\w+"
    r"|diminui\w+|ridott[oaie])\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|di|del|dello|dell['’])\s?[€$£]?\s?$", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|a|ad|al|all['’])\s?[€$£]?\s?$", re.IGNORECASE)


def _step(figure: Figure, where: Facts) -> str:
    """Say whether something changed "by" a number or "to" it."""
    before = where.prose.text[max(figure.start - 8, 0) : figure.start]
    return "by" if _BY.search(before) else "to" if _TO.search(before) else ""


def _bound(figure: Figure, where: Facts) -> str:
    """Say whether a number is said to be exceeded or not reached: "more", "less" or ""."""
    before = where.prose.text[max(figure.start - 40, 0) : figure.start]
    if _BY_SO_MUCH.search(before):
        return ""  # "three fewer than twelve months ago", «il 40% in meno della 3.3»
    if _MORE.search(before):
        return "less" if _NOT_MORE.search(before) else "more"
    return "less" if _LESS.search(before) else ""


_BY_SO_MUCH = re.compile(
    r"\bin\s(?:meno|più)\s\w+['’]?\s?(?:(?:a|ai|alla)\s)?$|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s(?:fewer|less|more)\sthan\s$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:oltre|sopra|più\sd\w+|almeno|superior[ei]\sa\w*|minimo|more\sthan|over|at\sleast|above|exceed\w*|super\w+)"
    r"['’]?\s?(?:(?:i|gli|le|la|il|the|a|un)\s)?$",
    re.IGNORECASE,
)
_NOT_MORE = re.compile(
    r"(?:\bnon|\b(?:can)?not?|n['’]t)\s(?:\w+\s){0,3}(?:più|more|oltre|over|super|exceed)",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:meno\sd\w+|quasi|inferior[ei]\sa\w*|al\smassimo|fino\sa\w*|less\sthan|fewer\sthan|almost|nearly"
    r"|at\smost|up\sto|below|under|sotto|minori\sdi)['’]?\s?(?:(?:i|gli|le|la|il|the|a)\s)?$",
    re.IGNORECASE,
)


_PART = re.compile(r"\s(?:of|dei|degli|delle)\s", re.IGNORECASE)
_WHOLE = re.compile(r"\w\s(?:of|dei|degli|delle|su)\s(?:\w+\s)?$", re.IGNORECASE)
