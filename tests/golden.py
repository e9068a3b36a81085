"""Every bundled routine at every level as a table a person can review; `python -m tests.golden` writes them anew."""

from collections.abc import Iterator
from pathlib import Path

from voicecoach import session
from voicecoach.compiler.options import Options
from voicecoach.locations import TRANSLATION
from voicecoach.routine import LEVELS, Level
from voicecoach.timeline import Cue, Timeline

FOLDER = Path(__file__).parent / "golden"
SCRIPTS = Path(__file__).parents[1] / "scripts"


def names() -> list[str]:
    """The bundled routines; a library has no steps."""
    paths = sorted(SCRIPTS.glob("*.coach.yaml"))
    return [path.name.removesuffix(".coach.yaml") for path in paths if "\nsteps:" in path.read_text(encoding="utf-8")]


def tables() -> list[tuple[str, Level, str]]:
    """Name, level and language of every table; a translation has one level, and no language is the script's own."""
    own: list[tuple[str, Level, str]] = [(name, level, "") for name in names() for level in LEVELS]
    files = sorted(SCRIPTS.glob(f"*{TRANSLATION}"))
    translated = [file.name.removesuffix(TRANSLATION).rpartition(".")[::2] for file in files]
    return own + [(name, "strong", lang) for name, lang in translated if name in names()]


def path_of(name: str, level: Level, lang: str = "") -> Path:
    return FOLDER / f"{name}{'.' if lang else ''}{lang}.{level}.txt"


def table(name: str, level: Level, lang: str = "") -> str:
    """The session with estimated speech: what is heard when, chapter by chapter, and what was decided."""
    script = session.read_script(str(SCRIPTS / f"{name}.coach.yaml"), lang=lang)
    found = session.estimated(script, Options(dial=LEVELS[level], lang=lang or None)).timeline
    assert found is not None
    return "".join(f"{line}\n".replace(" \n", "\n") for line in _lines(found))


def _lines(found: Timeline) -> Iterator[str]:
    yield f"{found.title}, {_time(found.duration)}"
    rows = [(chapter.start, -1, f"\n== {chapter.title}") for chapter in found.chapters]
    rows += [(segment.end, -2, _row(segment.end, 0, "gate", segment.gate)) for segment in found.segments]
    for bout in found.bouts:
        what = [bout.name, *(way for _, way in bout.ways)]
        if bout.round_no is not None:
            what.append(f"round {bout.round_no}/{bout.rounds}")
        what += [f"set {bout.set_no}/{bout.sets}", f"rep {bout.rep_no}/{bout.reps}"]
        rows.append((bout.start, 0, _row(bout.start, bout.end - bout.start, bout.kind, ", ".join(what))))
    rows += [(cue.start, -3 if cue.tone == "end" else 1, _cue(cue)) for cue in found.cues]
    rows += [
        (note.at, 2, _row(note.at, 0, note.code, f"{note.source.file}:{note.source.line}: {note.message}"))
        for note in found.notes
    ]
    for _, _, text in sorted(rows, key=lambda row: row[:2]):
        yield text


def _cue(cue: Cue) -> str:
    kind = cue.priority if cue.kind == "speech" else cue.kind
    words = cue.text if cue.sound is None else f"{cue.tone} ({cue.sound.name})"
    return _row(cue.start, cue.end - cue.start, kind, words + ("" if cue.rate_percent == 100 else ", faster"))


def _row(at: int, length: int, kind: str, words: str) -> str:
    long = f"{length / 1000:.2f}" if length else ""
    return f"{_time(at):>9} {long:>7}  {kind:<10} {words}"


def _time(at: int) -> str:
    minutes, rest = divmod(at, 60_000)
    seconds, thousandths = divmod(rest, 1000)
    return f"{minutes}:{seconds:02d}.{thousandths:03d}"


def main() -> None:
    """Writes every table, and takes away those of routines that are gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {path_of(*one): one for one in tables()}
    for path in set(FOLDER.glob("*.txt")) - wanted.keys():
        path.unlink()
    for path, one in wanted.items():
        path.write_text(table(*one), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
