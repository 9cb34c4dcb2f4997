"""Links that lead to the quoted words: text fragments on web pages, pages of a PDF. Pure.

A browser that knows text fragments scrolls to the words and marks them; others open the page.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

LONGEST = 1500
"""Characters of a link; a longer one gets no button, lest Telegram refuse the message."""

_LONGEST_FRAGMENT = 500
_WHOLE = 10  # words; what is longer is named by its first and last words
_EDGE = 5
_AROUND = 3  # words before or after, where the words alone are ambiguous
_PLACELESS = ("t.me", "telegram.me")  # shown by Telegram, which knows no fragments
_DOCUMENT = re.compile(r"\.(?:docx?|xlsx?|pptx?|odt|epub|csv|txt|md|json|zip)$", re.IGNORECASE)
_MARKUP = re.compile(r"^[\s>#]*(?:[-*+•–—]\s+|\d{1,3}[.)]\s+)?|[*_`]+|\[\^\w+\]")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def link_to(link: str, text: str, start: int, end: int, page: int = 0) -> str:
    """A link to what stands at ``text[start:end]`` of the source at ``link``.

    ``page`` is the one it stands on, 0 where there are none. "" where the link can't be opened.
    """
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "." not in host or len(link) > LONGEST:
        return ""
    address = quote(link, safe="%/:=&?~#+!$,;'@()*[]-._")
    if host in _PLACELESS or ":~:" in parts.fragment or _DOCUMENT.search(parts.path):
        pass
    elif parts.path.lower().endswith(".pdf"):
        if page and not parts.fragment:
            address = f"{address}#page={page}"
    elif directive := _directive(text, start, end):
        mark = "" if "#" in address else "#"
        address = f"{address}{mark}:~:text={directive}"
    return address if len(address) <= LONGEST else ""


def _directive(text: str, start: int, end: int) -> str:
    """``[prefix-,]start[,end][,-suffix]``, or "" where the words can't be told from a page's."""
    lines = [line for line in map(_plain, text[start:end].split("\n")) if line]
    if not lines or any("|" in line for line in (lines[0], lines[-1])):
        return ""  # how a table looks on its page is not to be known
    first, last = lines[0].split(), lines[-1].split()
    named = []
    if len(lines) == 1 and len(first) <= _WHOLE:
        named.append([first])
    longest = len(first) // 2 if len(lines) == 1 else _EDGE
    named += [[first[:n], last[-n:]] for n in range(min(_EDGE, longest), 0, -1)]
    for words in named:
        prefix, suffix = _around(text, start, end, " ".join(words[0]))
        directive = ",".join([*prefix, *map(_encoded, words), *suffix])
        if len(directive) <= _LONGEST_FRAGMENT:
            return directive
    return ""


def _around(text: str, start: int, end: int, words: str) -> tuple[list[str], list[str]]:
    """What stands around words that stand elsewhere as well."""
    if text.count(words) < 2:
        return [], []
    before = _plain(text[:start].rpartition("\n")[2]).split()[-_AROUND:]
    if before:
        return [f"{_encoded(before)}-"], []
    after = _plain(text[end:].partition("\n")[0]).split()[:_AROUND]
    return [], [f"-{_encoded(after)}"] if after else []


def _plain(line: str) -> str:
    """A line as its page shows it: without Markdown."""
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", line)).split())


def _encoded(words: list[str]) -> str:
    # A hyphen stays as it is in other parts of a link; here it marks what stands around.
    text = " ".join(words).encode("utf-8", "replace").decode()
    return quote(text, safe="").replace("-", "%2D")
