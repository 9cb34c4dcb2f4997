from __future__ import annotations

import asyncio
import signal
import sys

import pytest

from bot.sandbox import SandboxClient
from bot.sandbox.__main__ import main


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_says_where_it_is_and_stops_when_told(number: signal.Signals) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode().strip() for _ in range(3)]
    url = lines[0].removeprefix("The sandbox is at ")
    assert lines[1] == f"TELEGRAM_API_URL={url}"
    assert lines[2].startswith("TELEGRAM_BOT_TOKEN=42:SANDBOX")
    async with SandboxClient(url) as people:
        assert people.bot_id == 42
    process.send_signal(number)
    assert await process.wait() == 0


def test_a_bad_token_or_address_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--token", "short"]) == 2
    assert "hasn't the shape" in capsys.readouterr().err
    assert main(["--host", "192.0.2.1", "--port", "0"]) == 1
    assert "can't listen at 192.0.2.1" in capsys.readouterr().err
