import math
from pathlib import Path

import pytest
from mixes import RATE, mix, samples

from voicecoach.export.audio import formats, render
from voicecoach.export.labels import Labels
from voicecoach.export.metered import Metered
from voicecoach.export.tags import Tags
from voicecoach.sound.loudness import loudness
from voicecoach.sound.peak import decibels, true_peak


@pytest.mark.parametrize("suffix", [form.suffix for form in formats()])
def test_a_report_tells_how_loud_the_encoded_samples_are(suffix: str, tmp_path: Path) -> None:
    mixer = mix()

    report = render(mixer, Labels(Tags("T")), tmp_path / f"a{suffix}")

    assert report.integrated == pytest.approx(loudness(samples(mixer), RATE), abs=0.02)
    assert report.true_peak == pytest.approx(decibels(true_peak(samples(mixer))), abs=0.02)
    assert report.channels == 1


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
