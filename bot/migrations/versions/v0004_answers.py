"""What was answered where, and the messages that the answers became."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create ``answers`` and ``answer_messages``, which ``bot.answers`` describes."""
    op.create_table(
        "answers",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.UniqueConstraint("bot_id", "chat_id", "message_id", name="answers_by_question"),
    )
    op.create_index("answers_by_asked_at", "answers", ["bot_id", "asked_at"])
    op.create_table(
        "answer_messages",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("answer_id", sa.String(16), nullable=False),
    )
    op.create_index("answer_messages_by_answer", "answer_messages", ["bot_id", "answer_id"])
