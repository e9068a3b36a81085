import json
import shutil
from pathlib import Path

import pytest

from tests.tiny_voice import write_voice
from voicecoach.errors import SpeechError
from voicecoach.speech.piper_card import licence, licence_in
from voicecoach.speech.piper_config import language_tag, read_config
from voicecoach.speech.piper_installed import installed, look
from voicecoach.speech.piper_voices import PiperVoices
from voicecoach.speech.voice_names import near_voices

TINY = "en_GB-tiny-low"
NAMES = ["de_DE-thorsten-medium", "de_DE-thorsten_emotional-medium", "en_GB-alba-medium", "en_GB-vctk-medium"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_voice(tmp_path_factory.mktemp("made"))


def put(model: Path, shelf: Path, name: str, **config: object) -> Path:
    """The voice again, under another name and with another description."""
    folder = shelf / name
    folder.mkdir(parents=True)
    shutil.copy(model, folder / f"{name}.onnx")
    description = json.loads(Path(f"{model}.json").read_text("utf-8"))
    description |= {"language": {"code": name.partition("-")[0]}} | config
    (folder / f"{name}.onnx.json").write_text(json.dumps(description), "utf-8")
    return folder


def test_a_folder_that_is_not_there_has_no_voices(tmp_path: Path) -> None:
    assert installed(tmp_path / "none") == ()
    assert PiperVoices(tmp_path / "none").default("en") is None


def test_voices_are_known_by_language_the_best_first(model: Path, tmp_path: Path) -> None:
    for name, quality in (("en_GB-b-low", "low"), ("en_GB-c-high", "high"), ("de_DE-a-x_low", "x_low")):
        put(model, tmp_path, name, audio={"sample_rate": 22_050, "quality": quality})

    found = installed(tmp_path)

    assert [(voice.id, voice.lang) for voice in found] == [
        ("de_DE-a-x_low", "de-DE"),
        ("en_GB-c-high", "en-GB"),
        ("en_GB-b-low", "en-GB"),
    ]
    assert [voice.title for voice in found] == ["A, x low quality", "C, high quality", "B, low quality"]


@pytest.mark.parametrize(
    ("lang", "voice"),
    [
        ("en-GB", "en_GB-b-low"),
        ("EN-gb", "en_GB-b-low"),
        ("en-US", "en_US-c-high"),
        ("en", "en_US-c-high"),
        ("en-AU", "en_US-c-high"),
        ("de", "de_DE-a-low"),
        ("fr", None),
    ],
)
def test_the_default_is_of_the_region_or_else_the_best(
    lang: str, voice: str | None, model: Path, tmp_path: Path
) -> None:
    put(model, tmp_path, "en_GB-b-low")
    put(model, tmp_path, "en_US-c-high", audio={"sample_rate": 22_050, "quality": "high"})
    put(model, tmp_path, "de_DE-a-low")

    assert PiperVoices(tmp_path).default(lang) == voice


@pytest.mark.parametrize("typed", [TINY, TINY.upper(), "en-gb-tiny-low"])
def test_a_voice_is_found_in_any_case(typed: str, model: Path, tmp_path: Path) -> None:
    put(model, tmp_path, TINY)

    assert PiperVoices(tmp_path).find(typed).name == TINY


@pytest.mark.parametrize(
    ("typed", "what", "fix"),
    [
        ("en_GB-tny-low", "no Piper voice 'en_GB-tny-low' is installed", f"did you mean {TINY}?"),
        ("tiny", "no Piper voice 'tiny' is installed", f"did you mean {TINY}?"),
        ("../../etc", "no Piper voice '../../etc' is installed", "voicecoach voices list  shows the installed ones"),
        ("", "no Piper voice '' is installed", "voicecoach voices list  shows the installed ones"),
        (f"{TINY}#3", f"the voice {TINY} has no speaker '3'", f"it has only one: write {TINY}"),
        ("en_GB-many-low#p7", "the voice en_GB-many-low has no speaker 'p7'", "try en_GB-many-low#p2 or "),
        ("en_GB-many-low#9", "the voice en_GB-many-low has no speaker '9'", "numbers go from 0 to 2"),
        ("en_GB-many-low#", "the voice en_GB-many-low has no speaker ''", "try en_GB-many-low#p0 or "),
    ],
)
def test_a_voice_that_is_not_there_names_near_ones(
    typed: str, what: str, fix: str, model: Path, tmp_path: Path
) -> None:
    put(model, tmp_path, TINY)
    put(model, tmp_path, "en_GB-many-low", num_speakers=3, speaker_id_map={"p0": 0, "p1": 1, "p2": 2})

    with pytest.raises(SpeechError) as error:
        PiperVoices(tmp_path).find(typed)

    assert error.value.what == what
    assert fix in error.value.fix


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("thorsten", NAMES[:2]),
        ("de_DE-torsten-medium", NAMES[:1]),
        ("torsten", NAMES[:1]),
        ("alba", NAMES[2:3]),
        ("en-gb", NAMES[2:]),
        ("en_GB-alba-high", NAMES[2:3]),
        ("zzz", []),
        ("", []),
    ],
)
def test_near_voices_share_parts_or_spelling(typed: str, near: list[str]) -> None:
    assert near_voices(typed, NAMES)[: len(near) or 3] == near


# ---- what is wrong with a folder -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("lost", "what"),
    [
        (f"{TINY}.onnx.json", "there is no en_GB-tiny-low.onnx.json in "),
        (f"{TINY}.onnx", "is not whole: en_GB-tiny-low.onnx is missing"),
    ],
)
def test_half_a_voice_is_told_by_its_name(lost: str, what: str, model: Path, tmp_path: Path) -> None:
    folder = put(model, tmp_path, TINY)
    (folder / lost).unlink()

    found = look(tmp_path)

    assert found.voices == ()
    assert what in found.broken[TINY].what
    with pytest.raises(SpeechError) as error:
        PiperVoices(tmp_path).find(TINY)
    assert what in error.value.what
    assert error.value.fix


def test_empty_folders_empty_models_and_two_models_are_told(model: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (put(model, tmp_path, TINY) / f"{TINY}.onnx").write_bytes(b"")
    (put(model, tmp_path, "en_GB-two-low") / "other.onnx").write_bytes(b"x")
    (tmp_path / ".adding" / "x").mkdir(parents=True)
    (tmp_path / "notes.txt").write_text("mine")

    broken = {name: error.what for name, error in look(tmp_path).broken.items()}

    assert {name: what.rpartition("/")[2] for name, what in broken.items()} == {
        "empty": "empty is not whole: no .onnx file is there",
        TINY: f"{TINY}.onnx is empty",
        "en_GB-two-low": "en_GB-two-low holds 2 voices",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is not JSON"),
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("\xff", "it is not JSON"),
        ("[1]", "it is not a table of names and values"),
        ("{}", "audio.sample_rate is not a number from 8000 to 48000"),
    ],
)
def test_a_description_that_is_none_is_told(text: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "x.onnx.json"
    path.write_text(text, "latin-1")

    with pytest.raises(SpeechError) as error:
        read_config(path)

    assert error.value.what == f"{path} does not describe a Piper voice: {why}"
    assert error.value.fix


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"audio": {"sample_rate": "22050"}}, "audio.sample_rate is not a number from 8000 to 48000"),
        ({"audio": {"sample_rate": 3}}, "audio.sample_rate is not a number from 8000 to 48000"),
        ({"audio": [22_050]}, "audio.sample_rate is not a number from 8000 to 48000"),
        ({"espeak": {}}, "espeak.voice names no language"),
        ({"phoneme_id_map": None}, "phoneme_id_map does not give numbers for sounds"),
        ({"phoneme_id_map": {"_": 0}}, "phoneme_id_map does not give numbers for sounds"),
        ({"phoneme_id_map": {"_": [0], "a": [1]}}, "phoneme_id_map lacks ^ $"),
        ({"num_symbols": True}, "num_symbols is not a number"),
        ({"num_speakers": 0}, "num_speakers is not a number from 1 on"),
        ({"num_speakers": "many"}, "num_speakers is not a number from 1 on"),
        ({"speaker_id_map": {"a": 5}}, "speaker_id_map does not give numbers below 1"),
        ({"speaker_id_map": ["a"]}, "speaker_id_map does not give numbers below 1"),
        ({"default_speaker_id": 1}, "default_speaker_id is not a number below 1"),
        ({"inference": {"noise_scale": "loud"}}, "inference.noise_scale is not a number"),
        ({"inference": {"length_scale": 0}}, "inference.length_scale is not above 0"),
    ],
)
def test_a_description_of_the_wrong_shape_is_told(
    change: dict[str, object], why: str, model: Path, tmp_path: Path
) -> None:
    path = put(model, tmp_path, TINY, **change) / f"{TINY}.onnx.json"

    with pytest.raises(SpeechError) as error:
        read_config(path)

    assert error.value.what == f"{path} does not describe a Piper voice: {why}"


def test_an_alphabet_that_asks_for_more_is_refused(model: Path, tmp_path: Path) -> None:
    path = put(model, tmp_path, "zh_CN-x-low", phoneme_type="pinyin") / "zh_CN-x-low.onnx.json"

    with pytest.raises(SpeechError, match="needs the alphabet 'pinyin'") as error:
        read_config(path)

    assert error.value.fix == "take a voice whose phoneme_type is espeak or text"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("de_DE", "de-DE"),
        ("en-us", "en-US"),
        ("gmw/en-GB-x-rp", "en-GB"),
        ("es_419", "es-419"),
        ("fr", "fr"),
        ("cmn", "cmn"),
        ("", "und"),
        ("1", "und"),
    ],
)
def test_languages_become_tags(written: str, tag: str) -> None:
    assert language_tag(written) == tag


def test_the_licence_is_read_from_the_card(model: Path) -> None:
    assert licence("## Dataset\n\n* URL: x\n* License: CC BY 4.0\n") == "CC BY 4.0"
    assert licence("# **Licence:** see https://example.org/a") == "see https://example.org/a"
    assert licence("no words about it") == "not stated"
    assert licence_in(model.parent) == "CC0"
    assert licence_in(model.parent / "none") == "not stated"
