import json
from pathlib import Path

import pytest

from voicecoach.errors import ScriptError
from voicecoach.listening.planned import PlannedCue, read
from voicecoach.report import texts

OPTIONS = {"engine": "espeak", "voice": "en-gb", "rate": 160}


def cue(start: int, end: int, text: str = "Hold.", **other: object) -> dict[str, object]:
    return {"kind": "speech", "start_ms": start, "end_ms": end, "text": text, "rate_percent": 100, **other}


def plan(path: Path, *cues: object, **other: object) -> Path:
    document = {
        "format": "voicecoach-timeline/1",
        "routine": {"title": "T", "lang": "en"},
        "options": OPTIONS,
        "estimated": False,
        "cues": list(cues),
    }
    path.write_text(json.dumps({**document, **other}), "utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ScriptError) as caught:
        read(path)
    return texts(caught.value.problems, {}).replace(str(path.parent) + "/", "")


def test_spoken_cues_are_read_in_order_of_time(tmp_path: Path) -> None:
    tone = {"kind": "tone", "start_ms": 0, "end_ms": 200, "tone": "start", "sound": "bell"}
    path = plan(tmp_path / "p.json", cue(900, 1200, "Two"), tone, cue(0, 500, "One", kind="count", rate_percent=115))

    found = read(path)

    assert found.cues == (PlannedCue(0, 500, "One", 115), PlannedCue(900, 1200, "Two", 100))
    assert (found.engine, found.voice, found.rate) == ("espeak", "en-gb", 160)


def test_a_plan_that_was_only_estimated_is_refused(tmp_path: Path) -> None:
    assert refusal(plan(tmp_path / "p.json", cue(0, 500), estimated=True)) == (
        "p.json: error E081: this plan was not spoken\n"
        "  why: the lengths of its speech are only estimated, so nothing is said exactly then\n"
        "  fix: make it without --estimate:  voicecoach plan ROUTINE --json > plan.json\n"
    )


def test_what_is_no_json_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{\n  "format": oops\n}', "utf-8")

    assert refusal(path) == (
        "p.json:2:13: error E080: this is not JSON: Expecting value\n"
        "  fix: make it anew:  voicecoach plan ROUTINE --json > plan.json\n"
    )


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("[1, 2]", "this is not a plan of voicecoach"),
        ('{"format": "voicecoach-timeline/1"}', "this is not a plan of voicecoach"),
        ('{"format": "voicecoach-timeline/9"}', "the format is 'voicecoach-timeline/9', and this program reads"),
        ('"\\ud800"', "this is not a plan of voicecoach"),
        ("[" * 100_000, "this is not JSON in UTF-8"),
        ("1" * 6_000, "this is not JSON in UTF-8"),
    ],
)
def test_json_that_is_no_plan_is_refused(written: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(written, "utf-8")

    assert f"p.json: error E080: {what}" in refusal(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe{", bytes(range(256))])
def test_bytes_that_are_no_text_are_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_bytes(content)

    assert "error E080" in refusal(tmp_path / "p.json")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "p.json: error E080: the plan cannot be read: No such file" in refusal(tmp_path / "p.json")
    assert "the plan cannot be read: Is a directory" in refusal(tmp_path)


@pytest.mark.parametrize(
    "wrong",
    [
        cue(500, 500),
        cue(-1, 500),
        cue(0, 10**15),
        cue(0, 500, " "),
        cue(0, 500, rate_percent=True),
        cue(0, 500, rate_percent="100"),
        {**cue(0, 500), "start_ms": 0.5},
        {"kind": "song"},
        None,
    ],
)
def test_a_cue_that_cannot_be_is_refused_by_its_number(wrong: object, tmp_path: Path) -> None:
    path = plan(tmp_path / "p.json", cue(1_000_000, 1_000_500), wrong)

    assert "p.json: error E080: cue 2 of the plan cannot be read" in refusal(path)


def test_two_cues_at_once_are_refused(tmp_path: Path) -> None:
    path = plan(tmp_path / "p.json", cue(0, 500), cue(499, 900))

    assert "error E080: two cues are said at once, at 499 ms" in refusal(path)
