"""Reads a routine script: text to a checked and linked Routine."""
