"""Answers questions from a set of source documents, and shows the passage behind every claim."""

from retrieval.errors import (
    QuestionsError,
    RetrievalError,
    SettingsError,
    SourceError,
    SourcesError,
    StoreBusyError,
    StoreError,
)
from retrieval.settings import Settings, read_environment
from retrieval.types import (
    Answer,
    Changes,
    Claim,
    Language,
    OnProgress,
    Passage,
    Progress,
    Quote,
    Skipped,
    Source,
    SourceSummary,
    Span,
    Status,
    Step,
)

__all__ = [
    "Answer",
    "Changes",
    "Claim",
    "Language",
    "OnProgress",
    "Passage",
    "Progress",
    "QuestionsError",
    "Quote",
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
    "read_environment",
]
