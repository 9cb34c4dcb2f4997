"""HTML and SVG put together from elements. What isn't markup already is escaped."""

from __future__ import annotations

import html
import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What neither HTML nor XML can hold, not even escaped."""

_EMPTY = frozenset({"meta", "circle", "line", "path", "rect"})


class Markup(str):
    """Text that is markup already, and so isn't escaped."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | float | None) -> Markup:
    """Make an element.

    An attribute's ``_`` stands for ``-`` (``stroke_width``), and one at its end keeps clear of
    Python's words (``class_``). Attributes that are None are left out; numbers are rounded to
    hundredths. The result is well-formed XML as well as HTML.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _EMPTY and not children:
        return Markup(f"<{name}{written} />")
    return Markup(f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: str) -> Markup:
    """Put children side by side, escaping those that aren't markup."""
    return Markup("".join(c if isinstance(c, Markup) else escape(c) for c in children))


def escape(text: str) -> Markup:
    """Turn any text into markup that shows it."""
    return Markup(html.escape(_UNWRITABLE.sub("\ufffd", text)))


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.2f}".removesuffix(".00")
