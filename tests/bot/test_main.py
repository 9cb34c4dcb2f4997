"""Starting: what is wrong is said in a line, without a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz-_12345"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ADMIN_USER_IDS", TOKEN),
        ("TELEGRAM_API_URL", f"api.telegram.org/bot{TOKEN}"),
        ("LOG_LEVEL", TOKEN),
    ],
)
def test_a_token_in_the_wrong_setting_is_not_repeated(
    key: str,
    value: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(key, value)
    assert main([]) == 2
    told = capsys.readouterr().err
    assert key in told
    assert "<token>" in told
    assert TOKEN not in told
