"""A secret doesn't show itself, however it is printed."""

from __future__ import annotations

from dataclasses import replace

from retrieval.secret import Secret
from retrieval.settings import ModelSettings

KEY = "sk-0123456789"


def test_a_secret_shows_only_where_it_is_asked_for() -> None:
    secret = Secret(KEY)
    for shown in (repr(secret), str(secret), f"{secret}", f"{secret!r}", repr([secret])):
        assert KEY not in shown
    assert secret.reveal() == KEY


def test_an_empty_secret_is_false() -> None:
    assert not Secret()
    assert Secret(KEY)


def test_settings_with_a_key_in_them_can_be_printed() -> None:
    settings = replace(ModelSettings(), key=Secret(KEY), url="http://user:password@host/v1")
    assert KEY not in repr(settings)
    assert "password" not in repr(settings)
