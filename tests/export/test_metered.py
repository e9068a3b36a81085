import math
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mixes import RATE, Tune, mix, samples

from voicecoach.export.audio import Heard, formats, render
from voicecoach.export.labels import Labels
from voicecoach.export.metered import Metered
from voicecoach.export.split import render_split
from voicecoach.export.tags import Tags
from voicecoach.sound.clip import Samples
from voicecoach.sound.loudness import loudness
from voicecoach.sound.peak import amplitude, decibels, true_peak


@pytest.mark.parametrize("suffix", [form.suffix for form in formats()])
def test_a_report_tells_how_loud_the_encoded_samples_are(suffix: str, tmp_path: Path) -> None:
    mixer = mix()

    report = render(mixer, Labels(Tags("T")), tmp_path / f"a{suffix}")

    assert report.integrated == pytest.approx(loudness(samples(mixer), RATE), abs=0.02)
    assert report.true_peak == pytest.approx(decibels(true_peak(samples(mixer))), abs=0.02)
    assert report.channels == 1


class Loud(Tune):
    """A tune whose peaks are at the ceiling of a mix."""

    def read(self, start: int, count: int) -> Samples:
        return super().read(start, count) * np.float32(amplitude(-1.5) / 0.3)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize("suffix", [".ogg", ".opus"])
def test_codecs_that_make_peaks_higher_stay_under_minus_1(
    tmp_path: Path, suffix: str, channels: int, split: bool
) -> None:
    loud, labels = Loud(5 * RATE, RATE, channels), Labels(Tags("T"))

    if split:
        report: Heard = render_split(loud, labels, tmp_path / "a", suffix)
    else:
        report = render(loud, labels, tmp_path / f"a{suffix}")

    assert report.true_peak == pytest.approx(-2, abs=0.05)
    [written] = tmp_path.rglob(f"*{suffix}")
    heard = soundfile.read(written, dtype="float32", always_2d=True)[0]
    assert max(decibels(true_peak(np.ascontiguousarray(plane))) for plane in heard.T) < -1


def test_a_silent_file_has_no_loudness(tmp_path: Path) -> None:
    report = render(mix(1_000, onsets=()), Labels(Tags("T")), tmp_path / "a.wav")

    assert (report.integrated, report.true_peak) == (-math.inf, -math.inf)


def test_what_is_read_again_counts_once() -> None:
    once, again = Metered(mix()), Metered(mix())

    for start in range(0, once.length, 10_000):
        once.read(start, 10_000)
        again.read(max(start - 4_096, 0), 10_000)
        again.read(start + 2_000, 8_000)
    once.finish()
    again.finish()

    assert again.meter.integrated == pytest.approx(once.meter.integrated)
    assert again.meter.true_peak == once.meter.true_peak
