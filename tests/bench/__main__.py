"""`python -m tests.bench`: the figures of docs/performance.md, as a table; with `live`, those of live sessions."""

import os
import platform
import sys
from collections.abc import Sequence
from itertools import chain

from tests.bench import memory, rendering, speech, starting
from tests.bench.measure import Row, table


def main(words: Sequence[str]) -> None:
    if words[:1] == ["live"]:
        from tests.bench import live

        live.main(words[1:])
        return
    found: list[Row] = []
    for row in chain(starting.rows(), speech.rows(), rendering.rows(), memory.rows()):
        found.append(row)
        print(f"{row.what}: {row.ours:.3f} {row.unit}, ratio {row.ratio:.2f}", file=sys.stderr, flush=True)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(table(found))


if __name__ == "__main__":
    main(sys.argv[1:])
