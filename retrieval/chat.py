"""One request to a chat model, as a stream: the only module that talks to it.

Any server that speaks OpenAI's protocol will do. What a server turns out not to know (a JSON
schema, a limit of tokens, a temperature) isn't sent to it any more.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from retrieval.errors import ModelError
from retrieval.outages import Outage
from retrieval.prompting import SCHEMA, Prompt
from retrieval.usage import Usage

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

    from retrieval.settings import ModelSettings

OPENAI = "https://api.openai.com/v1"
_CONNECT = 5.0  # seconds
_LONGEST_MESSAGE = 300  # characters of a server's words that are looked at

# What may be sent, and how servers that don't know it call it.
_OPTIONS = {
    "response_format": r"response_format|json_|schema|grammar|structured|guided",
    "temperature": r"temperature",
    "max_completion_tokens": r"max_(?:completion_)?tokens",
    "stream_options": r"stream_options|include_usage",
}
_UNKNOWN = r"unsupported|not supported|unknown|unrecogni[sz]ed|not permitted|unexpected|extra"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a stream: words, the reason it ended for, what it used; each where it is there."""

    text: str = ""
    finish: str = ""
    usage: Usage | None = None


class Chat(Protocol):
    """A chat model. ``structured`` tells whether its server keeps to a JSON schema."""

    @property
    def structured(self) -> bool:
        """Whether prompts should ask for JSON."""

    def stream(self, prompt: Prompt, most_tokens: int, *, structured: bool) -> AsyncIterator[Piece]:
        """Make one request.

        Raises:
            ModelError: it failed, before its first piece or after any.
        """

    async def aclose(self) -> None:
        """Close all connections."""


class OpenAIChat:
    """The chat model of the settings. Connects at the first request, not before."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._opening = asyncio.Lock()
        self._model: ChatOpenAI | None = None
        self._http: Any = None
        self._options = set(_OPTIONS)

    @property
    def structured(self) -> bool:
        """Whether prompts should ask for JSON."""
        return "response_format" in self._options

    async def stream(
        self, prompt: Prompt, most_tokens: int, *, structured: bool
    ) -> AsyncIterator[Piece]:
        """Make one request; see :class:`Chat`."""
        model = await self._open()
        messages = [("system", prompt.orders), ("human", prompt.data)]
        body = self._body(most_tokens, structured=structured)
        # In the body, because LangChain would collect and parse the whole answer otherwise.
        try:
            async with aclosing(model.astream(messages, extra_body=body)) as chunks:  # type: ignore[type-var]
                async for chunk in chunks:
                    used = chunk.usage_metadata
                    yield Piece(
                        text=str(chunk.text),
                        finish=str(chunk.response_metadata.get("finish_reason") or ""),
                        usage=Usage(1, used["input_tokens"], used["output_tokens"])
                        if used
                        else None,
                    )
        except _failures() as error:
            raise self._explained(error, frozenset(body)) from None

    async def aclose(self) -> None:
        """Close all connections."""
        if self._http is not None:
            await self._http.aclose()
            self._http = self._model = None

    async def _open(self) -> ChatOpenAI:
        async with self._opening:
            if self._model is None:
                # Importing takes seconds, which other questions shouldn't wait for.
                opened = await asyncio.to_thread(_connected, self._settings)
                self._model, self._http = opened
            return self._model

    def _body(self, most_tokens: int, *, structured: bool) -> dict[str, Any]:
        named = {"name": "answer", "strict": True, "schema": SCHEMA}
        values: dict[str, Any] = {
            "temperature": 0,
            "max_completion_tokens": most_tokens,
            "stream_options": {"include_usage": True},
        }
        if structured:
            values["response_format"] = {"type": "json_schema", "json_schema": named}
        return {name: value for name, value in values.items() if name in self._options}

    def _explained(self, error: Exception, sent: frozenset[str]) -> ModelError:
        """Say what an error means for us; its own words stay out of it: they may hold anything."""
        import httpx2
        import openai

        if isinstance(error, openai.APIStatusError):
            return self._refused(error, sent)
        if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
            return ModelError("the model's server is silent", Outage.SLOW, again=True)
        if isinstance(error, openai.APIConnectionError | httpx2.HTTPError):
            return ModelError("the connection failed", Outage.CONNECTION, again=True)
        what = type(error).__name__
        return ModelError(f"the server's answer makes no sense ({what})", Outage.SERVER, again=True)

    def _refused(self, error: Any, sent: frozenset[str]) -> ModelError:
        status = error.status_code
        message = f"the model's server answered {status}"
        if status in (400, 422):
            return ModelError(message, again=self._simplify(str(error.message), sent))
        if status in (401, 403):
            return ModelError(message, Outage.KEY)
        if status == 404:
            return ModelError(message, Outage.MODEL)
        if status == 402 or (status == 429 and error.code == "insufficient_quota"):
            return ModelError(message, Outage.LIMIT)
        if status == 429:
            after = _seconds(error.response.headers.get("retry-after", ""))
            return ModelError(message, Outage.LIMIT, again=True, after=after)
        again = status >= 500 or status in (408, 409, 425)
        return ModelError(message, Outage.SERVER if again else None, again=again)

    def _simplify(self, message: str, sent: frozenset[str]) -> bool:
        """Leave out from now on what a server has complained of; tell whether that was sent."""
        message = message[:_LONGEST_MESSAGE].lower()
        named = {name for name, pattern in _OPTIONS.items() if re.search(pattern, message)}
        blamed = named & sent
        if not named and re.search(_UNKNOWN, message):
            blamed = set(sent)
        self._options -= blamed
        return bool(blamed)


def _connected(settings: ModelSettings) -> tuple[ChatOpenAI, Any]:
    import openai
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    # One of our own, because LangChain's is shared and outlives whoever closes it.
    timeout = openai.Timeout(settings.deadline / 2, connect=min(_CONNECT, settings.deadline / 2))
    http = openai.DefaultAsyncHttpxClient(timeout=timeout)
    model = ChatOpenAI(
        model=settings.chat,
        # An empty key is looked for in the environment; a server that needs none takes any.
        api_key=SecretStr(settings.key.reveal() or "none"),
        base_url=settings.url or OPENAI,
        timeout=timeout,
        max_retries=0,
        http_async_client=http,
        http_socket_options=(),
        openai_proxy=None,
        use_responses_api=False,
        stream_chunk_timeout=None,
        stream_usage=False,
        cache=False,
    )
    return model, http


def _failures() -> tuple[type[Exception], ...]:
    """Everything that a request may end in: what the server did, and what it made LangChain do."""
    import httpx2
    import openai

    return (
        openai.OpenAIError,
        httpx2.HTTPError,
        httpx2.StreamError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        return 0.0
    return seconds if seconds > 0 else 0.0  # nor is «nan» any time
