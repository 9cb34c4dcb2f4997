"""Parameters of a Bot API call: read from a request, cast as a method's signature says.

Unlike the real server, which ignores what it doesn't know, this one refuses it: a typo shows.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from bot.sandbox.chats import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.files import Upload

ChatId: TypeAlias = int | str
"""A chat's number, or ``@username`` of a public one."""

FileRef: TypeAlias = Upload | str
"""A file that is uploaded, or the ``file_id`` of one that was."""

_REQUIRED = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
}


def _to_int(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]{1,19}", value.strip()):
        return int(value)
    raise ValueError("an integer")


def _to_bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "1", "yes", "false", "0", "no"):
        return value.lower() in ("true", "1", "yes")
    raise ValueError("true or false")


def _to_str(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("a string")


def _from_json(kind: type, name: str) -> Callable[[object], Any]:
    def cast(value: object) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise ValueError(f"JSON: {name}") from None
        if isinstance(value, kind):
            return value
        raise ValueError(name)

    return cast


def _to_chat_id(value: object) -> ChatId:
    if isinstance(value, str) and value.startswith("@"):
        return value
    return _to_int(value)


def _to_file(value: object) -> FileRef:
    return value if isinstance(value, Upload) else _to_str(value)


_CASTS: Mapping[frozenset[object], Callable[[object], Any]] = {
    frozenset({int}): _to_int,
    frozenset({bool}): _to_bool,
    frozenset({str}): _to_str,
    frozenset({dict}): _from_json(dict, "an object"),
    frozenset({list}): _from_json(list, "an array"),
    frozenset({int, str}): _to_chat_id,
    frozenset({Upload, str}): _to_file,
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a method: how to cast it, and whether it must be there."""

    cast: Callable[[object], Any]
    required: bool


def parameters_of(function: Callable[..., Any]) -> dict[str, Parameter]:
    """The parameters of a method, from its signature after the first argument."""
    hints = get_type_hints(function)
    parameters = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        required = parameter.default is inspect.Parameter.empty
        parameters[name] = Parameter(_CASTS[_kinds(hints[name]) - {type(None)}], required)
    return parameters


def _kinds(hint: object) -> frozenset[object]:
    """The plain types a hint is made of: ``list[str] | None`` is a list or None."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return frozenset().union(*map(_kinds, get_args(hint)))
    return frozenset({origin or hint})


def cast(parameters: Mapping[str, Parameter], raw: Json, ignored: frozenset[str]) -> Json:
    """Cast what a call was given.

    Args:
        parameters: The method's.
        raw: Values as they came: strings, uploads, or anything that JSON knows.
        ignored: Names that are accepted and make no difference.

    Raises:
        ApiError: Something is missing, unknown, or of the wrong type.
    """
    values = {}
    for name, value in raw.items():
        if name in ignored:
            continue
        if name not in parameters:
            hint = " here: give entities instead" if name.endswith("parse_mode") else ""
            raise bad_request(f'parameter "{name}" is not supported by the sandbox{hint}')
        try:
            values[name] = parameters[name].cast(value)
        except ValueError as error:
            raise bad_request(f'parameter "{name}" must be {error}') from None
    for name, parameter in parameters.items():
        if parameter.required and values.get(name) in (None, ""):
            raise bad_request(_REQUIRED.get(name, f'parameter "{name}" is required'))
    return values
