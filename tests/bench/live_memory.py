"""`python -m tests.bench.live_memory --minutes 60`: memory of a long session, minute by minute."""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.live_figures import tell
from tests.bench.live_processes import resident
from tests.bench.live_terminal import Program, voicecoach
from tests.bench.memory import script


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.live_memory", description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    minutes = parser.parse_args().minutes
    with TemporaryDirectory() as folder:
        file = Path(folder, "long.coach.yaml")
        file.write_text(script(minutes + 5), encoding="utf-8")
        words = voicecoach("play", str(file), "--engine", "silent", "--device", "null")
        with Program(words, Path(folder), sought="Stretch") as program:
            program.wait_painted()
            print("| minute | program, MB | audio child, MB |\n|---:|---:|---:|", flush=True)
            for minute in range(1, minutes + 1):
                time.sleep(max(0.0, program.painted + 60 * minute - time.monotonic()))
                if program.process.poll() is not None:
                    tell("the session has ended early")
                    return
                own, *children = resident(program.process.pid)
                print(f"| {minute} | {own:.1f} | {sum(children):.1f} |", flush=True)


if __name__ == "__main__":
    main()
