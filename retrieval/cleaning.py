"""What a message is written with but doesn't say: markup, and characters that nobody sees. Pure.

And «e'», which is how «è» is written where the keys for it are far.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BREAK = re.compile(r"</?(?:br|p|div|li|ul|ol|td|tr|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
# Around words alone: neither «snake_case» nor «2*3» is markup.
_MARKS = re.compile(r"(?<!\w)[*_~`]+(?=[\w*_~`«“\"(<])|(?<=[\w*_~`»”\")?!.>])[*_~`]+(?!\w)")
_ACCENT = re.compile(r"\b(e|E)['’](?=\s|\Z)")


def clean(text: str) -> str:
    """Give the words of a text without HTML, Markdown, and characters that nobody sees."""
    text = _UNSEEN.sub("", text)
    while (bare := _MARKS.sub("", _TAG.sub("", _BREAK.sub(" ", text)))) != text:
        text = bare
    return _ACCENT.sub(lambda e: "è" if e[1] == "e" else "È", text.strip())
