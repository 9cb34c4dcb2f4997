"""The console: the real bot on a sandbox of its own, and somebody at a prompt."""

from __future__ import annotations

import asyncio
import io
import os
import queue
import re
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.console import SAMPLE_QUESTION, Console
from bot.locales import words_in
from bot.settings import Settings
from retrieval import Changes, StoreError
from tests.bot.fakes import FakeLibrary
from tests.bot.processes import BotProcess
from tests.bot.waiting import until


class Terminal(io.StringIO):
    """Somebody typing: lines come when they are typed, and "" is Ctrl-D."""

    def __init__(self, *, tty: bool = True) -> None:
        super().__init__()
        self._lines: queue.Queue[str] = queue.Queue()
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty

    def type(self, line: str) -> None:
        self._lines.put(line)

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]  # typeshed: bytes
        return self._lines.get()


class Session:
    """A console at work, what is typed there, and what it shows."""

    def __init__(self, folder: Path, *, tty: bool = True) -> None:
        self.library = FakeLibrary()
        self.typed = Terminal(tty=tty)
        self.shown: io.StringIO = io.StringIO()
        self.settings = Settings(state_url=f"sqlite+aiosqlite:///{folder}/state.sqlite3")
        self.open_library: Callable[[], FakeLibrary] = lambda: self.library

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        console = Console(self.settings, self.open_library, self.typed, self.shown)
        task = asyncio.create_task(console.run())
        try:
            yield task
        finally:
            self.typed.type("")  # its thread ends too
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task

    async def shows(self, text: str, times: int = 1) -> None:
        await until(lambda: self.shown.getvalue().count(text) >= times, 20)

    async def at_prompt(self) -> None:
        await until(lambda: self.shown.getvalue().endswith("> "), 20)

    async def ask(self, line: str) -> None:
        await self.at_prompt()
        before = len(self.shown.getvalue())
        self.typed.type(f"{line}\n")
        await until(lambda: len(self.shown.getvalue()) > before)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path)


async def test_a_sample_question_is_asked_and_answered_with_its_passage(session: Session) -> None:
    async with session.running():
        await session.at_prompt()
    shown = session.shown.getvalue()
    assert session.library.asked == [SAMPLE_QUESTION]
    assert f"> {SAMPLE_QUESTION}\n" in shown
    answer = shown.partition(f"> {SAMPLE_QUESTION}\n")[2]
    assert "«I membri dell’alleanza sono 32.» [1]" in answer
    assert "  │ Il vertice si è tenuto a Tokyo. I membri dell’alleanza sono 32." in answer
    assert "http://127.0.0.1:" in shown


async def test_the_chat_page_is_where_it_says_and_shows_the_same_conversation(
    session: Session,
) -> None:
    async with session.running():
        await session.at_prompt()
        [url] = re.findall(r"http://127\.0\.0\.1:\d+", session.shown.getvalue())
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
            assert "/page/page.js" in (await http.get("/")).text
            state = (await http.get("/control/state")).json()
            # The page begins with the first person there is.
            first = next(user["id"] for user in state["users"] if user["first_name"] == "Marta")
            messages = (await http.get(f"/control/chats/{first}/messages")).json()
    assert messages[0]["text"] == SAMPLE_QUESTION
    assert "32" in messages[1]["text"]


async def test_questions_are_taken_at_a_prompt_and_empty_lines_are_not(session: Session) -> None:
    async with session.running():
        await session.ask("")
        await session.ask("  \t ")
        await session.ask("Chi c’era?")
        await session.shows("Chi c’era? → ")
        await session.at_prompt()
    assert session.library.asked == [SAMPLE_QUESTION, "Chi c’era?"]


async def test_what_cannot_be_sent_is_said_and_the_next_question_is_answered(
    session: Session,
) -> None:
    async with session.running():
        await session.ask("x" * 4097)
        await session.shows("This can't be sent: ")
        await session.ask("\u200b\x00")
        await session.shows("This can't be sent: ", times=2)
        await session.ask("E allora?")
        await session.shows("E allora? → ")
    assert session.library.asked == [SAMPLE_QUESTION, "E allora?"]


async def test_buttons_are_numbers_to_type(session: Session) -> None:
    said = words_in("it")
    async with session.running():
        await session.ask("/forget")
        await session.shows(f"  1) {said('forget-yes')}\n  2) {said('forget-no')}\n")
        await session.ask("2")
        await session.shows(said("forget-not"))
        await session.ask("/forget")
        await session.shows(said("forget-yes"), times=2)
        await session.ask("sì")
        await session.shows(said("forgotten"), times=2)  # in the answer to the press, and for good
        await session.ask("Chi c’era?")
        await session.shows("👎", times=2)
        await session.ask("👎")
        await session.shows(said("voted-bad"))
        await session.shows(said("vote-wrong"))  # the buttons alone: the answer is the same
        await session.ask("99")
        await session.shows("There is no button 99: they are 1 to ")
        await session.ask("1999")
        await session.shows("1999 → ")
    assert session.library.asked == [SAMPLE_QUESTION, "Chi c’era?", "1999"]


async def test_whoever_sits_there_may_reload(session: Session) -> None:
    reloads: list[Any] = []

    def reload(progress: Any) -> Changes:
        reloads.append(progress)
        return Changes("g2", added=("nuovo",), passages=3)

    session.library.on_reload = reload
    async with session.running():
        await session.ask("/reload")
        await session.shows("• nuovo")
    assert len(reloads) == 1


async def test_after_a_message_that_comes_unasked_the_prompt_is_back(session: Session) -> None:
    go_on = threading.Event()

    def reload(_: Any) -> Changes:
        assert go_on.wait(20)
        return Changes("g2", added=("nuovo",), passages=3)

    session.library.on_reload = reload
    async with session.running():
        await session.ask("/reload")
        await session.shows("Rileggo i documenti…")  # which is an answer, so questions are taken
        await session.at_prompt()
        go_on.set()
        await session.shows("• nuovo")
        await session.at_prompt()


async def test_the_end_of_the_input_ends_it_cleanly(session: Session) -> None:
    async with session.running() as task:
        await session.at_prompt()
        session.typed.type("")
        async with asyncio.timeout(10):
            await task
    assert session.library.closed


async def test_without_a_terminal_it_goes_on_serving_and_reads_nothing(tmp_path: Path) -> None:
    session = Session(tmp_path, tty=False)
    session.typed.type("Chi c’era?\n")
    async with session.running() as task:
        await session.shows("Serving until Ctrl-C.")
        assert not task.done()
    assert session.library.asked == [SAMPLE_QUESTION]


async def test_an_error_of_the_bot_ends_it_and_is_the_one_that_is_raised(session: Session) -> None:
    def fail() -> FakeLibrary:
        raise StoreError("the disk is full")

    session.open_library = fail
    async with session.running() as task:
        with pytest.raises(StoreError, match="the disk is full"):
            async with asyncio.timeout(10):
                await task


async def test_a_reader_who_leaves_ends_it_quietly(session: Session) -> None:
    class Pipe(io.StringIO):
        def write(self, text: str, /) -> int:
            if "[1]" in text:
                raise BrokenPipeError
            return super().write(text)

    session.shown = Pipe()
    async with session.running() as task, asyncio.timeout(20):
        await task
    assert session.library.closed


async def test_a_port_that_is_taken_is_no_obstacle(session: Session) -> None:
    with closing(socket.socket()) as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):  # then somebody else has it, which is as good
            taken.bind(("127.0.0.1", 8081))
            taken.listen()
        async with session.running():
            await session.at_prompt()
    assert "http://127.0.0.1:8081\n" not in session.shown.getvalue()
    assert "http://127.0.0.1:" in session.shown.getvalue()


@pytest.fixture
def without_token(indexed: Path) -> BotProcess:
    return BotProcess(indexed, "http://127.0.0.1:9", token="")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
async def test_without_a_token_the_bot_answers_on_the_terminal_and_a_signal_ends_it_well(
    without_token: BotProcess, number: signal.Signals
) -> None:
    async with (
        asyncio.timeout(90),
        without_token.running(stdout=asyncio.subprocess.PIPE) as process,
    ):
        assert process.stdout
        shown = ""
        while "Serving until Ctrl-C." not in shown:
            line = await process.stdout.readline()
            assert line, without_token.logged()
            shown += line.decode()
        process.send_signal(number)
        async with asyncio.timeout(10):
            assert await process.wait() == 0
    assert "«La NATO ha 31 membri.» [1]" in shown, without_token.logged()
    assert "  │ La NATO ha 31 membri." in shown
    assert without_token.logged() == ""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals like that there")
async def test_bytes_that_are_no_text_do_not_end_it(without_token: BotProcess) -> None:
    ours, theirs = os.openpty()
    try:
        running = without_token.running(stdout=asyncio.subprocess.PIPE, stdin=theirs)
        async with asyncio.timeout(90), running as process:
            assert process.stdout
            os.write(ours, b"\xff\xfe quanti \xe8?\nQuanti membri?\n\x04")
            shown = (await process.stdout.read()).decode()
            assert await process.wait() == 0
    finally:
        os.close(ours)
        os.close(theirs)
    assert shown.count("[1]") >= 2
    assert without_token.logged() == ""
