"""A served sandbox, with a real bot client on one side and people on the other."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import telegram
from telegram.request import HTTPXRequest

from bot.sandbox import NO_LIMITS, Sandbox, SandboxClient, SandboxUser, serve

# Loading them takes most of a client's start, and here is nothing but plain HTTP.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(slots=True)
class Clock:
    """Unix time that passes only when told to."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass(slots=True)
class World:
    """Everything a test needs: both sides of the server, and the time."""

    sandbox: Sandbox
    clock: Clock
    url: str
    people: SandboxClient
    bot: telegram.Bot
    http: httpx.AsyncClient
    ada: SandboxUser = field(init=False)

    async def call(self, method: str, /, **parameters: object) -> Any:
        """Call the Bot API with JSON; the result, or the error's description."""
        response = await self.http.post(f"/bot{self.sandbox.token}/{method}", json=parameters)
        body = response.json()
        assert body["ok"] == response.is_success
        assert body.get("error_code", 200) == response.status_code
        return body["result"] if body["ok"] else body["description"]

    async def meet_ada(self) -> int:
        """Have Ada write to the bot, so that it may write to her. Her id, and her chat's."""
        await self.people.say(self.ada.id, self.ada.id, "Ciao")
        return self.ada.id

    async def polled(self) -> None:
        """Wait until the bot polls."""
        await self.people.wait_for_event(lambda event: event.type == "poll")

    async def updates(self) -> list[Any]:
        """Take all waiting updates."""
        updates = await self.call("getUpdates")
        if updates:
            await self.call("getUpdates", offset=updates[-1]["update_id"] + 1)
        return list(updates)

    async def texts(self) -> list[str]:
        """Take all waiting updates; the texts of their messages."""
        messages = [
            update.get("message") or update.get("channel_post") for update in await self.updates()
        ]
        return [message.get("text", "") for message in messages if message]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def world(clock: Clock) -> AsyncIterator[World]:
    sandbox = Sandbox(flood=NO_LIMITS, clock=clock)
    async with (
        serve(sandbox) as url,
        SandboxClient(url) as people,
        telegram.Bot(
            sandbox.token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=HTTPXRequest(httpx_kwargs={"verify": NO_CERTIFICATES}),
            get_updates_request=HTTPXRequest(httpx_kwargs={"verify": NO_CERTIFICATES}),
        ) as bot,
        httpx.AsyncClient(base_url=url, trust_env=False, verify=NO_CERTIFICATES) as http,
    ):
        world = World(sandbox, clock, url, people, bot, http)
        world.ada = await people.add_user("Ada", username="ada_l", language_code="it")
        yield world
