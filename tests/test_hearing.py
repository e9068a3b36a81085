"""Files held against their plans: what is said is found, and what is not said is not."""

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.songs import chord, write_song
from voicecoach import compile, load, render
from voicecoach.compiler.options import Options
from voicecoach.errors import MissingError, ScriptError
from voicecoach.hearing import Heard, listen
from voicecoach.listening.planned import Plan, read
from voicecoach.locations import cache_dir
from voicecoach.speech.choice import speaking
from voicecoach.timeline import to_json

SCRIPT = """\
title: Feet
stop_if: [sharp pain]
lexicon: {towel: tea towel}
steps:
  - say: Press space when you are ready for 10 minutes.
  - name: Toe stretch
    hold: 10s
    how: Scrunch the towel with your left foot, and keep the heel on the floor.
    cues: {at 3s: Gently pull them back}
  - say: Well done. That is your morning session.
"""


class Recorded:
    """A session on disk: its plan, and its sound as samples that can be changed."""

    def __init__(self, folder: Path, name: str, options: Options | None = None, **rendering: object) -> None:
        session = compile(load(name), options)
        self.folder = folder
        self.path = folder / "plan.json"
        self.path.write_text(to_json(session.timeline), "utf-8")
        self.plan: Plan = read(self.path)
        self.file = folder / "heard.wav"
        render(session, self.file)
        self.samples, self.rate = soundfile.read(self.file, dtype="float32")
        self.session = session

    def part(self, text: str) -> slice:
        """Where a cue is in the samples."""
        cue = next(cue for cue in self.plan.cues if cue.text == text or (len(text) > 1 and cue.text.startswith(text)))
        return slice(cue.start * self.rate // 1000, cue.end * self.rate // 1000)

    def hear(self, samples: np.ndarray | None = None, **options: int) -> Heard:
        """What is found in these samples in place of the file's."""
        path = self.folder / "changed.wav"
        soundfile.write(path, self.samples if samples is None else samples, self.rate)
        return heard(path, self.plan, **options)


def heard(path: Path, plan: Plan, **options: int) -> Heard:
    with speaking("auto", cache_dir() / "clips") as speaker:
        return listen(path, plan, speaker, **options)


def states(found: Heard) -> dict[str, str]:
    """The cues that are not heard in their place."""
    return {cue.cue.text: cue.state for cue in found.judgement.missed}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Iterator[Recorded]:
    folder = tmp_path_factory.mktemp("hearing")
    (folder / "feet.coach.yaml").write_text(SCRIPT, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICECOACH_CACHE_DIR", str(shared_cache))
        yield Recorded(folder, str(folder / "feet.coach.yaml"))


@pytest.mark.parametrize("level", [0, 100])
def test_the_morning_routine_says_what_its_plan_says_when_it_says_it(
    level: int, tmp_path: Path, user_folders: Path
) -> None:
    recorded = Recorded(tmp_path, "feet-morning", Options(dial=level))

    found = recorded.hear()

    judgement = found.judgement
    assert found.unknown == 0
    assert len(judgement.words) > 300
    assert judgement.in_time >= 0.98 * len(judgement.words)
    assert judgement.outside == 0
    assert states(found) == {}
    assert judgement.holds


def test_every_word_has_its_time_in_order(recorded: Recorded) -> None:
    words = recorded.hear().judgement.words

    assert [word.text for word in words[:9]] == [
        "Stop",
        "if",
        "you",
        "feel",
        "sharp",
        "pain.",
        "Press",
        "space",
        "when",
    ]
    starts = [word.start for word in words]
    assert None not in starts
    assert starts == sorted(starts)
    assert [word.text for word in words if word.text in {"tea", "towel"}] == ["tea", "towel"]
    assert {"10", "Scrunch", "3", "2", "1"} <= {word.text for word in words}


@pytest.mark.parametrize("suffix", [".m4a", ".mp3", ".opus"])
def test_compressed_files_are_as_exact(suffix: str, recorded: Recorded) -> None:
    path = recorded.folder / f"heard{suffix}"
    render(recorded.session, path)

    found = heard(path, recorded.plan)

    assert found.judgement.holds
    assert found.judgement.in_time == len(found.judgement.words)


def test_music_under_the_words_does_not_hide_them(recorded: Recorded) -> None:
    song = chord(len(recorded.samples) / recorded.rate + 1, level=0.01, rate=recorded.rate).mean(axis=1)

    assert recorded.hear(recorded.samples + song[: len(recorded.samples)]).judgement.holds


@pytest.mark.parametrize("by", [1.0, -1.0, 0.4, -0.4])
def test_a_file_that_is_shifted_is_not_what_the_plan_says(by: float, recorded: Recorded) -> None:
    frames = round(abs(by) * recorded.rate)
    zeros = np.zeros(frames, np.float32)
    shifted = np.concatenate([zeros, recorded.samples] if by > 0 else [recorded.samples[frames:], zeros])

    found = recorded.hear(shifted)

    assert not found.judgement.holds
    assert found.judgement.in_time < 0.1 * len(found.judgement.words)
    assert len(found.judgement.missed) >= 0.9 * len(found.judgement.cues)


def test_a_file_that_is_shifted_by_less_is_told_by_how_much(recorded: Recorded) -> None:
    late = np.concatenate([np.zeros(recorded.rate * 100 // 1000, np.float32), recorded.samples])

    found = recorded.hear(late)

    off = [word.off for word in found.judgement.words if word.off is not None]
    assert 85 <= np.median(off) <= 105


def test_a_lead_in_is_taken_off(recorded: Recorded) -> None:
    later = np.concatenate([np.zeros(recorded.rate, np.float32), recorded.samples])

    assert recorded.hear(later, lead_in=1_000).judgement.holds


@pytest.mark.parametrize("text", ["Press space", "Toe stretch", "Gently pull", "Scrunch", "Well done", "2"])
def test_a_muted_cue_is_silence(text: str, recorded: Recorded) -> None:
    samples, part = recorded.samples.copy(), recorded.part(text)
    samples[part] = 0

    found = recorded.hear(samples)

    assert [(text in cue, state) for cue, state in states(found).items()] == [(True, "silent")]
    assert not found.judgement.holds


def test_two_cues_that_are_swapped_are_other_words(recorded: Recorded) -> None:
    samples = recorded.samples.copy()
    one, other = recorded.part("Press space"), recorded.part("Well done")
    length = min(one.stop - one.start, other.stop - other.start)
    samples[one] = samples[other] = 0
    samples[one.start : one.start + length] = recorded.samples[other.start : other.start + length]
    samples[other.start : other.start + length] = recorded.samples[one.start : one.start + length]

    found = recorded.hear(samples)

    assert {cue[:10]: state for cue, state in states(found).items()} == {"Press spac": "other", "Well done.": "other"}


@pytest.mark.parametrize(("planned", "said"), list(permutations("321", 2)))
def test_a_count_that_is_another_number_is_not_what_the_plan_says(planned: str, said: str, recorded: Recorded) -> None:
    samples, part = recorded.samples.copy(), recorded.part(planned)
    clip = recorded.samples[recorded.part(said)][: part.stop - part.start]
    samples[part] = np.pad(clip, (0, part.stop - part.start - len(clip)))

    found = recorded.hear(samples)

    (cue,) = found.judgement.missed
    assert (cue.cue.text, cue.state) in {(planned, "other"), (planned, "moved")}
    assert cue.instead in {said, ""}


def test_noise_in_place_of_words_is_other_words(recorded: Recorded) -> None:
    samples, part = recorded.samples.copy(), recorded.part("Scrunch")
    samples[part] = np.random.default_rng(1).normal(0, 0.05, part.stop - part.start)

    assert list(states(recorded.hear(samples)).values()) == ["other"]


def test_a_file_that_ends_too_early_is_silent_from_there_on(recorded: Recorded) -> None:
    cut = recorded.part("Gently pull").start

    found = recorded.hear(recorded.samples[:cut])

    assert set(states(found).values()) == {"silent"}
    assert "Well done. That is your morning session." in states(found)


def test_a_plan_of_an_unknown_voice_is_compared_by_its_cues_only(recorded: Recorded) -> None:
    found = heard(recorded.file, recorded.plan._replace(voice="nobody"))

    assert found.unknown == len(recorded.plan.cues)
    assert "nobody" in found.why
    assert found.judgement.holds


def test_a_plan_of_another_pace_has_no_times_of_words(recorded: Recorded) -> None:
    found = heard(recorded.file, recorded.plan._replace(rate=200))

    assert found.unknown > 0.8 * len(recorded.plan.cues)
    assert found.why == "the voice says them otherwise now, or tells no times"


def test_a_plan_in_another_language_is_refused(recorded: Recorded) -> None:
    with pytest.raises(MissingError, match="language 'de', and the model that listens knows only English"):
        heard(recorded.file, recorded.plan._replace(lang="de"))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "it cannot be read: No such file or directory"),
        (lambda path: path.mkdir(), "it is a folder"),
        (lambda path: path.write_bytes(b""), "it is empty"),
        (lambda path: path.write_text("no sound"), "no sound can be read from it"),
    ],
)
def test_a_file_without_sound_is_a_problem(
    make: Callable[[Path], object], reason: str, recorded: Recorded, tmp_path: Path
) -> None:
    make(tmp_path / "it.wav")

    with pytest.raises(ScriptError) as caught:
        heard(tmp_path / "it.wav", recorded.plan)

    (problem,) = caught.value.problems
    assert (problem.code, problem.what) == ("E066", f"{tmp_path / 'it.wav'}: {reason}")


def test_a_file_with_two_channels_is_heard(recorded: Recorded) -> None:
    both = write_song(recorded.folder / "both.flac", np.stack([recorded.samples] * 2, axis=1), recorded.rate)

    assert heard(both, recorded.plan).judgement.holds
