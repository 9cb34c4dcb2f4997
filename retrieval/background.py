"""A reload in a process of its own, so that the one that answers goes on answering."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from retrieval.changes import Changes, OnProgress, Progress
from retrieval.comparing import unchanged
from retrieval.errors import RetrievalError, StoreError
from retrieval.faults import Fault
from retrieval.freshness import note
from retrieval.reload import writing
from retrieval.settings import Settings
from retrieval.web.lists import has_lists

Message = Progress | Changes | RetrievalError
"""What the child says: progress, and at last the changes or an error."""

_ROOT = Path(__file__).resolve().parent.parent


def reload_in_child(
    settings: Settings, on_progress: OnProgress | None = None, *, rebuild: bool = False
) -> Changes:
    """Do what :func:`~retrieval.reload.reload` does, in another process.

    Where nothing has changed no process is started. Whatever ``on_progress`` raises stops the
    child and passes through: the way to cancel a reload. The child does not outlive its parent.

    Raises:
        StoreBusyError: another process is writing to this store. Raised at once.
        SourcesError: the folder is gone, unreadable, or holds nothing to index.
        RefusedError: the new generation loses more of the test questions, or of what there is,
            than it may.
        StoreError: the new generation could not be built, or the child has died.
    """
    with writing(settings.store) as generations:
        from retrieval.embedding import open_embedder  # after a refusal, which should be quick

        fingerprint = open_embedder(settings.model).fingerprint
        # Whether links lead to something new is the child's to find out, once.
        look = not rebuild and settings.asked and not has_lists(settings.sources)
        changes = unchanged(generations, settings, fingerprint) if look else None
        if changes:
            note(settings.store, generations.manifest(changes.generation).sources)
            return changes
    folders = [str(folder.absolute()) for folder in (settings.sources, settings.store)]
    limits = [str(settings.max_loss), str(settings.max_wipe), str(int(settings.asked))]
    limits.append(settings.accepted)
    mode = "rebuild" if rebuild else "update"
    # Its input says nothing, but ends when this process does, and the child with it.
    child = subprocess.Popen(  # noqa: S603  # our own module, and no shell
        [sys.executable, "-m", "retrieval.child", mode, *folders, *limits],
        env=_environment(
            {**os.environ, **settings.model.to_environment(), **settings.web.to_environment()}
        ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        try:
            return _follow(child, on_progress)
        finally:
            child.kill()


def _follow(child: subprocess.Popen[bytes], on_progress: OnProgress | None) -> Changes:
    assert child.stdout
    while True:
        try:
            message: Message = pickle.load(child.stdout)  # noqa: S301  # from our own child
        except (EOFError, pickle.UnpicklingError):
            code = child.wait()
            end = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
            english = (
                f"the process that was building the new generation {end}; the old one still "
                "answers: look at what it printed and try again"
            )
            raise StoreError(Fault("cut-short", english)) from None
        if isinstance(message, Changes):
            return message
        if isinstance(message, RetrievalError):
            raise message
        if on_progress:
            on_progress(message)


def _environment(parent: Mapping[str, str]) -> dict[str, str]:
    """The child's environment: the same code, and one thread for vector arithmetic.

    More threads than free cores make numpy many times slower, and the parent needs a core too.
    """
    path = os.pathsep.join(filter(None, (str(_ROOT), parent.get("PYTHONPATH", ""))))
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**parent, **threads, "PYTHONPATH": path}
