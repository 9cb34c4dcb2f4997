from __future__ import annotations

from tests.bot.sandbox.conftest import World


async def refused(world: World, path: str, **fields: object) -> str:
    answer = await world.http.post(f"/control/{path}", json=fields)
    assert answer.status_code == 400
    return str(answer.json()["error"])


async def test_a_foreign_page_is_refused_over_http(world: World) -> None:
    for headers in ({"origin": "https://evil.example"}, {"host": "evil.example"}):
        answer = await world.http.get("/control/state", headers=headers)
        assert answer.status_code == 403
        assert "evil.example" in answer.json()["error"]


async def test_bad_input_gets_a_clear_sentence(world: World) -> None:
    ada = world.ada.id
    assert await refused(world, "users") == '"first_name" is missing'
    assert "isn't empty" in await refused(world, "users", first_name="")
    assert 'no field "frist_name"' in await refused(world, "users", frist_name="Ada")
    assert "true or false" in await refused(world, "users", first_name="A", is_bot="no")
    assert "must be a string" in await refused(world, "users", first_name="A", username=5)
    assert "whole number" in await refused(world, "messages", chat_id="x", from_id=ada, text="a")
    assert "must be an array" in await refused(
        world, "messages", chat_id=ada, from_id=ada, text="a", entities=5
    )
    assert "must be one of" in await refused(world, "chats/5/members", user_id=ada, status="king")
    assert "number of seconds" in await refused(world, "faults", method="getMe", delay="nan")
    document = {"file_name": "a", "content": "%%%"}
    assert "must be base64" in await refused(
        world, "messages", chat_id=ada, from_id=ada, document=document
    )
    document = {"name": "a"}
    assert '"document" has the fields' in await refused(
        world, "messages", chat_id=ada, from_id=ada, document=document
    )


async def test_a_typo_has_no_effect(world: World) -> None:
    await refused(world, "messages", chat_id=world.ada.id, from_id=world.ada.id, txt="a", text="a")
    assert (await world.people.state())["chats"] == []


async def test_a_body_that_is_not_json_is_refused(world: World) -> None:
    for content, reason in ((b"{", "not JSON"), (b"[]", "must be a JSON object")):
        answer = await world.http.post("/control/users", content=content)
        assert answer.status_code == 400
        assert reason in answer.json()["error"]


async def test_raw_updates_are_queued_as_they_are(world: World) -> None:
    content = {"id": "1", "from": {"id": 5}, "query": "x", "offset": ""}
    update_id = await world.people.add_update("inline_query", content)
    assert await world.updates() == [{"update_id": update_id, "inline_query": content}]
    assert "exactly one field" in await refused(world, "updates")
    assert "no field" in await refused(world, "updates", mesage={})


async def test_the_state_tells_who_is_there(world: World) -> None:
    await world.meet_ada()
    state = await world.people.state()
    assert state["bot"]["username"] == "passo_bot"
    assert state["pending_updates"] == 1
    assert world.ada.id in [user["id"] for user in state["users"]]
    assert [chat["id"] for chat in state["chats"]] == [world.ada.id]
