"""Everything that can go wrong in ``retrieval``, in one small tree.

::

    RetrievalError                the base: catch this one
    ├── SettingsError             a setting is missing or cannot be read; names the key
    ├── SourceError               one document cannot be read; names the file
    ├── SourcesError              the whole folder gives nothing to index; names the folder
    ├── StoreError                a generation cannot be opened, built or trusted
    │   └── StoreBusyError        another process is writing; names it
    └── QuestionsError            a questions file cannot be read; names the line

Every message names the thing at fault and the way out, and is fit for an operator's terminal.
"""


class RetrievalError(Exception):
    """The base of all errors of this package."""


class SettingsError(RetrievalError):
    """A setting is missing or cannot be read. The message names its key."""


class SourceError(RetrievalError):
    """One document cannot be read. The message names the file; the others still load."""


class SourcesError(RetrievalError):
    """The sources folder is missing, unreadable or holds nothing to index."""


class StoreError(RetrievalError):
    """A generation cannot be opened, built or trusted."""


class StoreBusyError(StoreError):
    """Another process is writing to the same store. The message names it."""


class QuestionsError(RetrievalError):
    """A questions file cannot be read. The message names the file and the line."""
