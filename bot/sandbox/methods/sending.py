"""Everything that puts something new into a chat."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Draft, Json
from bot.sandbox.content import MAX_CAPTION, MAX_TEXT, check_markup, find_reply
from bot.sandbox.detection import detect
from bot.sandbox.entities import is_blank, prepare
from bot.sandbox.errors import bad_request
from bot.sandbox.files import Upload
from bot.sandbox.methods.registry import joined_chat, known_chat, method, writable_chat
from bot.sandbox.parameters import ChatId, FileRef
from bot.sandbox.posting import author_of, post, thread_of
from bot.sandbox.state import Sandbox

ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note".split()
)
_LINK_PREVIEW = frozenset(
    {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
)


def text_content(
    text: str, entities: list[object] | None, link_preview_options: Json | None = None
) -> Json:
    """The fields of a text message, checked.

    Raises:
        ApiError: The text is empty or too long, or an entity is wrong.
    """
    kept, given = prepare(text, entities, MAX_TEXT)
    if is_blank(kept):
        raise bad_request("message text is empty")
    content: Json = {"text": kept}
    if all_entities := detect(kept, given):
        content["entities"] = all_entities
    if link_preview_options is not None:
        if unknown := set(link_preview_options) - _LINK_PREVIEW:
            raise bad_request(f'link_preview_options has no field "{min(unknown)}"')
        content["link_preview_options"] = link_preview_options
    return content


def caption_content(caption: str | None, entities: list[object] | None) -> Json:
    """The fields of a caption, checked.

    Raises:
        ApiError: It is too long, or an entity is wrong.
    """
    kept, given = prepare(caption or "", entities, MAX_CAPTION, "message caption")
    if is_blank(kept):
        return {}
    found = detect(kept, given)
    return {"caption": kept, **({"caption_entities": found} if found else {})}


def _send(
    sandbox: Sandbox,
    chat: Chat,
    content: Json,
    thread_id: int | None,
    reply_parameters: Json | None = None,
    *,
    protect: bool = False,
) -> Json:
    reply_to, quote = find_reply(chat, reply_parameters)
    thread_of(chat, thread_id, reply_to)  # refused before it counts as sent
    sandbox.flood.spend(chat.id)
    chat.draft = None
    protected = {"has_protected_content": True} if protect else {}
    return post(
        sandbox,
        chat,
        author_of(sandbox, chat, sandbox.bot.id),
        {**quote, **protected, **content},
        reply_to=reply_to,
        thread_id=thread_id,
        by_bot=True,
    )


@method("disable_notification")
def send_message(
    sandbox: Sandbox,
    *,
    chat_id: ChatId,
    text: str,
    entities: list[object] | None = None,
    link_preview_options: dict[str, object] | None = None,
    protect_content: bool = False,
    reply_parameters: dict[str, object] | None = None,
    reply_markup: dict[str, object] | None = None,
    message_thread_id: int | None = None,
) -> Json:
    """Send a text."""
    chat = writable_chat(sandbox, chat_id)
    content = text_content(text, entities, link_preview_options) | check_markup(reply_markup)
    return _send(
        sandbox, chat, content, message_thread_id, reply_parameters, protect=protect_content
    )


@method("disable_notification", "disable_content_type_detection")
def send_document(
    sandbox: Sandbox,
    *,
    chat_id: ChatId,
    document: FileRef,
    caption: str | None = None,
    caption_entities: list[object] | None = None,
    protect_content: bool = False,
    reply_parameters: dict[str, object] | None = None,
    reply_markup: dict[str, object] | None = None,
    message_thread_id: int | None = None,
) -> Json:
    """Send a file, uploaded or sent before."""
    chat = writable_chat(sandbox, chat_id)
    content = caption_content(caption, caption_entities) | check_markup(reply_markup)
    if isinstance(document, Upload):
        if not document.content:
            raise bad_request("file must be non-empty")
        file = sandbox.files.keep(document)
    else:
        known = sandbox.files.by_id(document)
        if known is None:
            raise bad_request("wrong remote file identifier specified: no such file_id here")
        file = known
    content = {"document": file.to_document(), **content}
    return _send(
        sandbox, chat, content, message_thread_id, reply_parameters, protect=protect_content
    )


@method()
def send_message_draft(
    sandbox: Sandbox,
    *,
    chat_id: int,
    draft_id: int,
    text: str = "",
    entities: list[object] | None = None,
    message_thread_id: int | None = None,
) -> bool:
    """Show a text that is still being written; private chats only.

    A draft is no message: another takes its place, and it goes after half a minute, or when the
    bot writes in the chat. It counts in the flood limits, as an edit does.
    """
    chat = joined_chat(sandbox, chat_id)
    if chat.type != "private":
        raise bad_request("drafts can be sent only to private chats")
    if draft_id == 0:
        raise bad_request("draft identifier must be non-zero")
    kept, given = prepare(text, entities, MAX_TEXT)
    thread_of(chat, message_thread_id, None)
    sandbox.flood.spend(chat.id)
    chat.draft = Draft(draft_id, kept, sandbox.clock())
    sandbox.events.add("draft", chat_id=chat.id, draft_id=draft_id, text=kept, entities=given)
    return True


@method()
def send_chat_action(
    sandbox: Sandbox, *, chat_id: ChatId, action: str, message_thread_id: int | None = None
) -> bool:
    """Show that the bot is busy."""
    chat = writable_chat(sandbox, chat_id)
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    if message_thread_id is not None and message_thread_id not in chat.topics:
        raise bad_request("message thread not found")
    sandbox.events.add(
        "action", chat_id=chat.id, action=action, message_thread_id=message_thread_id
    )
    return True


_CARRIED = ("text", "entities", "caption", "caption_entities", "document", "link_preview_options")


def _carried(sandbox: Sandbox, from_chat_id: ChatId, message_id: int, verb: str) -> Json:
    """The message to forward or copy."""
    message = known_chat(sandbox, from_chat_id).messages.get(message_id)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.get("has_protected_content") or not ("text" in message or "document" in message):
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


@method("disable_notification")
def forward_message(
    sandbox: Sandbox,
    *,
    chat_id: ChatId,
    from_chat_id: ChatId,
    message_id: int,
    protect_content: bool = False,
    message_thread_id: int | None = None,
) -> Json:
    """Forward a message."""
    chat = writable_chat(sandbox, chat_id)
    source = _carried(sandbox, from_chat_id, message_id, "forward")
    if "forward_origin" in source:
        origin = source["forward_origin"]
    elif "sender_chat" in source:
        kind = source["sender_chat"]["type"]
        origin = {"type": "channel", "chat": source["sender_chat"], "message_id": message_id}
        if kind != "channel":
            origin = {"type": "chat", "sender_chat": source["sender_chat"]}
    else:
        origin = {"type": "user", "sender_user": source["from"]}
    content = {key: source[key] for key in _CARRIED if key in source}
    content["forward_origin"] = {"date": source["date"], **origin}
    return _send(sandbox, chat, content, message_thread_id, protect=protect_content)


@method("disable_notification")
def copy_message(
    sandbox: Sandbox,
    *,
    chat_id: ChatId,
    from_chat_id: ChatId,
    message_id: int,
    caption: str | None = None,
    caption_entities: list[object] | None = None,
    protect_content: bool = False,
    reply_parameters: dict[str, object] | None = None,
    reply_markup: dict[str, object] | None = None,
    message_thread_id: int | None = None,
) -> Json:
    """Send a message's content again, without a link to it."""
    chat = writable_chat(sandbox, chat_id)
    source = _carried(sandbox, from_chat_id, message_id, "copy")
    content = {key: source[key] for key in _CARRIED if key in source} | check_markup(reply_markup)
    if caption is not None:
        content = {key: content[key] for key in content if not key.startswith("caption")}
        content |= caption_content(caption, caption_entities)
    message = _send(
        sandbox, chat, content, message_thread_id, reply_parameters, protect=protect_content
    )
    return {"message_id": message["message_id"]}
