"""What each chat has chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0005"


def upgrade() -> None:
    """Create ``preferences``, which ``bot.preferences`` describes."""
    op.create_table(
        "preferences",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("source_set", sa.Text, nullable=False),
    )
