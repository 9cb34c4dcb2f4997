from __future__ import annotations

import asyncio

import pytest
import telegram

from tests.bot.sandbox.conftest import World


async def test_updates_wait_for_a_bot_that_is_away(world: World) -> None:
    await world.meet_ada()
    (first,) = await world.bot.get_updates()
    (again,) = await world.bot.get_updates(offset=first.update_id)
    assert again.update_id == first.update_id
    assert await world.bot.get_updates(offset=first.update_id + 1) == ()
    assert await world.bot.get_updates() == ()


async def test_a_long_poll_brings_a_message_as_it_comes(world: World) -> None:
    poll = asyncio.create_task(world.bot.get_updates(timeout=30))
    await world.polled()
    await world.meet_ada()
    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "Ciao"


async def test_a_second_poller_ends_the_first(world: World) -> None:
    first = asyncio.create_task(world.bot.get_updates(timeout=30))
    await world.polled()
    await world.call("getUpdates")
    with pytest.raises(telegram.error.Conflict, match="terminated by other getUpdates request"):
        await first


async def test_polling_is_refused_while_a_webhook_is_set(world: World) -> None:
    await world.meet_ada()
    assert await world.call("setWebhook", url="http://a.it") == (
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    )
    await world.bot.set_webhook("https://a.it/hook", allowed_updates=["message"])
    info = await world.bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://a.it/hook", 1)
    assert info.allowed_updates == ("message",)
    assert (await world.call("getUpdates")).startswith("Conflict: can't use getUpdates method")
    await world.bot.delete_webhook(drop_pending_updates=True)
    assert await world.bot.get_updates() == ()


@pytest.mark.parametrize(
    "parameters",
    [{"limit": 0}, {"limit": 101}, {"timeout": -1}, {"allowed_updates": ["mesage"]}],
)
async def test_a_poll_that_makes_no_sense_is_refused(
    world: World, parameters: dict[str, object]
) -> None:
    assert (await world.call("getUpdates", **parameters)).startswith("Bad Request")


async def test_an_unknown_file_is_refused(world: World) -> None:
    assert "wrong file_id" in await world.call("getFile", file_id="x")
