"""Whether the names of a claim are in its evidence, in either language. Pure."""

from __future__ import annotations

from retrieval.verification.concepts import same
from retrieval.verification.facts import Facts, facts
from retrieval.verification.names import Name
from retrieval.words import fold, is_known

_MANY = frozenset("molti molte many some nessuno tutti alcuni alcune gente people half".split())


def is_named(
    name: Name, said: Facts, shown: Facts, around: str, equals: list[tuple[int, int]]
) -> bool:
    """Tell whether the evidence has a name, and add its words there to ``equals``, in pairs.

    ``around`` is the text of the source, which may complete a name that the evidence shortens.
    """
    found = [other for other in shown.names if other.canonical == name.canonical]
    if found:
        for other in found:
            for n in range(name.first, name.last + 1):
                equals.extend((n, m) for m in range(other.first, other.last + 1))
        return True
    if name.is_known:
        return False
    token = said.prose.tokens[name.first]
    alike = [
        m
        for m, other in enumerate(shown.prose.tokens)
        if token.folded == other.folded or _same_common(token.word, other.word, other.text)
    ]
    if alike:
        equals.extend((name.first, m) for m in alike)
        return True
    if name.is_word:
        return not _is_bare_subject(name, said)
    return _completes(name, said, shown, around)


def are_topic(foreign: list[Name], said: Facts, shown: Facts, topic: str) -> bool:
    """Tell whether names are those a source is about, and stand in for none of the evidence."""
    about = {name.canonical for name in facts(topic).names} if topic else set()
    spoken = {name.canonical for name in said.names}
    in_place = all(name.canonical in spoken for name in shown.names if not name.is_word)
    return in_place and all(name.canonical in about for name in foreign)


def _same_common(word: str, other: str, written: str) -> bool:
    """Tell whether two words that may be common ones, not names, mean the same."""
    if len(word) < 3 or not same(word, other):
        return False
    return is_known(word) and (is_known(other) or written[0].islower())


def _is_bare_subject(name: Name, said: Facts) -> bool:
    """Tell whether a capital that opens a claim can hardly be a common word: «Rossi ha detto»."""
    following = said.prose.folded(name.first + 1)
    before = said.prose.text[: said.prose.tokens[name.first].start].rstrip()
    opens = not before or before[-1] in '.!?:;«“("'
    word = said.prose.folded(name.first)
    if word.endswith(("s", "body", "one", "thing")) or word in _MANY:
        return False  # what needs no article
    return opens and name.last == name.first and following in (
        "ha", "e", "aveva", "era", "fu", "sara", "dice", "disse", "has", "is", "was", "had",
        "said", "says", "will", "vuole", "wants",
    )  # fmt: skip


def _completes(name: Name, said: Facts, shown: Facts, around: str) -> bool:
    """Tell whether a name only completes one that the evidence has: «Jens» beside Stoltenberg."""
    canonical = {other.canonical for other in shown.names}
    tokens = said.prose.tokens
    for beside in (name.first - 1, name.last + 1):
        if not 0 <= beside < len(tokens) or tokens[beside].folded not in canonical:
            continue
        if not tokens[beside].text[0].isupper():
            continue
        first, last = sorted((beside, name.first))
        written = f"{tokens[first].folded} {tokens[last].folded}"
        if written in fold(around):
            return True
    return False
