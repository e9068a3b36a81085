"""The terminal UI. The only home of textual."""
