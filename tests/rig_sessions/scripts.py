"""Short routines that are played whole, or that are interrupted."""

EVERYTHING = """\
title: Everything
stop_if: [pain]
announce: {next: false, set: false, last: false}
tones: {switch: double, done: gong}
defaults: {relax: 2s, rest: 2s, switch: 3s, between: 2s, ready: 1s, countdown: 0}
steps:
  - {name: Calf, hold: 2s, reps: 2, each: side}
  - {name: Lift, hold: 2s, sets: 2, cues: {at 1s: {tone: woodblock}}}
  - {name: Squat, reps: 3, pace: 1s, count: ticks}
  - section: Round
    rounds: 2
    rest: 3s
    work: 2s
    steps: [Jump, Twist]
  - {wait: Shoes., audio: 1s, max: 1s}
  - {breathe: 1-1-1, cycles: 3, words: 1}
  - {rest: 2s}
  - {tone: whistle}
"""

LINE = "This is a longer line that must be heard to its end."

HUMMING = f"""\
title: Humming
announce: {{next: false}}
defaults: {{countdown: 0, ready: 1s}}
steps:
  - name: Plank
    hold: 7s
    cues:
      at 0.5s: {{tone: {{file: hum1.wav}}}}
      at 2.6s: {{tone: {{file: hum2.wav}}}}
      at 4.7s: {{tone: {{file: hum3.wav}}}}
  - {{say: {LINE}, must: true}}
  - {{tone: {{file: hum4.wav}}}}
  - {{name: Squat, reps: 2, pace: 1s}}
  - {{name: Lunge, reps: 2, pace: 1s}}
"""
"""Nearly every moment of the hold can be told from every other by its sound."""

GATED = """\
title: Gated
announce: {next: false}
defaults: {countdown: 0, ready: 1s}
steps:
  - {wait: Shoes on., audio: 1s}
  - {name: Balance, time: 60s, until: done}
  - {name: Bow, reps: 1, pace: 1s}
"""
