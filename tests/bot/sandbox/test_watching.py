from __future__ import annotations

from tests.bot.sandbox.conftest import World


async def test_a_file_is_fetched_to_be_saved_whatever_it_says_it_is(world: World) -> None:
    page = b"<script>alert(1)</script>"
    message = await world.people.send_file(world.ada.id, world.ada.id, "à\r\nb.html", page)
    file = message.raw["document"]
    answer = await world.http.get(f"/control/files/{file['file_id']}")
    assert answer.content == page
    assert answer.headers["content-type"] == "application/octet-stream"
    assert (
        answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%C3%A0%0D%0Ab.html"
    )
    assert answer.headers["content-security-policy"] == "sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_file_is_nothing_for_a_foreign_page(world: World) -> None:
    message = await world.people.send_file(world.ada.id, world.ada.id, "a.txt", b"a")
    url = f"/control/files/{message.raw['document']['file_id']}"
    assert (
        await world.http.get(url, headers={"origin": "https://evil.example"})
    ).status_code == 403


async def test_what_is_not_there_is_named(world: World) -> None:
    answer = await world.http.get("/control/files/SANDBOXFILE1")
    assert answer.status_code == 400
    assert "SANDBOXFILE1" in answer.json()["error"]
