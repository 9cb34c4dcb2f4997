"""Reading files in a process of their own, so that no file can break, stall or rob the reader.

One worker reads many files and is started again when it dies. It gets bytes and gives text: it
has no need of files, of the network or of settings, and :mod:`~retrieval.sources.confinement`
takes them away. What it answers is data, never pickled objects, and is checked.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Any, Self

from retrieval.faults import Fault, FaultError
from retrieval.sources.document import Document, web_link
from retrieval.sources.kinds import LONGEST_TEXT

_ROOT = Path(__file__).resolve().parent.parent.parent
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT")  # no key or token is among them
_WORKER = ("-m", "retrieval.sources.worker")
_COUNTED = sys.platform != "win32"  # a system that counts a process's own time
_BUSY = 4  # times as long as its own time may a process take
_LENGTH = 8  # bytes that say how long an answer is
_LONGEST_ANSWER = 6 * LONGEST_TEXT + 1_000_000  # in bytes, all escaped


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: ``memory`` in MB, ``seconds``, and open ``files``.

    The seconds are those of a processor where the system counts them, so that a busy machine makes
    no file unreadable; by the clock, it may take four times as many.
    """

    memory: int = 512
    seconds: float = 30.0
    files: int = 64


class Apart:
    """Reads files in a worker process, which is started when there is something to read.

    ``worker`` are the arguments that make Python one. For one thread at a time. Close it, or use
    it as a context manager; the worker doesn't outlive the process that started it.
    """

    def __init__(self, limits: Limits = Limits(), worker: Sequence[str] = _WORKER) -> None:
        self._limits = limits
        self._command = (sys.executable, *worker)
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def worker(self) -> int | None:
        """The id of the worker's process, where there is one."""
        return self._worker.pid if self._worker else None

    def read(self, suffix: str, data: bytes) -> Document:
        """Read the bytes of a file of a kind in :data:`~retrieval.sources.kinds.READERS`.

        Raises:
            FaultError: it can't be read, or not within the limits, with the reason and the way out.
        """
        worker = self._running()
        timer = threading.Timer(self._limits.seconds * (_BUSY if _COUNTED else 1), worker.kill)
        timer.start()
        try:
            answer = _exchange(worker, suffix, data)
            fault = Fault.from_dict(answer["error"]) if "error" in answer else None
        except (OSError, EOFError, ValueError, RecursionError):
            in_time = timer.is_alive()
            self.close()
            raise FaultError(self._failure(worker, in_time=in_time)) from None
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()
        if fault:
            if answer.get("ends"):
                self.close()
            raise FaultError(fault)
        return to_document(answer)

    def close(self) -> None:
        """End the worker. Does nothing the second time; reading again starts another."""
        worker, self._worker = self._worker, None
        if worker:
            worker.kill()
            worker.wait()
            for stream in (worker.stdin, worker.stdout):
                assert stream
                with suppress(OSError):
                    stream.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._worker is None or self._worker.poll() is not None:
            self.close()
            limits = json.dumps(asdict(self._limits))
            self._worker = subprocess.Popen(  # noqa: S603  # our own module, and no shell
                [*self._command, limits],
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # nobody vouches for what a file makes a library say
            )
        return self._worker

    def _failure(self, worker: subprocess.Popen[bytes], *, in_time: bool) -> Fault:
        code = worker.wait()
        if not in_time or (_COUNTED and code == -signal.SIGPROF):
            seconds = self._limits.seconds
            return Fault("slow", f"it takes longer than {seconds:g} s to read: split it")
        end = f"signal {-code}" if code < 0 else f"code {code}"
        english = f"reading it broke the reader ({end}): open it and save it again, or split it"
        return Fault("broke", english)


def _exchange(worker: subprocess.Popen[bytes], suffix: str, data: bytes) -> dict[str, Any]:
    """Send a file, and wait for the answer."""
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(json.dumps([suffix, len(data)]).encode() + b"\n")
    worker.stdin.write(data)
    worker.stdin.flush()
    length = int.from_bytes(_exactly(worker.stdout, _LENGTH))
    if length > _LONGEST_ANSWER:
        raise ValueError("an answer without end")
    answer = json.loads(_exactly(worker.stdout, length))
    if not isinstance(answer, dict):
        raise ValueError("not an answer")  # as is all else that it may say
    return answer


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def to_document(answer: dict[str, Any]) -> Document:
    """Make a document of what a worker said, if it can be one.

    Raises:
        FaultError: it can't.
    """
    texts = {
        field.name: _storable(str(answer.get(field.name, "")))
        for field in fields(Document)
        if field.name != "pages"
    }
    texts["link"] = web_link(texts["link"])
    said = answer.get("pages", ())
    pages = tuple(said) if isinstance(said, list | tuple) else (-1,)
    edges = [0, *pages, len(texts["text"])]
    in_order = all(type(edge) is int for edge in edges) and edges == sorted(edges)
    if not in_order or not texts["text"].strip():
        english = "reading it gave nothing that could be quoted: save it as text"
        raise FaultError(Fault("no-text", english))
    return Document(**texts, pages=pages)


def _storable(text: str) -> str:
    """Put something else, as long, in the place of what a store can't keep."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
    # Without a home no library finds anything of its owner's.
    return {**kept, "HOME": os.sep, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
