"""The groups and channels the bot was in."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0012"


def upgrade() -> None:
    """Create ``chats``, which ``bot.chats`` describes."""
    op.create_table(
        "chats",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("username", sa.String(100), nullable=False),
        sa.Column("rights", sa.String(20), nullable=False),
        sa.Column("told", sa.String(100), nullable=False),
        sa.Column("allowed", sa.Boolean),
        sa.Column("turned_away", sa.Boolean, nullable=False),
        sa.Column("is_source", sa.Boolean, nullable=False),
        sa.Column("wants_source", sa.Boolean, nullable=False),
    )
