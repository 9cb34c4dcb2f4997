"""The Bot API's methods. ``call`` runs one, as the server does.

Each method is a function whose signature is the list of parameters it takes.
"""

from __future__ import annotations

import importlib
import inspect
from typing import Any

from bot.sandbox.chats import Json
from bot.sandbox.errors import ApiError
from bot.sandbox.methods.registry import METHODS
from bot.sandbox.parameters import cast
from bot.sandbox.state import Sandbox

for _module in ("about", "chats", "editing", "inline", "receiving", "sending"):
    importlib.import_module(f"{__name__}.{_module}")

__all__ = ["METHODS", "call"]


async def call(sandbox: Sandbox, name: str, raw: Json) -> Any:
    """Run a method of the Bot API on behalf of the bot.

    Args:
        sandbox: Where.
        name: The method's name, in any case, as the real server takes it.
        raw: Its parameters: strings, uploads, or anything that JSON knows.

    Returns:
        The ``result`` of the answer, ready for JSON.

    Raises:
        ApiError: The call is refused.
    """
    method = METHODS.get(name.lower())
    if method is None:
        raise ApiError(404, "Not Found: method not found, or one the sandbox doesn't have")
    result = method.function(sandbox, **cast(method.parameters, raw, method.ignored))
    return await result if inspect.isawaitable(result) else result
