"""What may be shown while an answer is being written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from retrieval.types import Claim, Quote


@dataclass(frozen=True, slots=True)
class Draft:
    """As much of a written answer as nothing can take back, except that it isn't the whole.

    ``searched`` and ``follows`` are those of the answer to come. ``closest`` is the quote nearest
    to what was looked for, known before the model has said a word; ``claims`` passed verification,
    in order.
    """

    searched: str = ""
    closest: Quote | None = None
    claims: tuple[Claim, ...] = ()
    follows: str = ""


OnDraft = Callable[[Draft], None]
"""Is told of each draft, on the event loop; must not block."""
