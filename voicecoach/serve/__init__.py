"""Offers files to the phones of a home network, read-only, for as long as a command runs."""
