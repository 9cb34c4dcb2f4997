from __future__ import annotations

import json

import pytest

from bot.sandbox import DEFAULT_TOKEN
from tests.bot.sandbox.conftest import World

PATH = f"/bot{DEFAULT_TOKEN}"


async def test_parameters_come_by_query_form_multipart_or_json(world: World) -> None:
    chat_id = await world.meet_ada()
    given = {"chat_id": str(chat_id), "text": "sì"}
    answers = [
        await world.http.get(f"{PATH}/sendMessage", params=given),
        await world.http.post(f"{PATH}/sendMessage", params=given),
        await world.http.post(f"{PATH}/sendMessage", data=given),
        await world.http.post(
            f"{PATH}/sendMessage", files={name: (None, value) for name, value in given.items()}
        ),
        await world.http.post(f"{PATH}/sendMessage", json={"chat_id": chat_id, "text": "sì"}),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["sì"] * 5


async def test_nested_values_may_be_json_in_a_string(world: World) -> None:
    chat_id = await world.meet_ada()
    bold = {"type": "bold", "offset": 0, "length": 2}
    for entities in ([bold], json.dumps([bold])):
        sent = await world.call("sendMessage", chat_id=chat_id, text="sì", entities=entities)
        assert sent["entities"] == [bold]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": 1}, "message text is empty"),
        ({"chat_id": "x", "text": "a"}, 'parameter "chat_id" must be an integer'),
        ({"chat_id": 1, "text": 5}, 'parameter "text" must be a string'),
        ({"chat_id": 1, "text": "a", "entities": "["}, '"entities" must be JSON: an array'),
        ({"chat_id": 1, "text": "a", "entities": "{}"}, '"entities" must be an array'),
        ({"chat_id": 1, "text": "a", "protect_content": "si"}, "must be true or false"),
        ({"chat_id": 1, "text": "a", "replyto": 1}, '"replyto" is not supported'),
        ({"chat_id": 1, "text": "a", "parse_mode": "HTML"}, "give entities instead"),
    ],
)
async def test_missing_unknown_and_ill_typed_parameters_are_refused(
    world: World, given: dict[str, object], reason: str
) -> None:
    assert reason in await world.call("sendMessage", **given)


async def test_a_body_that_cannot_be_read_is_refused(world: World) -> None:
    headers = {"content-type": "application/json"}
    broken = await world.http.post(f"{PATH}/getMe", content="{", headers=headers)
    assert "can't parse the request body" in broken.json()["description"]
    a_list = await world.http.post(f"{PATH}/getMe", content="[]", headers=headers)
    assert "must be a JSON object" in a_list.json()["description"]
    unknown = await world.http.post(f"{PATH}/getMe", content="x")
    assert "content type" in unknown.json()["description"]
