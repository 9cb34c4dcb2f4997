"""What a client sent to the control API, read field by field with clear refusals."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request

from bot.sandbox.chats import Json
from bot.sandbox.errors import ControlError
from bot.sandbox.files import Upload

T = TypeVar("T")
_NEEDED: Any = object()


@dataclass(slots=True)
class Body:
    """The fields of a request, from its body or query, and of its path.

    Every reader raises ``ControlError`` when a field is missing or of the wrong type.
    """

    fields: Json
    path: Mapping[str, str]

    @classmethod
    async def read(cls, request: Request) -> Body:
        """Read a request."""
        content = await request.body()
        try:
            fields = json.loads(content) if content else {}
        except ValueError:
            raise ControlError("the body is not JSON") from None
        if not isinstance(fields, dict):
            raise ControlError("the body must be a JSON object")
        return cls({**request.query_params, **fields}, request.path_params)

    def allow(self, names: frozenset[str]) -> None:
        """Refuse all fields but these: a typo shows."""
        if unknown := set(self.fields) - names:
            known = ", ".join(sorted(names)) or "none"
            raise ControlError(f'there is no field "{min(unknown)}" here; there are: {known}')

    def path_id(self) -> int:
        """The number in the path."""
        return _number("the id in the path", self.path["id"])

    def number(self, name: str, default: int = _NEEDED) -> int:
        """A whole number."""
        return _number(name, self._take(name, default))

    def optional_number(self, name: str) -> int | None:
        """A whole number, or nothing."""
        value = self._take(name, None)
        return None if value is None else _number(name, value)

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers, empty when left out."""
        return [_number(name, value) for value in self.optional_list(name) or []]

    def seconds(self, name: str) -> float:
        """A time in seconds, 0 when left out."""
        value = self._take(name, 0)
        try:
            seconds = float(value)
        except (TypeError, ValueError):
            seconds = -1.0
        if not 0 <= seconds < float("inf"):
            raise ControlError(f'"{name}" must be a number of seconds, not {value!r}')
        return seconds

    def text(self, name: str) -> str:
        """A string that isn't empty."""
        value = self._take(name, _NEEDED)
        if not isinstance(value, str) or not value:
            raise ControlError(f'"{name}" must be a string that isn\'t empty, not {value!r}')
        return value

    def optional_text(self, name: str) -> str | None:
        """A string, or nothing."""
        value = self._take(name, None)
        if value is not None and not isinstance(value, str):
            raise ControlError(f'"{name}" must be a string, not {value!r}')
        return value

    def optional_list(self, name: str) -> list[object] | None:
        """An array, or nothing."""
        value = self._take(name, None)
        if value is not None and not isinstance(value, list):
            raise ControlError(f'"{name}" must be an array, not {value!r}')
        return value

    def flag(self, name: str) -> bool:
        """True or false; false when left out."""
        value = self._take(name, False)
        if not isinstance(value, bool):
            raise ControlError(f'"{name}" must be true or false, not {value!r}')
        return value

    def choice(self, name: str, choices: tuple[T, ...], default: T = _NEEDED) -> T:
        """One of a few values."""
        value = self._take(name, default)
        for choice in choices:
            if value == choice:
                return choice
        known = ", ".join(str(choice) for choice in choices if choice is not None)
        raise ControlError(f'"{name}" must be one of {known}, not {value!r}')

    def document(self) -> Upload | None:
        """``document``: an object with ``file_name``, ``content`` (base64) and ``mime_type``."""
        value = self._take("document", None)
        if value is None:
            return None
        if not isinstance(value, dict) or set(value) - {"file_name", "content", "mime_type"}:
            raise ControlError('"document" has the fields file_name, content and mime_type')
        try:
            content = base64.b64decode(value.get("content", ""), validate=True)
        except (TypeError, binascii.Error):
            raise ControlError('"content" of the document must be base64') from None
        return Upload(str(value.get("file_name") or "file"), content, value.get("mime_type"))

    def _take(self, name: str, default: Any) -> Any:
        value = self.fields.get(name)
        if value is None:
            value = default
        if value is _NEEDED:
            raise ControlError(f'"{name}" is missing')
        return value


def _number(name: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.removeprefix("-").isdecimal() and len(value) < 20:
        return int(value)
    raise ControlError(f'"{name}" must be a whole number, not {value!r}')
