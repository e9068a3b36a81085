"""Scripts held in memory, linked and reported."""

from collections.abc import Mapping

from voicecoach import report
from voicecoach.routine import Routine
from voicecoach.script.linker import Linked, link
from voicecoach.source import Severity


def linked(entry: str, files: Mapping[str, str | bytes], **options: object) -> Linked:
    def read(name: str) -> bytes:
        if name not in files:
            raise FileNotFoundError(name)
        text = files[name]
        return text.encode() if isinstance(text, str) else text

    return link(entry, read, **options)  # type: ignore[arg-type]


def reported(
    entry: str, files: Mapping[str, str | bytes], severities: tuple[Severity, ...] = ("error",), **options: object
) -> str:
    result = linked(entry, files, **options)
    return report.texts([p for p in result.problems if p.severity in severities], result.sources)


def routine(script: str, **files: str) -> Routine:
    result = linked("x.coach.yaml", {"x.coach.yaml": script, **{f"{name}.coach.yaml": t for name, t in files.items()}})
    errors = [p for p in result.problems if p.severity == "error"]
    assert not errors, report.texts(errors, result.sources)
    assert result.routine is not None
    return result.routine
