from __future__ import annotations

import pytest

from bot.sandbox.access import is_misled, refusal


@pytest.mark.parametrize(
    ("client", "headers", "allowed"),
    [
        ("127.0.0.1", {"host": "127.0.0.1:8081"}, True),
        ("::1", {"host": "[::1]:8081"}, True),
        ("127.0.0.1", {"host": "localhost"}, True),
        ("127.0.0.1", {"host": "localhost:1", "origin": "http://localhost:1"}, True),
        ("192.168.1.5", {"host": "127.0.0.1:8081"}, False),
        ("127.0.0.1", {"host": "evil.example:8081"}, False),
        ("127.0.0.1", {"host": "192.168.1.5:8081"}, False),
        ("127.0.0.1", {}, False),
        ("127.0.0.1", {"host": "localhost:1", "origin": "https://evil.example"}, False),
        ("127.0.0.1", {"host": "localhost:1", "origin": "http://localhost:2"}, False),
        ("127.0.0.1", {"host": "localhost:1", "origin": "null"}, False),
        ("", {"host": "localhost"}, False),
    ],
)
def test_only_this_machine_may_control_the_sandbox(
    client: str, headers: dict[str, str], *, allowed: bool
) -> None:
    assert (refusal(client, headers) is None) == allowed


@pytest.mark.parametrize(
    ("server", "host", "misled"),
    [
        ("127.0.0.1", "127.0.0.1:8081", False),
        ("127.0.0.1", "localhost:8081", False),
        ("::1", "[::1]:8081", False),
        ("127.0.0.1", "evil.example:8081", True),
        ("127.0.0.1", "", True),
        # Served to others on purpose, such as to a container beside it.
        ("172.17.0.2", "sandbox:8081", False),
    ],
)
def test_a_bot_comes_to_this_machine_by_its_own_name(
    server: str, host: str, *, misled: bool
) -> None:
    assert is_misled(server, {"host": host}) == misled
