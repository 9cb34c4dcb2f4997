"""Files that were sent, in memory."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import PurePath

from bot.sandbox.chats import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives."""

    name: str
    content: bytes
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was sent, and where it can be downloaded."""

    id: str
    path: str
    name: str
    content: bytes
    content_type: str

    @property
    def unique_id(self) -> str:
        """The same for the same content."""
        return hashlib.sha256(self.content).hexdigest()[:16]

    def to_json(self) -> Json:
        """Telegram's ``File``."""
        return {**self._shared(), "file_path": self.path}

    def to_document(self) -> Json:
        """Telegram's ``Document``."""
        return {**self._shared(), "file_name": self.name, "mime_type": self.content_type}

    def _shared(self) -> Json:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }


class Files:
    """All files that were sent. They are lost when the process ends."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def keep(self, upload: Upload) -> StoredFile:
        """Keep an upload under a new id."""
        number = len(self._files)
        name = PurePath(upload.name.replace("\\", "/")).name or "file"
        guess = upload.content_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        path = f"documents/file_{number}{PurePath(name).suffix}"
        file = StoredFile(f"SANDBOXFILE{number:08d}", path, name, upload.content, guess)
        self._files[file.id] = file
        return file

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file of an id."""
        return self._files.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file to download at a path."""
        return next((file for file in self._files.values() if file.path == path), None)
