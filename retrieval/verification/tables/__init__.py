"""Words that mean the same, or the opposite, in Italian and English: read at first use.

One meaning a line. In ``names`` and ``words`` all forms of a line stand for each other; in
``opposites`` those on one side of a «/» contradict those on the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from retrieval.words import fold


def lines(table: str) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Read a table: for each line its sides, for each side its folded words."""
    text = files(__name__).joinpath(f"{table}.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield tuple(
                tuple(fold(word.strip()) for word in side.replace("|", ",").split(","))
                for side in line.split(" / ")
            )


@cache
def names() -> dict[str, str]:
    """Give each known name its canonical one: the first of its line."""
    found = {form: forms[0] for (forms,) in lines("names") for form in reversed(forms)}
    for form, canonical in tuple(found.items()):
        for other in _inflected(form):
            found.setdefault(other, canonical)
    return found


def _inflected(form: str) -> Iterator[str]:
    """Yield what an Italian adjective may be, besides: «francese», «francesi»."""
    if " " in form or len(form) < 6:
        return
    if form.endswith("co"):
        yield from (form[:-1] + "a", form[:-1] + "i", form[:-1] + "hi", form[:-1] + "he")
    elif form.endswith("o"):
        yield from (form[:-1] + "a", form[:-1] + "i", form[:-1] + "e")
    elif form.endswith(("ese", "ale", "ole", "are")):
        yield form[:-1] + "i"
