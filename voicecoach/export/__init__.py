"""Writes a mixed session to a file."""
