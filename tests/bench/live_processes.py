"""What a program and its children use, read from Linux's /proc."""

from pathlib import Path


def tree(process: int) -> list[int]:
    """A process and all that it started, and what those started."""
    parents = {int(path.name): _stat(path)[1] for path in Path("/proc").iterdir() if path.name.isdigit()}
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == str(one)]
    return found


def seconds_used(process: int) -> float:
    """CPU seconds of the threads that the tree has now, to the nanosecond; clock ticks would be a per cent or two."""
    return sum(_thread_seconds(thread) for one in tree(process) for thread in Path(f"/proc/{one}/task").iterdir())


def resident(process: int) -> list[float]:
    """MB in memory, of the process first and then of each of its children."""
    return [_resident(one) for one in tree(process)]


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(errors="replace")
    return next((int(line.split()[1]) / 1e3 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def _thread_seconds(folder: Path) -> float:
    try:
        return int((folder / "schedstat").read_text().split()[0]) / 1e9
    except OSError:  # it has just ended
        return 0.0


def _stat(folder: Path) -> list[str]:
    """The fields behind the name, which may contain anything; zeros for a process that has just ended."""
    try:
        return (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return ["0"] * 50
