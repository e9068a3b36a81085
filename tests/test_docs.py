"""What the documents show is true: scripts compile, commands parse, examples run, links lead somewhere.

A `yaml` block is a whole script (it has `steps:` or `library:`), a list of steps, or keys of a routine; the last two
are completed to a small routine. `# file: NAME` in the first line names a file that the other scripts of its page use.
"""

import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image, ImageChops, ImageStat

from voicecoach import reference, report
from voicecoach.cli import arguments, run
from voicecoach.compiler.options import Options
from voicecoach.locations import TRANSLATION
from voicecoach.script.conditions import condition
from voicecoach.script.cuetimes import cue_time
from voicecoach.script.fault import Fault
from voicecoach.script.keys import KEYS
from voicecoach.session import estimated, read_script
from voicecoach.source import NOWHERE
from voicecoach.speech.espeak_voices import PRESETS

ROOT = Path(__file__).parent.parent
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
)
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")


class Block(NamedTuple):
    page: Path
    line: int
    language: str
    text: str

    def __repr__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Block(page, text.count("\n", 0, match.start()) + 1, match[1], match[2])


BLOCKS = [block for page in PAGES for block in blocks_of(page)]


def blocks(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language]


def file_name(block: Block) -> str:
    match = re.match(r"# file: (\S+)\n", block.text)
    return match[1] if match else ""


def whole_script(text: str) -> str:
    """The block as a file: a script as it is, anything less with what it lacks."""
    head = "title: From the docs\n"
    if re.search(r"^(steps|library):", text, re.MULTILINE):
        return text
    if text.startswith("- "):
        return f"{head}stop_if: [sharp pain]\nsteps:\n{text}"
    if not re.search(r"^(cautions|stop_if):", text, re.MULTILINE):
        head += "stop_if: [sharp pain]\n"
    return f"{head}{text}steps:\n  - {{name: Stretch, hold: 20s, reps: 2, each: leg}}\n"


def command_lines() -> Iterator[tuple[str, str]]:
    """Every command of a `sh` block, and every one written between backticks in the text, with its place."""
    for block in blocks("sh"):
        for number, line in enumerate(block.text.splitlines(), block.line + 1):
            if line.startswith("voicecoach "):
                yield f"{block.page.name}:{number}", line
    for page in PAGES:
        for match in re.finditer(r"`(voicecoach [^`\n]+)`", page.read_text("utf-8")):
            yield page.name, match[1]


@pytest.mark.parametrize("block", blocks("yaml"), ids=repr)
def test_every_yaml_block_links_and_compiles_without_a_warning(block: Block, tmp_path: Path) -> None:
    for other in blocks_of(block.page):
        if name := file_name(other):
            (tmp_path / name).write_text(other.text, "utf-8")
    if file_name(block).endswith(TRANSLATION):
        script = read_script(str(tmp_path / f"{file_name(block).split('.')[0]}.coach.yaml"), every_language=True)
        assert report.texts([p for p in script.problems if p.severity != "note"], script.sources) == ""
        assert any(name.endswith(TRANSLATION) for name in script.sources)
        return
    path = tmp_path / "script.coach.yaml"
    path.write_text(whole_script(block.text), "utf-8")
    if re.search(r"^library:", block.text, re.MULTILINE):
        path.write_text(f"title: L\nstop_if: [x]\ninclude: {file_name(block)}\nsteps:\n  - rest: 5s\n", "utf-8")

    script = read_script(str(path))
    problems = [problem for problem in script.problems if problem.severity != "note"]
    assert report.texts(problems, script.sources) == ""
    for dial in (0, 50, 100):
        compiled = estimated(script, Options(dial=dial))
        assert report.texts(compiled.problems, script.sources) == ""
        assert compiled.timeline is not None


@pytest.mark.parametrize("line", [pytest.param(line, id=f"{place} {line}") for place, line in command_lines()])
def test_every_command_line_is_understood(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(line.partition(" > ")[0], comments=True)[1:]
    if words == ["--version"]:
        return
    try:
        chosen = arguments.parse(words)
    except SystemExit:
        pytest.fail(capsys.readouterr().err)
    if "level" in vars(chosen):
        arguments.session_options(chosen)


@pytest.mark.parametrize("target", re.findall(r"^make (\S+)$", "\n".join(b.text for b in blocks("sh")), re.MULTILINE))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_the_quick_start_is_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    quick_start = readme.split("## Quick start")[1]
    first = re.search(r"```sh\n(.*?)```", quick_start, re.DOTALL)
    assert first is not None
    assert first[1].splitlines() == ["make morning", "make check"]


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_python_examples_run(page: str, user_folders: Path) -> None:
    for block in blocks_of(ROOT / page):
        if block.language == "python":
            code = compile(block.text, f"{page}:{block.line}", "exec")
            exec(code, {"__name__": "example"})


def test_the_explained_example_is_what_explain_prints(user_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = list(blocks_of(ROOT / "docs" / "guide.md"))
    script = next(block for block in page if file_name(block) == "warrior.coach.yaml")
    (user_folders / "warrior.coach.yaml").write_text(script.text, "utf-8")
    command, printed = page[page.index(script) + 1 : page.index(script) + 3]

    code = run(shlex.split(command.text)[1:])

    assert (code, capsys.readouterr().out) == (0, printed.text)


def help_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        arguments.parse([*words, "--help"])
    return capsys.readouterr().out


def test_every_command_and_long_option_is_in_the_guide(capsys: pytest.CaptureFixture[str]) -> None:
    listed = help_of([], capsys).split("commands:")[1].split("first steps:")[0]
    commands = re.findall(r"^    ([a-z]+)  ", listed, re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        assert f"voicecoach {command}" in GUIDE
        for option in sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", help_of([command], capsys)))):
            assert re.search(rf"{option}(?![\w-])", GUIDE), f"{option} of {command}"


def test_every_key_is_in_the_reference() -> None:
    written = (ROOT / "docs" / "language.md").read_text("utf-8")
    assert [key.name for key in KEYS if f"| `{key.name}` |" not in written] == []


def test_the_reference_says_true_things_about_moments_and_conditions() -> None:
    moments = [moment for moment, _ in reference.MOMENTS]
    assert [moment for moment in moments if isinstance(cue_time(moment), Fault)] == []
    conditions = [text for text, _ in reference.CONDITIONS]
    assert [text for text in conditions if isinstance(condition(text, NOWHERE), Fault)] == []


def test_every_named_voice_is_in_the_readme_and_the_guide() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for preset in PRESETS:
        assert f"`{preset.voice.id}`" in readme
        assert f"`{preset.voice.id}`" in GUIDE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_resolve(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        linked = page.parent / file if file else page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked.read_text("utf-8")), target


def anchors(text: str) -> set[str]:
    """The anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_language_reference_is_current() -> None:
    made = subprocess.run([sys.executable, "-m", "voicecoach.reference"], capture_output=True, check=True, cwd=ROOT)
    written = (ROOT / "docs" / "language.md").read_bytes()
    assert made.stdout.decode() == written.decode(), "run  python -m voicecoach.reference > docs/language.md"


def test_the_picture_of_the_session_is_current() -> None:
    drawing = runpy.run_path(str(ROOT / "docs" / "draw_session.py"))["drawing"]
    written = (ROOT / "docs" / "session.svg").read_bytes().decode()
    assert drawing() == written, "run  python docs/draw_session.py > docs/session.svg"


def test_the_covers_are_those_that_are_drawn() -> None:
    """Other releases of Pillow and its libraries draw edges a little differently."""
    drawing = runpy.run_path(str(ROOT / "docs" / "draw_covers.py"))["drawing"]()
    with Image.open(ROOT / "docs" / "covers.jpg") as image:
        apart = ImageStat.Stat(ImageChops.difference(drawing, image))

    assert max(apart.mean) < 3, "run  python docs/draw_covers.py docs/covers.jpg"
