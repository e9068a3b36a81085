"""The names of the speech engines, as they are typed."""

from typing import Literal, TypeAlias, get_args

EngineName: TypeAlias = Literal["auto", "piper", "espeak", "pyttsx3", "silent"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
"""Every engine that can be asked for; `auto` is the best one that is here, and `silent` says nothing."""
