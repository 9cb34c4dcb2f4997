"""What a question asks to be true: «È vero che la NATO ha 31 membri?» claims that it has."""

from __future__ import annotations

import re

_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"(?:ma\s)?(?:è|é|e['’])\s(?:proprio\s|davvero\s)?vero\sche\s(?P<claim>[^?]+)\?*",
        r"(?P<claim>[^?]+),\s?(?:è\s)?(?:vero|giusto)\s?\?+",
        r"(?:but\s)?is\sit\s(?:really\s|actually\s)?true\sthat\s(?P<claim>[^?]+)\?*",
        r"(?P<claim>[^?]+),\s?(?:is\sthat\s)?(?:right|true|correct)\s?\?+",
    )
)


def claimed_in(question: str) -> str:
    """Give the claim that a question asks about; "" for any other question."""
    text = " ".join(question.split())
    found = (pattern.fullmatch(text) for pattern in _ASKED)
    return next((match["claim"].strip() for match in found if match), "")
