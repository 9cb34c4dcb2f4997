"""Answers questions from a set of source documents, and shows the passage behind every claim."""

from typing import TYPE_CHECKING, Any

from retrieval.changes import Changes, OnProgress, Progress, Skipped, Step
from retrieval.days import day_in_words
from retrieval.drafts import Draft
from retrieval.duplicates import Alike
from retrieval.errors import (
    LinkError,
    ModelError,
    QuestionsError,
    RefusedError,
    RegressionError,
    RetrievalError,
    SettingsError,
    SourceError,
    SourcesError,
    StoreBusyError,
    StoreError,
    WipeError,
)
from retrieval.faults import Fault
from retrieval.health import Health
from retrieval.locking import Lock, LockHeldError
from retrieval.naming import made_at
from retrieval.outages import Outage
from retrieval.places import Opening, Place, Standing
from retrieval.reasons import Fallback, Refusal, Talk, Verdict
from retrieval.regression import LostQuestion, Regression
from retrieval.secret import Secret
from retrieval.settings import ModelSettings, Settings, read_environment
from retrieval.sources.collection import Collection, Replaced, check_document_path
from retrieval.types import (
    Answer,
    Claim,
    Language,
    Passage,
    Quote,
    Source,
    SourceSummary,
    Span,
    Status,
    Turn,
)
from retrieval.usage import Spend, Unlimited, Usage
from retrieval.wipe import Wipe

if TYPE_CHECKING:
    from retrieval.library import Library
    from retrieval.retriever import Ranking
    from retrieval.writing import Writer

__all__ = [
    "Alike",
    "Answer",
    "Changes",
    "Claim",
    "Collection",
    "Draft",
    "Fallback",
    "Fault",
    "Health",
    "Language",
    "Library",
    "LinkError",
    "Lock",
    "LockHeldError",
    "LostQuestion",
    "ModelError",
    "ModelSettings",
    "OnProgress",
    "Opening",
    "Outage",
    "Passage",
    "Place",
    "Progress",
    "QuestionsError",
    "Quote",
    "Ranking",
    "Refusal",
    "RefusedError",
    "Regression",
    "RegressionError",
    "Replaced",
    "RetrievalError",
    "Secret",
    "Settings",
    "SettingsError",
    "Skipped",
    "Source",
    "SourceError",
    "SourceSummary",
    "SourcesError",
    "Span",
    "Spend",
    "Standing",
    "Status",
    "Step",
    "StoreBusyError",
    "StoreError",
    "Talk",
    "Turn",
    "Unlimited",
    "Usage",
    "Verdict",
    "Wipe",
    "WipeError",
    "Writer",
    "check_document_path",
    "day_in_words",
    "made_at",
    "read_environment",
]


def __getattr__(name: str) -> Any:
    # LangChain takes a second to import, which a look at the settings or a lock needn't wait for.
    if name == "Library":
        from retrieval.library import Library

        return Library
    if name == "Ranking":
        from retrieval.retriever import Ranking

        return Ranking
    if name == "Writer":
        from retrieval.writing import Writer

        return Writer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
