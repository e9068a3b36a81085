"""Turns a Routine and measured speech into one Timeline; pure."""
