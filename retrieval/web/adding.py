"""Links that come one by one, in a file of their own beside those that people write.

A link is marked in it until whoever added it has seen what comes of it. So one whose adding was cut
off, as by a crash, can be told from one that is there already.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Lock

from retrieval.errors import LinkError
from retrieval.faults import Fault, FaultError, reason_of, unwritable
from retrieval.files import sync, write_whole
from retrieval.settings import WebSettings
from retrieval.web.links import parse
from retrieval.web.lists import MOST, SUFFIX, Listed, decode_lines, read_lists

FILE = f"added{SUFFIX}"
"""Below the sources folder."""

_HEAD = "# Links that were sent to the bot: one a line."
_UNREAD = "  # not read yet"


class AddedLinks:
    """The links that were sent to the bot. Thread-safe; nothing here fetches any."""

    def __init__(self, folder: Path, settings: WebSettings) -> None:
        self._folder = folder
        self._settings = settings
        self._lock = Lock()

    def add(self, text: str) -> str:
        """Add a link, and return it in its one spelling. It is to be kept or removed after that.

        Until then, adding it once more is no mistake.

        Raises:
            LinkError: it can't be one, or it is there already, or the disk refuses.
        """
        try:
            link = parse(text.strip(), self._settings)
        except FaultError as error:
            raise LinkError(error.fault.reworded(f"this link can't be added: {error}")) from None
        with self._lock:
            links = read_lists(self._folder, self._settings).links
            lines = self._lines()
            if known := next((each for each in links if each.link.id == link.id), None):
                if known.file == FILE and lines[known.line - 1].endswith(_UNREAD):
                    return known.link.url
                english = f"{link.url} is there already ({known.place})"
                raise LinkError(Fault("known-link", english, place=known.place))
            if len(links) >= MOST:
                english = f"there are {MOST} links already: take some out first"
                raise LinkError(Fault("many-links", english, most=MOST))
            self._write([*lines, link.url + _UNREAD])
        return link.url

    def keep(self, url: str) -> None:
        """Note that something came of a link that was added; ``url`` is what :meth:`add` gave.

        Raises:
            LinkError: the disk refuses.
        """
        with self._lock:
            lines = self._lines()
            self._write([url if line == url + _UNREAD else line for line in lines])

    def find(self, text: str) -> str:
        """A link that was added, named as it is written or by its source's id; in its one spelling.

        Raises:
            LinkError: there is none, or it stands in another file.
        """
        return self._find(text).link.url

    def remove(self, text: str) -> str:
        """Take out a link that was added, named as in :meth:`find`; in its one spelling.

        What it led to is gone at the next reload.

        Raises:
            LinkError: there is none, or it stands in another file, or the disk refuses.
        """
        with self._lock:
            found = self._find(text)
            lines = self._lines()
            del lines[found.line - 1]
            self._write(lines)
        return found.link.url

    def _find(self, text: str) -> Listed:
        links = read_lists(self._folder, self._settings).links
        found = _find(links, text.strip(), self._settings)
        if found is None:
            english = "there is no such link: look at the list of documents"
            raise LinkError(Fault("no-link", english))
        if found.file != FILE:
            english = f"{found.link.url} stands in {found.place}: take it out there"
            raise LinkError(Fault("other-list", english, place=found.place))
        return found

    def _lines(self) -> list[str]:
        try:
            return decode_lines((self._folder / FILE).read_bytes())
        except FileNotFoundError:
            return [_HEAD]
        except (OSError, ValueError) as error:
            english = f"{FILE} can't be read: {error}: mend it or remove it"
            raise LinkError(Fault("list-unreadable", english, name=FILE)) from None

    def _write(self, lines: list[str]) -> None:
        """Write the file, or take it away where it has nothing to say any more."""
        try:
            if not any(lines) or lines == [_HEAD]:
                (self._folder / FILE).unlink(missing_ok=True)
                sync(self._folder)
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._folder / FILE, "".join(f"{line}\n" for line in lines))
        except OSError as error:
            reason = reason_of(error)
            raise LinkError(unwritable(error, f"{FILE} can't be written: {reason}")) from None


def _find(links: tuple[Listed, ...], text: str, settings: WebSettings) -> Listed | None:
    names = {text}
    with suppress(ValueError):  # then it can only be an id
        names.add(parse(text, settings).id)
    return next((each for each in links if each.link.id in names), None)
