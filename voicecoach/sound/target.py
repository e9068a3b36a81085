"""How loud a session is, and may be made; apart from the arithmetic, so that a command line loads nothing for it."""

TARGET_LUFS = -19.0
"""Loudness of a levelled mono clip. The same in both channels of a stereo file measures −16."""

QUIETEST_LUFS, LOUDEST_LUFS = -31.0, -14.0
"""What may be asked for: as quiet as a film's dialogue, and the loudest that the ceiling lets speech be, to 1 LU."""
