"""Settings of ``retrieval``, read once from an environment mapping."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from retrieval.errors import SettingsError


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
class Settings:
    """Where the documents live.

    ``sources`` is the folder of documents; ``store`` the folder that holds the generations and
    the pointer to the current one. ``max_loss`` is the share (0 to 1) of the test questions that
    pass today which a reload may lose: 0 allows no loss, 1 any.
    """

    sources: Path
    store: Path
    max_loss: float = 0.1

    @property
    def questions(self) -> Path:
        """The owner's questions about the documents; the file need not be there."""
        return self.store / "questions.jsonl"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Cast ``DOCS_STORE`` (default ``docs_store``) and ``QUESTIONS_MAX_LOSS`` (0.1).

        Raises:
            SettingsError: a value can't be used. The message names its key.
        """
        root = Path(environment.get("DOCS_STORE") or "docs_store").expanduser()
        max_loss = _share("QUESTIONS_MAX_LOSS", environment.get("QUESTIONS_MAX_LOSS") or "0.1")
        return cls(sources=root / "sources", store=root, max_loss=max_loss)

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
        return cls(sources=sources, store=Path(cache) / "passo" / name)


def _share(key: str, text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise SettingsError(f"{key} is {text!r}: write a number from 0 to 1, such as 0.1")
    return share
