"""Answers questions from a set of source documents, and shows the passage behind every claim."""

from typing import TYPE_CHECKING, Any

from retrieval.changes import Changes, OnProgress, Progress, Skipped, Step
from retrieval.errors import (
    QuestionsError,
    RegressionError,
    RetrievalError,
    SettingsError,
    SourceError,
    SourcesError,
    StoreBusyError,
    StoreError,
)
from retrieval.locking import Lock, LockHeldError
from retrieval.regression import LostQuestion, Regression
from retrieval.settings import Settings, read_environment
from retrieval.types import (
    Answer,
    Claim,
    Language,
    Passage,
    Quote,
    Refusal,
    Source,
    SourceSummary,
    Span,
    Status,
    Turn,
)

if TYPE_CHECKING:
    from retrieval.library import Library

__all__ = [
    "Answer",
    "Changes",
    "Claim",
    "Language",
    "Library",
    "Lock",
    "LockHeldError",
    "LostQuestion",
    "OnProgress",
    "Passage",
    "Progress",
    "QuestionsError",
    "Quote",
    "Refusal",
    "Regression",
    "RegressionError",
    "RetrievalError",
    "Settings",
    "SettingsError",
    "Skipped",
    "Source",
    "SourceError",
    "SourceSummary",
    "SourcesError",
    "Span",
    "Status",
    "Step",
    "StoreBusyError",
    "StoreError",
    "Turn",
    "read_environment",
]


def __getattr__(name: str) -> Any:
    # LangChain takes a second to import, which a look at the settings or a lock needn't wait for.
    if name == "Library":
        from retrieval.library import Library

        return Library
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
