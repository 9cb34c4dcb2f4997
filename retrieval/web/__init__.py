"""The web: links to :class:`~retrieval.types.Source` values, and the one way out of this machine.

``links`` says what a link is, ``addresses`` where it may lead, ``connecting`` sees to it, and
``fetching`` asks politely and within limits. ``cache`` keeps what was found.
"""
