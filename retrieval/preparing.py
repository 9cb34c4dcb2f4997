"""What is done for a library to open: build what isn't there, or can't be served."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from retrieval.comparing import unchanged
from retrieval.errors import RefusedError, SourcesError, StoreError
from retrieval.reload import reload

if TYPE_CHECKING:
    from retrieval.changes import Changes, OnProgress
    from retrieval.embedding import Embedder
    from retrieval.keeping import Keeper
    from retrieval.settings import Settings

logger = logging.getLogger(__name__)


def prepare(
    keeper: Keeper,
    settings: Settings,
    embedder: Embedder,
    on_progress: OnProgress | None = None,
    *,
    up_to_date: bool = False,
    in_background: bool = False,
) -> Changes | None:
    """Have the current generation lent out, as :meth:`Library.open` says; returns what was built.

    Raises:
        StoreBusyError, StoreError, ModelError, SourcesError: see there.
    """
    misfit = _misfit(keeper)
    if keeper.damage and in_background:
        keeper.mend()
        return None
    if misfit:
        logger.warning("building the store anew: %s", misfit)
    changes = None
    try:
        if up_to_date and not (misfit or keeper.damage):
            # Looking needs no lock, so that many may ask at once.
            changes = unchanged(keeper.generations, settings, embedder.fingerprint)
            if changes:
                return changes
        if up_to_date or keeper.damage or not keeper.generation:
            changes = reload(settings, embedder, on_progress, rebuild=bool(misfit))
    except SourcesError as error:
        if up_to_date:
            raise
        logger.warning("no sources yet: %s", error)
        return None
    except RefusedError as error:
        logger.warning("%s", error)
    keeper.follow()
    return changes


def _misfit(keeper: Keeper) -> str:
    """Open the current generation if it can be served, and say why not if it can't."""
    try:
        keeper.follow()
    except StoreError as error:
        return str(error)
    return ""
