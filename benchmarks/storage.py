"""What a store withstands: any row of changes, damage to any file, a full disk, many reloads."""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.rows import Row
from benchmarks.workshop import ROOT, Workshop
from retrieval import building
from retrieval.errors import StoreError
from retrieval.generation import Generation
from retrieval.generations import Generations
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.keeping import DAMAGES

_SEQUENCES = 200
_RELOADS = 50
_FULL = """
import resource, sys
from pathlib import Path
from retrieval.errors import StoreError
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.retrieval.embedders import HashEmbedder

limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    reload(Settings(Path(sys.argv[1]) / "sources", Path(sys.argv[1])), HashEmbedder())
except StoreError as error:
    print(error)
    sys.exit(3)
"""


def storage(workshop: Workshop) -> Iterator[Row]:
    """Give rows for each of the four, their limits as targets."""
    folder = workshop.folder / "storage"
    yield Row(
        f"{_SEQUENCES} rows of changes: not as from scratch",
        sum(not _ends_alike(folder / f"row-{n}", n) for n in range(_SEQUENCES)),
        at_most=0,
    )
    yield from _damage(folder / "damage")
    yield from _full(folder / "full")
    yield from _many(folder / "many")


def _write(settings: Settings, name: str, text: str) -> None:
    settings.sources.mkdir(parents=True, exist_ok=True)
    (settings.sources / name).write_text(text, "utf-8")


def _ends_alike(folder: Path, seed: int) -> bool:
    """Add, edit, rename, delete and reload at random, and compare with a store built afresh."""
    chance = random.Random(seed)  # it hides nothing
    settings = Settings(folder / "sources", folder).forced()
    with patch.object(building, "FEW", chance.choice((0, 3, building.FEW))):
        for _ in range(chance.randint(2, 5)):
            for _ in range(chance.randint(1, 4)):
                _change(settings, chance)
            _write(settings, "sempre.txt", f"Il numero del giorno è {chance.random()}.\n")
            reload(settings, HashEmbedder())
    scratch = Settings(settings.sources, folder / "scratch")
    reload(scratch, HashEmbedder())
    with closing(_live(settings)) as one, closing(_live(scratch)) as other:
        query = HashEmbedder().encode(["una domanda"])[0]
        alike = (
            one.entries == other.entries
            and [s.id for s in one.summaries()] == [s.id for s in other.summaries()]
            and np.array_equal(one.vectors.passages, other.vectors.passages)
            and np.array_equal(one.vectors.sentences, other.vectors.sentences)
            and [n for n, _ in one.nearest(query, 9)] == [n for n, _ in other.nearest(query, 9)]
        )
    shutil.rmtree(folder)
    return alike


def _change(settings: Settings, chance: random.Random) -> None:
    name = f"{chance.randint(0, 5)}.txt"
    there = sorted(settings.sources.glob("[0-9].txt"))
    match chance.choice(("write", "delete", "rename") if there else ("write",)):
        case "write":
            sentences = (f"La stanza {chance.randint(0, 9)} è chiusa." for _ in range(4))
            _write(settings, name, "\n\n".join(sentences))
        case "delete":
            chance.choice(there).unlink()
        case _:
            chance.choice(there).replace(settings.sources / name)


def _live(settings: Settings) -> Generation:
    generation = Generations(settings.store).open_current()
    assert generation
    return generation


def _two(folder: Path) -> Settings:
    """A store of two generations, the first with another number."""
    settings = Settings(folder / "sources", folder)
    for number in (30, 31):
        _write(settings, "roma.txt", f"Roma è la capitale. Conta {number} rioni.\n")
        reload(settings, HashEmbedder())
    return settings


def _damage(folder: Path) -> Iterator[Row]:
    """Damage every file in every way; ask at once, from the generation before."""
    settings = _two(folder)
    current = settings.store / "generations" / str(Generations(settings.store).current())
    files = [path for path in current.rglob("*") if path.is_file() and path.stat().st_size]
    wrong, slowest = 0, 0.0
    for path in files:
        whole = path.read_bytes()
        for damage in DAMAGES.values():
            damage(path)
            began = time.perf_counter()
            with closing(Library(settings, HashEmbedder(), Ranker.load())) as library:
                library.refresh()
                quotes = library.ask("Quanti rioni conta la capitale?").quotes
            slowest = max(slowest, time.perf_counter() - began)
            wrong += not (quotes and "30 rioni" in quotes[0].text)
            path.write_bytes(whole)
    yield Row(f"{len(files)} files damaged in {len(DAMAGES)} ways: wrong answers", wrong, at_most=0)
    yield Row("damaged: until the one before answers, the slowest", slowest, "s", at_most=10)


def _full(folder: Path) -> Iterator[Row]:
    """Let a reload meet the largest size of a file, at one size after the other."""
    settings = _two(folder)
    before = sorted(path.name for path in (settings.store / "generations").iterdir())
    for number in range(300):
        _write(settings, f"{number}.txt", f"La stanza {number} è chiusa a chiave.\n" * 3)
    unclean = refused = 0
    for limit in (1_000, 20_000, 60_000, 120_000, 250_000):
        done = subprocess.run(  # our own code, and no shell
            [sys.executable, "-c", _FULL, str(folder), str(limit)], cwd=ROOT, check=False
        )
        after = sorted(path.name for path in (settings.store / "generations").iterdir())
        refused += done.returncode == 3
        unclean += done.returncode == 3 and after != before
        unclean += done.returncode not in (0, 3)
        before = after
    yield Row("file sizes at which a disk was full: reloads refused", refused, at_least=3)
    yield Row("… that left something behind, or ended otherwise", unclean, at_most=0)


def _many(folder: Path) -> Iterator[Row]:
    """Reload many times while a library follows, and look at what grows."""
    settings = _two(folder)
    with closing(Library(settings, HashEmbedder(), Ranker.load())) as library:
        library.refresh()
        seen: list[tuple[int, int]] = []
        for number in range(_RELOADS):
            _write(settings, "roma.txt", f"Roma è la capitale. Conta {number} rioni.\n")
            reload(settings, HashEmbedder())
            library.refresh()
            library.ask("Quanti rioni conta la capitale?")
            seen.append((_open_files(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
    left = len(list((settings.store / "generations").iterdir()))
    half = len(seen) // 2
    yield Row(f"{_RELOADS} reloads: generations left", left, at_most=2)
    yield Row("… open files gained in the second half", seen[-1][0] - seen[half][0], at_most=5)
    grown = (seen[-1][1] - seen[half][1]) / 1e3
    yield Row("… memory at most, gained in the second half", grown, "MB", at_most=20)


def _open_files() -> int:
    try:
        return len(list(Path("/proc/self/fd").iterdir()))
    except OSError as error:
        raise StoreError("open files are counted by /proc") from error
