"""voicecoach: a routine written as text becomes a session that is spoken to the millisecond.

from voicecoach import compile, load, render
render(compile(load("feet-morning")), "morning.m4a")
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.api import Options, Script, Session, compile, load, render, render_split

__version__ = "0.1.0"
__all__ = ["Options", "Script", "Session", "compile", "load", "render", "render_split"]


def __getattr__(name: str) -> object:
    """The library's functions, imported when they are first asked for: the commands start without them."""
    if name in __all__:
        from voicecoach import api

        return getattr(api, name)
    raise AttributeError(f"module 'voicecoach' has no attribute {name!r}")
