"""What is lost when a process is killed: the bot while people ask, a reload at every step."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row
from benchmarks.workshop import ROOT, SAMPLE, Workshop, opened
from bot.sandbox import NO_LIMITS, Sandbox, SandboxClient, serve
from retrieval.changes import Progress
from retrieval.embedding import LocalEmbedder
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.bot.kills import Crowd, Outcome, survive
from tests.bot.processes import BotProcess

_QUESTIONS = 50
_SEEDS = (1, 2)

_RELOAD = """
import os, signal, sys
from pathlib import Path
from retrieval.embedding import LocalEmbedder
from retrieval.reload import reload
from retrieval.settings import Settings

def die(progress):
    if f"{progress.step} {progress.done}" == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)

reload(Settings(Path(sys.argv[1]), Path(sys.argv[2])), LocalEmbedder(), die)
"""


def kills(workshop: Workshop) -> Iterator[Row]:
    """Kill the bot at random moments while it answers a few groups on a sandbox."""
    most = workshop.size.kills
    for seed in _SEEDS:
        settings = workshop.copy(SAMPLE / "sources", f"kills {seed}/docs_store")
        outcome = asyncio.run(_survive(settings.store.parent, seed, most))
        told = f"{most} kills, {_QUESTIONS} questions (seed {seed})"
        yield Row(f"{told}: lost", outcome.lost, at_most=0)
        yield Row(f"{told}: doubled", outcome.doubled, at_most=most)
        yield Row(f"{told}: in order", outcome.in_order, at_least=1)


async def _survive(folder: Path, seed: int, kills: int) -> Outcome:
    async with serve(Sandbox(flood=NO_LIMITS)) as url, SandboxClient(url) as client:
        crowd = await Crowd.gather(client, random.Random(seed))
        running = BotProcess(folder, url).running
        return await survive(crowd, running, kills=kills, questions=_QUESTIONS)


def reload_kills(workshop: Workshop) -> Iterator[Row]:
    """Kill a reload at its every step, and as often at random moments."""
    base = workshop.copy(SAMPLE / "sources", "reload kills/base")
    (base.sources / "nuovo.txt").write_text("La torre nuova è alta 77 metri.\n", "utf-8")
    # Two questions, so that it dies while they are asked too.
    lines = (SAMPLE / "questions.jsonl").read_text("utf-8").splitlines(keepends=True)
    base.questions.write_text("".join(lines[:2]), "utf-8")
    seen: list[str] = []

    def see(progress: Progress) -> None:
        seen.append(f"{progress.step} {progress.done}")

    reload(_copied(base, "unharmed"), LocalEmbedder(), see)
    steps = list(dict.fromkeys(seen))
    whole = sum(_killed_at(_copied(base, step), step) for step in steps)
    yield Row("reloads killed at a step: whole, then recovered", whole, f"of {len(steps)}",
              at_least=len(steps))  # fmt: skip
    chance, kills = random.Random(1), workshop.size.kills
    began = time.monotonic()
    _killed_after(_copied(base, "timed"), None)
    long = time.monotonic() - began
    whole = sum(
        _killed_after(_copied(base, f"random {number}"), chance.uniform(0, long))
        for number in range(kills)
    )
    yield Row("reloads killed at random: whole, then recovered", whole, f"of {kills}",
              at_least=kills)  # fmt: skip


def _copied(base: Settings, name: str) -> Settings:
    store = base.store.parent / name
    shutil.copytree(base.store, store)
    return Settings(store / "sources", store)


def _killed_at(settings: Settings, step: str) -> bool:
    arguments = [str(settings.sources), str(settings.store), step]
    done = subprocess.run(
        [sys.executable, "-c", _RELOAD, *arguments], cwd=ROOT, env=_environment(), check=False
    )
    return done.returncode == -signal.SIGKILL and _recovers(settings)


def _killed_after(settings: Settings, seconds: float | None) -> bool:
    arguments = [str(settings.sources), str(settings.store), "never"]
    command = [sys.executable, "-c", _RELOAD, *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=_environment()) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    return _recovers(settings)


def _recovers(settings: Settings) -> bool:
    """Tell whether one whole generation answers, and the next reload ends what was begun."""
    with opened(settings) as library:
        generation = library.generation
        old = library.ask("Quanti membri ha la NATO?")
        if not old.quotes or old.generation != generation:
            return False
        library.reload()
        new = library.ask("Quanto è alta la torre nuova?")
    kept = len(list((settings.store / "generations").iterdir()))
    return bool(new.quotes) and "77 metri" in new.quotes[0].text and kept == 2


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
