"""Settings of the bot, read once from an environment mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import SettingsError
from retrieval import Secret

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_DOLLARS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_DAY = 24 * 60
_LONGEST_KEPT = 3650
_PERIOD = re.compile(r"([0-9]{1,5})\s*([mhd])")
_UNITS = {"m": 60, "h": 3_600, "d": 86_400}
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the bot reaches Telegram, whom it obeys, and where it keeps its state.

    An empty ``token`` means there is no Telegram to serve: the bot runs against its own sandbox.
    ``api_url`` is the origin of the Bot API server, without a slash at its end. ``admins`` are
    numeric user ids. Without ``allowed_chats``, every group and channel is allowed. ``state_url``
    is an async SQLAlchemy URL; it may hold a password, so it is left out of the repr. After
    ``session_minutes`` without a question, a conversation is over. What was answered where is kept
    for ``keep_days``. With ``guest_mode``, chats that the bot isn't in may ask it.

    The documents are read again every ``resync_seconds`` (0: never), and with ``watch_sources``
    whenever their folder changes.

    ``budget_user_calls`` is how many calls to the model one person's questions may make a day, and
    ``budget_total`` what all may cost a day, in micro-dollars; 0 is no limit. ``prices`` is a file
    like ``bot/prices.toml``; ``None`` is that one.
    """

    token: Secret = field(default_factory=Secret)
    api_url: str = "https://api.telegram.org"
    admins: frozenset[int] = frozenset()
    allowed_chats: frozenset[int] = frozenset()
    state_url: str = field(default="sqlite+aiosqlite:///var/state.sqlite3", repr=False)
    session_minutes: int = 30
    keep_days: int = 90
    guest_mode: bool = False
    resync_seconds: int = 0
    watch_sources: bool = False
    budget_user_calls: int = 0
    budget_total: int = 0
    prices: Path | None = None
    log_level: str = "INFO"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Cast what the environment says; what it doesn't say keeps its default.

        Raises:
            SettingsError: A value cannot be used. The message names its key and the way out.
        """
        given = {key: value.strip() for key, value in environment.items() if value.strip()}
        defaults = cls()
        return cls(
            token=_token(given.get("TELEGRAM_BOT_TOKEN", "")),
            api_url=_origin(given.get("TELEGRAM_API_URL", defaults.api_url)),
            admins=_ids(given.get("ADMIN_USER_IDS", "")),
            allowed_chats=_chat_ids(given.get("ALLOWED_CHATS", "")),
            state_url=_state_url(given.get("STATE_URL", defaults.state_url)),
            session_minutes=_minutes(given.get("SESSION_MINUTES", str(defaults.session_minutes))),
            guest_mode=_flag("GUEST_MODE", given.get("GUEST_MODE", "off")),
            keep_days=_days(given.get("KEEP_DAYS", str(defaults.keep_days))),
            resync_seconds=_seconds(given.get("RESYNC_EVERY", "")),
            watch_sources=_flag("WATCH_SOURCES", given.get("WATCH_SOURCES", "no")),
            budget_user_calls=_calls(given.get("BUDGET_USER_CALLS", "0")),
            budget_total=_micro_dollars(given.get("BUDGET_TOTAL_USD", "0")),
            prices=Path(given["PRICES"]) if given.get("PRICES") else None,
            log_level=_level(given.get("LOG_LEVEL", defaults.log_level)),
        )


def _token(value: str) -> Secret:
    if value and not _TOKEN.fullmatch(value):
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN doesn't look like a token (digits, a colon, then letters, digits, "
            "- or _). Copy it again from @BotFather, or leave it empty to use the sandbox."
        )
    return Secret(value)


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise SettingsError(
            f"TELEGRAM_API_URL is {value!r}, which is not the address of a server. Write its "
            "origin, such as https://api.telegram.org or http://127.0.0.1:8081."
        )
    return value.rstrip("/")


def _ids(value: str) -> frozenset[int]:
    words = value.replace(",", " ").split()
    for word in words:
        if not (word.isascii() and word.isdecimal() and int(word) > 0):
            raise SettingsError(
                f"ADMIN_USER_IDS has {word!r} in it. Write numeric user ids with commas between "
                "them, such as 123456789,987654321; the bot tells you yours if you send /reload."
            )
    return frozenset(map(int, words))


def _chat_ids(value: str) -> frozenset[int]:
    words = value.replace(",", " ").split()
    for word in words:
        if not re.fullmatch(r"-[0-9]{1,19}", word):
            raise SettingsError(
                f"ALLOWED_CHATS has {word!r} in it. Write ids of groups and channels, which begin "
                "with a minus, with commas between them, such as -1001234567890; or leave it empty "
                "to allow every chat."
            )
    return frozenset(map(int, words))


def _state_url(value: str) -> str:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    advice = "Write an async SQLAlchemy URL, such as sqlite+aiosqlite:///var/state.sqlite3."
    try:
        url = make_url(value)
        is_async = url.get_dialect().is_async
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        # The value may hold a password, so it isn't repeated here.
        raise SettingsError(f"STATE_URL cannot be read as a database URL. {advice}") from None
    if not is_async:
        raise SettingsError(f"STATE_URL names the driver {url.drivername!r}, not async. {advice}")
    return value


def _minutes(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= _DAY):
        raise SettingsError(
            f"SESSION_MINUTES is {value!r}. Write a whole number of minutes from 1 to {_DAY}, "
            "such as 30."
        )
    return int(value)


def _flag(key: str, value: str) -> bool:
    if value.lower() not in ("on", "yes", "off", "no"):
        raise SettingsError(f"{key} is {value!r}. Write on or off.")
    return value.lower() in ("on", "yes")


def _seconds(value: str) -> int:
    match = _PERIOD.fullmatch(value.lower())
    seconds = int(match[1]) * _UNITS[match[2]] if match else 0
    if value and not 60 <= seconds <= 30 * 86_400:
        raise SettingsError(
            f"RESYNC_EVERY is {value!r}. Write minutes, hours or days, such as 30m, 6h or 1d (up "
            "to 30d), or leave it empty for never."
        )
    return seconds


def _days(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= _LONGEST_KEPT):
        raise SettingsError(
            f"KEEP_DAYS is {value!r}. Write a whole number of days from 1 to {_LONGEST_KEPT}, "
            "such as 90."
        )
    return int(value)


def _calls(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise SettingsError(
            f"BUDGET_USER_CALLS is {value!r}. Write a whole number of calls a day, such as 100, or "
            "leave it empty for no limit."
        )
    return int(value)


def _micro_dollars(value: str) -> int:
    if not _DOLLARS.fullmatch(value):
        raise SettingsError(
            f"BUDGET_TOTAL_USD is {value!r}. Write US dollars a day with a point, such as 2.50, or "
            "leave it empty for no limit."
        )
    return int(Decimal(value) * 1_000_000)


def _level(value: str) -> str:
    level = value.upper()
    if level not in _LEVELS:
        raise SettingsError(f"LOG_LEVEL is {value!r}. Choose one of {', '.join(_LEVELS)}.")
    return level
