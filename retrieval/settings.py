"""Settings of ``retrieval``, read once from an environment mapping."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from dotenv import dotenv_values

from retrieval.errors import SettingsError
from retrieval.secret import Secret

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?")


def read_environment(file: Path = Path(".env")) -> dict[str, str]:
    """Read ``file`` (if it is there) and the process environment, which wins.

    Raises:
        SettingsError: the file can't be read. The message names it.
    """
    try:
        values = dotenv_values(file)
    except (OSError, UnicodeDecodeError) as error:
        # Not the error's own words: it holds what the file does, which is secret.
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise SettingsError(f"the settings file {file} can't be read: {why}") from None
    return {**{key: value for key, value in values.items() if value is not None}, **os.environ}


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The server that models are asked of: OpenAI's, or any other that speaks its protocol.

    ``key`` may be empty for a server of one's own, which needs none; ``url`` is the address that
    ends in ``/v1``, empty for OpenAI's. ``chat`` is the model that writes answers and ``deadline``
    the seconds it has for one, another try included. With ``embeds``, ``embedding`` is the model
    that vectors come from.
    """

    key: Secret = field(default_factory=Secret)
    url: str = field(default="", repr=False)  # it may hold a password
    chat: str = "gpt-4.1-mini"
    deadline: float = 30.0
    embeds: bool = False
    embedding: str = "text-embedding-3-small"

    @property
    def writes(self) -> bool:
        """Tell whether there is a model to write answers."""
        return bool(self.key or self.url)

    def to_environment(self) -> dict[str, str]:
        """Give the mapping that :meth:`from_environment` reads as these settings. It is secret."""
        return {
            "OPENAI_API_KEY": self.key.reveal(),
            "OPENAI_BASE_URL": self.url,
            "OPENAI_MODEL": self.chat,
            "MODEL_DEADLINE": str(self.deadline),
            "EMBEDDINGS": "openai" if self.embeds else "local",
            "OPENAI_EMBEDDING_MODEL": self.embedding,
        }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> ModelSettings:
        """Cast what the environment says; what it doesn't say keeps its default.

        Raises:
            SettingsError: a value can't be used. The message names its key.
        """
        given = {key: value.strip() for key, value in environment.items() if value.strip()}
        defaults = cls()
        settings = cls(
            key=_key(given.get("OPENAI_API_KEY", "")),
            url=_address("OPENAI_BASE_URL", given.get("OPENAI_BASE_URL", "")),
            chat=given.get("OPENAI_MODEL", defaults.chat),
            deadline=_seconds("MODEL_DEADLINE", given.get("MODEL_DEADLINE", "30")),
            embeds=_choice("EMBEDDINGS", given.get("EMBEDDINGS", "local"), "local", "openai"),
            embedding=given.get("OPENAI_EMBEDDING_MODEL", defaults.embedding),
        )
        if settings.embeds and not settings.writes:
            raise SettingsError(
                "EMBEDDINGS is openai, but there is no server to ask: set OPENAI_API_KEY, or "
                "OPENAI_BASE_URL for a server of your own, or choose EMBEDDINGS=local"
            )
        return settings


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where links may lead, besides public addresses.

    ``ports`` are those that may be asked; ``hosts`` the names and ``networks`` the addresses of
    servers of one's own.
    """

    ports: frozenset[int] = frozenset({80, 443})
    hosts: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def to_environment(self) -> dict[str, str]:
        """Give the mapping that :meth:`from_environment` reads as these settings."""
        return {
            "FETCH_PORTS": ",".join(map(str, sorted(self.ports))),
            "FETCH_ALLOW_HOSTS": ",".join([*sorted(self.hosts), *map(str, self.networks)]),
        }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> WebSettings:
        """Cast ``FETCH_PORTS`` and ``FETCH_ALLOW_HOSTS``.

        Raises:
            SettingsError: a value can't be used. The message names its key.
        """
        ports = _words(environment.get("FETCH_PORTS") or "80,443")
        for port in ports:
            if not (port.isascii() and port.isdecimal() and 0 < int(port) < 65_536):
                raise SettingsError(
                    f"FETCH_PORTS has {port!r} in it: write numbers of ports, such as 80,443,8080"
                )
        hosts, networks = set(), []
        for word in _words(environment.get("FETCH_ALLOW_HOSTS") or ""):
            try:
                networks.append(ip_network(word))
            except ValueError:
                if not _HOST.fullmatch(word):
                    raise SettingsError(
                        f"FETCH_ALLOW_HOSTS has {word!r} in it: write names of servers, addresses "
                        "or networks, such as wiki.example.internal,10.0.3.0/24"
                    ) from None
                hosts.add(word)
        return cls(frozenset(map(int, ports)), frozenset(hosts), tuple(networks))


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the documents live, and which model, if any, helps to answer from them.

    ``sources`` is the folder of documents; ``store`` the folder that holds the generations and
    the pointer to the current one. ``max_loss`` is the share (0 to 1) of the test questions that
    pass today which a reload may lose: 0 allows no loss, 1 any. ``max_wipe`` is the share of the
    documents, or of their passages, that may be gone after it. ``asked`` says that somebody wants
    it: it then also undoes a rollback. ``accepted`` names documents that were refused, as the error
    did: exactly those are taken, whatever is lost by it.
    """

    sources: Path
    store: Path
    max_loss: float = 0.1
    model: ModelSettings = field(default_factory=ModelSettings)
    web: WebSettings = field(default_factory=WebSettings)
    max_wipe: float = 0.5
    asked: bool = True
    accepted: str = ""

    def forced(self) -> Self:
        """The same, but whatever a reload loses, it is not refused."""
        return replace(self, max_loss=1.0, max_wipe=1.0)

    @property
    def questions(self) -> Path:
        """The owner's questions about the documents; the file need not be there."""
        return self.store / "questions.jsonl"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Cast ``DOCS_STORE``, ``QUESTIONS_MAX_LOSS``, and what the model and the web want.

        Raises:
            SettingsError: a value can't be used. The message names its key.
        """
        root = Path(environment.get("DOCS_STORE") or "docs_store").expanduser()
        max_loss = _share("QUESTIONS_MAX_LOSS", environment.get("QUESTIONS_MAX_LOSS") or "0.1")
        model = ModelSettings.from_environment(environment)
        web = WebSettings.from_environment(environment)
        return cls(root / "sources", root, max_loss, model, web)

    @classmethod
    def for_folder(cls, sources: Path, environment: Mapping[str, str]) -> Settings:
        """A store of its own, in the cache folder, for another folder of documents.

        There are no questions in it, so that nothing stands between these documents and an answer.
        """
        from retrieval.types import content_hash

        configured = cls.from_environment(environment)
        if sources.resolve() == configured.sources.resolve():
            return configured
        cache = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        name = content_hash(str(sources.resolve()))[:16]
        store = Path(cache) / "passo" / name
        return cls(sources, store, model=configured.model, web=configured.web)


def _words(text: str) -> list[str]:
    return text.lower().replace(",", " ").split()


def _share(key: str, text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise SettingsError(f"{key} is {text!r}: write a number from 0 to 1, such as 0.1")
    return share


def _key(text: str) -> Secret:
    if not (text.isascii() and text.isprintable()) or " " in text:
        # It goes into an HTTP header. Not repeated here: most of it may well be right.
        raise SettingsError("OPENAI_API_KEY has characters in it that no key has: copy it again")
    return Secret(text)


def _address(key: str, text: str) -> str:
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment:
        # Not repeated here: it may hold a password, or be a key in the wrong place.
        raise SettingsError(
            f"{key} is not the address of a server: write one such as http://localhost:11434/v1, "
            "or leave it empty for OpenAI's own"
        )
    return text.rstrip("/")


def _seconds(key: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 600:
        raise SettingsError(f"{key} is {text!r}: write a number of seconds from 1 to 600")
    return seconds


def _choice(key: str, text: str, no: str, yes: str) -> bool:
    if text.lower() not in (no, yes):
        raise SettingsError(f"{key} is {text!r}: choose {no} or {yes}")
    return text.lower() == yes
