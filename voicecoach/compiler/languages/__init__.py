"""The locale packs besides English, one file a language; read only when it is spoken."""
