"""What may be shown while an answer is being written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from retrieval.types import Claim, Quote


@dataclass(frozen=True, slots=True)
class Draft:
    """As much of a written answer as nothing can take back, except that it isn't the whole.

    ``searched`` is what was looked for, where the question had to be completed; ``closest`` the
    quote nearest to it, known before the model has said a word; ``claims`` passed verification,
    in order.
    """

    searched: str = ""
    closest: Quote | None = None
    claims: tuple[Claim, ...] = ()


OnDraft = Callable[[Draft], None]
"""Is told of each draft, on the event loop; must not block."""
