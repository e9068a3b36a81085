"""Renders a routine in every format and prints what the tools of others say: `python -m tests.formats_table`.

The tables are part of docs/formats.md. It needs the programs of `formats_tools.INSTALL`.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tests import formats_tools
from tests.formats_tools import TOOLS, Seen
from voicecoach import Session, api, compile, load
from voicecoach.export.audio import formats, render
from voicecoach.export.labels import Labels
from voicecoach.export.lrc import lrc
from voicecoach.export.split import render_split
from voicecoach.sound.mixer import pcm16

_LABELS = ("Format", "Tool", "Duration", "Start", "Chapters", "Cover", "Title", "Lyrics", "Says")
_SOUND = ("Format", "Size", "Decoded length", "Tones", "Largest error of an onset", "Coding noise", "Split and joined")

Heard = np.ndarray[tuple[int], np.dtype[np.float32]]

_NEAR = 0.07
"""Seconds that a chapter may lie beside its time: FFmpeg counts those of MP3 from before the encoder's delay."""


def main(routine: str = "feet-morning") -> int:
    """Print the tables; returns 1 if a tool says something that is not so."""
    if missing := formats_tools.missing():
        print(f"not installed: {', '.join(missing)}\n  fix: {formats_tools.INSTALL}", file=sys.stderr)
        return 3
    session = compile(load(routine))
    labels = api._labels(session, Path(f"{routine}.m4a"), True, 0)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{routine}{form.suffix}" for form in formats() if form.listed]
        paths = [render(session.mixer(), labels, Path(folder) / name).path for name in names]
        _header(_LABELS)
        for path in paths:
            for tool, look in TOOLS[path.suffix].items():
                if formats_tools.is_there(tool):
                    cells = list(_cells(look(path), labels, session))
                    wrong += sum("**" in cell for cell in cells)
                    _row(f"`{path.suffix}`", tool, *cells)
        print()
        _header(_SOUND)
        for path in paths:
            _row(f"`{path.suffix}`", *_sound(path, labels, session))
    return int(wrong > 0)


def _header(names: Sequence[str]) -> None:
    _row(*names)
    print(f"{'|---' * len(names)}|")


def _row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def _cells(seen: Seen, labels: Labels, session: Session) -> Iterator[str]:
    """The cells of one row; what is not so is in bold, what the tool never tells is empty."""
    silent = seen.title in {None, ""} and seen.chapters in {None, ()}
    yield "" if seen.duration is None else f"{seen.duration:.3f} s"
    yield "" if seen.start is None else f"{seen.start:.3f} s"
    wanted = tuple((chapter.title, chapter.start / 1000) for chapter in session.timeline.chapters)
    yield "" if seen.chapters is None or silent else _chapters(seen.chapters, wanted)
    yield "" if seen.cover is None or silent else ("yes" if seen.cover else "**no**")
    yield "" if seen.title is None or silent else ("yes" if seen.title == labels.tags.title else f"**{seen.title}**")
    if seen.lyrics is None or silent:
        yield ""
    else:
        held, text = (" ".join(lyrics.replace(" / ", " ").split()) for lyrics in (seen.lyrics, lrc(labels.lines)))
        yield "yes" if held == text else f"**{len(seen.lyrics)} letters**"
    yield seen.verdict


def _chapters(held: tuple[tuple[str, float], ...], wanted: tuple[tuple[str, float], ...]) -> str:
    names = [name for name, _ in held] == [name for name, _ in wanted]
    times = len(held) == len(wanted) and all(abs(a[1] - b[1]) < _NEAR for a, b in zip(held, wanted, strict=True))
    return f"{len(held)}, with names" if names and times else f"**{len(held)}: {held[:2]}**"


def _sound(path: Path, labels: Labels, session: Session) -> Iterator[str]:
    """Size, length, onsets, noise and seams as FFmpeg decodes them."""
    mixer = session.mixer()
    whole = _decoded(path, mixer.rate)
    yield f"{path.stat().st_size / 1e6:.2f} MB"
    yield f"{len(whole) - mixer.length:+d} frames"
    tones = [cue for cue in session.timeline.cues if cue.kind == "tone"]
    errors = [
        _onset_error(whole, cue.start * mixer.rate // 1000, session.clip(cue).samples, mixer.rate) for cue in tones
    ]
    yield str(len(tones))
    yield f"{max(abs(error) for error in errors) * 1000 / mixer.rate:.2f} ms"
    yield _apart(whole, (pcm16(mixer.read(0, mixer.length)) / 32_768).astype(np.float32))
    with tempfile.TemporaryDirectory() as folder:
        files = render_split(mixer, labels, Path(folder) / "split", path.suffix).files
        joined = np.concatenate([_decoded(file.path, mixer.rate) for file in files])
    yield f"{len(joined) - len(whole):+d} frames, {_apart(joined, whole)}"


def _decoded(path: Path, rate: int) -> Heard:
    form = ("-ac", "1", "-ar", str(rate), "-f", "f32le")
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-map", "0:a", *form, "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.float32)


def _apart(heard: Heard, wanted: Heard) -> str:
    """How loud the difference is against the sound."""
    least = min(len(heard), len(wanted))
    power = float(((heard[:least] - wanted[:least]) ** 2).mean() / (wanted**2).mean())
    return f"{10 * np.log10(power):.0f} dB" if power else "none"


def _onset_error(heard: Heard, at: int, clip: Heard, rate: int) -> int:
    """How many frames after its plan a tone begins, looked for within 50 ms."""
    reach = rate // 20
    sought = clip[: rate // 5]
    first = max(at - reach, 0)
    match = np.correlate(heard[first : at + reach + len(sought)], sought, "valid")
    return first + int(match.argmax()) - at


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
