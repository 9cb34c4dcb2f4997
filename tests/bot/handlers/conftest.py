"""Fixtures for what admins do with documents."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import DEFAULT_TOKEN, NO_LIMITS, Sandbox, SandboxClient, serve
from bot.settings import Settings
from retrieval import Secret
from retrieval.settings import Settings as Documents
from tests.bot.conftest import ADMIN
from tests.bot.handlers.documents import Office


@pytest.fixture
async def office(indexed: Path) -> AsyncIterator[Office]:
    """A bot with two real documents, an Italian admin, and the sandbox around them."""
    async with serve(Sandbox(flood=NO_LIMITS)) as url, SandboxClient(url) as client:
        admin = await client.add_user("Ada", id=ADMIN, language_code="it")
        store = indexed / "docs_store"
        settings = Settings(
            token=Secret(DEFAULT_TOKEN),
            api_url=url,
            admins=frozenset({admin.id}),
            state_url=f"sqlite+aiosqlite:///{indexed}/state.sqlite3",
        )
        yield Office(client, settings, Documents(store / "sources", store), admin.id)
