"""The documents: a folder of files to :class:`~retrieval.types.Source` values.

One reader a kind of document, found by suffix in :data:`~retrieval.sources.kinds.READERS`.
"""

from retrieval.sources.folder import Reading, read_folder

__all__ = ["Reading", "read_folder"]
