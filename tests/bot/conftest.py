"""The bot at a sandbox, over real HTTP, with a library that needs no documents."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.model import Model
from bot.sandbox import DEFAULT_TOKEN, NO_LIMITS, Sandbox, SandboxClient, serve
from bot.settings import Settings
from bot.state import State
from retrieval import Collection, Secret
from retrieval.embedding import LocalEmbedder
from retrieval.reload import reload
from retrieval.settings import Settings as Documents
from tests.bot.fakes import FakeLibrary
from tests.bot.running import bot_at_work

ADMIN = 1001
TRIP = """# La gita al lago

Fonte: il diario della scuola
Data: 12 maggio 2026

La gita al lago si è svolta martedì 12 maggio. Vi hanno partecipato 48 studenti e 5 insegnanti.

Il pullman è partito alle 7:30 da piazza Garibaldi. La guida del parco si chiamava Elena Ferri.
"""


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents and their store, built once. Nothing may change it."""
    folder = tmp_path_factory.mktemp("docs_store")
    (folder / "sources").mkdir()
    (folder / "sources" / "gita.md").write_text(TRIP, "utf-8")
    (folder / "sources" / "nato.txt").write_text("La NATO ha 31 membri.\n", "utf-8")
    reload(Documents(folder / "sources", folder), LocalEmbedder())
    return folder


@pytest.fixture
def indexed(tmp_path: Path, _built: Path) -> Path:
    """A folder with a ``docs_store`` that is indexed already, so that the bot starts sooner."""
    shutil.copytree(_built, tmp_path / "docs_store")
    return tmp_path


@dataclass(frozen=True, slots=True)
class Town:
    """A sandbox with its people, and what the bot needs to live in it."""

    client: SandboxClient
    library: FakeLibrary
    settings: Settings
    sandbox: Sandbox
    model: Model | None = None

    def bot(self) -> AbstractAsyncContextManager[None]:
        """Have the bot running meanwhile; what stops it is raised here."""
        return bot_at_work(self.settings, lambda: self.library, self.model)


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state that nothing has happened in, made once. Nothing may change it."""
    file = tmp_path_factory.mktemp("state") / "state.sqlite3"

    async def make() -> None:
        await (await State.open(f"sqlite+aiosqlite:///{file}")).close()

    asyncio.run(make())
    return file


@asynccontextmanager
async def _a_town(folder: Path) -> AsyncIterator[Town]:
    sandbox = Sandbox(flood=NO_LIMITS)
    async with serve(sandbox) as url, SandboxClient(url) as client:
        settings = Settings(
            token=Secret(DEFAULT_TOKEN),
            api_url=url,
            admins=frozenset({ADMIN}),
            state_url=f"sqlite+aiosqlite:///{folder}/state.sqlite3",
        )
        library = FakeLibrary()
        library.collection = Collection(folder / "sources")
        yield Town(client, library, settings, sandbox)


@pytest.fixture
async def town(tmp_path: Path, _migrated: Path) -> AsyncIterator[Town]:
    shutil.copy(_migrated, tmp_path)
    async with _a_town(tmp_path) as town:
        yield town


@pytest.fixture
async def state(tmp_path: Path, _migrated: Path) -> AsyncIterator[State]:
    """An open state of its own."""
    shutil.copy(_migrated, tmp_path)
    state = await State.open(f"sqlite+aiosqlite:///{tmp_path}/state.sqlite3")
    yield state
    await state.close()
