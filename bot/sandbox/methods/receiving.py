"""Getting updates and files."""

from __future__ import annotations

from collections.abc import Awaitable

from bot.sandbox.chats import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import method
from bot.sandbox.state import Sandbox

MAX_UPDATES = 100
MAX_POLL_SECONDS = 50


@method()
def get_updates(
    sandbox: Sandbox,
    *,
    offset: int = 0,
    limit: int = MAX_UPDATES,
    timeout: int = 0,
    allowed_updates: list[object] | None = None,
) -> Awaitable[list[Json]]:
    """Confirm updates before ``offset``, and wait up to ``timeout`` seconds for more."""
    if not 1 <= limit <= MAX_UPDATES:
        raise bad_request(f"limit must be between 1 and {MAX_UPDATES}")
    if timeout < 0:
        raise bad_request("timeout can't be negative")
    sandbox.updates.allow(allowed_updates)
    sandbox.events.add("poll", offset=offset)
    return sandbox.updates.poll(offset, limit, min(timeout, MAX_POLL_SECONDS))


@method("certificate", "ip_address", "max_connections", "secret_token")
def set_webhook(
    sandbox: Sandbox,
    *,
    url: str,
    allowed_updates: list[object] | None = None,
    drop_pending_updates: bool = False,
) -> bool:
    """Note a webhook. Nothing is sent to it, but ``getUpdates`` is refused while it is set."""
    if not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    sandbox.updates.allow(allowed_updates)
    sandbox.updates.webhook = url
    if drop_pending_updates:
        sandbox.updates.drop()
    return True


@method()
def delete_webhook(sandbox: Sandbox, *, drop_pending_updates: bool = False) -> bool:
    """Forget the webhook, and the waiting updates if asked to."""
    sandbox.updates.webhook = ""
    if drop_pending_updates:
        sandbox.updates.drop()
    return True


@method()
def get_webhook_info(sandbox: Sandbox) -> Json:
    """Telegram's ``WebhookInfo``."""
    info: Json = {
        "url": sandbox.updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(sandbox.updates),
    }
    if sandbox.updates.allowed:
        info["allowed_updates"] = list(sandbox.updates.allowed)
    return info


@method()
def get_file(sandbox: Sandbox, *, file_id: str) -> Json:
    """Where a file can be downloaded."""
    file = sandbox.files.by_id(file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return file.to_json()
