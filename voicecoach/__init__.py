"""voicecoach: a routine written as text becomes a session that is spoken to the millisecond."""

__version__ = "0.1.0"
