"""What `render` writes beside and into an audio file: covers and captions."""

import io
import os
import re
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.test_commands import SMALL, Capture, Write
from voicecoach import compile, load, render
from voicecoach.cli import run


def covers(path: Path) -> list[tuple[bytes, str]]:
    """Every cover in a file, with its kind, as mutagen reads it."""
    from mutagen.flac import FLAC
    from mutagen.mp4 import MP4, MP4Cover

    if path.suffix == ".flac":
        return [(picture.data, picture.mime) for picture in FLAC(path).pictures]
    kinds = {MP4Cover.FORMAT_JPEG: "image/jpeg", MP4Cover.FORMAT_PNG: "image/png"}
    tags = MP4(path).tags or {}
    return [(bytes(cover), kinds[cover.imageformat]) for cover in tags.get("covr", [])]


def test_captions_stand_beside_the_file_and_are_told(write: Write, user_folders: Path, capsys: Capture) -> None:
    assert run(["render", write("small.coach.yaml", SMALL), "-o", "out.wav", "--captions", "all"]) == 0

    assert capsys.readouterr().out == "out.wav\nout.vtt\nout.srt\nout.lrc\n"
    assert "Stop if you feel sharp pain." in (user_folders / "out.srt").read_text("utf-8")
    assert re.search(r"Stop <00:00:00\.\d{3}>if <", (user_folders / "out.vtt").read_text("utf-8"))
    assert "]Stop if you feel sharp pain.\n" in (user_folders / "out.lrc").read_text("utf-8")


def test_only_the_captions_that_were_asked_for(write: Write, user_folders: Path, capsys: Capture) -> None:
    assert run(["render", write("small.coach.yaml", SMALL), "--captions", "LRC, .vtt"]) == 0

    assert capsys.readouterr().out == "small.m4a\nsmall.vtt\nsmall.lrc\n"
    assert sorted(os.listdir(user_folders)) == ["small.coach.yaml", "small.lrc", "small.m4a", "small.vtt"]


def test_split_files_have_captions_and_a_cover_each(write: Write, user_folders: Path, capsys: Capture) -> None:
    more = SMALL + "  - name: Lunges\n    hold: 6s\n"

    assert run(["render", write("small.coach.yaml", more), "-o", "a.flac", "--split", "--captions", "lrc,srt"]) == 0

    told = [Path(line) for line in capsys.readouterr().out.split("\n") if line]
    suffixes = [path.suffix for path in told]
    assert suffixes == [".flac", ".srt", ".lrc"] * (len(told) // 3) + [".m3u8"]
    assert len(told) >= 7
    assert all(path.exists() and path.parent == Path("a") for path in told)
    assert all(len(covers(path)) == 1 for path in told if path.suffix == ".flac")
    last = [path.read_text("utf-8") for path in told if path.suffix == ".srt"][-1]
    assert "Lunges." in last
    assert last.startswith("1\n00:00:00,")


@pytest.mark.parametrize("kinds", ["", ",", "ass", "vtt,ass"])
def test_unknown_captions_end_with_2(kinds: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["render", "minimal", "--captions", kinds])

    assert ended.value.code == 2
    assert "captions are any of vtt,srt,lrc, or all" in capsys.readouterr().err


def test_captions_that_cannot_be_written_end_with_4_and_leave_no_sound(
    write: Write, user_folders: Path, capsys: Capture
) -> None:
    name = write("small.coach.yaml", SMALL)
    (user_folders / "small.srt").mkdir()

    assert run(["render", name, "--captions", "srt"]) == 4

    assert "cannot write small.srt: it is a folder" in capsys.readouterr().err
    assert sorted(os.listdir(user_folders)) == ["small.coach.yaml", "small.srt"]


@pytest.mark.parametrize("suffix", [".m4a", ".flac"])
def test_a_cover_is_drawn_unless_there_is_to_be_none(suffix: str, write: Write, user_folders: Path) -> None:
    name = write("small.coach.yaml", SMALL)

    assert run(["render", name, "-o", f"with{suffix}"]) == 0
    assert run(["render", name, "-o", f"without{suffix}", "--no-cover"]) == 0

    [(data, mime)] = covers(user_folders / f"with{suffix}")
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size, mime) == ("JPEG", (1_000, 1_000), "image/jpeg")
    assert covers(user_folders / f"without{suffix}") == []


@pytest.mark.parametrize("suffix", [".m4a", ".flac"])
def test_a_cover_of_ones_own(suffix: str, write: Write, user_folders: Path) -> None:
    name = write("small.coach.yaml", SMALL)
    Image.new("RGB", (2_000, 1_000), "#800000").save(user_folders / "me.png")

    assert run(["render", name, "--cover", "me.png", "-o", f"a{suffix}"]) == 0

    [(data, mime)] = covers(user_folders / f"a{suffix}")
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size, mime) == ("PNG", (1_400, 700), "image/png")
        assert image.getpixel((5, 5)) == (0x80, 0, 0)


def test_a_file_without_a_place_for_a_cover_is_told(write: Write, user_folders: Path, capsys: Capture) -> None:
    Image.new("RGB", (20, 10)).save(user_folders / "me.png")

    assert run(["render", write("small.coach.yaml", SMALL), "--cover", "me.png", "-o", "a.wav"]) == 0

    assert "note: a .wav file holds no cover: a.wav" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cover", "message"),
    [
        ("none.png", "voicecoach: there is no file none.png\n  fix: name a JPEG or PNG:  --cover cover.jpg\n"),
        ("small.coach.yaml", "voicecoach: small.coach.yaml is no JPEG or PNG picture\n"),
        (".", "voicecoach: . is a folder or no file\n"),
        ("", "voicecoach: . is a folder or no file\n"),
    ],
)
def test_a_wrong_cover_ends_with_2_before_anything_is_said(
    cover: str, message: str, write: Write, user_folders: Path, capsys: Capture
) -> None:
    name = write("small.coach.yaml", SMALL)

    assert run(["render", name, "--cover", cover]) == 2

    assert capsys.readouterr().err.startswith(message)
    assert os.listdir(user_folders) == ["small.coach.yaml"]


def test_a_program_names_cover_and_captions(user_folders: Path) -> None:
    session = compile(load("minimal"), engine="silent")
    Image.new("RGB", (20, 10)).save(user_folders / "me.jpg")

    drawn = render(session, "a.flac", captions=["srt", "vtt"])
    none = render(session, "b.flac", cover=False)
    own = render(session, "c.flac", cover="me.jpg")

    assert drawn.captions == (Path("a.vtt"), Path("a.srt"))
    assert none.captions == ()
    assert [len(covers(report.path)) for report in (drawn, none, own)] == [1, 0, 1]


def test_lines_of_a_session_are_in_the_file(write: Write, user_folders: Path) -> None:
    from mutagen.mp4 import MP4

    assert run(["render", write("small.coach.yaml", SMALL), "--captions", "lrc"]) == 0

    tags = MP4(user_folders / "small.m4a").tags
    assert tags is not None
    assert tags["\xa9lyr"] == [(user_folders / "small.lrc").read_text("utf-8")]


def test_checking_does_not_load_what_draws(write: Write, user_folders: Path) -> None:
    import subprocess

    code = "import sys; from voicecoach.cli import run; run(['check', 'minimal']); print('PIL' in sys.modules)"

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout == "False\n"
