"""The other end of ``apart``: gives up what it doesn't need, then reads file after file."""

from __future__ import annotations

import json
import logging
import mimetypes
import os
import signal
import sys
import warnings
from dataclasses import asdict
from typing import IO, Any

from retrieval.faults import Fault, FaultError
from retrieval.sources import kinds
from retrieval.sources.apart import Limits
from retrieval.sources.confinement import confine

_LENGTH = 8  # bytes


def main() -> None:
    """Read what comes on standard input, within the limits given as JSON on the command line."""
    # Ctrl-C reaches the whole group; the parent decides, and takes the worker with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stdout = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up among the answers
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    mimetypes.init([])  # openpyxl would look for the system's
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it for nothing
    limits = Limits(**json.loads(sys.argv[1]))
    confine(memory=limits.memory * 1_000_000, files=limits.files)
    while request := sys.stdin.buffer.readline():
        suffix, size = json.loads(request)
        _set_alarm(limits.seconds)
        answer = _read(suffix, sys.stdin.buffer.read(size), limits)
        _set_alarm(0)
        _send(answer, stdout)
        if answer.get("ends"):
            return


def _set_alarm(seconds: float) -> None:
    """Let the system end this process, wherever it is, when its time is over.

    By its own time, which the parent then reports; by the clock, should no parent be left. 0 is
    for while it waits.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, 4 * seconds + 5 if seconds else 0)


def _read(suffix: str, data: bytes, limits: Limits) -> dict[str, Any]:
    try:
        return asdict(kinds.read(suffix, data))
    except MemoryError:
        # What is left of it after that is anybody's guess.
        english = f"it takes more than {limits.memory} MB of memory to read: split it"
        return {"error": Fault("memory", english).to_dict(), "ends": True}
    except FaultError as error:
        return {"error": error.fault.to_dict()}


def _send(answer: dict[str, Any], stdout: IO[bytes]) -> None:
    data = json.dumps(answer).encode()
    stdout.write(len(data).to_bytes(_LENGTH))
    stdout.write(data)
    stdout.flush()


if __name__ == "__main__":
    main()
