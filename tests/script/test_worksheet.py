"""Translations brought up to date: what is added, what is marked, and that nothing of a translator's is lost."""

import string

from hypothesis import given
from hypothesis import strategies as st

from tests.script.translating import GERMAN, NAME, SCRIPT, SIDECAR, translated
from voicecoach.script import worksheet
from voicecoach.script.blocks import scalar, value
from voicecoach.script.files import load_mapping
from voicecoach.script.scope import Scope
from voicecoach.script.sidecar import take_in
from voicecoach.script.translation import Translation
from voicecoach.source import Problems


def read(text: str) -> Translation:
    found = Translation(NAME, "en", "de", SIDECAR)
    problems = Problems()
    loaded = load_mapping(SIDECAR, lambda _: text.encode(), problems, display=str)
    assert loaded is not None
    take_in(found, Scope(SIDECAR, "de", problems, {}, set()), loaded[1], text)
    assert problems.found == []
    return found


def updated(german: str, script: str = SCRIPT) -> str:
    """The German file as it is after the script has become `script`."""
    linked = translated({NAME: script, SIDECAR: german}, lang="de")
    assert linked.said is not None
    top = load_mapping(NAME, lambda _: script.encode(), Problems(), display=str)
    own = load_mapping(SIDECAR, lambda _: german.encode(), Problems(), display=str)
    assert top is not None
    assert own is not None
    texts = worksheet.wanted(linked.said, top[1], "de")
    ways = worksheet.ways(linked.said.translations[0])
    return worksheet.updated(german, own[1], read(german), texts, ways)


def test_a_new_file_has_everything_there_is_to_say() -> None:
    assert updated(worksheet.empty(NAME, "de")) == (
        "# The words of x.coach.yaml in German. Fill in what is empty; above each text stands what the script says.\n"
        "# When that changes,  voicecoach strings x.coach.yaml --lang de  says so in a comment  # was: ...\n"
        "# Delete that comment once the text below it is right again.\n"
        "translates: x.coach.yaml\n"
        "lang: de\n"
        "\n"
        "# en: Calves\n"
        "title:\n"
        "\n"
        "exercises:\n"
        "\n"
        "  calf-stretch:\n"
        "    # en: Calf stretch\n"
        "    name:\n"
        "    # en: $Side leg back.\n"
        "    brief:\n"
        "    cues:\n"
        "      # en: Heel down\n"
        "      half:\n"
        "\n"
        "texts:\n"
        "  - en: sharp pain\n"
        "    de:\n"
        "  - en: Shake your legs.\n"
        "    de:\n"
    )


def test_a_second_time_changes_nothing() -> None:
    once = updated(GERMAN)

    assert updated(once) == once
    assert updated(updated(worksheet.empty(NAME, "de"))) == updated(worksheet.empty(NAME, "de"))


def test_a_file_written_by_hand_gets_the_words_of_the_script_where_there_is_room() -> None:
    assert updated("# Meine\ntitle: Waden  # kurz\nexercises:\n  calf-stretch: {name: Dehnung}\n") == (
        "# Meine\n"
        "# en: Calves\n"
        "title: Waden  # kurz\n"
        "exercises:\n"
        "  calf-stretch: {name: Dehnung}\n"
        "\n"
        "texts:\n"
        "  - en: sharp pain\n"
        "    de:\n"
        "  - en: Shake your legs.\n"
        "    de:\n"
    )


def test_a_changed_text_keeps_its_translation_and_shows_both_originals() -> None:
    german = updated(GERMAN)

    made = updated(german, SCRIPT.replace("name: Calf stretch", "name: Calf stretch at the wall"))

    assert ("    # en: Calf stretch at the wall\n    # was: Calf stretch\n    name: Wadendehnung\n") in made
    again = updated(made, SCRIPT.replace("name: Calf stretch", "name: Stretch"))
    assert "    # en: Stretch\n    # was: Calf stretch\n    name: Wadendehnung\n" in again
    assert updated(again) == german


def test_a_text_nobody_translated_yet_has_nothing_to_be_looked_at_again() -> None:
    german = updated(worksheet.empty(NAME, "de"))

    made = updated(german, SCRIPT.replace("name: Calf stretch", "name: Stretch"))

    assert "    # en: Stretch\n    name:\n" in made
    assert "# was: Calf" not in made


def test_lines_in_turn_have_a_comment_each() -> None:
    script = SCRIPT.replace("half: Heel down", "half: [Heel down, Leg straight]")
    german = "exercises:\n  calf-stretch:\n    cues:\n      half: [Ferse, Bein, Atmen]\n"

    assert "      # en: Heel down\n      # en: Leg straight\n      half: [Ferse, Bein, Atmen]\n" in updated(
        german, script
    )


def test_a_changed_line_without_an_id_begins_with_its_old_translation() -> None:
    made = updated(GERMAN, SCRIPT.replace("Shake your legs.", "Shake your legs out."))

    assert made.endswith(
        "texts:\n"
        "  - {en: sharp pain, de: stechenden Schmerz}\n"
        "  - {en: Shake your legs., de: Schüttle die Beine aus.}\n"
        "  # was: Shake your legs.\n"
        "  - en: Shake your legs out.\n"
        "    de: Schüttle die Beine aus.\n"
    )


def test_a_line_that_is_gone_is_marked_and_unmarked_when_it_is_back() -> None:
    german = updated("texts:\n  - en: Shake your legs.\n    de: Schüttle die Beine aus.\n")

    gone = updated(german, SCRIPT.replace("  - say: Shake your legs.\n", ""))

    assert "  # not in the script any more\n  - en: Shake your legs.\n    de: Schüttle die Beine aus.\n" in gone
    assert updated(gone) == german


def test_new_texts_come_behind_their_neighbours() -> None:
    script = SCRIPT.replace(
        "cues: {half: Heel down}", "cues: {half: Heel down, start: Go}\n    why: It helps."
    ).replace("exercises:\n", "exercises:\n  plank: {name: 'A: plank', hold: 20s}\n")
    german = (
        "exercises:\n"
        "\n"
        "  calf-stretch:\n"
        "    name: Wadendehnung\n"
        "    cues:\n"
        "        half: Ferse\n"
        "    # bis hier\n"
        "\n"
        "# Ende\n"
    )

    assert updated(german, script) == (
        "exercises:\n"
        "\n"
        "  calf-stretch:\n"
        "    # en: Calf stretch\n"
        "    name: Wadendehnung\n"
        "    cues:\n"
        "        # en: Heel down\n"
        "        half: Ferse\n"
        "        # en: Go\n"
        "        start:\n"
        "    # en: $Side leg back.\n"
        "    brief:\n"
        "    # en: It helps.\n"
        "    why:\n"
        "  plank:\n"
        "    # en: A: plank\n"
        "    name:\n"
        "    # bis hier\n"
        "\n"
        "# Ende\n"
        "\n"
        "# en: Calves\n"
        "title:\n"
        "\n"
        "texts:\n"
        "  - en: sharp pain\n"
        "    de:\n"
        "  - en: Shake your legs.\n"
        "    de:\n"
    )


def test_ways_of_the_author_s_own_are_asked_for() -> None:
    script = SCRIPT.replace("each: leg", "each: {toes: ['toes: in', toes out]}").replace("$Side leg back", "Back")

    made = updated("axes:\n  toes:\n    toes out: Zehen außen\n", script)

    assert made.startswith('axes:\n  toes:\n    toes out: Zehen außen\n    "toes: in":\n')


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs", "Cn"]), min_size=1)


@given(WORDS)
def test_words_read_back_as_they_are(words: str) -> None:
    problems = Problems()
    loaded = load_mapping(SIDECAR, lambda _: f"a: {scalar(words)}\nb: {value([words, words])}\n".encode(), problems,
                          display=str)  # fmt: skip
    assert loaded is not None
    first, second = loaded[1].get("a"), loaded[1].get("b")

    assert first is not None
    assert first.text == words  # type: ignore[union-attr]
    assert [item.text for item in second.items] == [words, words]  # type: ignore[union-attr]


PLAIN = st.text(string.ascii_letters + " äß,.'", max_size=20).map(lambda text: f"A{text}".strip())
LINES = st.lists(PLAIN, min_size=1, max_size=3, unique=True)


@given(LINES, LINES, st.sets(st.sampled_from(["name", "brief", "how", "why"])), st.booleans())
def test_no_translation_is_lost_whatever_the_script_becomes(
    before: list[str], after: list[str], kept: set[str], has_exercise: bool
) -> None:
    def script(lines: list[str], keys: set[str]) -> str:
        texts = "".join(f"    {key}: {scalar(f'{lines[0]} {key}')}\n" for key in sorted(keys))
        says = "".join(f"  - say: {scalar(line)}\n" for line in lines)
        exercise = f"exercises:\n  plank:\n    hold: 20s\n{texts}" if has_exercise else ""
        return f"title: T\nstop_if: [pain]\n{exercise}steps:\n  - rest: 5s\n{says}"

    empty = updated(worksheet.empty(NAME, "de"), script(before, {"name", "brief", "how", "why"}))
    german = "".join(line + " Wörter\n" if line.endswith(":") and "  " in line and not line.endswith(("plank:",))
                     else line + "\n" for line in empty.splitlines())  # fmt: skip
    old = read(german)

    made = updated(german, script(after, kept))

    assert worksheet.same_words(old, read(made))
    rest = iter(made.splitlines())
    assert all(line in rest for line in german.splitlines() if not line.lstrip().startswith("#"))
    assert updated(made, script(after, kept)) == made
