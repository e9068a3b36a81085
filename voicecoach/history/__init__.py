"""The record of past sessions, and of one that was cut off: SQLite in the data folder."""

from voicecoach.history.entry import Answer, Entry, Outcome
from voicecoach.history.record import History, Whole

__all__ = ["Answer", "Entry", "History", "Outcome", "Whole"]
