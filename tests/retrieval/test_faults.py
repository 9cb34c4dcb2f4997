"""What is wrong has a code wherever it is found, and comes through to who words it."""

from __future__ import annotations

import ast
import errno
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval
from retrieval import errors
from retrieval.changes import Skipped
from retrieval.errors import RetrievalError, SourceError, StoreBusyError, StoreError
from retrieval.faults import VALUES, Fault, FaultError, unreadable, unwritable

ROOT = Path(retrieval.__file__).parent
READING = sorted(
    path
    for folder in ("sources", "web")
    for path in (ROOT / folder).glob("*.py")
    if path.name != "apart.py"  # whose own mishaps are put into words in one place
)


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
            yield node


def is_error(kind: object) -> TypeGuard[type[RetrievalError]]:
    return isinstance(kind, type) and issubclass(kind, RetrievalError)


def test_every_fault_that_is_made_has_a_code_and_exactly_its_values() -> None:
    made = {unwritable(OSError(number, "no"), "").code for number in (errno.ENOSPC, errno.EROFS)}
    made |= {kind.code for kind in vars(errors).values() if is_error(kind)}
    for path in ROOT.rglob("*.py"):
        for call in calls(path, "Fault"):
            code = call.args[0]
            if isinstance(code, ast.Constant):
                values = {keyword.arg for keyword in call.keywords}
                assert values == VALUES[str(code.value)], ast.unparse(call)
                made.add(str(code.value))
            else:
                assert path.name in ("faults.py", "errors.py"), ast.unparse(call)
    assert made == VALUES.keys()


@pytest.mark.parametrize("path", READING, ids=lambda path: path.name)
def test_nothing_that_is_read_is_refused_without_a_code(path: Path) -> None:
    kinds = ("ValueError", "SourceError", "LinkError", "SourcesError", "FetchError", "FaultError")
    for call in calls(path, *kinds):
        for said in call.args:
            assert not isinstance(said, ast.JoinedStr | ast.Constant), ast.unparse(call)


def test_a_fault_and_an_error_of_it_survive_the_way_from_another_process() -> None:
    cause = Fault("not-there", "it is not there (404)", status="404")
    fault = Fault("kept", "it stays", cause=cause, day="2026-11-21")
    skipped = Skipped("https://a.example/", fault)
    assert pickle.loads(pickle.dumps(skipped)) == skipped
    for kind in (StoreError, SourceError, FaultError):
        error = pickle.loads(pickle.dumps(kind(fault)))
        assert (type(error), error.fault, str(error)) == (kind, fault, "it stays")


def test_an_error_made_of_a_message_alone_has_the_code_of_its_kind() -> None:
    assert RetrievalError("no").fault == Fault("failed", "no")
    assert RetrievalError().fault == Fault("failed", "")
    assert StoreError("no").fault == Fault("store", "no")
    assert StoreBusyError("no").fault == Fault("busy", "no")


def test_a_full_disk_is_told_from_one_that_refuses() -> None:
    assert unwritable(OSError(errno.ENOSPC, "No space left"), "no").code == "disk-full"
    assert unwritable(OSError(errno.EDQUOT, "Quota exceeded"), "no").code == "disk-full"
    assert unwritable(PermissionError(errno.EACCES, "Denied"), "no").code == "unwritable"


def test_whatever_keeps_a_file_from_being_read_has_a_code() -> None:
    fault = Fault("password", "it is protected")
    assert unreadable(FaultError(fault)) is fault
    denied = unreadable(PermissionError(errno.EACCES, "Permission denied", "/srv/secret.txt"))
    assert (denied.code, str(denied)) == ("unreadable", "it cannot be read: permission denied")
    assert unreadable(ValueError("odd")).code == "damaged"


@pytest.mark.parametrize("code", [code for code, names in VALUES.items() if "cause" not in names])
def test_a_fault_comes_through_as_json(code: str) -> None:
    fault = Fault(code, "it is so", **dict.fromkeys(sorted(VALUES[code]), 20))
    assert Fault.from_dict(fault.to_dict()) == fault


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(
    anything | st.fixed_dictionaries({"code": anything, "english": anything, "values": anything})
)
def test_what_is_no_fault_is_not_taken_for_one(said: Any) -> None:
    with pytest.raises(ValueError, match="not a fault"):
        Fault.from_dict(said)


@given(english=anything, suffix=anything)
def test_what_a_reader_says_is_cut_to_what_a_message_holds(english: Any, suffix: Any) -> None:
    said = {"code": "not-installed", "english": english, "values": {"suffix": suffix}}
    fault = Fault.from_dict(said)
    [(_, value)] = fault.values
    assert isinstance(value, str) or 0 <= int(str(value)) < 1_000_000
    assert max(len(str(fault)), len(str(value))) <= 1_000
