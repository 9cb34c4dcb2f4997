"""Run the sandbox alone: ``python -m bot.sandbox``."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from bot.sandbox.cast import populate
from bot.sandbox.errors import ControlError
from bot.sandbox.server import serve
from bot.sandbox.state import DEFAULT_TOKEN, Sandbox


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM. Returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox", description="A local Telegram, with a chat page."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (%(default)s)")
    parser.add_argument("--port", type=int, default=8081, help="port, 0 for any (%(default)s)")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the bot's token here (a fake one)")
    options = parser.parse_args(arguments)
    try:
        sandbox = Sandbox(token=options.token)
        populate(sandbox)
    except ControlError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    try:
        asyncio.run(_serve(sandbox, options.host, options.port))
    except OSError as error:
        print(f"error: can't listen at {options.host}:{options.port}: {error}", file=sys.stderr)
        return 1
    return 0


async def _serve(sandbox: Sandbox, host: str, port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with serve(sandbox, host, port) as url:
        print(f"The sandbox is at {url}", flush=True)
        print(f"TELEGRAM_API_URL={url}", flush=True)
        print(f"TELEGRAM_BOT_TOKEN={sandbox.token}", flush=True)
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
