"""All words for people, in the language of whoever reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

from fluent.runtime import FluentBundle, FluentResource

from retrieval import Language

FOLDER = Path(__file__).parent
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Words:
    """One language's words: ``words("key", name=value)``."""

    def __init__(self, language: Language, bundle: FluentBundle) -> None:
        self.language = language
        self._bundle = bundle

    def __call__(self, key: str, **values: str | float) -> str:
        """The words for ``key`` with ``values`` put in their places.

        Raises:
            LookupError: There is no such key, or a value it needs is missing.
        """
        if not self._bundle.has_message(key):
            raise LookupError(f"{self.language}.ftl has no message {key!r}")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise LookupError(f"{key!r} in {self.language}.ftl has no words")
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise LookupError(f"{key!r} in {self.language}.ftl: {errors[0]}")
        return str(text)


@cache
def words_in(language: Language) -> Words:
    """The words of one language."""
    # Isolation marks would be invisible characters in every message.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((FOLDER / f"{language}.ftl").read_text("utf-8")))
    return Words(language, bundle)


def words_for(language_code: str | None) -> Words:
    """The words for a user: Italian if Telegram says so or says nothing, English otherwise."""
    code = (language_code or "it").lower()
    return words_in("it" if code.split("-")[0] == "it" else "en")
