"""Everything that can go wrong in ``bot`` and stops it, in one small tree.

::

    BotError                      the base: catch this one
    ├── SettingsError             a setting is missing or cannot be read; names the key
    ├── TokenError                Telegram does not accept the token
    └── StateError                the state cannot be opened, migrated or trusted; names it
        └── StateBusyError        another bot is working on the same state; names it

Every message names the thing at fault and the way out, and never holds a secret.
"""


class BotError(Exception):
    """The base of all errors of this package."""


class SettingsError(BotError):
    """A setting is missing or cannot be read. The message names its key."""


class TokenError(BotError):
    """Telegram does not accept the bot's token."""


class StateError(BotError):
    """The state cannot be opened, migrated or trusted. The message names it."""


class StateBusyError(StateError):
    """Another bot is working on the same state. The message names it."""
