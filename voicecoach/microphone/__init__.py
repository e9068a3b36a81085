"""Sound from a microphone, heard by a process of its own."""
