"""Takes: kept by their words, found by their words, and never half of one."""

from pathlib import Path

import pytest

from voicecoach.errors import OutputError, SpeechError
from voicecoach.speech.takefile import TakeFile, TakeFileError, packed, unpacked
from voicecoach.speech.takes import Takes, existing, is_name, names
from voicecoach.speech.wording import letters, wording

PCM = bytes(range(256)) * 375
RELAX = TakeFile("Relax your grip.", "en", 48_000, PCM)


@pytest.mark.parametrize(
    "text", ["relax your grip", "Relax  your grip!", "“Relax your grip.”", "Relax your *grip*", "RELAX — your grip"]
)
def test_texts_of_the_same_words_have_one_take(text: str, tmp_path: Path) -> None:
    Takes(tmp_path, "own").keep(RELAX)

    take = Takes(tmp_path, "own").find(text, "en-GB")

    assert take is not None
    assert (take.text, take.lang, take.length) == ("Relax your grip.", "en", 1_000)


@pytest.mark.parametrize("text", ["Relax your grip?", "Relax ... your grip", "Relax your 5% grip", "Relax", ""])
def test_other_words_have_another(text: str, tmp_path: Path) -> None:
    Takes(tmp_path, "own").keep(RELAX)

    assert Takes(tmp_path, "own").find(text, "en") is None


def test_the_same_words_in_another_language_are_another_line(tmp_path: Path) -> None:
    Takes(tmp_path, "own").keep(TakeFile("Stopp", "de-AT", 48_000, PCM))

    assert Takes(tmp_path, "own").find("Stopp", "de")
    assert not Takes(tmp_path, "own").find("Stopp", "sv")


def test_a_pause_at_the_end_is_no_pause_and_numbers_keep_their_points() -> None:
    assert wording("Breathe … and rest...") == wording("breathe ... and rest")
    assert wording("1.5 kg, 20-30s") != wording("15 kg 20-30s")
    assert wording("5 %") != wording("5")
    assert letters("Gently! It’s 20–30s.") == "gently its 20 30s"


def test_a_take_is_the_samples_that_were_kept(tmp_path: Path) -> None:
    takes = Takes(tmp_path, "own")

    take = takes.keep(RELAX)

    assert takes.speech(take).pcm == PCM
    assert takes.speech(take).rate == 48_000
    assert takes.speech(take).words == ()


def test_a_new_take_replaces_the_old_one_and_has_another_digest(tmp_path: Path) -> None:
    takes = Takes(tmp_path, "own")
    first = takes.keep(RELAX)

    second = takes.keep(RELAX._replace(text="relax your grip", pcm=PCM[::-1]))

    assert second.path == first.path
    assert second.digest != first.digest
    assert takes.all() == [second]
    assert [path.name for path in takes.folder.iterdir()] == [first.path.name]


def test_a_take_that_changes_in_mid_session_is_an_error_and_no_other_sound(tmp_path: Path) -> None:
    takes = Takes(tmp_path, "own")
    take = takes.keep(RELAX)
    take.path.write_bytes(packed(RELAX._replace(pcm=PCM[::-1])))

    with pytest.raises(SpeechError, match="was changed"):
        takes.speech(take)

    take.path.unlink()
    with pytest.raises(SpeechError, match="cannot be read any more"):
        takes.speech(take)


WHOLE = packed(RELAX)
DAMAGED = {
    "empty": b"",
    "cut": WHOLE[:-1_000],
    "text": b"hello",
    "not a wave": b"RIFF\0\0\0\0AVI " + WHOLE[12:],
    "no data": WHOLE[: WHOLE.index(b"data")],
    "no words": WHOLE.replace(b"INAM", b"IXXX"),
    "stereo": WHOLE.replace(b"fmt \x10\0\0\0\x01\0\x01", b"fmt \x10\0\0\0\x01\0\x02"),
    "endless": WHOLE[:4] + b"\xff\xff\xff\xff" + WHOLE[8:40] + b"\xff" * 8,
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_take_is_not_used_and_that_is_told(content: bytes, tmp_path: Path) -> None:
    path = Takes(tmp_path, "own").keep(RELAX).path
    path.write_bytes(content)
    takes = Takes(tmp_path, "own")

    assert takes.find(RELAX.text, "en") is None
    assert takes.all() == []

    [trouble] = takes.troubles
    assert str(path) in trouble


def test_a_file_under_the_name_of_other_words_is_not_used(tmp_path: Path) -> None:
    takes = Takes(tmp_path, "own")
    path = takes.keep(RELAX).path
    path.write_bytes(packed(RELAX._replace(text="Rest.")))

    assert Takes(tmp_path, "own").find(RELAX.text, "en") is None


def test_any_player_reads_a_take(tmp_path: Path) -> None:
    import wave

    take = Takes(tmp_path, "own").keep(RELAX._replace(text="Größe 日本 “x”"))

    with wave.open(str(take.path)) as file:
        assert (file.getnchannels(), file.getframerate(), file.readframes(file.getnframes())) == (1, 48_000, PCM)
    assert unpacked(take.path.read_bytes()).text == "Größe 日本 “x”"


def test_bytes_that_are_no_take_are_refused() -> None:
    for end in range(len(WHOLE) - len(PCM) + 8):
        with pytest.raises(TakeFileError):
            unpacked(WHOLE[:end])


@pytest.mark.parametrize("name", ["own", "Anna", "Dr Müller", "left-foot_2", "7"])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "a\\b", " own", "own ", "-x", "_x", "a\nb", "x" * 41, ".numbers"]
)
def test_what_no_folder_may_be_called_is_no_name(name: str) -> None:
    assert not is_name(name)


def test_takes_are_found_by_their_name_and_a_near_one_is_told(tmp_path: Path) -> None:
    Takes(tmp_path, "anna").keep(RELAX)

    assert names(tmp_path) == ["anna"]
    assert existing(tmp_path, "anna").find(RELAX.text, "en")
    with pytest.raises(SpeechError) as raised:
        existing(tmp_path, "ana")
    assert raised.value.fix == "did you mean 'anna'?"
    with pytest.raises(SpeechError):
        existing(tmp_path / "nowhere", "../anna")


def test_the_last_take_goes_with_its_name(tmp_path: Path) -> None:
    takes = Takes(tmp_path, "own")
    take = takes.keep(RELAX)

    takes.remove(take)

    assert takes.find(RELAX.text, "en") is None
    assert names(tmp_path) == []


def test_a_take_that_cannot_be_kept_is_told_with_a_fix(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("in the way")

    with pytest.raises(OutputError, match="cannot write") as raised:
        Takes(tmp_path, "own").keep(RELAX)

    assert "VOICECOACH_DATA_DIR" in raised.value.fix
