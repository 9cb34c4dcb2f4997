"""The names a chat had before: a channel's posts lie in folders of those."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0010"


def upgrade() -> None:
    """Add ``earlier`` to ``chats``; of those known so far nobody can tell."""
    op.add_column("chats", sa.Column("earlier", sa.Text, nullable=False, server_default=""))
