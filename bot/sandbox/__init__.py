"""A local Telegram: a strict Bot API over HTTP, a control API to be its people, a page to try it.

It imports nothing of the bot. ``python -m bot.sandbox`` runs it alone.
"""

from bot.sandbox.cast import Cast, populate
from bot.sandbox.client import SandboxClient
from bot.sandbox.errors import ApiError, ControlError, SandboxError
from bot.sandbox.flood import NO_LIMITS, TELEGRAM_LIMITS, FloodLimits, Window
from bot.sandbox.server import create_app, serve
from bot.sandbox.state import DEFAULT_TOKEN, Sandbox
from bot.sandbox.views import SandboxCall, SandboxChat, SandboxEvent, SandboxMessage, SandboxUser

__all__ = [
    "DEFAULT_TOKEN",
    "NO_LIMITS",
    "TELEGRAM_LIMITS",
    "ApiError",
    "Cast",
    "ControlError",
    "FloodLimits",
    "Sandbox",
    "SandboxCall",
    "SandboxChat",
    "SandboxClient",
    "SandboxError",
    "SandboxEvent",
    "SandboxMessage",
    "SandboxUser",
    "Window",
    "create_app",
    "populate",
    "serve",
]
