"""How long it takes from nothing to the first cited answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.rows import Row
from benchmarks.workshop import ROOT, SAMPLE, Workshop


def setup(workshop: Workshop) -> Iterator[Row]:
    """Make the environment and run, in a copy of the repository with empty package caches."""
    copy = workshop.folder / "clone"
    left = ("*[._]cache", ".venv", ".env", ".git", "__pycache__", "var", "generations", "current")
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*left))
    caches = {
        name: str(workshop.folder / "caches" / name) for name in ("UV_CACHE_DIR", "PIP_CACHE_DIR")
    }
    began = time.perf_counter()
    subprocess.run(["make", "setup"], cwd=copy, env={**os.environ, **caches}, check=True)  # noqa: S607
    made = time.perf_counter() - began
    yield Row("make setup, nothing cached", made, "s")
    answered = _first_answer(["make", "run"], copy, {**_without_token(), **caches})
    yield Row("make setup and run to the first answer", made + answered, "s", at_most=120)


def start(workshop: Workshop) -> Iterator[Row]:
    """Start the bot without a token, with and without a store."""
    folder = workshop.folder / "start"
    shutil.copytree(SAMPLE / "sources", folder / "docs_store" / "sources")
    command = [sys.executable, "-m", "bot"]
    environment = {**_without_token(), "PYTHONPATH": str(ROOT)}
    first = _first_answer(command, folder, environment)
    yield Row("bot to the first answer, no store yet", first, "s")
    times = [_first_answer(command, folder, environment) for _ in range(workshop.size.repeats)]
    name = f"bot to the first answer, median of {len(times)}"
    yield Row(name, median(times), "s", at_most=8)


def _without_token() -> dict[str, str]:
    ours = ("TELEGRAM_", "ADMIN_", "DOCS_STORE", "STATE_URL", "LOG_LEVEL", "PYTHONPATH")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)}


def _first_answer(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """Give the seconds until a cited passage is on standard output."""
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout
        try:
            for line in process.stdout:
                if line.startswith("[1]"):
                    return time.perf_counter() - began
        finally:
            process.terminate()
            process.stdout.read()  # what it still had to say
    raise RuntimeError(f"{' '.join(command)} ended without an answer; it said why above")
