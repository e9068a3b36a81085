"""Lines in a person's own voice: what is to be read, and from sound files to takes."""
