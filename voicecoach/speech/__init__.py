"""Speech engines, and what stands between them and the mix."""
