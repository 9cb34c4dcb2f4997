"""No file breaks the reader, stalls it, or makes it do anything but read."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval.sources.apart import Apart, Limits

TABLE = b"Citt\xc3\xa0;Abitanti\nTokyo;14 milioni\n"
ROOT = Path(__file__).parent.parent.parent.parent
Worker = Callable[[str], tuple[str, ...]]


@pytest.fixture
def apart() -> Iterator[Apart]:
    with Apart() as reader:
        yield reader


@pytest.fixture
def worker(tmp_path: Path) -> Worker:
    """A worker that runs some code where it should read a file."""

    def write(code: str) -> tuple[str, ...]:
        path = tmp_path / "worker.py"
        path.write_text(
            "import os, socket, subprocess, sys\n"
            "from retrieval.sources import kinds, worker\n"
            "from retrieval.sources.document import Document\n"
            f"def read(data):\n    {code}\n"
            "    return Document(str(value))\n"
            "kinds.READERS = {'.x': read}\n"
            "worker.main()\n",
            "utf-8",
        )
        return (str(path),)

    return write


def is_gone(pid: int, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":  # nobody is left who would ask how it ended
            return True
        time.sleep(0.02)
    return False


def test_one_worker_reads_many_files(apart: Apart) -> None:
    assert apart.read(".csv", TABLE).text == "Città: Tokyo · Abitanti: 14 milioni\n"
    first = apart.worker
    with pytest.raises(ValueError, match="not an XLSX workbook"):
        apart.read(".xlsx", b"no workbook")
    apart.read(".csv", TABLE)
    assert first == apart.worker


def test_a_worker_that_was_killed_is_replaced(apart: Apart) -> None:
    apart.read(".csv", TABLE)
    assert apart.worker
    os.kill(apart.worker, signal.SIGTERM)
    assert is_gone(apart.worker)
    assert apart.read(".csv", TABLE).text


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(worker: Worker) -> None:
    endless = worker("while data == b'endless': pass\n    value = 'Fatto.'")
    with Apart(Limits(seconds=2), endless) as reader:
        assert reader.read(".x", b"x").text == "Fatto."
        with pytest.raises(ValueError, match="longer than 2 s to read: split it"):
            reader.read(".x", b"endless")
        assert reader.read(".x", b"x").text == "Fatto."


def test_a_file_that_takes_too_much_memory_is_given_up_and_the_next_is_read(worker: Worker) -> None:
    greedy = worker("value = 'Fatto.' if data == b'x' else 'x' * 600_000_000")
    with Apart(worker=greedy) as reader:
        with pytest.raises(ValueError, match="more than 512 MB of memory to read: split it"):
            reader.read(".x", b"greedy")
        assert reader.read(".x", b"x").text == "Fatto."


def test_a_file_that_breaks_the_reader_is_given_up_and_the_next_is_read(worker: Worker) -> None:
    breaking = worker("value = 'Fatto.' if data == b'x' else os.abort()")
    with Apart(worker=breaking) as reader:
        with pytest.raises(ValueError, match=r"broke the reader \(signal 6\): open it and save"):
            reader.read(".x", b"breaking")
        assert reader.read(".x", b"x").text == "Fatto."


@pytest.mark.parametrize(
    "code",
    [
        "value = socket.socket()",
        "value = socket.getaddrinfo('example.org', 80)",
        "value = subprocess.run(['true'])",
        "value = os.system('true')",
        "value = os.fork()",
        "value = os.kill(os.getppid(), 9)",
        "value = open('written', 'w')",
        "value = os.open('written', os.O_CREAT | os.O_WRONLY)",
        "value = os.remove(sys.argv[0])",
        "value = os.rename(sys.argv[0], sys.argv[0] + '.txt')",
        "import ctypes\n    value = ctypes.CDLL(None)",
    ],
)
def test_reading_reaches_no_network_no_process_and_writes_nothing(
    worker: Worker, code: str
) -> None:
    with Apart(worker=worker(code)) as reader, pytest.raises(ValueError, match="PermissionError"):
        reader.read(".x", b"")


def test_the_worker_knows_no_secret(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    with Apart(worker=worker("value = dict(os.environ)")) as reader:
        environment = reader.read(".x", b"").text
    assert "PATH" in environment
    assert "secret" not in environment


def confined(code: str) -> str:
    """What some code says once all but the audit hook confines its process."""
    whole = (
        "import os, socket, sys\n"
        "from retrieval.sources import confinement\n"
        "sys.addaudithook = lambda _: None\n"
        "confinement.confine(memory=512_000_000, files=64)\n"
        f"try:\n    {code}\n"
        "except Exception as error:\n    print(type(error).__name__)\n"
        "else:\n    print('done')\n"
    )
    command = [sys.executable, "-c", whole]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits there")
def test_the_system_itself_refuses_what_is_too_much(tmp_path: Path) -> None:
    assert confined("b'x' * 600_000_000") == "MemoryError"
    assert confined("[open(sys.executable) for _ in range(70)]") == "OSError"
    assert confined(f"open({str(tmp_path / 'a')!r}, 'w').write('a' * 10_000)") != "done"


def has_landlock() -> bool:
    if sys.platform != "linux":
        return False
    return int(ctypes.CDLL(None).syscall(444, None, 0, 1)) > 0


@pytest.mark.skipif(not has_landlock(), reason="this system has no Landlock")
def test_the_system_itself_lets_nothing_be_read_but_python(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("token", "utf-8")
    assert confined(f"open({str(tmp_path / 'secret')!r})") == "PermissionError"
    assert confined("open('pyproject.toml')") == "PermissionError"
    assert confined("import decimal, lxml.etree") == "done"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("return Document('Testo.', pages=(5, 2))", "nothing that could be quoted"),
        ("return Document('Testo.', pages=(0, 99))", "nothing that could be quoted"),
        ("return Document(' ')", "nothing that could be quoted"),
        ("os.write(3, b'\\xff' * 8); value = ''", "broke the reader"),
        ("return Document('x' * 20_000_001)", "more than 20 million characters"),
    ],
)
def test_an_answer_that_could_be_no_document_is_refused(
    worker: Worker, code: str, why: str
) -> None:
    with Apart(worker=worker(code)) as reader, pytest.raises(ValueError, match=why):
        reader.read(".x", b"")


def test_what_cannot_be_stored_or_opened_is_left_out(worker: Worker) -> None:
    odd = worker("return Document('a\\ud800b\\0c', link='javascript:alert(1)', title='\\udfff')")
    with Apart(worker=odd) as reader:
        document = reader.read(".x", b"")
    assert (document.text, document.link, document.title) == ("a?b c", "", "?")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_the_worker_ends_with_the_process_that_started_it(worker: Worker) -> None:
    [path] = worker("print(os.getpid(), file=sys.stderr)\n    while True: pass")
    code = (
        "import subprocess\n"
        "from retrieval.sources import apart\n"
        "real = subprocess.Popen\n"
        "apart.subprocess.DEVNULL = None\n"
        f"apart.Apart(worker=({path!r},)).read('.x', b'')\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE) as parent:
        assert parent.stderr
        pid = int(parent.stderr.readline())
        parent.kill()
    assert is_gone(pid)
