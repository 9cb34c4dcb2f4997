"""``/add``: a document sent as a file, a text, or a link, and read at once.

What the bot would answer worse with is taken away again, and so is what can't be read.
"""

from __future__ import annotations

import asyncio
import logging
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import partial

from telegram import Bot, Document, Message
from telegram.error import TelegramError

from bot.board import Board
from bot.confirmations import Pending, Refused, Subject
from bot.context import Context
from bot.excerpts import one_line
from bot.handlers import fallback
from bot.handlers.common import argument_of, is_by_admin, is_late, reply_to, words
from bot.handlers.placing import fault_of, put, refused
from bot.handlers.reloading import (
    failure_parts,
    in_turn,
    others_parts,
    refused_parts,
    reload_on,
)
from bot.listings import confirmation
from bot.locales import Words
from bot.rendering import changes_parts, text_parts
from bot.replies import Deferred, Outcome, Part, Reply
from retrieval import (
    Collection,
    RefusedError,
    RetrievalError,
    SourceError,
    check_document_path,
)

logger = logging.getLogger(__name__)

LARGEST_DOWNLOAD = 20_000_000
"""In bytes: what Telegram lets a bot download."""

_LONGEST_TITLE = 80
_YES = {"add-offer": "add-yes", "add-replace": "add-replace-yes"}
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _File(Subject):
    """A file somebody sent, which Telegram has."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class _Text(Subject):
    """A document that was written, and where it belongs."""

    path: str
    document: str


async def add(message: Message, context: Context) -> Outcome:
    """Add what stands behind the command, or what it replies to."""
    said, rest = words(message, context), argument_of(message)
    head, _, body = rest.partition("\n")
    target = message.reply_to_message
    if _LINK.fullmatch(rest):
        return Deferred(partial(_add_link, message, context, said, rest))
    if body.strip():
        return Deferred(partial(_add_text, message, context, said, head.strip(), body.strip()))
    if target and target.document:
        return _add_or_refuse(message, target.document, context, said)
    if target and (text := target.text or target.caption):
        if title := head.strip():
            return Deferred(partial(_add_text, message, context, said, title, text.strip()))
        # Nobody chose this title, so it takes no other document's place.
        title = _first_words(text)
        return Deferred(partial(_add_text, message, context, said, title, text.strip(), new=True))
    return reply_to(message, text_parts(said("add-usage")))


async def offered(message: Message, context: Context) -> Outcome:
    """A file: an admin's is added if its caption says so, or offered to be; others' are not."""
    if not message.document or not is_by_admin(message, context):
        return await fallback.not_text(message, context)
    said = words(message, context)
    if is_late(message, context):
        return reply_to(message, text_parts(said("command-too-late")))
    if re.match(r"/add(@\w+)?\b", message.caption or ""):
        return _add_or_refuse(message, message.document, context, said)
    file = _checked(message.document, said)
    if isinstance(file, str):
        return reply_to(message, text_parts(file))
    user = message.from_user.id if message.from_user else 0
    asked = Pending("add", file.to_json())
    id_ = await context.confirmations.ask(asked, chat=message.chat.id, user=user)
    is_new = await asyncio.to_thread(_standing, context.library.collection, file.name) is None
    kind = "add-offer" if is_new else "add-replace"
    text, yes = said(kind, name=one_line(file.name)), _YES[kind]
    return reply_to(message, (confirmation(text, id_, yes, said),))


async def carry_out(board: Board, context: Context, said: Words, subject: str, user: int) -> None:
    """Add the file that was offered."""
    file = _File.from_json(subject)
    logger.info("user %d adds %s", user, file.name)
    await board.finish(await _add_file(board, context, said, file, user))


async def carry_out_text(
    board: Board, context: Context, said: Words, subject: str, user: int
) -> None:
    """Put a text in the place of the document that has its name."""
    text = _Text.from_json(subject)
    logger.info("user %d puts a text in the place of %s", user, text.path)
    async with in_turn(board, context, said):
        parts = await put(board, context, said, text.path, text.document.encode())
    await board.finish(parts)


async def carry_out_anyway(
    board: Board, context: Context, said: Words, subject: str, user: int
) -> None:
    """The same, whatever is lost by it, if all else is as it was when that was refused."""
    refused = Refused.from_json(subject)
    file = _File.from_json(refused.subject)
    logger.info("user %d adds %s, whatever is lost by it", user, file.name)
    parts = await _add_file(board, context, said, file, user, accepted=refused.documents)
    await board.finish(parts)


def _add_or_refuse(message: Message, document: Document, context: Context, said: Words) -> Outcome:
    file = _checked(document, said)
    if isinstance(file, str):
        return reply_to(message, text_parts(file))
    user = message.from_user.id if message.from_user else 0

    async def work() -> Reply:
        board = Board.at(message.get_bot(), reply_to(message, ()))
        parts = await _add_file(board, context, said, file, user, ask_first=True)
        return replace(reply_to(message, parts), edits=board.messages)

    return Deferred(work)


def _checked(document: Document, said: Words) -> _File | str:
    """The file, or in words why it can't be added."""
    if (document.file_size or 0) > LARGEST_DOWNLOAD:
        return said("add-too-large", limit=LARGEST_DOWNLOAD // 1_000_000)
    try:
        name = check_document_path((document.file_name or "").replace("/", "-"))
    except SourceError as error:
        return refused(document.file_name or "", error.fault, said)
    return _File(document.file_id, name)


async def _add_text(
    message: Message, context: Context, said: Words, title: str, text: str, *, new: bool = False
) -> Reply:
    board = Board.at(message.get_bot(), reply_to(message, ()))
    user = message.from_user.id if message.from_user else 0
    document = f"# {title}\n\n{text}\n".encode()
    async with in_turn(board, context, said):
        path = f"{_slug(title)}.md"
        taken = await asyncio.to_thread(_holds_other, context.library.collection, path, document)
        if taken and new:
            path = f"{_slug(title)}-{message.message_id}.md"
        if taken and not new:
            asked = Pending("add-text", _Text(path, document.decode()).to_json())
            parts: tuple[Part, ...] = (
                await _ask_to_replace(board, context, said, path, asked, user=user),
            )
        else:
            parts = await put(board, context, said, path, document)
    return replace(reply_to(message, parts), edits=board.messages)


async def _add_file(
    board: Board,
    context: Context,
    said: Words,
    file: _File,
    user: int,
    *,
    accepted: str = "",
    ask_first: bool = False,
) -> tuple[Part, ...]:
    """Add a file; where too much would be lost by it, ask whether to all the same.

    With ``ask_first``, that is asked too where it would take another document's place.
    """

    async def ask(error: RefusedError) -> Part:
        asked = Pending("add-anyway", Refused(file.to_json(), error.documents).to_json())
        id_ = await context.confirmations.ask(asked, chat=board.chat, user=user)
        return confirmation(said("add-anyway-sure"), id_, "reload-anyway-yes", said)

    try:
        data = await _download(board.bot, file)
    except TelegramError as error:
        logger.warning("%s can't be fetched from Telegram: %s", file.name, error)
        return text_parts(said("add-lost"))
    async with in_turn(board, context, said):
        if ask_first and await asyncio.to_thread(
            _holds_other, context.library.collection, file.name, data
        ):
            asked = Pending("add", file.to_json())
            return (await _ask_to_replace(board, context, said, file.name, asked, user=user),)
        return await put(board, context, said, file.name, data, accepted=accepted, ask=ask)


async def _ask_to_replace(
    board: Board, context: Context, said: Words, name: str, asked: Pending, *, user: int
) -> Part:
    id_ = await context.confirmations.ask(asked, chat=board.chat, user=user)
    return confirmation(said("add-replace", name=one_line(name)), id_, "add-replace-yes", said)


async def _download(bot: Bot, file: _File) -> bytes:
    found = await bot.get_file(file.id)
    return bytes(await found.download_as_bytearray())


async def _add_link(message: Message, context: Context, said: Words, link: str) -> Reply:
    board = Board.at(message.get_bot(), reply_to(message, ()))
    async with in_turn(board, context, said):
        parts = await _follow(board, context, said, link)
    return replace(reply_to(message, parts), edits=board.messages)


async def _follow(board: Board, context: Context, said: Words, link: str) -> tuple[Part, ...]:
    """Add a link and reload; take it out again where nothing comes of it."""
    links = context.library.links
    try:
        url = await asyncio.to_thread(links.add, link)
    except RetrievalError as error:
        return refused_parts(error, said)  # without the link, which may hold a password
    left = text_parts(said("add-taken-back", name=one_line(url)))
    try:
        changes = await reload_on(board, context, said)
    except RetrievalError as error:
        await asyncio.to_thread(links.remove, url)
        others = others_parts(error, url, said)
        return (*failure_parts(error, said, reasons=True, way_out=False), *left, *others)
    if fault := fault_of(changes, url):
        await asyncio.to_thread(links.remove, url)
        return (*text_parts(refused(url, fault, said)), *left)
    await asyncio.to_thread(links.keep, url)
    if not (changes.added or changes.changed):
        # It may have been added by a run that was stopped before it said so.
        added = tuple(one.id for one in await context.sources() if one.path == url)
        changes = replace(changes, added=added)
    return changes_parts(changes, said, reasons=True)


def _holds_other(collection: Collection, path: str, data: bytes) -> bool:
    """Whether another document stands at a path."""
    return _standing(collection, path) not in (None, data)


def _standing(collection: Collection, path: str) -> bytes | None:
    """The document at a path, ``None`` for none; of what can't be there, adding it will tell."""
    try:
        return collection.read(path)
    except (SourceError, OSError):
        return None


def _first_words(text: str) -> str:
    line = " ".join(text.split("\n", 1)[0].split())
    return line if len(line) <= _LONGEST_TITLE else line[:_LONGEST_TITLE].rsplit(" ", 1)[0]


def _slug(title: str) -> str:
    """A title as a file's name: its letters and digits, with hyphens between the words."""
    plain = unicodedata.normalize("NFC", title.casefold())
    words = re.findall(r"[^\W_]+", plain)
    return "-".join(words)[:_LONGEST_TITLE].strip("-") or "document"
