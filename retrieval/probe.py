"""Tries a generation in a process of its own: a damaged index may end the one that searches it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from retrieval.errors import DamagedError, StoreError

_SECONDS = 600


def main() -> int:
    """Open the generation that the command line names, and let it find its first passage."""
    from retrieval.generations import Generations
    from retrieval.vectors import widen

    store, name = sys.argv[1:]
    try:
        with closing(Generations(Path(store)).open(name)) as generation:
            found = generation.nearest(widen(generation.vectors.passages[:1])[0], 1)
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0 if found else 1


def probe(store: Path, generation: str) -> None:
    """See that a generation can be opened and searched, whatever that does to a process.

    Raises:
        DamagedError: it can't.
    """
    root = Path(__file__).resolve().parent.parent
    try:
        done = subprocess.run(  # noqa: S603  # our own module, and no shell
            [sys.executable, "-m", "retrieval.probe", str(store.absolute()), generation],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        english = f"generation {generation} can't be searched within {_SECONDS} s"
        raise DamagedError(english) from None
    if done.returncode:
        reason = done.stderr.strip().rpartition("\n")[2] or f"it ended with {done.returncode}"
        raise DamagedError(f"generation {generation} can't be searched: {reason}")


if __name__ == "__main__":
    sys.exit(main())
