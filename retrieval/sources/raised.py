"""Figures that stand raised: 10⁶ is not 106, and a note's mark no digit of a year. Pure."""

from __future__ import annotations

import re

_FIGURE = re.compile(r"\s*([+−-]?[0-9]{1,4})\s*")
# But for the upper part of a fraction, which reads well as it is.
_MARKUP = re.compile(
    r"(<sup\b[^<>]{0,500}>)(\s{0,20}[+−-]?[0-9]{1,4}\s{0,20})(</sup\s*>)"
    r"(?!\s{0,20}(?:/|⁄|&frasl;|&#8260;))",
    re.IGNORECASE,
)
_RAISED = str.maketrans("0123456789+−-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raised(text: str) -> str:
    """What stands raised, in letters that say so; as it is, where it isn't a figure."""
    figure = _FIGURE.fullmatch(text)
    return figure[1].translate(_RAISED) if figure else text


def raised_in(markup: str) -> str:
    """HTML whose raised figures say so in their letters, which is all that is kept of it."""
    return _MARKUP.sub(lambda found: f"{found[1]}{raised(found[2])}{found[3]}", markup)
