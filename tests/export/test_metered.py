import math
import random
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


def test_a_mix_that_is_not_read_in_order_is_measured_all_the_same() -> None:
    ordered, other = Metered(mix()), Metered(mix())
    starts = list(range(0, ordered.length, 10_000))

    for start in starts:
        ordered.read(start, 10_000)
    random.Random(2).shuffle(starts)
    for start in starts:
        other.read(start, 10_000)
    ordered.finish()
    other.finish()

    assert other.meter.integrated == pytest.approx(ordered.meter.integrated)
    assert other.meter.true_peak == ordered.meter.true_peak
