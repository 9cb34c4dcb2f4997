"""The real bot, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox import DEFAULT_TOKEN

_INHERITED = ("PATH", "HOME", "PYTHONPYCACHEPREFIX")


class BotProcess:
    """``python -m bot`` in a process of its own, that tests may end as they like."""

    def __init__(self, folder: Path, api_url: str, token: str = DEFAULT_TOKEN) -> None:
        self.folder = folder
        self.environment: Mapping[str, str] = {
            **{key: os.environ[key] for key in _INHERITED if key in os.environ},
            "PYTHONPATH": os.pathsep.join(sys.path),
            "TELEGRAM_BOT_TOKEN": token,
            "TELEGRAM_API_URL": api_url,
            "STATE_URL": f"sqlite+aiosqlite:///{folder}/state.sqlite3",
            "DOCS_STORE": str(folder / "docs_store"),
        }
        self.log = folder / "bot.log"

    @asynccontextmanager
    async def running(
        self, *, stdin: int = asyncio.subprocess.DEVNULL, stdout: int | None = None
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot"),
                cwd=self.folder,
                env=self.environment,
                stdin=stdin,
                stdout=stdout,
                stderr=log,
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    def logged(self) -> str:
        return self.log.read_text("utf-8")
