"""Samples: clips, tones, levels and the mix; pure."""
