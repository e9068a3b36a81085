"""The commented script that `voicecoach new` writes."""

_STARTER = """\
# A voicecoach routine. Check it with  voicecoach check FILE  and hear it with  voicecoach render FILE
voicecoach: 1
title: {title}
lang: en-GB

# Said before the first step, always.
cautions:
  - Start gently, and rest whenever you need to.
stop_if: [sharp pain, dizziness]

# Gaps between repetitions and between sides, unless a step says otherwise.
# A range is a dose: the gentle end at level gentle, the other end at level strong.
defaults:
  relax: 5-10s
  switch: 8s

steps:
  - say: Welcome. This takes about $minutes minutes.

  # Held: a position kept for a time, here three times on each leg.
  - name: Calf stretch
    hold: 20-30s
    reps: 3
    each: leg
    how: Stand facing a wall with your $side leg behind you. Press your back heel into the floor.
    brief: $Side leg behind you, heel down.
    cues:
      half: Keep the heel down

  - rest: 20-30s

  # Counted: repetitions at a pace.
  - name: Heel raises
    reps: 8-12
    pace: 3s
    sets: 2
    rest: 20-30s
    how: Hold on to something steady. Rise onto your toes, and lower slowly.

  # Breathing: in for four counts, out for six.
  - breathe: 4-6
    for: 1m
    words: 3

  - say: Well done.
"""


def starter(title: str) -> str:
    """A small routine that compiles as it is, with the common steps explained; `title` is quoted as needed."""
    import json

    plain = title.replace(" ", "").isalnum() and title.isascii()
    return _STARTER.replace("{title}", title if plain else json.dumps(title, ensure_ascii=False))
