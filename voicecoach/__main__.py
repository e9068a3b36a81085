"""`python -m voicecoach` and the `voicecoach` command."""

import sys


def main() -> int:
    """Runs one command; the exit code is 0 done, 1 strict warnings, 2 wrong script or command line,
    3 something missing on this machine, 4 output not written, 130 interrupted."""
    from voicecoach.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
