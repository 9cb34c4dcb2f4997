"""Everything that can go wrong in ``retrieval``, in one small tree.

::

    RetrievalError                the base: catch this one
    ├── SettingsError             a setting is missing or cannot be read; names the key
    ├── SourceError               one document cannot be read; names the file
    ├── LinkError                 a link can't be added or taken out; says why
    ├── SourcesError              the whole folder gives nothing to index; names the folder
    ├── StoreError                a generation cannot be opened, built or trusted
    │   ├── DamagedError          one is not as it was built; names it
    │   └── StoreBusyError        another process is writing; names it
    ├── BackupError               a backup can't be written, or can't be trusted; names the file
    ├── ModelError                a model can't be asked, or fails; names what is wrong
    ├── RefusedError              new documents are refused unless they are forced
    │   ├── RegressionError       they answer the test questions worse; names those
    │   └── WipeError             more than half of what there is would be gone; names it
    └── QuestionsError            a questions file cannot be read; names the line

Every message names the thing at fault and the way out, and is fit for an operator's terminal. For
people, ``fault`` is what to word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from retrieval.faults import Fault

if TYPE_CHECKING:
    from retrieval.changes import Changes
    from retrieval.outages import Outage
    from retrieval.regression import Regression
    from retrieval.wipe import Wipe


class RetrievalError(Exception):
    """The base of all errors of this package. Made of a message, or of a :class:`Fault`."""

    code: ClassVar[str] = "failed"
    """What an error says to people that was made of a message."""

    @property
    def fault(self) -> Fault:
        """What is wrong."""
        [said, *_] = (*self.args, "")
        return said if isinstance(said, Fault) else Fault(self.code, str(self))


class SettingsError(RetrievalError):
    """A setting is missing or cannot be read. The message names its key."""


class SourceError(RetrievalError):
    """One document cannot be read. The message names the file; the others still load."""


class LinkError(RetrievalError):
    """A link can't be added or taken out. The message never repeats one that may hold a secret."""


class SourcesError(RetrievalError):
    """The sources folder is missing, unreadable or holds nothing to index."""


class StoreError(RetrievalError):
    """A generation cannot be opened, built or trusted."""

    code = "store"


class DamagedError(StoreError):
    """A generation, or the pointer to it, is not as it was written: a file is gone or changed."""

    code = "store-damaged"


class StoreBusyError(StoreError):
    """Another process is writing to the same store. The message names it."""

    code = "busy"


class BackupError(RetrievalError):
    """A backup can't be written, or isn't one that can be trusted. The message names the file."""


class ModelError(RetrievalError):
    """A model can't be asked, or fails, of the kind that ``outage`` says.

    Without an outage, this one request was refused, and others need not be. ``again`` tells whether
    another try may help, ``after`` how many seconds the server wants to be left alone before.
    """

    code = "model"

    def __init__(
        self,
        message: str,
        outage: Outage | None = None,
        *,
        again: bool = False,
        after: float = 0.0,
    ) -> None:
        super().__init__(message)
        self.outage = outage
        self.again = again
        self.after = after


class RefusedError(RetrievalError):
    """New documents look worse than the live ones, which go on answering unless it is forced.

    ``documents`` names exactly those that were refused, for whoever then accepts them, and
    ``changes`` says how they differ from the live ones; "" and ``None`` where nobody has said so.
    """

    documents: str = ""
    changes: Changes | None = None

    def __str__(self) -> str:
        return str(self.args[0])


class RegressionError(RefusedError):
    """A new generation would lose too many test questions, so the live one goes on answering.

    ``regression`` holds the questions. The message names them by id.
    """

    def __init__(self, message: str, regression: Regression) -> None:
        super().__init__(message, regression)  # both, so that it can be pickled
        self.regression = regression

    @property
    def fault(self) -> Fault:
        """How much would be lost."""
        lost, before = len(self.regression.lost), self.regression.passed_before
        return Fault("regression", str(self), count=lost, before=before)


class WipeError(RefusedError):
    """A new generation would be without most of what the live one has, which goes on answering.

    ``wipe`` says what. The message names the documents by id.
    """

    def __init__(self, message: str, wipe: Wipe) -> None:
        super().__init__(message, wipe)  # both, so that it can be pickled
        self.wipe = wipe

    @property
    def fault(self) -> Fault:
        """How much would be gone."""
        return Fault("wipe", str(self), share=round(100 * self.wipe.share))


class QuestionsError(RetrievalError):
    """A questions file cannot be read. The message names the file and the line."""
