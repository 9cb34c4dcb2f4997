"""What a question asks to be true: «È vero che la NATO ha 31 membri?» claims that it has."""

from __future__ import annotations

import re

from retrieval.splitting import without_courtesies
from retrieval.verification.prose import read
from retrieval.verification.segments import segments

_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"(?:(?:ma|e|se)\s)?(?:è|é|e['’])\s(?:proprio\s|davvero\s)?vero\sche\s(?P<claim>[^?]+)\?*",
        r"(?:(?:ma|e|quindi|allora),?\s)*(?P<claim>[^?]+),\s?(?:è\s)?(?:vero|giusto)\s?\?+",
        r"(?:(?:but|and|if)\s)?is\sit\s(?:really\s|actually\s)?true\sthat\s(?P<claim>[^?]+)\?*",
        r"(?:(?:but|and|so),?\s)*(?P<claim>[^?]+),\s?(?:is\sthat\s)?(?:right|true|correct)\s?\?+",
    )
)
_ANOTHERS = frozenset("suo sua suoi sue loro its their his her".split())


def claimed_in(question: str) -> str:
    """Give the claim that a question asks about; "" for any other question."""
    text = " ".join(question.split())
    bare = without_courtesies(text)
    asked = f"{bare}?" if "?" in text and "?" not in bare else bare
    found = (pattern.fullmatch(asked) for pattern in _ASKED)
    return next((match["claim"].strip() for match in found if match), "")


def names_its_subject(claim: str) -> bool:
    """Tell whether a claim says what it is about: «ha 31 membri» leaves that to what was said."""
    prose = read(claim)
    parts = segments(prose)
    own = bool(parts) and parts[0].is_own
    return own and not any(token.folded in _ANOTHERS for token in prose.tokens)
