"""Settings: every mistake names its key and the way out, and no secret is ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings
from retrieval import Secret

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz-_12345"


def test_nothing_set_means_the_sandbox() -> None:
    assert Settings.from_environment({"TELEGRAM_BOT_TOKEN": " ", "HOME": "/"}) == Settings()


def test_everything_can_be_set() -> None:
    settings = Settings.from_environment(
        {
            "TELEGRAM_BOT_TOKEN": f" {TOKEN} ",
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "ADMIN_USER_IDS": "1, 22 333",
            "ALLOWED_CHATS": "-1001234567890, -5",
            "STATE_URL": "sqlite+aiosqlite:///x.sqlite3",
            "SESSION_MINUTES": "5",
            "KEEP_DAYS": "7",
            "RESYNC_EVERY": "6h",
            "WATCH_SOURCES": "yes",
            "BUDGET_USER_CALLS": "100",
            "BUDGET_TOTAL_USD": "2.5",
            "PRICES": "mine.toml",
            "LOG_LEVEL": "debug",
        }
    )
    assert settings == Settings(
        token=Secret(TOKEN),
        api_url="http://127.0.0.1:8081",
        admins=frozenset({1, 22, 333}),
        allowed_chats=frozenset({-1001234567890, -5}),
        state_url="sqlite+aiosqlite:///x.sqlite3",
        session_minutes=5,
        resync_seconds=21_600,
        watch_sources=True,
        keep_days=7,
        budget_user_calls=100,
        budget_total=2_500_000,
        prices=Path("mine.toml"),
        log_level="DEBUG",
    )


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("TELEGRAM_BOT_TOKEN", "hello", "@BotFather"),
        ("TELEGRAM_BOT_TOKEN", "123:a b", "@BotFather"),
        ("TELEGRAM_API_URL", "api.telegram.org", "'api.telegram.org'"),
        ("TELEGRAM_API_URL", "https://", "'https://'"),
        ("TELEGRAM_API_URL", "https://x/?a=b", "origin"),
        ("ADMIN_USER_IDS", "1,@anna", "'@anna'"),
        ("ADMIN_USER_IDS", "-5", "'-5'"),
        ("ADMIN_USER_IDS", "²", "'²'"),
        ("ALLOWED_CHATS", "-5, 7", "'7'"),
        ("ALLOWED_CHATS", "@gruppo", "begin with a minus"),
        ("RESYNC_EVERY", "0h", "30m"),
        ("RESYNC_EVERY", "6", "'6'"),
        ("RESYNC_EVERY", "31d", "up to 30d"),
        ("WATCH_SOURCES", "maybe", "'maybe'"),
        ("KEEP_DAYS", "0", "from 1"),
        ("KEEP_DAYS", "ever", "'ever'"),
        ("STATE_URL", "state.sqlite3", "sqlite+aiosqlite"),
        ("STATE_URL", "sqlite:///x", "not async"),
        ("STATE_URL", "nothing+here://x", "sqlite+aiosqlite"),
        ("SESSION_MINUTES", "0", "'0'"),
        ("SESSION_MINUTES", "half an hour", "'half an hour'"),
        ("SESSION_MINUTES", "1441", "1440"),
        ("BUDGET_USER_CALLS", "-1", "'-1'"),
        ("BUDGET_USER_CALLS", "many", "such as 100"),
        ("BUDGET_TOTAL_USD", "2,50", "'2,50'"),
        ("BUDGET_TOTAL_USD", "-1", "such as 2.50"),
        ("BUDGET_TOTAL_USD", "nan", "'nan'"),
        ("LOG_LEVEL", "LOUD", "'LOUD'"),
    ],
)
def test_a_bad_value_names_its_key_and_the_way_out(key: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({key: value})
    assert key in str(caught.value)
    assert told in str(caught.value)


def test_secrets_are_not_shown() -> None:
    bad = "sesame:open"
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"TELEGRAM_BOT_TOKEN": bad})
    assert bad not in str(caught.value)
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"STATE_URL": "no such+thing://me:sesame@host/db"})
    assert "sesame" not in str(caught.value)
    secret = Secret(TOKEN)
    assert TOKEN not in f"{secret} {secret!r} {Settings(token=secret)}"
    assert secret.reveal() == TOKEN
    assert "sesame" not in repr(Settings(state_url="postgresql+asyncpg://me:sesame@host/db"))
