"""The state's schema, version by version; run by ``bot.state`` whenever the state is opened."""
