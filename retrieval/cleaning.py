"""What a message is written with but doesn't say: markup, and characters that nobody sees. Pure.

And «e'», which is how «è» is written where the keys for it are far.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Real tags alone, with what may stand in one: «List<String>» and «a<b and c>d» are no markup.
_ATTRIBUTES = r"""(?:\s+(?:[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s<>"']+)|expandable|open))*\s*"""
_BREAK = re.compile(
    rf"</?(?:br|hr|p|div|li|ul|ol|dl|dt|dd|table|td|th|tr|h[1-6]){_ATTRIBUTES}/?>", re.IGNORECASE
)
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|big|blockquote|body|center|cite|code|del|details|em|figure|font"
    r"|footer|head|header|html|i|img|ins|kbd|label|main|mark|nav|pre|q|s|samp|script|section|small"
    r"|span|strike|strong|style|sub|summary|sup|tbody|tg-emoji|tg-spoiler|thead|time|title|tt|u|var"
    rf"|video){_ATTRIBUTES}/?>",
    re.IGNORECASE,
)
# Around words alone: neither «snake_case» nor «2*3» is markup.
_MARKS = re.compile(r"(?<!\w)[*_~`]+(?=[\w*_~`«“\"(<])|(?<=[\w*_~`»”\")?!.>])[*_~`]{1,9}(?!\w)")
_ROUNDS = 20  # tags within tags within tags; nobody means what is nested deeper
_ACCENT = re.compile(r"\b(e|E)['’](?=\s|\Z)")


def clean(text: str) -> str:
    """Give the words of a text without HTML, Markdown, and characters that nobody sees."""
    text = _UNSEEN.sub("", text)
    for _ in range(_ROUNDS):
        bare = _MARKS.sub("", _TAG.sub("", _BREAK.sub(" ", text)))
        if bare == text:
            break
        text = bare
    return _ACCENT.sub(lambda e: "è" if e[1] == "e" else "È", text.strip())
