"""Whatever a file holds, linking it ends with a Routine or with Problems, soon."""

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linking import linked

from voicecoach import report

SCRIPT = """\
voicecoach: 1
title: A tour
lang: en-GB
level: steady
length: 10-15m
params:
  raises: {default: 8-12, min: 1, max: 30, help: Heel raises}
voice: {pace: normal}
tones: {start: bell, end: {wave: sine, hz: 880, ms: 200, gain: -6}}
defaults: {relax: 6s, switch: 8s}
cautions: [Start slowly.]
exercises:
  heel-raise:
    reps: $raises
    tempo: {up: 1s, hold: 1s, down: 3s}
    needs: [step]
    instead: floor
    how: Rise onto your toes.
  floor: {reps: 8, pace: 3s}
blocks:
  warm-up: [rest: 5s]
steps:
  - use: heel-raise
  - use: {block: warm-up}
  - name: Tree pose
    hold: {gentle: 15s, strong: 30s}
    each: leg
    brief: Now the $side leg.
    cues:
      at 8s: {say: Touch the wall, must: true}
      every 20s: [Look ahead, not down]
      countdown: 5
  - section: Finisher
    when: level at least steady
    rounds: 2
    work: 30s
    steps: [marching, wall-sit]
  - breathe: {in: 4s, out: 6s}
    for: 1m
  - say: Done.
"""

TOKENS = st.sampled_from(
    [": ", "\n", "  ", "- ", "[", "]", "{", "}", "'", '"', "$", "&a ", "*a", "<<: ", "|", ">", "#", "\t", "\xa0",
     "%", "@", "!", "use", "hold", "steps", "block", "30s", "-", "0", "false", "each", "stages", "\u2028", "\x85",
     "é", "🦶", "\x00"]
)  # fmt: skip

QUICK = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def link_and_report(data: bytes) -> None:
    result = linked("x.coach.yaml", {"x.coach.yaml": data})

    assert result.routine is not None or result.problems or result.kind != "routine"
    for problem in result.problems:
        assert report.text(problem, result.sources)
        assert report.github(problem, result.sources)


@QUICK
@given(st.binary(max_size=300))
def test_arbitrary_bytes(data: bytes) -> None:
    link_and_report(data)


@QUICK
@given(st.lists(TOKENS, max_size=60))
def test_arbitrary_tokens(tokens: list[str]) -> None:
    link_and_report("".join(tokens).encode())


@QUICK
@given(st.data())
def test_mutated_script(data: st.DataObject) -> None:
    text = SCRIPT
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(TOKENS) + text[end:]

    link_and_report(text.encode())


@QUICK
@given(st.data())
def test_lines_in_another_order(data: st.DataObject) -> None:
    lines = data.draw(st.permutations(SCRIPT.splitlines()))

    link_and_report("\n".join(lines[: data.draw(st.integers(1, len(lines)))]).encode())


def test_hostile_files_are_refused_soon() -> None:
    hostile = [
        b"[" * 100_000,
        b"- " * 100_000,
        b"a: {" * 100_000,
        b"title: x\nb: &a [x]\nc: [" + b"*a," * 900_000 + b"]",
        b"title: x\nsteps: [" + b"a," * 600_000 + b"]",
        b"title: x\nsteps:\n  - breathe: " + b"1-" * 900_000,
        b"title: x\nsteps:\n  - say: " + b"$a" * 900_000,
        b"title: x\nsteps:\n  - hold: 3s\n    when: " + b"(" * 900_000,
        b"title: x\nsteps:\n" + b"  - hold: 30\n" * 5_000,
    ]
    began = time.monotonic()

    for data in hostile:
        assert linked("x.yaml", {"x.yaml": data}).routine is None

    assert time.monotonic() - began < 20
