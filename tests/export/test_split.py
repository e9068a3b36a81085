import subprocess
import sys
import textwrap
from pathlib import Path

import mutagen
import numpy as np
import pytest
from mixes import CHAPTERS, Tune, mix
from mutagen.mp4 import MP4
from test_formats import CODEC_FRAME, LYRICS, SUFFIXES, TAGS, decoded, error, labels

from voicecoach.errors import OutputError
from voicecoach.export.audio import UnknownFormatError, render
from voicecoach.export.labels import Labels, Line, Word
from voicecoach.export.split import render_split
from voicecoach.export.tags import Tags
from voicecoach.sound.mixer import pcm16
from voicecoach.timeline import Chapter

STARTS = (0, 2_001, 3_333, 5_050)
LENGTH = 9_007


def pieces(length: int = LENGTH) -> Labels:
    ends = (*STARTS[1:], length)
    chapters = [Chapter(f"Part {n}", start, end) for n, (start, end) in enumerate(zip(STARTS, ends, strict=True))]
    return Labels(Tags("Tune"), tuple(chapters))


@pytest.mark.parametrize(("rate", "channels"), [(24_000, 1), (48_000, 2)])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_music_goes_on_over_the_seams(tmp_path: Path, suffix: str, rate: int, channels: int) -> None:
    tune = Tune(LENGTH * rate // 1000, rate, channels)
    wanted = tune.read(0, tune.length).reshape(-1, channels)

    report = render_split(tune, pieces(), tmp_path / "parts", suffix)

    heard = [decoded(file.path, rate) for file in report.files]
    assert [len(part) for part in heard[:-1]] == [file.frames for file in report.files[:-1]]
    joined = np.concatenate(heard)
    assert abs(len(joined) - tune.length) <= CODEC_FRAME[suffix] * rate // 24_000
    whole = decoded(render(tune, pieces(), tmp_path / f"whole{suffix}").path, rate)
    assert error(joined, wanted) <= 1.2 * error(whole, wanted)
    for seam in np.cumsum([len(part) for part in heard])[:-1]:
        near = slice(seam - rate // 100, seam + rate // 100)
        assert np.abs(joined[near] - wanted[near]).max() < 0.1 * np.abs(wanted).max()


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
def test_files_without_loss_joined_are_the_whole_sample_for_sample(tmp_path: Path, suffix: str) -> None:
    mixer = mix()

    report = render_split(mixer, Labels(TAGS, CHAPTERS), tmp_path, suffix)

    joined = np.concatenate([decoded(file.path) for file in report.files])[:, 0]
    assert np.array_equal(np.rint(joined * 32_768), pcm16(mixer.read(0, mixer.length)))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_cut_lies_at_the_chapter_or_less_than_one_codec_frame_before(tmp_path: Path, suffix: str) -> None:
    report = render_split(Tune(LENGTH * 24, 24_000, 1), pieces(), tmp_path, suffix)

    cuts = np.cumsum([0, *(file.frames for file in report.files)])
    assert cuts[-1] == LENGTH * 24
    for cut, start in zip(cuts[:-1], STARTS, strict=True):
        assert 0 <= start * 24 - cut < CODEC_FRAME[suffix] if suffix in {".m4a", ".m4b"} else cut == start * 24


def test_each_file_says_which_track_of_which_album_it_is(tmp_path: Path) -> None:
    report = render_split(mix(), labels(), tmp_path, ".m4a")

    names = [file.path.name for file in report.files]
    tags = [MP4(file.path).tags for file in report.files]
    assert names == ["01 Calf stretch, left leg.m4a", "02 Fußkreisen 🦶.m4a"]
    assert [(tag["©nam"], tag["©alb"], tag["trkn"]) for tag in tags if tag] == [
        (["Calf stretch, left leg"], ["Füße 🦶"], [(1, 2)]),
        (["Fußkreisen 🦶"], ["Füße 🦶"], [(2, 2)]),
    ]
    assert all(tag["covr"] for tag in tags if tag)


def test_lyrics_count_from_the_start_of_their_file(tmp_path: Path) -> None:
    words = (Word(9_000, 9_400, "Left"),)
    lines = (Line(100, 900, "Sit tall."), Line(9_000, 31_000, "Left", words))

    report = render_split(mix(), Labels(TAGS, CHAPTERS, None, lines), tmp_path, ".flac")

    held = [mutagen.File(file.path)["lyrics"] for file in report.files]
    assert held == [["[00:00.10]Sit tall.\n[00:00.90]\n"], ["[00:05.00]Left\n[00:26.00]\n"]]
    assert LYRICS.startswith("[00:00.10]Sit tall.\n")


def test_the_playlist_names_the_files_in_order_and_relative_to_itself(tmp_path: Path) -> None:
    chapters = (Chapter("One\n#EXTINF:9,x", 0, 4_600), Chapter("../two", 4_600, 30_000))

    report = render_split(mix(), Labels(Tags("Füße\n#"), chapters), tmp_path / "a", ".wav")

    assert report.playlist == tmp_path / "a" / "00 Füße #.m3u8"
    assert report.playlist.read_bytes().decode() == (
        "#EXTM3U\n#PLAYLIST:Füße #\n#EXTINF:5,One #EXTINF:9,x\n01 One #EXTINF-9,x.wav\n#EXTINF:25,../two\n02 -two.wav\n"
    )
    assert {path.name for path in (tmp_path / "a").iterdir()} == {
        "00 Füße #.m3u8",
        "01 One #EXTINF-9,x.wav",
        "02 -two.wav",
    }


def test_a_session_without_chapters_is_one_file(tmp_path: Path) -> None:
    report = render_split(mix(1_000), Labels(Tags("Short")), tmp_path, ".mp3")

    assert [file.path.name for file in report.files] == ["01 Short.mp3"]
    assert report.files[0].frames == 24_000


def test_progress_is_that_of_the_whole(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    render_split(mix(), Labels(TAGS, CHAPTERS), tmp_path, ".m4a", lambda *told: seen.append(told))

    assert seen == sorted(seen)
    assert seen[-1] == (720_000, 720_000)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_second_split_has_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    folders = [tmp_path / name for name in "ab"]

    for folder in folders:
        render_split(mix(), labels(), folder, suffix)

    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == second


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_interrupted_split_leaves_what_was_there(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "00 Füße 🦶.m3u8").write_text("mine")

    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_split(mix(), labels(), tmp_path, suffix, stop)

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"00 Füße 🦶.m3u8": "mine"}


def test_a_file_the_session_is_made_from_is_not_replaced(tmp_path: Path) -> None:
    tone = tmp_path / "02 Fußkreisen 🦶.wav"
    tone.write_text("mine")

    with pytest.raises(OutputError) as caught:
        render_split(mix(), labels(), tmp_path, ".wav", inputs=[tone])

    assert caught.value.what == f"{tone} is read by the routine itself"
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_a_suffix_that_is_no_format_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError):
        render_split(mix(), labels(), tmp_path / "a", ".mp9")
    with pytest.raises(OutputError):
        render_split(mix(), labels(), tmp_path / "no" / "a", ".mp3")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_full_disk_stops_a_split_and_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    largest = max(file.size for file in render_split(mix(), labels(), tmp_path / "whole", suffix).files)
    code = f"""
        import resource, sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from pathlib import Path
        from mixes import mix
        from test_formats import labels
        from voicecoach.errors import OutputError
        from voicecoach.export.split import render_split
        resource.setrlimit(resource.RLIMIT_FSIZE, ({largest - 10}, {largest - 10}))
        try:
            render_split(mix(), labels(), Path({str(tmp_path / "full")!r}), {suffix!r})
        except OutputError as error:
            print(error.what)
    """

    shown = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)

    assert (shown.stdout, shown.stderr) == (f"cannot write {tmp_path / 'full'}: file too large\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["whole"]


def test_no_playlist_names_a_page(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match=r"a playlist cannot name files that end in \.html") as caught:
        render_split(mix(), labels(), tmp_path / "parts", ".html")

    assert caught.value.fix.startswith("split into one of .m4a, ")
    assert list(tmp_path.iterdir()) == []
