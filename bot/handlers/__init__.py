"""Handlers: each turns an update into what is to be said, and sends nothing of it itself."""
