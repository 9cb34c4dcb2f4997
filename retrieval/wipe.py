"""A guard against documents that vanish by accident: a failed sync, a folder half moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.errors import WipeError
from retrieval.source import Source, SourceSummary

_NAMED = 20


@dataclass(frozen=True, slots=True)
class Wipe:
    """What a new generation would be without.

    ``gone`` are the ids of documents whose text isn't there any more, of ``sources`` that the live
    one has; ``passages_gone`` is by how many of its ``passages`` the new one has fewer. ``titles``
    are those of ``gone``, in their order.
    """

    gone: tuple[str, ...]
    sources: int
    passages_gone: int
    passages: int
    titles: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The larger of the two shares that would be lost, from 0 to 1."""
        return max(
            len(self.gone) / max(self.sources, 1), self.passages_gone / max(self.passages, 1)
        )


def compare(
    before: Sequence[SourceSummary], after: Sequence[Source], passages: int, passages_after: int
) -> Wipe:
    """Tell what would be lost. A document that was moved is still there."""
    ids = {source.id for source in after}
    texts = {source.content_hash for source in after}
    gone = [one for one in before if one.id not in ids and one.content_hash not in texts]
    return Wipe(
        tuple(one.id for one in gone),
        len(before),
        max(passages - passages_after, 0),
        passages,
        tuple(one.title for one in gone),
    )


def require(wipe: Wipe, most: float) -> None:
    """Let a new generation pass, or not, if it loses more than the share ``most`` (0 to 1).

    Raises:
        WipeError: it does.
    """
    if wipe.share <= most:
        return
    names = ", ".join(wipe.gone[:_NAMED])
    more = f" and {len(wipe.gone) - _NAMED} more" if len(wipe.gone) > _NAMED else ""
    which = f" ({names}{more})" if names else ""
    raise WipeError(
        f"the new documents are without {len(wipe.gone)} of {wipe.sources} documents{which} and "
        f"{wipe.passages_gone} of {wipe.passages} passages, so the old ones go on answering: check "
        "that nothing is missing, or run `python -m retrieval index --force`",
        wipe,
    )
