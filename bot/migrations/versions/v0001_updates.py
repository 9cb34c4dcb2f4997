"""The journal of updates."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create ``updates``, which ``bot.journal`` describes."""
    op.create_table(
        "updates",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=True),
        sa.Column("reply", sa.Text, nullable=True),
        sa.Column("parts_sent", sa.Integer, nullable=False, server_default="0"),
        sa.Column("done_at", sa.BigInteger, nullable=True),
    )
    op.create_index("updates_by_done_at", "updates", ["bot_id", "done_at"])
