"""A generation is whole and as it was built, or it is not served."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from retrieval.chunking import FINGERPRINT, chunk
from retrieval.embedding import inputs
from retrieval.errors import StoreError
from retrieval.generations import Generations
from retrieval.manifest import FORMAT, Manifest
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.sources import read_folder
from tests.retrieval.embedders import HashEmbedder

TEXTS = {
    "uno.md": "# Il primo\n\nFonte: ANSA\n\nData: 3 maggio 2023\n\nRoma è grande. Milano no.\n",
    "due.txt": "Torino sta sul Po. Napoli sta sul mare.\n\nPalermo è un'altra cosa.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``sources`` and a store of two generations."""
    root = tmp_path_factory.mktemp("built")
    (root / "sources").mkdir()
    for name, text in TEXTS.items():
        (root / "sources" / name).write_text(f"{text}\nPoi cambia.\n", encoding="utf-8")
    settings = Settings(root / "sources", root)
    reload(settings, HashEmbedder())
    for name, text in TEXTS.items():
        (root / "sources" / name).write_text(text, encoding="utf-8")
    reload(settings, HashEmbedder())
    return root


@pytest.fixture
def generations(built: Path, tmp_path: Path) -> Generations:
    """A copy of it, to damage."""
    shutil.copytree(built, tmp_path / "store")
    return Generations(tmp_path / "store")


def current_folder(generations: Generations) -> Path:
    return generations.folder / (generations.current() or "")


def edit_manifest(generations: Generations, edit: Callable[[Manifest], Manifest]) -> None:
    path = current_folder(generations) / "manifest.json"
    path.write_text(edit(Manifest.from_json(path.read_text())).to_json(), encoding="utf-8")


def test_a_generation_holds_its_sources_passages_and_vectors(
    built: Path, generations: Generations
) -> None:
    sources = {source.id: source for source in read_folder(built / "sources").sources}
    passages = [passage for name in sorted(sources) for passage in chunk(sources[name])]
    generation = generations.open_current()
    assert generation
    try:
        assert generation.id == generations.current()
        assert generation.passages == tuple(passages)
        assert {name: generation.source(name) for name in sources} == sources
        for number, passage in enumerate(passages):
            rows = HashEmbedder().encode(inputs(passage))
            np.testing.assert_allclose(generation.vectors.of(number), rows, atol=1e-3)
            assert generation.nearest(rows[0], 1)[0][0] == passage.id
        first = next(summary for summary in generation.summaries() if summary.id == "uno")
        assert (first.title, first.origin, first.date) == ("Il primo", "ANSA", "3 maggio 2023")
        assert first.content_hash == sources["uno"].content_hash
        assert (first.path, first.characters) == ("uno.md", len(TEXTS["uno.md"]))
        assert first.passages == len(chunk(sources["uno"]))
    finally:
        generation.close()


def test_unknown_names_are_key_errors(generations: Generations) -> None:
    generation = generations.open_current()
    assert generation
    try:
        with pytest.raises(KeyError):
            generation.source("nobody")
    finally:
        generation.close()


def test_passages_that_the_graph_does_not_reach_are_found_all_the_same(
    generations: Generations,
) -> None:
    whole = generations.open_current()
    assert whole
    query = HashEmbedder().encode(["una domanda"])[0]
    expected = whole.nearest(query, 10)
    strays = tuple(entry.inputs_hash for entry in whole.entries)[::2]
    whole.close()
    edit_manifest(generations, lambda manifest: dataclasses.replace(manifest, strays=strays))
    generation = generations.open_current()
    assert generation
    try:
        found = generation.nearest(query, 10)
        assert [name for name, _ in found] == [name for name, _ in expected]
        np.testing.assert_allclose([c for _, c in found], [c for _, c in expected], atol=1e-4)
        assert {whole.passages[0].id} <= set(dict(found))
        assert len(generation.nearest(query, 1)) == 1
    finally:
        generation.close()


def test_without_a_pointer_there_is_no_generation(tmp_path: Path) -> None:
    assert Generations(tmp_path).current() is None
    assert Generations(tmp_path).previous() is None
    assert Generations(tmp_path).open_current() is None


@pytest.mark.parametrize("content", [b"", b"../../etc", b"\xff\xfe", b"20260101T000000000000Z"])
def test_a_garbled_pointer_is_an_error_and_never_a_path(
    generations: Generations, content: bytes
) -> None:
    (generations.store / "current").write_bytes(content)
    with pytest.raises(StoreError, match=r"current .*retrieval index"):
        generations.open_current()


def test_a_dangling_pointer_is_an_error(generations: Generations) -> None:
    shutil.rmtree(current_folder(generations))
    with pytest.raises(StoreError, match="retrieval index"):
        generations.open_current()


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def index_file(folder: Path) -> Path:
    return max(folder.glob("chroma/*/data_level0.bin"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "manifest.json").unlink(),
        lambda folder: (folder / "manifest.json").write_text("{"),
        lambda folder: (folder / "manifest.json").write_bytes(b"\xff"),
        lambda folder: (folder / "sources.jsonl").unlink(),
        lambda folder: flip(folder / "sources.jsonl"),
        lambda folder: index_file(folder).unlink(),
        lambda folder: flip(index_file(folder)),
        lambda folder: (folder / "vectors.npy").unlink(),
        lambda folder: flip(folder / "vectors.npy"),
        lambda folder: (folder / "chroma" / "chroma.sqlite3").unlink(),
        lambda folder: (folder / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 999),
        lambda folder: shutil.rmtree(folder / "chroma"),
    ],
)
def test_a_damaged_generation_is_not_served(
    generations: Generations, damage: Callable[[Path], object]
) -> None:
    damage(current_folder(generations))
    with pytest.raises(StoreError, match="retrieval index"):
        generations.open_current()


def test_counts_that_do_not_match_are_an_error(generations: Generations) -> None:
    edit_manifest(generations, lambda manifest: dataclasses.replace(manifest, sentences=99))
    with pytest.raises(StoreError, match="not whole"):
        generations.open_current()


def test_a_manifest_under_another_name_is_an_error(generations: Generations) -> None:
    other = generations.previous()
    edit_manifest(generations, lambda manifest: dataclasses.replace(manifest, id=str(other)))
    with pytest.raises(StoreError, match="damaged"):
        generations.open_current()


def test_one_can_go_back_to_the_previous_generation(generations: Generations) -> None:
    previous = generations.previous()
    assert previous
    generations.swap(previous)
    generation = generations.open_current()
    assert generation
    try:
        assert generation.id == previous
        assert generation.source("due").text.endswith("Poi cambia.\n")
    finally:
        generation.close()


def test_tidying_up_leaves_the_current_and_the_one_before_it(generations: Generations) -> None:
    kept = {generations.current(), generations.previous()}
    later = generations.new_id()  # finished, but its swap never came
    (generations.folder / later).mkdir()
    generations.building(generations.new_id()).mkdir()
    (generations.folder / "20200101T000000000000Z-abcdef").mkdir()
    (generations.folder / "notes by a person").mkdir()
    generations.tidy()
    left = {path.name for path in generations.folder.iterdir()}
    assert left == kept | {"notes by a person"}


@pytest.mark.parametrize("pointer", [None, "garbled"])
def test_tidying_up_removes_nothing_whole_while_no_pointer_says_what_is_current(
    generations: Generations, pointer: str | None
) -> None:
    before = {path.name for path in generations.folder.iterdir()}
    generations.building(generations.new_id()).mkdir()
    if pointer:
        (generations.store / "current").write_text(pointer)
    else:
        (generations.store / "current").unlink()
    generations.tidy()
    assert {path.name for path in generations.folder.iterdir()} == before


def test_a_new_id_sorts_after_all_others_whatever_the_clock_says(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    (generations.folder / "29990101T000000000000Z-ffffff").mkdir(parents=True)
    name = generations.new_id()
    assert name > "29990101T000000000000Z-ffffff"
    (generations.folder / name).mkdir()
    assert generations.new_id() > name


def test_a_manifest_survives_json(generations: Generations) -> None:
    manifest = generations.manifest(generations.current() or "")
    assert Manifest.from_json(manifest.to_json()) == manifest
    assert manifest.misfit(HashEmbedder().fingerprint) is None
    assert manifest.chunking == FINGERPRINT


def test_another_embedder_or_chunking_is_a_misfit_with_a_reason(generations: Generations) -> None:
    manifest = generations.manifest(generations.current() or "")
    assert "another embedder" in (manifest.misfit("other/1/32") or "")
    assert "other settings" in (manifest.misfit(manifest.embedder, "other chunking") or "")


@pytest.mark.parametrize(
    "edit",
    [
        lambda values: values.pop("strays"),
        lambda values: values.update(surprise=1),
        lambda values: values.update(passages="7"),
        lambda values: values.update(passages=True),
        lambda values: values.update(files=[]),
        lambda values: values.update(files={"a": 1}),
        lambda values: values.update(strays=[1]),
        lambda values: values["sources"].append({}),
        lambda values: values["sources"][0].update(id=None),
        lambda values: values.update(sources=None),
    ],
)
def test_a_garbled_manifest_is_an_error(
    generations: Generations, edit: Callable[[dict[str, object]], object]
) -> None:
    values = json.loads((current_folder(generations) / "manifest.json").read_text())
    edit(values)
    with pytest.raises(StoreError, match="garbled"):
        Manifest.from_json(json.dumps(values))


def test_an_older_format_is_named(generations: Generations) -> None:
    values = json.loads((current_folder(generations) / "manifest.json").read_text())
    with pytest.raises(StoreError, match=f"format {FORMAT - 1}, not {FORMAT}"):
        Manifest.from_json(json.dumps(values | {"format": FORMAT - 1}))
