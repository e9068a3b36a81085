import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import wave
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from mixes import CHAPTERS, ONSETS, RATE, mix, samples

import voicecoach
from voicecoach.errors import OutputError
from voicecoach.export.audio import UnknownFormatError, format_of, formats, render
from voicecoach.export.labels import Labels
from voicecoach.export.tags import Tags
from voicecoach.sound.clip import Clip
from voicecoach.sound.mixer import Mixer
from voicecoach.sound.quiet import LeadIn
from voicecoach.sound.tones import tone
from voicecoach.timeline import Chapter, Cue, Sound, Timeline

SUFFIXES = [form.suffix for form in formats()]
TAGS = Tags("Füße 🦶\n[CHAPTER]\nTITLE=x;#\\\0", comment="a=b\nc", lang="de-AT")
NASTY = Labels(TAGS, CHAPTERS)


def decoded(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        blocks = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    joined = np.concatenate(blocks)
    return joined / 32_768 if joined.dtype == np.int16 else joined


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("duration", [1, 43, 1_024, 30_000])
@pytest.mark.parametrize("suffix", [".wav", ".flac"])
def test_a_lossless_file_holds_every_sample(tmp_path: Path, suffix: str, duration: int) -> None:
    mixer = mix(duration)

    report = render(mixer, NASTY, tmp_path / f"a{suffix}")

    held, rate = soundfile.read(report.path, dtype="float32")
    assert rate == RATE
    assert np.array_equal(held, samples(mixer))
    assert (report.length, report.frames) == (duration, duration * 24)
    assert report.size == (tmp_path / f"a{suffix}").stat().st_size


@pytest.mark.parametrize("duration", [1, 43, 1_024, 30_000])
def test_an_m4a_begins_at_0_and_ends_within_one_codec_frame(tmp_path: Path, duration: int) -> None:
    mixer = mix(duration)

    path = render(mixer, NASTY, tmp_path / "a.m4a").path

    heard = decoded(path)
    assert 0 <= len(heard) - mixer.length < 1024
    wanted = samples(mixer)
    error = heard[: len(wanted)] - wanted
    assert np.sqrt((error**2).mean()) <= 0.2 * np.sqrt((wanted**2).mean()) + 1e-4
    with av.open(str(path)) as container:
        assert container.streams.audio[0].start_time == 0
        assert container.duration == duration * 1000


def test_tones_in_an_m4a_begin_within_1_ms(tmp_path: Path) -> None:
    heard = decoded(render(mix(), NASTY, tmp_path / "a.m4a").path)

    bell = tone(Sound("bell"), 200, RATE).samples
    for onset in ONSETS:
        first = max(onset * 24 - 1200, 0)
        found = first + int(np.correlate(heard[first : first + 8400], bell, "valid").argmax())
        assert abs(found - onset * 24) <= 24


def test_what_wakes_a_bluetooth_device_comes_through_the_codec(tmp_path: Path) -> None:
    path = render(LeadIn(mix(), 2 * RATE), NASTY, tmp_path / "a.m4a").path

    lead = decoded(path)[2_000 : 2 * RATE - 2_000]
    assert 10 * np.log10((lead**2).mean()) == pytest.approx(-70, abs=1)
    assert np.abs(lead[:43_200].reshape(-1, 480)).max(axis=1).min() > 3 / 32_768


def test_silence_in_an_m4a_is_silence_and_takes_no_space(tmp_path: Path) -> None:
    short = render(mix(30_000), Labels(TAGS), tmp_path / "short.m4a")
    long = render(mix(630_000), Labels(TAGS), tmp_path / "long.m4a")

    assert long.size - short.size < 600 * 24_000 / 1024 * 13
    assert np.abs(decoded(long.path)[30_000 * 24 :]).max() < 1e-4


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_second_render_has_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    first = render(mix(), NASTY, tmp_path / f"a{suffix}")
    second = render(mix(), NASTY, tmp_path / f"b{suffix}")

    assert digest(first.path) == digest(second.path)


@pytest.mark.parametrize("suffix", [".m4a", ".flac"])
def test_tags_and_chapters_are_read_back_as_they_were(tmp_path: Path, suffix: str) -> None:
    path = render(mix(), NASTY, tmp_path / f"a{suffix}").path

    with av.open(str(path)) as container:
        tags = {key.lower(): value for key, value in container.metadata.items()}
        chapters = container.chapters()
        language = tags.get("language") or container.streams.audio[0].language
    assert tags["title"] == "Füße 🦶\n[CHAPTER]\nTITLE=x;#\\"
    assert tags["artist"] == "voicecoach"
    assert tags["comment"] == "a=b\nc"
    assert language == "deu"
    assert [(c["metadata"]["title"], c["start"] * c["time_base"] * 1000) for c in chapters] == [
        ("Calf stretch, left leg", 0),
        ("Fußkreisen 🦶", 4_000),
    ]
    assert chapters[-1]["end"] * chapters[-1]["time_base"] == 30


def test_an_m4a_can_be_played_while_it_loads(tmp_path: Path) -> None:
    content = render(mix(), NASTY, tmp_path / "a.m4a").path.read_bytes()

    assert content[4:12] == b"ftypM4A "
    assert content.index(b"moov") < content.index(b"mdat")


def test_many_long_chapters_fit_an_m4a(tmp_path: Path) -> None:
    chapters = [Chapter(f"{n} " + "ü" * 200, n * 100, n * 100 + 100) for n in range(300)]

    path = render(mix(), Labels(TAGS, tuple(chapters)), tmp_path / "a.m4a").path

    with av.open(str(path)) as container:
        held = container.chapters()
    assert len(held) == 255
    assert max(len(c["metadata"]["title"].encode()) for c in held) <= 127


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_progress_goes_from_0_to_the_end(tmp_path: Path, suffix: str) -> None:
    seen: list[tuple[int, int]] = []

    render(mix(), Labels(TAGS), tmp_path / f"a{suffix}", lambda done, total: seen.append((done, total)))

    assert seen == sorted(seen)
    assert seen[-1] == (720_000, 720_000)
    assert len(seen) > 5


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_a_render_that_fails_leaves_the_old_file(tmp_path: Path, suffix: str, error: type[BaseException]) -> None:
    destination = tmp_path / f"a{suffix}"
    destination.write_bytes(b"old")

    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise error

    with pytest.raises(error):
        render(mix(), NASTY, destination, stop)

    assert destination.read_bytes() == b"old"
    assert os.listdir(tmp_path) == [destination.name]


RENDER = """
    import resource, sys
    sys.path.insert(0, {tests!r})
    from pathlib import Path
    from mixes import CHAPTERS, mix
    from voicecoach.errors import OutputError
    from voicecoach.export.audio import render
    from voicecoach.export.labels import Labels
    from voicecoach.export.tags import Tags
"""


def run(code: str) -> "subprocess.Popen[str]":
    script = textwrap.dedent(RENDER.format(tests=str(Path(__file__).parent)) + code)
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_killed_render_leaves_no_file_and_the_next_one_cleans_up(tmp_path: Path, suffix: str) -> None:
    destination = tmp_path / f"a{suffix}"
    code = f"""
    def wait(done, total):
        if done > total // 2:
            print("half", flush=True)
            sys.stdin.read()
    render(mix(), Labels(Tags("t"), CHAPTERS), Path({str(destination)!r}), wait)
    """

    with run(code) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        process.send_signal(signal.SIGKILL)
    left = os.listdir(tmp_path)
    render(mix(), NASTY, destination)

    assert [name.replace("-made", "") for name in left] in ([], [f".a{suffix}.{process.pid}.part"])
    assert os.listdir(tmp_path) == [destination.name]


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("part", [0.1, 0.6, 0.999])
def test_a_full_disk_is_an_output_error(tmp_path: Path, suffix: str, part: float) -> None:
    size = render(mix(), Labels(Tags("t"), CHAPTERS), tmp_path / f"whole{suffix}").size
    (tmp_path / f"whole{suffix}").unlink()
    destination = tmp_path / f"a{suffix}"
    code = f"""
    resource.setrlimit(resource.RLIMIT_FSIZE, ({int(size * part)}, {int(size * part)}))
    try:
        render(mix(), Labels(Tags("t"), CHAPTERS), Path({str(destination)!r}))
    except OutputError as error:
        print(error.what)
    """

    with run(code) as process:
        told, complaints = process.communicate()

    assert (told, complaints) == (f"cannot write {destination}: file too large\n", "")
    assert os.listdir(tmp_path) == []


def test_a_wav_file_over_4_gb_is_refused(tmp_path: Path) -> None:
    timeline = Timeline("id", "T", "en", "f", {}, RATE, 90_000_000, False, (), (), (), (), ())

    with pytest.raises(OutputError, match="cannot hold more than 4 GB") as caught:
        render(Mixer(timeline, no_clip), Labels(TAGS), tmp_path / "a.wav")

    assert caught.value.fix == "choose .flac or .m4a instead"
    assert os.listdir(tmp_path) == []


def no_clip(_cue: Cue) -> Clip:
    raise AssertionError


def test_a_wav_file_is_plain_pcm(tmp_path: Path) -> None:
    path = render(mix(), NASTY, tmp_path / "a.WAV").path

    with wave.open(str(path)) as file:
        assert file.getparams()[:4] == (1, 2, RATE, 720_000)
    assert path.stat().st_size == 44 + 720_000 * 2


def test_an_unknown_suffix_is_told_the_known_ones() -> None:
    with pytest.raises(UnknownFormatError, match=r"unknown format '\.mp9'") as caught:
        format_of(Path("a.b.mp9"))
    with pytest.raises(UnknownFormatError, match="'feet' has no suffix"):
        format_of(Path("feet"))

    assert caught.value.fix == "end the file name in one of .m4a, .m4b, .mp3, .opus, .ogg, .flac, .wav, .html"


def test_the_encoders_are_loaded_when_they_are_used() -> None:
    code = (
        "import sys, voicecoach.export.audio; print({'av', 'soundfile', 'soxr', 'mutagen', 'PIL'} & set(sys.modules))"
    )

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert shown == "set()\n"


@pytest.mark.parametrize(
    ("suffix", "most"), [(".m4a", -2.0), (".mp3", -2.5), (".opus", -2.6), (".ogg", -3.0), (".flac", -1.5)]
)
def test_a_louder_session_leaves_room_for_what_a_codec_adds(user_folders: Path, suffix: str, most: float) -> None:
    script = "title: T\nstop_if: [sharp pain]\nsteps:\n  - {name: Plank, hold: 5s, how: Keep the back long.}\n"
    (user_folders / "loud.coach.yaml").write_text(script, encoding="utf-8")
    session = voicecoach.compile(voicecoach.load("loud.coach.yaml"))

    report = voicecoach.render(session, f"loud{suffix}", cover=False, loudness=-14)

    assert report.true_peak == pytest.approx(most, abs=0.1)
