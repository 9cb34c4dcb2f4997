from __future__ import annotations

import asyncio
import socket
import time

import httpx
import pytest
import telegram

from bot.sandbox import DEFAULT_TOKEN, NO_LIMITS, Sandbox, SandboxClient, serve
from tests.bot.sandbox.conftest import World


async def test_an_unknown_token_is_unauthorized_and_a_malformed_one_not_found(
    world: World,
) -> None:
    other = "43" + DEFAULT_TOKEN[2:]
    assert (await world.http.get(f"/bot{other}/getMe")).json() == {
        "ok": False,
        "error_code": 401,
        "description": "Unauthorized",
    }
    assert (await world.http.get("/botnonsense/getMe")).status_code == 404
    stranger = telegram.Bot(other, base_url=f"{world.url}/bot")
    with pytest.raises(telegram.error.InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_an_unknown_method_is_not_found(world: World) -> None:
    assert (await world.call("sendSticker")).startswith("Not Found: method not found")


async def test_method_names_are_taken_in_any_case(world: World) -> None:
    assert (await world.call("GETME"))["username"] == "passo_bot"


async def test_files_are_served_with_the_token_alone(world: World) -> None:
    chat_id = await world.meet_ada()
    sent = await world.bot.send_document(chat_id, "perché\n".encode(), filename="nota.txt")
    assert sent.document is not None
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == "perché\n".encode()
    path = (await world.call("getFile", file_id=sent.document.file_id))["file_path"]
    assert (await world.http.get(f"/file/bot43:x/{path}")).status_code == 404
    assert (await world.http.get(f"/file/bot{DEFAULT_TOKEN}/none")).status_code == 404


async def test_calls_are_logged_without_the_token(world: World) -> None:
    chat_id = await world.meet_ada()
    await world.call("sendMessage", chat_id=chat_id, text="")
    await world.bot.send_document(chat_id, b"abc", filename="a.txt")
    logged = await world.people.calls()
    assert [(c.method, c.ok, c.error_code) for c in logged] == [
        ("getMe", True, None),
        ("sendMessage", False, 400),
        ("sendDocument", True, None),
    ]
    assert logged[1].parameters == {"chat_id": chat_id, "text": ""}
    assert logged[2].parameters["document"] == {"name": "a.txt", "size": 3}
    assert DEFAULT_TOKEN not in repr(logged)


async def test_it_stops_at_once_with_long_polls_open_and_remembers_everything() -> None:
    sandbox = Sandbox()
    async with httpx.AsyncClient(timeout=60) as http:
        async with serve(sandbox) as url, SandboxClient(url) as people:
            await people.add_user("Ada", id=7)
            query = {"timeout": 50, "after": 999}
            events = asyncio.create_task(http.get(f"{url}/control/events", params=query))
            path = f"{url}/bot{DEFAULT_TOKEN}/getUpdates"
            poll = asyncio.create_task(http.get(path, params={"timeout": 50}))
            await people.wait_for_event(lambda event: event.type == "poll")
            started = time.monotonic()
        assert time.monotonic() - started < 3
        assert (await poll).json() == {"ok": True, "result": []}
        assert (await events).json() == []
    async with serve(sandbox) as url, SandboxClient(url) as people:
        assert 7 in [user["id"] for user in (await people.state())["users"]]


async def test_a_taken_port_is_an_error_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match=r"[Aa]ddress already in use"):
            async with serve(Sandbox(), port=taken.getsockname()[1]):
                pass


async def test_it_takes_two_hundred_messages_a_second() -> None:
    sandbox = Sandbox(flood=NO_LIMITS)
    async with serve(sandbox) as url, SandboxClient(url) as people:
        user = await people.add_user("Ada")
        await people.say(user.id, user.id, "Ciao")
        async with httpx.AsyncClient(base_url=url) as http:
            rounds = [await seconds_for_fifty(http, user.id) for _ in range(8)]
    # The best round counts, in time of its own: the machine may have other things to do.
    assert min(rounds) < 50 / 200


async def seconds_for_fifty(http: httpx.AsyncClient, chat_id: int) -> float:
    started = time.process_time()
    for number in range(50):
        body = {"chat_id": chat_id, "text": f"numero {number}"}
        answer = await http.post(f"/bot{DEFAULT_TOKEN}/sendMessage", json=body)
        assert answer.is_success
    return time.process_time() - started


async def test_a_wrong_path_or_a_broken_form_is_refused_in_telegrams_form(world: World) -> None:
    assert (await world.http.get("/nowhere")).json()["error_code"] == 404
    assert (await world.http.put(f"/bot{DEFAULT_TOKEN}/getMe")).json()["error_code"] == 405
    headers = {"content-type": "multipart/form-data"}
    path = f"/bot{DEFAULT_TOKEN}/getMe"
    assert (await world.http.post(path, content=b"x", headers=headers)).json()["error_code"] == 400


async def test_a_bot_killed_while_it_speaks_is_no_mistake(caplog: pytest.LogCaptureFixture) -> None:
    async with serve(Sandbox()) as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rsplit(":", 1)[1]))
        head = (
            f"POST /bot{DEFAULT_TOKEN}/sendMessage HTTP/1.1\r\nHost: {url.removeprefix('http://')}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n"
            "Expect: 100-continue\r\n\r\n"
        )
        writer.write(head.encode())
        assert (await reader.readline()).startswith(b"HTTP/1.1 100")  # it waits for the body now
        writer.write(b"chat_id=1")
        writer.close()
        await writer.wait_closed()
    assert not caplog.records


@pytest.mark.parametrize("path", ["bot{}/getMe", "file/bot{}/documents/file_0.txt"])
async def test_a_name_that_was_made_to_point_here_learns_nothing(world: World, path: str) -> None:
    url = f"/{path.format(world.sandbox.token)}"
    answer = await world.http.get(url, headers={"host": "evil.example"})
    assert answer.status_code == 421
    assert "result" not in answer.json()
