"""The bot without Telegram: a local Telegram of its own, with a page in the browser and a prompt.

The bot is the real one. It speaks to the sandbox over HTTP, as it would to Telegram; so do the
page, as whoever one likes to be, and this console, as the one who runs the bot.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from bot.settings import Settings
from bot.terminal import Choice, choices_of, chosen, numbered, presses_nothing, to_terminal
from retrieval import Secret

if TYPE_CHECKING:
    from bot.model import Model
    from bot.sandbox import Sandbox, SandboxClient
    from bot.service import Library

SAMPLE_QUESTION = "Quanti membri ha la NATO?"

_PORT = 8081  # where the sandbox is found if the port is free
_PATIENCE = 60.0  # seconds to wait for an answer before asking for the next question
_PRESS_PATIENCE = 3.0  # seconds; not every press has something to show for it

_INTRODUCTION = """\
Passo is running without a Telegram token, on a local Telegram of its own. Try it in a browser:
  {url}
To serve the real one, put a token in .env (see the README) and run this again.

Opening the documents…
"""


def run(settings: Settings, open_library: Callable[[], Library], model: Model | None = None) -> int:
    """Serve the sandbox and talk to the bot there until told to stop; returns the exit code.

    One sample question is asked and answered. Then, at a terminal, questions are taken at a
    prompt; elsewhere the bot goes on serving until Ctrl-C or SIGTERM.
    """
    if settings.log_level == "INFO":  # at a prompt, only what is wrong is news
        logging.getLogger().setLevel(logging.WARNING)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):  # no odd byte, and no narrow locale, ends it all
            stream.reconfigure(errors="replace")
    asyncio.run(Console(settings, open_library, sys.stdin, sys.stdout, model).run())
    return 0


class Console:
    """Whoever runs the bot at a terminal, in a private chat with it."""

    def __init__(
        self,
        settings: Settings,
        open_library: Callable[[], Library],
        questions: TextIO,
        answers: TextIO,
        model: Model | None = None,
    ) -> None:
        self._settings = settings
        self._open_library = open_library
        self._questions = questions
        self._answers = answers
        self._model = model
        self._stop = asyncio.Event()
        self._answered = asyncio.Event()
        self._prompting = False
        self._choices: tuple[Choice, ...] = ()
        self._choices_of = 0  # the message whose buttons they are

    async def run(self) -> None:
        """Go through it all, until stopped or out of questions."""
        from bot.sandbox import DEFAULT_TOKEN, Sandbox, SandboxClient, populate
        from bot.service import serve

        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)

        async with AsyncExitStack() as stack:
            sandbox = Sandbox()
            owner = populate(sandbox).owner.id
            url = await self._serve_sandbox(stack, sandbox)
            client = await stack.enter_async_context(SandboxClient(url))
            self._say(_INTRODUCTION.format(url=url))
            settings = replace(
                self._settings,
                token=Secret(DEFAULT_TOKEN),
                api_url=url,
                admins=self._settings.admins | {owner},  # whoever sits here owns the documents
            )
            ready = asyncio.Event()
            tasks = [
                asyncio.create_task(
                    serve(
                        settings,
                        self._open_library,
                        stop=self._stop,
                        on_ready=lambda _: ready.set(),
                        model=self._model,
                    )
                ),
                asyncio.create_task(self._talk(client, owner, ready)),
                asyncio.create_task(self._show(client, owner)),
            ]
            try:
                # Whichever ends first, by an error too, ends the others.
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._stop.set()
                for task in tasks[1:]:
                    task.cancel()
                results = await asyncio.gather(*tasks, return_exceptions=True)
            for result in results:
                if isinstance(result, Exception):
                    raise result

    async def _serve_sandbox(self, stack: AsyncExitStack, sandbox: Sandbox) -> str:
        from bot.sandbox import serve

        try:
            return await stack.enter_async_context(serve(sandbox, port=_PORT))
        except OSError:  # something else is there
            return await stack.enter_async_context(serve(sandbox))

    async def _talk(self, client: SandboxClient, user: int, ready: asyncio.Event) -> None:
        await ready.wait()
        self._say(f"> {SAMPLE_QUESTION}")
        await self._ask(client, user, SAMPLE_QUESTION)
        if not self._questions.isatty():
            self._say("Serving until Ctrl-C.")
            await self._stop.wait()
            return
        self._say("Ask away, in Italian or English; a number presses a button. /help works too;")
        self._say("Ctrl-D ends.")
        lines: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        # A daemon, since nothing can interrupt a read from the terminal.
        threading.Thread(target=self._read, args=(loop, lines), daemon=True).start()
        while True:
            self._say("> ", end="")
            self._prompting = True
            line = await lines.get()
            self._prompting = False
            if not line:
                self._say("")
                return
            if choice := chosen(line, self._choices):
                await self._press(client, user, choice)
            elif missed := presses_nothing(line, self._choices):
                self._say(missed)
            elif line.strip():
                await self._ask(client, user, line.strip())

    async def _ask(self, client: SandboxClient, user: int, text: str) -> None:
        from bot.sandbox import ControlError

        self._answered.clear()
        try:
            await client.say(user, user, text)
        except ControlError as error:  # it is too long, or there is nothing to see in it
            self._say(f"This can't be sent: {error}.")
            return
        try:
            await asyncio.wait_for(self._answered.wait(), _PATIENCE)
        except TimeoutError:
            self._say("No answer yet; it will appear here.")

    async def _press(self, client: SandboxClient, user: int, choice: Choice) -> None:
        """Press a button of the message that was shown last, and say what the bot answers to it."""
        from bot.sandbox import ControlError

        if choice.url:
            self._say(choice.url)
            return
        self._answered.clear()
        try:
            pressed = await client.press(user, self._choices_of, user, choice.data)
            answer = await client.wait_for_answer(pressed, _PATIENCE)
        except (ControlError, TimeoutError):  # the message is gone, or the bot doesn't answer
            self._say("This button does nothing.")
            return
        if said := answer["text"] or answer["url"]:
            self._say(f"\n{said}\n")
        with suppress(TimeoutError):  # what else comes of it may take its time, and appears then
            await asyncio.wait_for(self._answered.wait(), _PRESS_PATIENCE)

    async def _show(self, client: SandboxClient, user: int) -> None:
        """Show what the bot writes, as it comes."""
        from bot.sandbox import SandboxMessage

        seq = int((await client.state())["seq"])
        shown: dict[int, tuple[str, tuple[Choice, ...]]] = {}
        while True:
            for event in await client.events(after=seq, timeout=30):
                seq = event.seq
                if event.type not in ("message", "edit"):
                    continue
                message = SandboxMessage.from_json(event.details["message"])
                mine = message.chat_id == user and message.sender_id != user
                choices = choices_of(message.raw.get("reply_markup"))
                text, before = shown.get(message.id, ("", ()))
                if mine and (text, before) != (message.text, choices):
                    shown[message.id] = message.text, choices
                    if choices or message.id == self._choices_of:
                        self._choices, self._choices_of = choices, message.id
                    ansi = self._answers.isatty()
                    if text != message.text:
                        self._say(f"\n{to_terminal(message.text, message.entities, ansi=ansi)}")
                    self._say(f"\n{numbered(choices)}\n" if choices else "")
                    if self._prompting:  # how a reload went, for one
                        self._say("> ", end="")
                    self._answered.set()

    def _read(self, loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str]) -> None:
        while True:
            line = self._questions.readline()
            try:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            except RuntimeError:  # the loop has ended meanwhile
                return
            if not line:
                return

    def _say(self, text: str, end: str = "\n") -> None:
        try:
            self._answers.write(text + end)
            self._answers.flush()
        except BrokenPipeError:  # whoever was reading has gone, as `| head` does
            self._stop.set()
