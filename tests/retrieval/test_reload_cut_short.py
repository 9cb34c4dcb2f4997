"""Whatever ends a reload early, an error or a kill, leaves the old generation answering."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from retrieval.changes import Progress, Step
from retrieval.errors import SourcesError
from retrieval.generations import Generations
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.reloads import (
    assert_as_from_scratch,
    generation_names,
    live,
    with_questions,
    write,
    written,
)

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return written(tmp_path)


@pytest.fixture
def tested(tmp_path: Path) -> Settings:
    return with_questions(written(tmp_path))


def test_an_embedder_that_fails_leaves_the_old_generation_and_no_rubbish(
    settings: Settings,
) -> None:
    class Failing(HashEmbedder):
        def encode(self, texts: object) -> np.ndarray:
            raise RuntimeError("out of memory")

    good = reload(settings, HashEmbedder()).generation
    (settings.sources / "a.txt").write_text("Altro.")
    with pytest.raises(RuntimeError, match="out of memory"):
        reload(settings, Failing())
    assert generation_names(settings) == [good]
    assert Generations(settings.store).current() == good


def test_a_folder_that_vanishes_while_it_is_read_removes_nothing(settings: Settings) -> None:
    write(settings.sources, {f"{number}.txt": f"Frase {number}.\n" for number in range(10)})
    before = reload(settings, HashEmbedder())

    def vanish(progress: Progress) -> None:
        if (progress.step, progress.done) == (Step.READING, 3):
            shutil.rmtree(settings.sources)

    with pytest.raises(SourcesError, match=r"3\.txt has vanished"):
        reload(settings, HashEmbedder(), vanish)
    assert Generations(settings.store).current() == before.generation


def test_a_test_that_is_cut_short_leaves_no_rubbish(tested: Settings) -> None:
    class StoppedError(Exception):
        pass

    def stop(progress: Progress) -> None:
        if (progress.step, progress.done) == (Step.TESTING, 1):
            raise StoppedError

    good = reload(tested, HashEmbedder()).generation
    (tested.sources / "a.txt").write_text("Altro.", "utf-8")
    with pytest.raises(StoppedError):
        reload(tested, HashEmbedder(), stop)
    assert Generations(tested.store).current() == good
    assert generation_names(tested) == [good]


RELOAD_AND_DIE = """
import os, signal, sys
from pathlib import Path
import chromadb, retrieval.shelf  # once, for all the processes below
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.words import is_known
from tests.retrieval.embedders import HashEmbedder

is_known("qwerty")  # in neither dictionary, so both are read

sources, *stores = map(Path, sys.argv[1:])
for store in stores:
    if child := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        continue

    def die(progress):
        if f"{progress.step} {progress.done}" == store.name:
            os.kill(os.getpid(), signal.SIGKILL)

    reload(Settings(sources, store), HashEmbedder(), die)
    os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no kill -9 there")
def test_kill_9_at_any_step_leaves_a_whole_generation_and_the_next_reload_recovers(
    tested: Settings, tmp_path: Path
) -> None:
    settings = tested
    old = reload(settings, HashEmbedder()).generation
    (settings.sources / "a.txt").write_text("Altro testo, nuovo.\n")
    seen: list[Progress] = []
    shutil.copytree(settings.store, tmp_path / "unharmed")
    reload(Settings(settings.sources, tmp_path / "unharmed"), HashEmbedder(), seen.append)
    moments = [f"{progress.step} {progress.done}" for progress in seen]
    assert "testing 2" in moments
    stores = [tmp_path / moment for moment in moments]
    for store in stores:
        shutil.copytree(settings.store, store)
    command = [sys.executable, "-c", RELOAD_AND_DIE, str(settings.sources), *map(str, stores)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.split() == [str(-signal.SIGKILL)] * len(moments)
    for moment, store in zip(moments, stores, strict=True):
        killed = Settings(settings.sources, store)
        was_swapped = moment in ("swapping 1", "swapping 2")
        with live(killed) as generation:
            assert (generation.id != old) == was_swapped, moment
            assert ("nuovo" in generation.source("a").text) == was_swapped
        assert reload(killed, HashEmbedder()).swapped != was_swapped
        assert_as_from_scratch(killed)
        assert len(generation_names(killed)) == 2


RELOAD_ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from retrieval.errors import StoreError
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.retrieval.embedders import HashEmbedder

resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    reload(Settings(*map(Path, sys.argv[1:])), HashEmbedder())
except StoreError:
    sys.exit(3)
"""


@pytest.mark.skipif(os.name == "nt", reason="no limits there")
def test_a_full_disk_fails_the_reload_and_leaves_nothing_behind(settings: Settings) -> None:
    good = reload(settings, HashEmbedder()).generation
    for number in range(200):
        (settings.sources / f"{number}.txt").write_text(f"La stanza {number} è chiusa.\n", "utf-8")
    command = [sys.executable, "-c", RELOAD_ON_A_FULL_DISK]
    done = subprocess.run(
        [*command, str(settings.sources), str(settings.store)], cwd=ROOT, check=False
    )
    assert done.returncode == 3
    assert generation_names(settings) == [good]
    assert Generations(settings.store).current() == good
    with live(settings) as generation:
        assert generation.source("a").text.startswith("Roma")


RELOAD_INTO_TWELVE_MEGABYTES = """
import sys
from contextlib import closing
from pathlib import Path
from retrieval.errors import StoreError
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.retrieval.embedders import HashEmbedder

settings = Settings(*map(Path, sys.argv[1:]))
(settings.sources / "roma.txt").write_text("Roma è la capitale. Conta 31 rioni.", "utf-8")
reload(settings, HashEmbedder())
with closing(Library(settings, HashEmbedder(), Ranker.load())) as library:

    def answer():
        library.refresh()
        found = library.ask("Quanti rioni conta la capitale?")
        return found.generation, [quote.text for quote in found.quotes]

    there, good = sorted(settings.store.rglob("*")), answer()
    assert good[1][0] == "Conta 31 rioni.", good
    for number in range(200):
        text = f"La stanza {number} è chiusa a chiave. " * 900
        (settings.sources / f"{number}.txt").write_text(text, "utf-8")
    try:
        reload(settings, HashEmbedder())
    except StoreError as error:
        assert sorted(settings.store.rglob("*")) == there
        assert answer() == good
        print(error)
"""


def test_a_file_system_of_12_mb_that_is_full_keeps_the_answers_it_gave(tmp_path: Path) -> None:
    sources, store = tmp_path / "sources", tmp_path / "store"
    sources.mkdir()
    store.mkdir()
    mounted = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    mount = f"mount -t tmpfs -o size=12m tmpfs '{store}'"
    if (
        not shutil.which("unshare")
        or subprocess.run([*mounted, mount], check=False, capture_output=True).returncode
    ):
        pytest.skip("no file system can be mounted here: the test above has a limit instead")
    script = tmp_path / "script.py"
    script.write_text(RELOAD_INTO_TWELVE_MEGABYTES, "utf-8")
    done = subprocess.run(
        [*mounted, f"{mount} && '{sys.executable}' '{script}' '{sources}' '{store}'"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "cannot be written" in done.stdout
