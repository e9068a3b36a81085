import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from programs import program

from voicecoach.export.labels import Line, Word
from voicecoach.export.subtitles import srt, vtt

HOSTILE = "1 --> 2 <b>bold</b> & {\\an8}top <c.x> &amp; <00:00:01.000> x < 5 > 3"
LINES = (
    Line(0, 1_000, "Sit tall."),
    Line(3_599_999, 3_601_000, "Let go", (Word(3_600_004, 3_600_500, "Let"), Word(3_600_500, 3_601_000, "go"))),
    Line(3_660_000, 3_662_000, HOSTILE),
)


def test_vtt_has_times_of_words_after_the_first() -> None:
    assert vtt(LINES[:2], 4_000_000) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nSit tall.\n\n00:59:59.999 --> 01:00:01.000\nLet <01:00:00.500>go\n"
    )


def test_vtt_escapes_text() -> None:
    text = vtt(LINES[2:], 4_000_000).split("\n", 3)[3]

    assert text.replace("\n", " ") == (
        "1 --&gt; 2 &lt;b&gt;bold&lt;/b&gt; &amp; {\\an8}top &lt;c.x&gt; "
        "&amp;amp; &lt;00:00:01.000&gt; x &lt; 5 &gt; 3 "
    )


def test_srt_numbers_its_captions() -> None:
    assert srt(LINES[:2], 4_000_000) == (
        "1\n00:00:00,000 --> 00:00:01,000\nSit tall.\n\n2\n00:59:59,999 --> 01:00:01,000\nLet go\n"
    )


def test_srt_text_cannot_be_a_tag_or_a_time() -> None:
    text = srt((Line(0, 9_000, HOSTILE), Line(9_000, 9_500, "00:00:01,000 --> 00:00:02,000 x")), 10_000)

    assert text.count("-->") == 2 + text.count("\n\n") - 1
    assert "‹b›bold‹/b›" in text
    assert "(\\an8)top" in text
    assert "x < 5 > 3" in text


def test_no_lines_are_a_file_without_captions() -> None:
    assert vtt((), 1_000) == "WEBVTT\n"
    assert srt((), 1_000) == ""


def test_times_of_words_go_up_inside_their_caption() -> None:
    words = tuple(Word(at, at + 100, text) for at, text in ((0, "a"), (300, "b"), (300, "c"), (200, "d"), (5_000, "e")))

    assert "a <00:00:00.300>b c d e\n" in vtt((Line(0, 1_000, "a b c d e", words),), 1_000)


@pytest.mark.parametrize(("write", "suffix"), [(vtt, "vtt"), (srt, "srt")])
def test_ffmpeg_reads_every_caption_at_its_time(tmp_path: Path, write: Callable[..., str], suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_text(write(LINES, 3_662_000), encoding="utf-8")

    told = subprocess.run(
        [
            program("ffprobe", "ffmpeg"),
            "-v",
            "warning",
            "-show_entries",
            "packet=pts_time,duration_time",
            "-of",
            "json",
            str(path),
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stderr == ""
    packets = [(float(p["pts_time"]), float(p["duration_time"])) for p in json.loads(told.stdout)["packets"]]
    assert packets[:2] == [(0.0, 1.0), (3599.999, 1.001)]
    assert packets[2][0] == 3660.0
    assert packets[-1][0] + packets[-1][1] == 3662.0


@pytest.mark.parametrize(("write", "suffix"), [(vtt, "vtt"), (srt, "srt")])
def test_ffmpeg_shows_hostile_text_as_it_stands(tmp_path: Path, write: Callable[..., str], suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_text(write((Line(0, 2_000, "<b>x</b> {\\an8}y --> <i>z"),), 2_000), encoding="utf-8")

    told = subprocess.run(
        [program("ffmpeg", "ffmpeg"), "-v", "warning", "-i", str(path), "-f", "ass", "-"],
        capture_output=True,
        check=True,
    )

    shown = told.stdout.decode().rsplit(",,", 1)[1].strip()
    wanted = {"vtt": "<b>x</b> \\{\\an8\\}y --> <i>z", "srt": "‹b›x‹/b› (\\an8)y → ‹i›z"}[suffix]
    assert shown.replace("\ufeff", "") == wanted
