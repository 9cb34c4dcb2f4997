"""What people think of answers, and how an answer's message with buttons looks."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create ``votes``, which ``bot.feedback`` describes; ``answer_messages`` gets ``part``."""
    op.create_table(
        "votes",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("answer_id", sa.String(16), primary_key=True),
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("good", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("voted_at", sa.BigInteger, nullable=False),
    )
    op.create_index("votes_by_voted_at", "votes", ["bot_id", "voted_at"])
    op.add_column("answer_messages", sa.Column("part", sa.Text, nullable=True))
