"""The page's files over HTTP; no browser needed."""

from __future__ import annotations

import re

import pytest

from bot.sandbox.page import FOLDER, HEADERS
from tests.bot.sandbox.conftest import World

FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in {".js", ".css", ".svg"})


async def test_the_page_is_at_the_root(world: World) -> None:
    answer = await world.http.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "/page/page.js" in answer.text


async def test_nothing_from_elsewhere_and_nothing_inline_may_run(world: World) -> None:
    for path in ("/", "/page/page.js"):
        headers = (await world.http.get(path)).headers
        assert {name: headers[name] for name in HEADERS} == dict(HEADERS)
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_every_file_is_served_and_named_by_the_page_or_another(world: World) -> None:
    texts = {name: (FOLDER / name).read_text("utf-8") for name in (*FILES, "index.html")}
    for name in FILES:
        assert (await world.http.get(f"/page/{name}")).text == texts[name]
        named = (f'"/page/{name}"', f'"./{name}"')
        assert any(each in text for text in texts.values() for each in named), f"{name} is unused"


@pytest.mark.parametrize("name", FILES)
def test_no_file_is_long_or_reaches_outside(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    assert len(text.splitlines()) <= 250
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)
    assert not re.search(r"(?:src|href|url\()=?\s*[\"']?(?:https?:)?//", text)


@pytest.mark.parametrize(
    "path", ["/page/__init__.py", "/page/nothing.js", "/page/..%2fserver.py", "/page/", "/page"]
)
async def test_nothing_else_is_served(world: World, path: str) -> None:
    assert (await world.http.get(path)).status_code == 404


async def test_a_foreign_name_or_page_gets_nothing(world: World) -> None:
    for headers in ({"host": "evil.example"}, {"origin": "https://evil.example"}):
        for path in ("/", "/page/page.js"):
            answer = await world.http.get(path, headers=headers)
            assert answer.status_code == 403
            assert "evil.example" in answer.text
