"""Sound that is heard now: a child process that plays, and the outputs it knows."""
