"""Settings say where documents live, and nothing else is read."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import SettingsError
from retrieval.secret import Secret
from retrieval.settings import ModelSettings, Settings, WebSettings, read_environment


def test_documents_live_in_docs_store_unless_told_otherwise() -> None:
    expected = Settings(Path("docs_store/sources"), Path("docs_store"))
    assert Settings.from_environment({}) == expected
    assert Settings.from_environment({"DOCS_STORE": ""}) == expected


@given(st.text(st.characters(categories=["L", "Nd"]), min_size=1))
def test_the_sources_are_below_the_store(name: str) -> None:
    settings = Settings.from_environment({"DOCS_STORE": f"/data/{name}"})
    assert settings.store == Path("/data") / name
    assert settings.sources == settings.store / "sources"


def test_a_tilde_is_the_home_folder() -> None:
    assert Settings.from_environment({"DOCS_STORE": "~/docs"}).store == Path.home() / "docs"


def test_the_configured_folder_keeps_its_own_store_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    environment = {"DOCS_STORE": str(tmp_path)}
    configured = Settings.from_environment(environment)
    roundabout = tmp_path / "sources" / ".." / "sources"
    assert Settings.for_folder(roundabout, environment) == configured


def test_another_folder_has_a_store_of_its_own_in_the_cache(tmp_path: Path) -> None:
    environment = {"DOCS_STORE": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    one = Settings.for_folder(tmp_path / "one", environment)
    two = Settings.for_folder(tmp_path / "two", environment)
    assert one.sources == tmp_path / "one"
    assert one.store.is_relative_to(tmp_path / "cache" / "passo")
    assert one.store != two.store
    assert one.store == Settings.for_folder(tmp_path / "two" / ".." / "one", environment).store
    assert not one.store.exists()


def test_without_a_cache_folder_it_is_the_usual_one(tmp_path: Path) -> None:
    settings = Settings.for_folder(tmp_path, {})
    assert settings.store.is_relative_to(Path.home() / ".cache" / "passo")


def test_the_process_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("\ufeff# a comment\nDOCS_STORE=from-file\nLOG_LEVEL=DEBUG\nEMPTY\n", "utf-8")
    monkeypatch.setenv("DOCS_STORE", "from-process")
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    environment = read_environment(file)
    assert environment["DOCS_STORE"] == "from-process"
    assert environment["LOG_LEVEL"] == "DEBUG"
    assert "EMPTY" not in environment


def test_no_file_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCS_STORE", "here")
    assert read_environment(tmp_path / "none")["DOCS_STORE"] == "here"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"DOCS_STORE=citt\xe0\n")
    with pytest.raises(SettingsError, match=r"\.env.*UTF-8"):
        read_environment(file)


def test_a_tenth_of_the_questions_may_be_lost_unless_told_otherwise(tmp_path: Path) -> None:
    assert Settings.from_environment({}).max_loss == 0.1
    assert Settings.from_environment({"QUESTIONS_MAX_LOSS": ""}).max_loss == 0.1
    settings = Settings.from_environment({"QUESTIONS_MAX_LOSS": "0.25"})
    assert settings.max_loss == 0.25
    assert settings.questions == Path("docs_store/questions.jsonl")


@pytest.mark.parametrize("value", ["much", "-0.1", "1.1", "10%", "nan", "0,1"])
def test_a_share_that_is_none_names_its_key_and_the_way_out(value: str) -> None:
    with pytest.raises(SettingsError, match=r"QUESTIONS_MAX_LOSS is .*write a number from 0 to 1"):
        Settings.from_environment({"QUESTIONS_MAX_LOSS": value})


def test_without_a_key_nothing_is_asked_of_any_server() -> None:
    model = Settings.from_environment({}).model
    assert model == ModelSettings()
    assert not model.writes
    assert not model.embeds


@pytest.mark.parametrize(
    "given", [{"OPENAI_API_KEY": "sk-1"}, {"OPENAI_BASE_URL": "http://localhost:11434/v1/"}]
)
def test_a_key_or_a_server_of_ones_own_is_enough_to_write(given: dict[str, str]) -> None:
    model = Settings.from_environment(given).model
    assert model.writes
    assert not model.embeds
    assert (model.key.reveal(), model.url) in (("sk-1", ""), ("", "http://localhost:11434/v1"))


def test_the_models_settings_survive_the_way_into_another_process() -> None:
    environment = {
        "OPENAI_API_KEY": "sk-1",
        "OPENAI_BASE_URL": "https://host/v1",
        "OPENAI_MODEL": "one",
        "MODEL_DEADLINE": "12.5",
        "EMBEDDINGS": "OpenAI",
        "OPENAI_EMBEDDING_MODEL": "two",
    }
    model = Settings.from_environment(environment).model
    assert model == ModelSettings(Secret("sk-1"), "https://host/v1", "one", 12.5, True, "two")
    assert ModelSettings.from_environment(model.to_environment()) == model
    assert ModelSettings.from_environment(ModelSettings().to_environment()) == ModelSettings()


def test_another_folder_is_answered_by_the_same_model(tmp_path: Path) -> None:
    environment = {"OPENAI_API_KEY": "sk-1", "XDG_CACHE_HOME": str(tmp_path)}
    assert Settings.for_folder(tmp_path, environment).model.writes


def test_what_the_owner_opens_to_links_is_cast_and_given_on_as_it_is(tmp_path: Path) -> None:
    environment = {
        "FETCH_PORTS": "443, 8080",
        "FETCH_ALLOW_HOSTS": "Wiki.Internal 10.0.3.0/24,::1",
        "XDG_CACHE_HOME": str(tmp_path),
    }
    web = Settings.from_environment(environment).web
    networks = (ip_network("10.0.3.0/24"), ip_network("::1"))
    assert web == WebSettings(frozenset({443, 8080}), frozenset({"wiki.internal"}), networks)
    assert WebSettings.from_environment(web.to_environment()) == web
    assert Settings.for_folder(tmp_path, environment).web == web


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("FETCH_PORTS", "http"),
        ("FETCH_PORTS", "80,0"),
        ("FETCH_PORTS", "65536"),
        ("FETCH_PORTS", "²"),
        ("FETCH_ALLOW_HOSTS", "https://wiki"),
        ("FETCH_ALLOW_HOSTS", "*.internal"),
        ("FETCH_ALLOW_HOSTS", "10.0.3.1/24"),
        ("OPENAI_API_KEY", "two words"),
        ("OPENAI_API_KEY", "chiàve"),
        ("OPENAI_BASE_URL", "sk-pasted-here"),
        ("OPENAI_BASE_URL", "localhost:8000"),
        ("OPENAI_BASE_URL", "http://me:sesame@"),
        ("OPENAI_BASE_URL", "http://host:port"),
        ("OPENAI_BASE_URL", "http://host/v1?key=sesame"),
        ("MODEL_DEADLINE", "soon"),
        ("MODEL_DEADLINE", "0"),
        ("MODEL_DEADLINE", "nan"),
        ("MODEL_DEADLINE", "601"),
        ("EMBEDDINGS", "hosted"),
        ("EMBEDDINGS", "openai"),
    ],
)
def test_what_cannot_be_used_names_its_key_and_tells_no_secret(key: str, value: str) -> None:
    with pytest.raises(SettingsError, match=key) as caught:
        Settings.from_environment({key: value})
    if key.startswith("OPENAI"):
        assert value not in str(caught.value)
        assert "sesame" not in str(caught.value)
