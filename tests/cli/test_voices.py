"""`voicecoach voices`, and the voices of sessions."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.catalogue.hub import Hub, running
from tests.tiny_voice import write_voice
from voicecoach.cli import run
from voicecoach.speech.espeak_voices import PRESETS
from voicecoach.speech.piper_pace import SENTENCES

Capture = pytest.CaptureFixture[str]
Write = Callable[[str, str], str]

TINY = "en_GB-tiny-low"
SMALL = "title: Small\nstop_if: [sharp pain]\nsteps:\n  - name: Squats\n    hold: 5s\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals to a process")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of a voice that anyone may have on their disk."""
    return write_voice(tmp_path_factory.mktemp("made"))


@pytest.fixture
def model(made: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return shutil.copytree(made.parent, tmp_path / "mine") / made.name


@pytest.fixture
def shelf(user_folders: Path) -> Path:
    """Where installed voices are."""
    return Path(os.environ["VOICECOACH_DATA_DIR"], "voices")


@pytest.fixture
def installed(shelf: Path, made: Path) -> Path:
    return shutil.copytree(made.parent, shelf / TINY)


@pytest.fixture
def config(user_folders: Path) -> Path:
    path = Path(os.environ["VOICECOACH_CONFIG_DIR"], "config.toml")
    path.parent.mkdir()
    return path


@pytest.fixture
def hub(made: Path) -> Iterator[Hub]:
    with running() as hub:
        hub.offer(made)
        yield hub


def printed(words: list[str], capsys: Capture) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(["voices", *words])
    written = capsys.readouterr()
    return code, written.out, written.err


# ---- list ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [[], ["list"]])
def test_every_voice_is_listed_with_language_engine_and_what_to_do(
    words: list[str], installed: Path, config: Path, capsys: Capture
) -> None:
    config.write_text(f'[voices]\nen = "{TINY}"\n')

    code, out, err = printed(words, capsys)

    rows = {line.split()[0]: line.split() for line in out.splitlines()}
    assert code == 0
    assert rows[TINY] == [TINY, "en-GB", "-", "piper", "Tiny,", "low", "quality;", "licence:", "CC0;", "default"]
    assert rows["en-us-female"][1:4] == ["en-US", "female", "espeak"]
    assert {row[3] for row in rows.values()} >= {"piper", "espeak", "pyttsx3"}
    assert {preset.voice.id for preset in PRESETS} < set(rows)
    assert "voicecoach voices try VOICE" in err


def test_the_voices_of_one_language_are_listed(installed: Path, capsys: Capture) -> None:
    code, out, _ = printed(["list", "--lang", "de"], capsys)

    assert code == 0
    assert [line.split()[:4] for line in out.splitlines()[1:]] == [
        ["de", "de", "male", "espeak"],
        ["de", "de", "male", "pyttsx3"],
    ]


def test_a_language_nobody_speaks_says_where_to_look(installed: Path, capsys: Capture) -> None:
    code, out, err = printed(["--lang", "xx"], capsys)

    assert (code, out) == (3, "")
    assert err.endswith("no voice of language xx is installed\n  fix: voicecoach voices list --catalogue --lang xx\n")


def test_the_list_as_json_is_data(installed: Path, capsys: Capture) -> None:
    code, out, _ = printed(["list", "--json", "--lang", "en-GB"], capsys)

    rows = json.loads(out)
    assert code == 0
    assert rows[0] == {
        "voice": TINY,
        "language": "en-GB",
        "gender": "",
        "engine": "piper",
        "title": "Tiny, low quality",
        "licence": "CC0",
        "default": False,
        "trouble": "",
    }


def test_the_voices_of_one_engine_are_listed(installed: Path, capsys: Capture) -> None:
    code, out, _ = printed(["list", "--json", "--engine", "pyttsx3", "--lang", "EN_us"], capsys)

    assert code == 0
    assert {(row["engine"], row["language"]) for row in json.loads(out)} == {("pyttsx3", "en-US")}


def test_an_engine_that_is_not_installed_is_listed_with_its_trouble(
    installed: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyttsx3", None)

    code, out, _ = printed(["--engine", "pyttsx3"], capsys)

    assert code == 3
    assert "cannot speak: it is not installed; fix: pip install pyttsx3" in out


def test_half_a_voice_is_listed_with_its_trouble(installed: Path, capsys: Capture) -> None:
    (installed / f"{TINY}.onnx.json").unlink()

    code, out, _ = printed([], capsys)

    assert code == 0
    assert f"cannot speak: there is no {TINY}.onnx.json in {installed}" in out


# ---- add -----------------------------------------------------------------------------------------


def test_a_voice_is_added_from_a_file_after_it_spoke(model: Path, shelf: Path, capsys: Capture) -> None:
    code, out, err = printed(["add", str(model)], capsys)

    assert (code, out) == (0, f"{TINY}\n")
    assert f"added: Tiny, low quality (en-GB), in {shelf / TINY}\n" in err
    assert [path.name for path in shelf.iterdir()] == [TINY]
    assert sorted(path.name for path in (shelf / TINY).iterdir()) == [
        "MODEL_CARD",
        f"{TINY}.onnx",
        f"{TINY}.onnx.json",
        "voicecoach.json",
    ]
    assert json.loads((shelf / TINY / "voicecoach.json").read_text("utf-8"))["pace"].keys() == {"0"}


def test_a_file_takes_the_place_of_a_voice_of_its_name(model: Path, installed: Path, capsys: Capture) -> None:
    (installed / "mine.txt").write_text("x")

    assert printed(["add", f"{model}.json"], capsys)[0] == 0

    assert not (installed / "mine.txt").exists()
    assert printed(["list", "--lang", "en-GB"], capsys)[1].count(TINY) == 1


def test_a_voice_comes_from_the_catalogue_with_its_licence_told_first(
    hub: Hub, made: Path, shelf: Path, capsys: Capture
) -> None:
    code, out, err = printed(["add", "EN-gb-tiny-low", "--from", hub.home], capsys)

    assert (code, out) == (0, f"{TINY}\n")
    lines = err.splitlines()
    assert lines[0] == f"asking {hub.home}"
    assert lines[1] == f"{TINY}: English (Great Britain), low quality, 0 MB, licence: CC0"
    assert lines[2] == f"fetching {TINY}"
    assert (shelf / TINY / f"{TINY}.onnx").read_bytes() == made.read_bytes()


def test_an_interrupted_voice_is_gone_on_with(hub: Hub, shelf: Path, capsys: Capture) -> None:
    path = f"en/en_GB/tiny/low/{TINY}.onnx"
    hub.breaks[path] = [1_000, *[0] * 9]
    code, out, err = printed(["add", TINY, "--from", hub.home], capsys)
    assert (code, out) == (3, "")
    assert "broke off at 1,000 of" in err
    assert "fix: type the same command again: it goes on where it stopped" in err
    assert printed(["list", "--lang", "en-GB"], capsys)[1].count("piper") == 0
    hub.breaks.clear()
    hub.asked.clear()

    assert printed(["add", TINY, "--from", hub.home], capsys)[0] == 0

    assert (path, "bytes=1000-") in hub.asked
    assert [one.name for one in shelf.iterdir()] == [TINY]


def test_what_has_come_of_a_voice_can_be_removed(shelf: Path, capsys: Capture) -> None:
    part = shelf / ".adding" / TINY
    part.mkdir(parents=True)
    (part / f"{TINY}.onnx").write_bytes(b"part")

    code, _, err = printed(["remove", TINY], capsys)

    assert (code, err) == (0, f"what had come of {TINY} is removed\n")
    assert not part.exists()
    assert printed(["remove", TINY], capsys)[0] == 3


@posix
def test_ctrl_c_ends_at_once_and_keeps_what_has_come(hub: Hub, shelf: Path) -> None:
    path = f"en/en_GB/tiny/low/{TINY}.onnx"
    hub.breaks[path] = [1_000]
    hub.holds = threading.Event()
    command = [sys.executable, "-m", "voicecoach", "voices", "add", TINY, "--from", hub.home]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as adding:
        part = shelf / ".adding" / TINY / f"{TINY}.onnx"
        while not (part.exists() and part.stat().st_size == 1_000):
            assert adding.poll() is None

        os.kill(adding.pid, signal.SIGINT)
        out, err = adding.communicate(timeout=20)

    assert (adding.returncode, out) == (130, "")
    assert err.endswith("interrupted\n")
    assert part.stat().st_size == 1_000


def test_an_installed_voice_is_not_fetched_again(hub: Hub, installed: Path, capsys: Capture) -> None:
    code, out, err = printed(["add", TINY.lower(), "--from", hub.home], capsys)

    assert (code, out) == (0, "")
    assert err.startswith(f"{TINY} is installed already\n")
    assert hub.asked == []


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("tiny", f"did you mean {TINY}?"),
        ("en", f"did you mean {TINY}?"),
        ("en_GB-tinny-low", f"did you mean {TINY}?"),
        ("xx_XX-zzzz-qq", "voicecoach voices list --catalogue  shows them all"),
    ],
)
def test_a_name_the_catalogue_does_not_have_names_near_ones(
    typed: str, fix: str, hub: Hub, shelf: Path, capsys: Capture
) -> None:
    code, _, err = printed(["add", typed, "--from", hub.home], capsys)

    assert code == 2
    assert f"the catalogue has no voice '{typed}'\n  fix: {fix}\n" in err
    assert not shelf.exists()


def test_without_the_network_the_other_way_is_told(shelf: Path, capsys: Capture) -> None:
    code, out, err = printed(["add", TINY, "--from", "http://127.0.0.1:9/"], capsys)

    assert (code, out) == (3, "")
    assert "voicecoach: there is no way to 127.0.0.1:9: connection refused\n" in err
    assert "voicecoach voices add NAME.onnx" in err


def test_a_file_that_is_not_there_is_told(user_folders: Path, capsys: Capture) -> None:
    code, _, err = printed(["add", "nowhere.onnx"], capsys)

    assert code == 2
    assert "there is no file nowhere.onnx\n  fix: voicecoach voices add NAME  gets one of the catalogue" in err


@pytest.mark.parametrize("name", ["a#b.onnx", ".hidden.onnx", "a\nb.onnx", ".onnx"])
def test_a_name_that_could_not_be_typed_is_refused(name: str, model: Path, shelf: Path, capsys: Capture) -> None:
    model.rename(model.with_name(name))

    code, _, err = printed(["add", str(model.with_name(name))], capsys)

    assert code == 2
    assert "a voice cannot have this name" in err
    assert not shelf.exists()


def test_half_a_voice_is_not_added(model: Path, shelf: Path, capsys: Capture) -> None:
    Path(f"{model}.json").unlink()

    code, _, err = printed(["add", str(model)], capsys)

    assert code == 3
    assert f"there is no {TINY}.onnx.json in {model.parent}\n  fix: put the voice's own {TINY}.onnx.json beside" in err
    assert not shelf.exists()


@pytest.mark.parametrize("content", [b"", b"no model", b"cut"])
def test_a_damaged_voice_is_not_added(content: bytes, model: Path, shelf: Path, capsys: Capture) -> None:
    model.write_bytes(model.read_bytes()[:2_000] if content == b"cut" else content)

    code, out, err = printed(["add", str(model)], capsys)

    assert (code, out) == (3, "")
    assert f"{TINY} was not added: {TINY}.onnx is " in err
    assert "fix: take both files of the voice from where it was made" in err
    assert not (shelf / TINY).exists()
    assert not (shelf / ".adding" / TINY).exists()


def test_a_voice_that_fails_to_speak_is_not_added_and_the_way_out_is_told(
    tmp_path: Path, shelf: Path, capsys: Capture
) -> None:
    model = write_voice(tmp_path / "odd", espeak="xx-none")

    code, _, err = printed(["add", str(model)], capsys)

    assert code == 3
    assert f"{TINY} was not added: the speech engine failed on " in err
    assert "fix: take both files of the voice from where it was made" in err
    assert not (shelf / TINY).exists()


def test_a_folder_is_no_voice_and_the_network_is_not_asked(model: Path, hub: Hub, capsys: Capture) -> None:
    code, _, err = printed(["add", str(model.parent), "--from", hub.home], capsys)

    assert code == 2
    assert "is no voice: it does not end in .onnx" in err
    assert not hub.asked


def test_a_voice_for_another_alphabet_is_left_before_its_model_is_fetched(
    hub: Hub, made: Path, tmp_path: Path, shelf: Path, capsys: Capture
) -> None:
    hub.offer(write_voice(tmp_path / "zh", "zh_CN-x-low", phoneme_type="pinyin"))

    code, _, err = printed(["add", "zh_CN-x-low", "--from", hub.home], capsys)

    assert code == 3
    assert "needs the alphabet 'pinyin', which cannot be written here" in err
    assert not any(path.endswith("zh_CN-x-low.onnx") for path, _ in hub.asked)


def test_a_folder_that_cannot_be_written_is_told(model: Path, shelf: Path, capsys: Capture) -> None:
    shelf.parent.write_text("in the way")

    code, _, err = printed(["add", str(model)], capsys)

    assert code == 4
    assert f"{TINY}.onnx cannot be copied to {shelf}: not a directory" in err


# ---- the catalogue -------------------------------------------------------------------------------


def test_the_catalogue_is_listed_when_asked_for(hub: Hub, installed: Path, capsys: Capture) -> None:
    code, out, err = printed(["list", "--catalogue", "--from", hub.home], capsys)

    assert code == 0
    assert out.split("  ")[0] == TINY
    assert out.endswith("English (Great Britain), low quality, 0 MB; installed\n")
    assert err.startswith(f"asking {hub.home}\n")


def test_the_catalogue_as_json_is_data(hub: Hub, user_folders: Path, capsys: Capture) -> None:
    code, out, _ = printed(["list", "--catalogue", "--json", "--lang", "en", "--from", hub.home], capsys)

    assert code == 0
    (row,) = json.loads(out)
    assert (row["voice"], row["language"], row["installed"]) == (TINY, "en-GB", False)


def test_a_language_that_is_not_in_the_catalogue_is_told(hub: Hub, user_folders: Path, capsys: Capture) -> None:
    code, out, err = printed(["list", "--catalogue", "--lang", "xx", "--from", hub.home], capsys)

    assert (code, out) == (2, "")
    assert "the catalogue has no voice of language xx; it has en\n" in err


@posix
@pytest.mark.parametrize(
    "words",
    [
        ["voices"],
        ["voices", "list", "--lang", "de"],
        ["voices", "try", TINY, "--device", "null"],
        ["voices", "default", TINY],
        ["voices", "remove", TINY],
        ["plan", "minimal", "--engine", "piper"],
        ["config", "voices.en", TINY],
        ["doctor"],
    ],
    ids=" ".join,
)
def test_nothing_else_touches_the_network(words: list[str], installed: Path) -> None:
    program = f"""
import sys
def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname") or (
        event == "socket.connect" and isinstance(arguments[1], tuple)
    ):
        print("NETWORK", event, arguments, flush=True)
sys.addaudithook(watch)
from voicecoach.cli import run
run({words!r})
print({{"urllib.request", "http.client"}} & set(sys.modules) or "no web")
"""

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "NETWORK" not in done.stdout
    assert done.stdout.endswith("no web\n")


# ---- try -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("voice", "lang"), [(TINY, "en-GB"), ("en-us-female", "en-US"), ("de", "de")])
def test_a_voice_of_any_engine_is_heard(
    voice: str, lang: str, installed: Path, user_folders: Path, capsys: Capture
) -> None:
    tape = user_folders / "tape.raw"

    code, _, err = printed(["try", voice, "Pause now, please.", "--device", f"null:{tape}"], capsys)

    assert (code, err) == (0, f"{voice} ({lang}): Pause now, please.\n")
    assert len(tape.read_bytes().strip(b"\0")) > 24_000 // 4 * 2


def test_without_words_a_voice_says_a_sentence_of_its_language(
    installed: Path, user_folders: Path, capsys: Capture
) -> None:
    code, _, err = printed(["try", "de", "--device", "null", "--pace", "300"], capsys)

    assert (code, err) == (0, f"de (de): {SENTENCES['de']}\n")


def test_own_words_are_said_at_a_pace(installed: Path, user_folders: Path, capsys: Capture) -> None:
    lengths = []
    for pace in ("slow", "200"):
        tape = user_folders / f"{pace}.raw"
        words = ["try", TINY, "Heel down.", "--pace", pace, "--device", f"null:{tape}"]
        assert printed(words, capsys)[0] == 0
        lengths.append(len(tape.read_bytes().strip(b"\0")))

    assert lengths[0] > lengths[1] * 1.2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["try", "en_GB-tny-low"], f"no voice 'en_GB-tny-low' is installed\n  fix: did you mean {TINY}?"),
        (["try", f"{TINY}#9"], f"the voice {TINY} has no speaker '9'\n  fix: it has only one: write {TINY}"),
        (["try", "en-us-femal"], "no voice 'en-us-femal' is installed\n  fix: did you mean en-us-female"),
        (["try", TINY, "..."], "nothing can be heard in the text '...'"),
        (["try", TINY, "--device", "miniaudo"], "unknown sound library 'miniaudo'"),
        (["default", "nobody"], "no voice 'nobody'"),
        (["remove", "tiny"], f"no voice 'tiny' was added\n  fix: did you mean {TINY}?"),
        (["remove", "en-gb"], "the voice 'en-gb' is built in\n  fix: it takes no room of its own"),
        (["remove", "../here"], "no voice '../here' was added\n  fix: voicecoach voices list  shows them"),
    ],
)
def test_what_is_not_there_ends_with_the_fix(words: list[str], message: str, installed: Path, capsys: Capture) -> None:
    code, _, err = printed(words, capsys)

    assert code == 3
    assert f"voicecoach: {message}" in err
    assert installed.exists()


def test_a_broken_voice_says_what_is_wrong_with_it(installed: Path, capsys: Capture) -> None:
    (installed / f"{TINY}.onnx").unlink()

    code, _, err = printed(["try", TINY], capsys)

    assert code == 3
    assert f"the voice in {installed} is not whole: {TINY}.onnx is missing" in err
    assert f"fix: voicecoach voices remove {TINY}, then add it again" in err


# ---- default and remove --------------------------------------------------------------------------


def test_the_default_of_a_language_is_remembered_shown_and_forgotten(
    installed: Path, config: Path, capsys: Capture
) -> None:
    config.write_text('level = "steady" # mine\n')
    assert "none is chosen" in printed(["default"], capsys)[2]

    code, _, err = printed(["default", TINY.upper()], capsys)

    assert (code, err) == (0, f"{TINY} speaks 'en' from now on, by {config}\n")
    assert config.read_text("utf-8") == f'level = "steady" # mine\n\n[voices]\nen = "{TINY}"\n'
    assert printed(["default"], capsys)[1] == f"en        {TINY}\n"
    assert run(["config", "voices.en"]) == 0
    assert capsys.readouterr().out == f"{TINY}\n"
    assert printed(["default", "--forget", "en_GB"], capsys)[0] == 0
    assert config.read_text("utf-8").rstrip() == 'level = "steady" # mine'
    assert printed(["default", "--forget", "en"], capsys)[0] == 2


def test_a_voice_setting_that_wins_is_told(installed: Path, config: Path, capsys: Capture) -> None:
    config.write_text('voice = "en-us"\n')

    code, _, err = printed(["default", TINY], capsys)

    assert code == 0
    assert "note: the setting voice = en-us still wins; voicecoach config --unset voice\n" in err


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["voices.en", "nobody"], 3, "no voice 'nobody'"),
        (["voices", "en-gb"], 2, "write  voicecoach config voices.LANGUAGE VOICE"),
        (["voices.english", "en-gb"], 2, "voices.english en-gb: this name is not possible"),
    ],
)
def test_a_wrong_default_is_not_written(
    words: list[str], code: int, message: str, config: Path, capsys: Capture
) -> None:
    assert run(["config", *words]) == code
    assert message in capsys.readouterr().err
    assert not config.exists()


def test_sessions_take_the_default_of_their_language(
    installed: Path, config: Path, write: Write, capsys: Capture
) -> None:
    config.write_text('[voices]\nen = "en-us-female"\nde = "de"\n')

    assert run(["plan", write("small.coach.yaml", SMALL), "--json", "--engine", "espeak"]) == 0

    written = capsys.readouterr()
    assert json.loads(written.out)["options"]["voice"] == "en-us-female"
    assert "from config.toml: voice en-us-female" in written.err


def test_a_default_of_another_engine_is_passed_over_in_silence(
    installed: Path, config: Path, write: Write, capsys: Capture
) -> None:
    config.write_text(f'[voices]\nen = "{TINY}"\n')
    name = write("small.coach.yaml", SMALL)

    for engine, voice in (("espeak", "en-gb"), ("piper", TINY)):
        assert run(["plan", name, "--json", "--engine", engine]) == 0
        written = capsys.readouterr()
        assert json.loads(written.out)["options"]["voice"] == voice
        assert "W061" not in written.err


def test_a_default_that_was_removed_is_a_warning(installed: Path, config: Path, write: Write, capsys: Capture) -> None:
    config.write_text('[voices]\nen = "en_GB-gone-low"\n')

    assert run(["plan", write("small.coach.yaml", SMALL), "--engine", "piper"]) == 0

    assert f"{config}:2:6: warning W061: no Piper voice 'en_GB-gone-low' is installed" in capsys.readouterr().err


def test_a_removed_voice_is_gone_and_no_default_any_more(installed: Path, config: Path, capsys: Capture) -> None:
    config.write_text(f'[voices]\nde = "de"\nen = "{TINY}"\n')

    code, _, err = printed(["remove", TINY.lower()], capsys)

    assert (code, err) == (0, f"{TINY} is removed\nthe best installed voice speaks en again\n")
    assert list(installed.parent.iterdir()) == []
    assert config.read_text("utf-8") == '[voices]\nde = "de"\n'


def test_a_broken_voice_can_be_removed(installed: Path, capsys: Capture) -> None:
    (installed / f"{TINY}.onnx.json").write_text("{")

    assert printed(["remove", TINY], capsys)[0] == 0
    assert not installed.exists()


# ---- sessions ------------------------------------------------------------------------------------


def test_a_session_is_rendered_by_a_natural_voice_twice_the_same(
    installed: Path, write: Write, capsys: Capture
) -> None:
    name = write("small.coach.yaml", SMALL)
    written = []
    for output in ("a.wav", "b.wav"):
        assert run(["render", name, "--engine", "piper", "-o", output, "--captions", "vtt"]) == 0
        written.append(Path(output).read_bytes())

    assert written[0] == written[1]
    assert Path("a.vtt").read_text("utf-8") == Path("b.vtt").read_text("utf-8")


@pytest.mark.parametrize("lost", [".onnx", ".onnx.json"])
def test_a_session_with_a_broken_voice_ends_with_the_fix(
    lost: str, installed: Path, write: Write, capsys: Capture
) -> None:
    (installed / f"{TINY}{lost}").unlink()

    code = run(["render", write("small.coach.yaml", SMALL), "--engine", "piper", "--voice", TINY])

    err = capsys.readouterr().err
    assert code == 3
    assert f"{TINY}{lost}" in err
    assert "  fix: " in err


def test_a_session_without_a_voice_of_its_language_ends_with_the_fix(
    shelf: Path, write: Write, capsys: Capture
) -> None:
    code = run(["render", write("small.coach.yaml", SMALL), "--engine", "piper"])

    assert code == 3
    assert "no voice for language 'en' is installed" in capsys.readouterr().err


@pytest.mark.parametrize("action", ["list", "add", "try", "default", "remove"])
def test_every_action_has_help_with_an_example_and_is_in_the_guide(action: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        run(["voices", action, "--help"])

    written = capsys.readouterr().out
    guide = (Path(__file__).parents[2] / "docs" / "guide.md").read_text("utf-8")
    assert end.value.code == 0
    assert f"example:\n  voicecoach voices {action}" in written
    assert f"voicecoach voices {action}" in guide
    for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", written)):
        assert option in guide
