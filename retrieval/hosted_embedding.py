"""Vectors from a server that speaks OpenAI's protocol."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from retrieval.chat import OPENAI
from retrieval.embedding import Embedder, Vectors
from retrieval.errors import ModelError

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings

    from retrieval.settings import ModelSettings

_BATCH = 128  # texts a request
_PATIENCE = 60.0  # seconds for one of many requests; a question's has half the model's deadline
_RETRIES = 4  # where documents are indexed, which may take its time


class OpenAIEmbedder(Embedder):
    """The embedding model of the settings. Thread-safe; connects at its first use, not before.

    A question costs one request, with its words in it; documents as many as their texts fill. The
    model's name and its server's make the fingerprint: the same name may mean another model
    elsewhere. How long its vectors are shows at first use; ``dimensions`` is 0 until then.
    """

    def __init__(self, settings: ModelSettings) -> None:
        host = urlsplit(settings.url or OPENAI).hostname
        self.fingerprint = f"openai/{host}/{settings.embedding}"
        self.dimensions = 0
        self._settings = settings
        self._opening = Lock()
        self._http: Any = None
        self._for_questions: OpenAIEmbeddings | None = None
        self._for_documents: OpenAIEmbeddings | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: a row each, of length one.

        Raises:
            ModelError: the server fails, or what it says makes no sense.
        """
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        import httpx2
        import openai

        for_questions, for_documents = self._open()
        model = for_questions if len(texts) <= _BATCH else for_documents
        try:
            rows = np.array(model.embed_documents(list(texts)), dtype=np.float32)
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            status = getattr(error, "status_code", "")
            raise self._error(f"{type(error).__name__} {status}".strip()) from None
        except (ValueError, TypeError, LookupError, AttributeError):
            raise self._error("its answer isn't one") from None
        if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all():
            raise self._error("its answer isn't one")
        self.dimensions = rows.shape[1]
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)

    def close(self) -> None:
        """Close all connections; they are opened again where they are needed."""
        with self._opening:
            if self._http is not None:
                self._http.close()
            self._http = self._for_questions = self._for_documents = None

    def _open(self) -> tuple[OpenAIEmbeddings, OpenAIEmbeddings]:
        with self._opening:
            if self._for_questions is None or self._for_documents is None:
                import openai

                self._http = openai.DefaultHttpxClient()
                self._for_questions = self._model(self._settings.deadline / 2, 0)
                self._for_documents = self._model(_PATIENCE, _RETRIES)
            return self._for_questions, self._for_documents

    def _model(self, timeout: float, retries: int) -> OpenAIEmbeddings:
        from langchain_openai import OpenAIEmbeddings
        from pydantic import SecretStr

        return OpenAIEmbeddings(
            model=self._settings.embedding,
            api_key=SecretStr(self._settings.key.reveal() or "none"),
            base_url=self._settings.url or OPENAI,
            timeout=timeout,
            max_retries=retries,
            chunk_size=_BATCH,
            # It would download a tokeniser, and send numbers that other servers don't understand.
            check_embedding_ctx_length=False,
            http_client=self._http,
        )

    def _error(self, what: str) -> ModelError:
        return ModelError(
            f"no vectors from {self.fingerprint} ({what}): check OPENAI_API_KEY, OPENAI_BASE_URL "
            "and OPENAI_EMBEDDING_MODEL, or choose EMBEDDINGS=local"
        )
