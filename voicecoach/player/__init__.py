"""A session as it happens: the transport that decides, and the player that does it."""
