"""The long measurements: how quick, how right, how hard to break.

    python -m benchmarks.measure [DATA] [--only NAME,…] [--json FILE]

DATA is a folder that may hold ``article/`` and ``squad-it/``: documents, and questions in the
format that `python -m retrieval evaluate` reads. Without it all is measured on the sample in
``docs_store/`` and on texts made up for it. Stores go to a temporary folder. Exits with 1 where a
target is missed.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import (
    claims,
    delivering,
    disagreement,
    documents,
    folders,
    hostile,
    kills,
    outputs,
    overhead,
    quality,
    reloading,
    scale,
    side_by_side,
    speed,
    start,
    storage,
    verbatim,
)
from benchmarks.rows import Row, table
from benchmarks.workshop import Workshop

MEASUREMENTS: dict[str, Callable[[Workshop], Iterable[Row]]] = {
    "setup": start.setup,
    "start": start.start,
    "speed": speed.speed,
    "overhead": overhead.overhead,
    "outputs": outputs.outputs,
    "quality": quality.quality,
    "verbatim": verbatim.verbatim,
    "delivering": delivering.delivering,
    "kills": kills.kills,
    "reload-kills": kills.reload_kills,
    "reload": reloading.reloading,
    "folders": folders.folders,
    "documents": documents.documents,
    "hostile": hostile.hostile,
    "storage": storage.storage,
    "disagreement": disagreement.disagreement,
    "claims": claims.claims,
    "own": quality.own_questions,
    "scale": scale.rows,
    "compare": side_by_side.rows,
}
USUAL = tuple(name for name in MEASUREMENTS if name not in ("setup", "compare"))
"""All but the one that downloads every package anew, and the one that needs others' packages."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one table; returns the exit code."""
    options = _parser().parse_args(arguments)
    if options.data and not options.data.is_dir():
        print(f"there is no folder {options.data}", file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.ERROR, format="%(message)s", stream=sys.stderr)
    rows: list[Row] = []
    with TemporaryDirectory(prefix="measure-") as folder:
        workshop = Workshop(Path(folder), options.data)
        for name in options.only:
            began = time.monotonic()
            print(f"{name} …", end="", file=sys.stderr, flush=True)
            rows += MEASUREMENTS[name](workshop)
            print(f" {time.monotonic() - began:.0f} s", file=sys.stderr)
    print(table(rows))
    if options.json:
        values = [row.to_dict() for row in rows]
        options.json.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return int(any(row.ok is False for row in rows))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.measure", description="Run the long measurements."
    )
    parser.add_argument("data", type=Path, nargs="?", metavar="DATA", help="your own questions")
    parser.add_argument(
        "--only",
        type=_names,
        default=USUAL,
        metavar="NAME,…",
        help=f"some of {', '.join(MEASUREMENTS)} (default: all but setup and compare)",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all values here")
    return parser


def _names(value: str) -> tuple[str, ...]:
    names = tuple(filter(None, value.split(",")))
    for name in names:
        if name not in MEASUREMENTS:
            raise argparse.ArgumentTypeError(f"no measurement is called {name!r}")
    return names


if __name__ == "__main__":
    sys.exit(main())
