"""A reload in another process: the same outcome, typed, and no harm when either of the two dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.background import reload_in_child
from retrieval.changes import Progress, Step
from retrieval.embedding import LocalEmbedder
from retrieval.errors import RegressionError, SourcesError, StoreBusyError, StoreError
from retrieval.generations import Generations
from retrieval.locking import Lock, LockHeldError
from retrieval.regression import Regression
from retrieval.reload import reload
from retrieval.settings import Settings

QUESTIONS = """
{"id": "q1", "question": "Quale città è la capitale?", "answers": ["Roma"], "source": "a"}
{"id": "q2", "question": "Dove sta Torino?", "answers": ["sul Po"], "source": "a"}
"""
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text("Roma è la capitale. Torino sta sul Po.\n")
    (tmp_path / "sources" / "scan.pdf").write_bytes(b"%PDF")
    (tmp_path / "questions.jsonl").write_text(QUESTIONS, "utf-8")
    return Settings(tmp_path / "sources", tmp_path)


def is_free(store: Path) -> bool:
    """Tell whether the store's writer is gone, waiting for its end a little."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            with Lock(store / "writer.lock"):
                return True
        except LockHeldError:
            time.sleep(0.02)
    return False


def test_a_child_builds_reports_and_starts_only_where_something_has_changed(
    settings: Settings,
) -> None:
    seen: list[Progress] = []
    changes = reload_in_child(settings, seen.append)
    assert (changes.added, changes.embedded, changes.swapped) == (("a",), 1, True)
    assert [file.path for file in changes.skipped] == ["scan.pdf"]
    assert list(dict.fromkeys(progress.step for progress in seen)) == [
        step for step in Step if step is not Step.FETCHING
    ]
    assert changes.regression == Regression(asked=2, passed=2)
    generation = Generations(settings.store).open_current()
    assert generation
    try:
        assert generation.manifest.embedder == LocalEmbedder().fingerprint
        assert generation.passages[0].text.startswith("Roma")
    finally:
        generation.close()
    seen.clear()
    again = reload_in_child(settings, seen.append)
    assert (again.generation, again.swapped, again.unchanged) == (changes.generation, False, 1)
    assert seen == []


def test_errors_come_back_as_what_they_are(settings: Settings) -> None:
    (settings.sources / "a.txt").write_text("***\n\n---\n")  # text, but not a sentence
    with pytest.raises(SourcesError, match="not one sentence"):
        reload_in_child(settings)
    (settings.sources / "a.txt").unlink()
    with pytest.raises(SourcesError, match=r"scan\.pdf"):
        reload_in_child(settings)
    with (
        Lock(settings.store / "writer.lock"),
        pytest.raises(StoreBusyError, match=f"{os.getpid()}"),
    ):
        reload_in_child(settings)


def test_questions_lost_come_back_as_an_error_unless_they_are_accepted(
    settings: Settings, local_embedder: LocalEmbedder
) -> None:
    good = reload(settings, local_embedder).generation
    (settings.sources / "a.txt").write_text("Milano è ricca.\n", "utf-8")
    with pytest.raises(RegressionError, match="index --force") as caught:
        reload_in_child(settings)
    assert [question.id for question in caught.value.regression.lost] == ["q1", "q2"]
    assert Generations(settings.store).current() == good
    changes = reload_in_child(replace(settings, accepted=caught.value.documents))
    assert changes.swapped
    assert changes.regression == caught.value.regression


def test_a_killed_child_is_an_error_and_changes_nothing(settings: Settings) -> None:
    def kill(progress: Progress) -> None:
        owner = Lock(settings.store / "writer.lock").owner()
        if progress.step is Step.EMBEDDING and owner:
            os.kill(owner.pid, signal.SIGTERM)

    with pytest.raises(StoreError, match="the process that was building") as caught:
        reload_in_child(settings, kill)
    assert caught.value.fault.code == "cut-short"
    assert Generations(settings.store).current() is None
    assert is_free(settings.store)


def test_what_progress_raises_stops_the_child_and_passes_through(settings: Settings) -> None:
    class CancelledError(Exception):
        pass

    def cancel(_: Progress) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        reload_in_child(settings, cancel)
    assert is_free(settings.store)
    assert Generations(settings.store).current() is None


PARENT = """
import sys
from pathlib import Path
from retrieval.background import reload_in_child
from retrieval.settings import Settings

def wait(progress):
    print("started", flush=True)
    sys.stdin.read()

reload_in_child(Settings(Path(sys.argv[1]), Path(sys.argv[2])), wait)
"""


def test_a_child_does_not_outlive_its_parent(settings: Settings) -> None:
    # Enough to be at it for a while, if it were not stopped.
    for number in range(300):
        text = "\n".join(f"La frase numero {number * 20 + line}." for line in range(20))
        (settings.sources / f"{number}.txt").write_text(text)
    command = [sys.executable, "-c", PARENT, str(settings.sources), str(settings.store)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline().strip() == b"started"
        parent.kill()
    assert is_free(settings.store)
    assert Generations(settings.store).current() is None
