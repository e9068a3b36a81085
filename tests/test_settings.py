"""Settings: what config.toml may say, what is said about its mistakes, and what a change leaves alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compiler.compiling import routine
from voicecoach import report
from voicecoach.compiler.options import Options
from voicecoach.errors import OutputError, ScriptError
from voicecoach.settings import KEYS, Settings, read, remember
from voicecoach.settings.completed import applied, saved_stage, taken
from voicecoach.settings.reading import load
from voicecoach.settings.writing import change

BALANCE = """\
title: Balance
stop_if: [pain]
steps:
  - name: Balance
    id: balance
    hold: 10s
    needs: [wall]
    stages:
      held: {how: Hold on.}
      free: {how: Let go.}
      blind: {how: Close your eyes., confirm: true}
"""


@pytest.fixture
def config(user_folders: Path) -> Path:
    """Where config.toml is; its folder is there already."""
    path = Path(os.environ["VOICECOACH_CONFIG_DIR"], "config.toml")
    path.parent.mkdir()
    return path


def printed(path: Path) -> str:
    loaded = load(path)
    return report.texts(loaded.problems, loaded.sources).replace(str(path), "config.toml")


# ---- reading ---------------------------------------------------------------------------------


def test_without_a_file_the_routine_decides(user_folders: Path) -> None:
    settings, problems = read()

    assert (settings, problems) == (Settings(), ())


def test_every_key_is_read(config: Path) -> None:
    config.write_text(
        'level = "strong"\nvoice = "en-us"\nengine = "pyttsx3"\npace = "slow"\nside = "right"\n'
        'without = ["towel", " chair "]\nvolume = 90\n'
        'device = "USB"\ncaptions = false\nflash = false\ntheme = "nord"\nreduced_motion = true\ntakes = "own"\n'
        '[stages]\nbalance = "free"\n[voices]\nde = "de_DE-thorsten-medium"\nen-GB = "en-gb-rp"\n'
        '[lexicon.en]\nKegel = "kaygle"\n[lexicon.de-AT]\n"a. b" = "c"\n',
        encoding="utf-8",
    )

    settings, problems = read()

    assert problems == ()
    assert settings == Settings(
        level="strong",
        voice="en-us",
        engine="pyttsx3",
        pace=140,
        side="right",
        without=("towel", "chair"),
        volume=90,
        device="USB",
        captions=False,
        flash=False,
        theme="nord",
        reduced_motion=True,
        stages={"balance": "free"},
        voices={"de": "de_DE-thorsten-medium", "en-GB": "en-gb-rp"},
        takes="own",
        lexicon={"en": {"Kegel": "kaygle"}, "de-at": {"a. b": "c"}},
    )
    assert {key.name for key in KEYS} == set(Settings._fields)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_of_a_windows_editor_is_read(ending: str, config: Path) -> None:
    config.write_bytes(b"\xef\xbb\xbf" + f'level = "steady"{ending}pace = 120{ending}'.encode())

    assert read() == (Settings(level="steady", pace=120), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "level = gentle\n",
            "config.toml:1:9: error E070: this is not TOML: invalid value\n"
            "    1 | level = gentle\n"
            "      |         ^\n"
            '  fix: write  KEY = VALUE  with text in quotes, such as  level = "steady"\n',
        ),
        (
            'level = "gentle',
            "config.toml:1:16: error E070: this is not TOML: unterminated string\n"
            '    1 | level = "gentle\n'
            "      |                ^\n"
            '  fix: write  KEY = VALUE  with text in quotes, such as  level = "steady"\n',
        ),
        (
            '# mine\nlevel = "hard"\n',
            "config.toml:2:9: error E071: level = hard: this value is not possible\n"
            '    2 | level = "hard"\n'
            "      |         ^^^^^^\n"
            "  fix: allowed is gentle, steady or strong\n",
        ),
        (
            "volume = true\n",
            "config.toml:1:10: error E071: volume = true: this value is not possible\n"
            "    1 | volume = true\n"
            "      |          ^^^^\n"
            "  fix: allowed is a whole number of per cent from 0 to 100\n",
        ),
        (
            'without = "towel"\n',
            "config.toml:1:11: error E071: without = towel: this value is not possible\n"
            '    1 | without = "towel"\n'
            "      |           ^^^^^^^\n"
            '  fix: allowed is a list of names, such as  ["towel", "chair"]\n',
        ),
        (
            '[stages]\nbalance = "free"\n"one leg" = 3\n',
            "config.toml:3:13: error E071: stages.one leg = 3: this value is not possible\n"
            '    3 | "one leg" = 3\n'
            "      |             ^\n"
            '  fix: allowed is the name of a stage in quotes, such as  "supported"\n',
        ),
        (
            '[voices]\nde = "de"\ngerman = "de"\n',
            "config.toml:3:10: error E071: voices.german = de: this value is not possible\n"
            '    3 | german = "de"\n'
            "      |          ^^^^\n"
            "  fix: allowed is the name of a voice in quotes, behind a language such as  de  or  en-GB\n",
        ),
        (
            '[lexicon]\nKegel = "kaygle"\n',
            "config.toml:2:9: error E071: lexicon.Kegel = kaygle: this value is not possible\n"
            '    2 | Kegel = "kaygle"\n'
            "      |         ^^^^^^^^\n"
            "  fix: allowed is a table for each language, such as  [lexicon.en], with lines such as  "
            'Kegel = "kaygle"\n',
        ),
        (
            '[lexicon.en]\nKegel = "kaygle"\n"arch lift" = "--"\n',
            "config.toml:3:15: error E071: lexicon.en.arch lift = --: this value is not possible\n"
            '    3 | "arch lift" = "--"\n'
            "      |               ^^^^\n"
            '  fix: allowed is words as they are said, in quotes, such as  "kaygle"\n',
        ),
        (
            "levle = 3\n",
            "config.toml:1:1: warning W071: unknown key 'levle'\n"
            "    1 | levle = 3\n"
            "      | ^^^^^\n"
            "  fix: did you mean 'level'?\n",
        ),
        (
            "[zzz]\nx = 1\n",
            "config.toml:1:2: warning W071: unknown key 'zzz'\n"
            "    1 | [zzz]\n"
            "      |  ^^^\n"
            "  fix: known keys: level, voice, engine, pace, side, without, volume, device, captions, flash, theme, "
            "reduced_motion, stages, voices, takes, lexicon\n",
        ),
    ],
)
def test_a_mistake_is_told_by_its_place(text: str, message: str, config: Path) -> None:
    config.write_text(text, encoding="utf-8")

    assert printed(config) == message


def test_a_key_is_not_looked_for_inside_longer_text(config: Path) -> None:
    config.write_text('theme = """\nlevel = "x"\n"""\nlevel = "hard"\n', encoding="utf-8")

    assert printed(config).startswith("config.toml:4:9: error E071: level = hard")


def test_a_file_that_is_not_text_is_told(config: Path) -> None:
    config.write_bytes(b'level = "\xff"\n')

    assert printed(config) == (
        "config.toml: error E070: this file is not UTF-8 (byte 0xff at position 9)\n  fix: save it as UTF-8\n"
    )


def test_a_folder_in_place_of_the_file_is_told(config: Path) -> None:
    config.mkdir()

    assert "error E070: the settings cannot be read" in printed(config)


def test_brackets_without_end_are_told(config: Path) -> None:
    config.write_text("without = " + "[" * 100_000, encoding="utf-8")

    assert "error E070" in printed(config)


def test_what_is_right_beside_a_mistake_is_still_known(config: Path) -> None:
    config.write_text('level = "hard"\nvoice = "en-us"\n', encoding="utf-8")

    assert read()[0] == Settings(voice="en-us")


# ---- changes ---------------------------------------------------------------------------------


def test_a_change_leaves_comments_order_and_unknown_keys(config: Path) -> None:
    config.write_text(
        '# my settings\nlevel = "gentle"  # for now\nfuture = [1, 2] # keep\n\n[stages]\n# balance\nbalance = "held"\n',
        encoding="utf-8",
    )

    remember(level="steady", volume=80, stages={"arch-lift": "seated"})

    assert config.read_text("utf-8") == (
        '# my settings\nlevel = "steady"  # for now\nfuture = [1, 2] # keep\nvolume = 80\n\n'
        '[stages]\n# balance\nbalance = "held"\narch-lift = "seated"\n'
    )


def test_the_first_setting_makes_folder_and_file(user_folders: Path) -> None:
    remember(device='USB "1"', without=("towel",), stages={"a b.c": "x"})

    assert read() == (Settings(device='USB "1"', without=("towel",), stages={"a b.c": "x"}), ())


def test_none_forgets_a_setting_or_a_stage(config: Path) -> None:
    remember(level="steady", side="left", stages={"a": "x", "b": "y"})

    remember(level=None, stages={"a": None})

    assert read()[0] == Settings(side="left", stages={"b": "y"})


def test_nothing_is_written_if_nothing_changes(config: Path) -> None:
    config.write_text('level="steady"', encoding="utf-8")
    before = config.stat()

    remember(level="steady", voice=None)

    after = config.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_words_of_the_lexicon_are_kept_forgotten_and_left_alone(config: Path) -> None:
    config.write_text('[lexicon.en]\n# mine\nKegel = "kaygle"  # so\n', encoding="utf-8")

    remember(lexicon={"en": {"arch lift": "artch"}, "de": {"Qi": "tschi"}})
    assert config.read_text("utf-8") == (
        '[lexicon.en]\n# mine\nKegel = "kaygle"  # so\n"arch lift" = "artch"\n\n[lexicon.de]\nQi = "tschi"\n'
    )

    remember(lexicon={"en": {"arch lift": None}, "de": {"Qi": None}})
    assert read() == (Settings(lexicon={"en": {"Kegel": "kaygle"}}), ())
    assert "# mine" in config.read_text("utf-8")

    remember(lexicon={"en": {"Kegel": None}})
    assert read() == (Settings(), ())


@pytest.mark.parametrize("text", ["level = \n", 'level = "hard"\n', "volume = 999\n", "[stages]\na = 1\n"])
def test_a_file_with_a_mistake_is_never_written_over(text: str, config: Path) -> None:
    config.write_text(text, encoding="utf-8")

    with pytest.raises(ScriptError) as refused:
        remember(level="steady")

    assert refused.value.problems[0].span.file == str(config)
    assert config.read_text("utf-8") == text


def test_only_the_mistake_itself_may_be_mended(config: Path) -> None:
    config.write_text('level = "hard" # ?\nvolume = 50\n', encoding="utf-8")

    change(load(config), {"level": "strong"}, mend=True)

    assert config.read_text("utf-8") == 'level = "strong" # ?\nvolume = 50\n'


def test_a_value_that_is_not_allowed_is_not_written(config: Path) -> None:
    with pytest.raises(ValueError, match="volume = 151: allowed is a whole number"):
        remember(volume=151)

    assert not config.exists()


def test_a_file_that_cannot_be_replaced_stays(config: Path) -> None:
    config.write_text("volume = 50\n", encoding="utf-8")
    loaded = load(config)._replace(path=config / "inside" / "config.toml")

    with pytest.raises(OutputError, match="the settings cannot be kept"):
        change(loaded, {"volume": 60})

    assert config.read_text("utf-8") == "volume = 50\n"
    assert list(config.parent.iterdir()) == [config]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_the_file_stays_a_link(config: Path, tmp_path: Path) -> None:
    (tmp_path / "dotfiles.toml").write_text("volume = 50\n", encoding="utf-8")
    (tmp_path / "dotfiles.toml").chmod(0o640)
    config.symlink_to(tmp_path / "dotfiles.toml")

    remember(volume=60)

    assert config.is_symlink()
    assert (tmp_path / "dotfiles.toml").read_text("utf-8") == "volume = 60\n"
    assert (tmp_path / "dotfiles.toml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(("text", "loaded"), [(None, set()), ("volume = 50\n", {"tomllib"})])
def test_reading_loads_little(text: str | None, loaded: set[str], config: Path) -> None:
    if text:
        config.write_text(text, encoding="utf-8")
    code = (
        "import sys, voicecoach.settings as s; s.read();"
        "print(sorted({'tomllib', 'tomlkit', 'numpy', 'yaml', 'difflib', 'tempfile'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == f"{sorted(loaded)}\n"


# ---- what becomes of them in a session ---------------------------------------------------------


def test_the_command_line_wins_over_settings() -> None:
    options = Options(dial=30, side="left", voice="en-gb", wpm=100, stages={"a": "x"}, without=frozenset({"towel"}))
    settings = Settings("strong", "en-us", 180, "right", ("wall",), stages={"a": "y", "b": "z"})

    found = applied(options, settings)

    assert found == options._replace(stages={"a": "x", "b": "z"}, without=frozenset({"towel", "wall"}))


def test_only_the_lexicon_of_the_language_is_taken() -> None:
    settings = Settings(lexicon={"en": {"Qi": "chee"}, "en-us": {"Qi": "chi"}, "de": {"Qi": "tschi"}})

    found = applied(Options(lang="en-GB"), settings)

    assert found.lexicon == {"en": {"Qi": "chee"}, "en-us": {"Qi": "chi"}}
    assert taken(Options(lang="en-GB"), found) == ("lexicon",)
    assert applied(Options(lang="fr"), settings) == Options(lang="fr")


def test_settings_fill_what_is_open() -> None:
    settings = Settings("strong", "en-us", 180, "right", ("wall",))

    found = applied(Options(), settings)

    expected = Options(dial=100, voice="en-us", wpm=180, side="right", without=frozenset({"wall"}))
    assert found == expected
    assert taken(Options(), found) == ("level strong", "without wall", "right side first", "voice en-us", "pace 180")


def test_no_settings_change_nothing() -> None:
    assert applied(Options(), Settings()) == Options()
    assert taken(Options(), Options()) == ()


def test_what_a_routine_does_not_know_is_left_out() -> None:
    settings = Settings(without=("towel", "wall"), stages={"balance": "free", "squats": "deep"})

    found = applied(Options(), settings, routine(BALANCE))

    assert (found.without, found.stages) == (frozenset({"wall"}), {"balance": "free"})
    assert taken(Options(), found) == ("stage balance=free", "without wall")


@pytest.mark.parametrize(
    ("stage", "script", "becomes"),
    [
        ("free", BALANCE, "taken"),
        ("deep", BALANCE, "unknown"),
        ("blind", BALANCE, "asked"),
        ("free", BALANCE + "    stage: held\n", "written"),
    ],
)
def test_a_saved_stage_is_taken_only_where_the_script_leaves_it_open(stage: str, script: str, becomes: str) -> None:
    assert saved_stage(routine(script), "balance", stage) == becomes


def test_a_side_that_the_routine_chose_stays() -> None:
    script = BALANCE + "    each: leg\n    first: left\n"

    assert applied(Options(), Settings(side="right"), routine(script)).side is None
    assert applied(Options(), Settings(side="right"), routine(BALANCE)).side == "right"
