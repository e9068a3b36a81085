"""Starting, against the bare interpreter; and compiling, as scripts grow."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.measure import Row, alternating, once, process
from voicecoach.compiler.options import Options
from voicecoach.session import estimated, read_script
from voicecoach.units import HOUR

_RUNS = 20


def rows() -> Iterator[Row]:
    """Whole processes: medians of 20 alternating runs."""
    ours, bare = alternating(lambda: process("-m", "voicecoach", "--version"), lambda: process("-c", "pass"), _RUNS)
    yield Row("voicecoach --version", ours, "python -c pass", bare)
    ours, bare = alternating(
        lambda: process("-m", "voicecoach", "check", "feet-morning"), lambda: process("-c", "import yaml"), _RUNS
    )
    yield Row("voicecoach check feet-morning", ours, "python -c 'import yaml'", bare, "at most 3")
    yield from compiling()


def compiling() -> Iterator[Row]:
    """Reading and compiling a script of n steps, each against a tenth of its steps; 10 is linear."""
    before = 0.0
    with TemporaryDirectory() as folder:
        for steps in (10, 100, 1_000, 10_000):
            file = Path(folder, f"{steps}.coach.yaml")
            file.write_text(script(steps), encoding="utf-8")
            taken = min(once(partial(_compile, file)) for _ in range(3))
            if before:
                yield Row(f"check and compile {steps:,} steps", taken, f"{steps // 10:,} steps", before, "near 10")
            before = taken


def script(steps: int) -> str:
    """Exercises with sides, ranges, cues and instructions, as people write them."""
    one = (
        "  - name: Stretch {n}\n    hold: 20-30s\n    reps: 2\n    each: leg\n"
        "    how: Step your $side foot back and hold.\n    cues: {{half: Keep going, 5s left: Nearly there}}\n"
    )
    body = "".join(one.format(n=number) for number in range(steps))
    return f"title: Many steps\nstop_if: [sharp pain]\nsteps:\n{body}"


def _compile(file: Path) -> None:
    compiled = estimated(read_script(str(file)), Options(max_length=10_000 * HOUR))
    if compiled.timeline is None:
        raise RuntimeError(compiled.problems[0].what)
