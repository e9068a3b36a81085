import io
from pathlib import Path

import soundfile

from voicecoach.export.toneset_files import main
from voicecoach.sound.toneset import RECIPES
from voicecoach.units import MIX_RATE

AUDIO = Path(__file__).parents[2] / "audio"


def test_the_files_in_audio_are_those_the_numbers_give(tmp_path: Path) -> None:
    main(str(tmp_path))

    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in AUDIO.iterdir()}
    assert set(made) == {f"{name}.wav" for name in RECIPES}


def test_a_file_is_16_bit_mono_at_the_mix_rate_and_ends_in_silence() -> None:
    for path in AUDIO.iterdir():
        with soundfile.SoundFile(io.BytesIO(path.read_bytes())) as file:
            assert (file.format, file.subtype, file.channels, file.samplerate) == ("WAV", "PCM_16", 1, MIX_RATE)
            samples = file.read(dtype="int16")
        assert abs(samples[0]) + abs(samples[-1]) <= 1
