"""What the coach says in other languages: built-in lines, lengths, sides and ways."""

import subprocess
import sys

import pytest

from tests.script.translating import beside
from voicecoach.compiler.compile import compile_routine
from voicecoach.compiler.locale import Changed
from voicecoach.compiler.locales import LANGUAGES, locale_for
from voicecoach.compiler.options import Options
from voicecoach.estimate import estimate
from voicecoach.script.keys import SIDED
from voicecoach.script.linker import link
from voicecoach.timeline import Timeline

SCRIPT = """\
title: Feet
lang: en
stop_if: [sharp pain, numbness, dizziness]
defaults: {switch: 20s, relax: 12s}
steps:
  - name: Stretch
    hold: 20s
    reps: 2
    each: foot
  - name: Circles
    reps: 3
    sets: 2
    each: direction
  - section: Round
    rounds: 2
    between: 12s
    steps: [{name: Plank, hold: 90s}]
  - breathe: 4-4-4
    cycles: 1
  - rest: 5s
"""


def session(script: str, lang: str, **files: str) -> Timeline:
    everything = {"x.coach.yaml": script, **files}

    def read(name: str) -> bytes:
        if name not in everything:
            raise FileNotFoundError(name)
        return everything[name].encode()

    linked = link("x.coach.yaml", read, lang=lang, sidecars=lambda name: beside(everything, name))
    assert linked.routine is not None
    compiled = compile_routine(
        linked.routine, Options(lang=lang), lambda said: estimate(said.text, said.rate), estimated=True
    )
    assert compiled.timeline is not None
    return compiled.timeline


def said(timeline: Timeline) -> list[str]:
    return list(dict.fromkeys(cue.text for cue in timeline.cues if cue.kind != "tone" and not cue.text.isdigit()))


LINES = {
    "de": [
        "Hör auf, wenn du sharp pain, numbness oder dizziness spürst.",
        "Stretch.", "Locker lassen.", "Noch einmal.", "Wechsle zum rechten Fuß.",
        "Circles.", "Pause.", "Satz 2 von 2.", "Jetzt gegen den Uhrzeigersinn.",
        "Plank.", "Runde 2 von 2.", "Als Nächstes: Plank.", "Ein", "Halten", "Aus",
    ],
    "es": [
        "Para si sientes sharp pain, numbness o dizziness.",
        "Stretch.", "Relaja.", "La última.", "Cambia al pie derecho.",
        "Circles.", "Descansa.", "Serie 2 de 2.", "Ahora en sentido antihorario.",
        "Plank.", "Ronda 2 de 2.", "A continuación: Plank.", "Inhala", "Mantén", "Exhala",
    ],
    "fr": [
        "Arrête-toi si tu ressens sharp pain, numbness ou dizziness.",
        "Stretch.", "Relâche.", "La dernière.", "Passe au pied droit.",
        "Circles.", "Repos.", "Série 2 sur 2.", "Maintenant, dans le sens inverse des aiguilles d'une montre.",
        "Plank.", "Tour 2 sur 2.", "Ensuite : Plank.", "Inspire", "Retiens", "Expire",
    ],
    "it": [
        "Fermati se senti sharp pain, numbness o dizziness.",
        "Stretch.", "Rilassa.", "L'ultima.", "Passa al piede destro.",
        "Circles.", "Riposa.", "Serie 2 di 2.", "Ora in senso antiorario.",
        "Plank.", "Giro 2 di 2.", "Poi: Plank.", "Inspira", "Trattieni", "Espira",
    ],
    "nl": [
        "Stop als je sharp pain, numbness of dizziness voelt.",
        "Stretch.", "Ontspan.", "De laatste.", "Wissel naar je rechtervoet.",
        "Circles.", "Rust.", "Set 2 van 2.", "Nu tegen de klok in.",
        "Plank.", "Ronde 2 van 2.", "Hierna: Plank.", "In", "Vast", "Uit",
    ],
    "pt": [
        "Pare se sentir sharp pain, numbness ou dizziness.",
        "Stretch.", "Relaxe.", "A última.", "Troque para o pé direito.",
        "Circles.", "Descanse.", "Série 2 de 2.", "Agora no sentido anti-horário.",
        "Plank.", "Volta 2 de 2.", "A seguir: Plank.", "Inspire", "Segure", "Expire",
    ],
}  # fmt: skip


@pytest.mark.parametrize("lang", LINES)
def test_every_built_in_line_is_said_in_the_language(lang: str) -> None:
    assert said(session(SCRIPT, lang)) == LINES[lang]


@pytest.mark.parametrize(
    ("lang", "chapters"),
    [
        ("de", ["Feet", "Stretch, linker Fuß", "Stretch, rechter Fuß", "Circles, im Uhrzeigersinn",
                "Circles, gegen den Uhrzeigersinn", "Plank, Runde 1", "Plank, Runde 2", "Atmen"]),
        ("es", ["Feet", "Stretch, pie izquierdo", "Stretch, pie derecho", "Circles, en sentido horario",
                "Circles, en sentido antihorario", "Plank, ronda 1", "Plank, ronda 2", "Respiración"]),
        ("nl", ["Feet", "Stretch, linkervoet", "Stretch, rechtervoet", "Circles, met de klok mee",
                "Circles, tegen de klok in", "Plank, ronde 1", "Plank, ronde 2", "Ademen"]),
    ],
)  # fmt: skip
def test_chapters_are_named_in_the_language(lang: str, chapters: list[str]) -> None:
    assert [chapter.title for chapter in session(SCRIPT, lang).chapters] == chapters


def test_the_work_is_the_same_in_every_language() -> None:
    work = {
        lang: [(bout.exercise, bout.ways, bout.end - bout.start, bout.reps) for bout in session(SCRIPT, lang).bouts]
        for lang in LANGUAGES
    }

    assert all(bouts == work["en"] for bouts in work.values())


@pytest.mark.parametrize(
    ("lang", "length", "words"),
    [
        ("en", 90_000, "1 minute 30 seconds"),
        ("de", 1_000, "1 Sekunde"),
        ("de", 90_000, "1 Minute und 30 Sekunden"),
        ("de", 1_500, "1,5 Sekunden"),
        ("de", 3_661_250, "1 Stunde, 1 Minute und 1,25 Sekunden"),
        ("de", 0, "0 Sekunden"),
        ("es", 60_000, "1 minuto"),
        ("es", 150_000, "2 minutos y 30 segundos"),
        ("es", 3_600_000, "1 hora"),
        ("fr", 1_500, "1,5 seconde"),
        ("fr", 90_000, "1 minute et 30 secondes"),
        ("it", 61_000, "1 minuto e 1 secondo"),
        ("nl", 7_200_000, "2 uur"),
        ("nl", 90_000, "1 minuut en 30 seconden"),
        ("pt", 121_000, "2 minutos e 1 segundo"),
    ],
)
def test_a_length_in_words(lang: str, length: int, words: str) -> None:
    locale = locale_for(lang)
    assert locale is not None

    assert locale.duration(length) == words


@pytest.mark.parametrize(
    ("lang", "dose", "words"),
    [
        ("de", ("reps", 0, 1), "1 Wiederholung"),
        ("de", ("reps", 0, 8), "8 Wiederholungen"),
        ("de", ("hold", 20_000, 3), "20 Sekunden, 3 Mal"),
        ("es", ("hold", 20_000, 3), "20 segundos, 3 veces"),
        ("fr", ("reps", 0, 1), "1 répétition"),
        ("it", ("reps", 0, 12), "12 ripetizioni"),
        ("nl", ("time", 60_000, 1), "1 minuut"),
        ("pt", ("reps", 0, 2), "2 repetições"),
    ],
)
def test_a_dose_in_words(lang: str, dose: tuple[str, int, int], words: str) -> None:
    locale = locale_for(lang)
    assert locale is not None

    assert locale.dose(*dose) == words


SWITCHES = {
    "de": "zur rechten Seite|zum rechten Fuß|zum rechten Bein|zum rechten Arm|zur rechten Hand|zum rechten Knie|"
    "zur rechten Hüfte|zum rechten Knöchel|zur rechten Schulter",
    "es": "al lado derecho|al pie derecho|a la pierna derecha|al brazo derecho|a la mano derecha|a la rodilla derecha|"
    "a la cadera derecha|al tobillo derecho|al hombro derecho",
    "fr": "au côté droit|au pied droit|à la jambe droite|au bras droit|à la main droite|au genou droit|"
    "à la hanche droite|à la cheville droite|à l'épaule droite",
    "it": "al lato destro|al piede destro|alla gamba destra|al braccio destro|alla mano destra|al ginocchio destro|"
    "all'anca destra|alla caviglia destra|alla spalla destra",
    "nl": "naar je rechterkant|naar je rechtervoet|naar je rechterbeen|naar je rechterarm|naar je rechterhand|"
    "naar je rechterknie|naar je rechterheup|naar je rechterenkel|naar je rechterschouder",
    "pt": "para o lado direito|para o pé direito|para a perna direita|para o braço direito|para a mão direita|"
    "para o joelho direito|para o quadril direito|para o tornozelo direito|para o ombro direito",
}


@pytest.mark.parametrize("lang", SWITCHES)
def test_the_side_agrees_with_its_part_wherever_the_session_goes(lang: str) -> None:
    locale = locale_for(lang)
    assert locale is not None
    verb = {"de": "Wechsle", "es": "Cambia", "fr": "Passe", "it": "Passa", "nl": "Wissel", "pt": "Troque"}[lang]

    lines = [locale.switch((Changed(part, "right", "right", True),)) for part in SIDED]

    assert lines == [f"{verb} {where}." for where in SWITCHES[lang].split("|")]


def test_two_changes_are_one_line() -> None:
    locale = locale_for("de")
    assert locale is not None

    line = locale.switch((Changed("foot", "left", "left", True), Changed("direction", "x", "im Uhrzeigersinn", False)))

    assert line == "Wechsle zum linken Fuß, im Uhrzeigersinn."


TALKING = """\
title: T
stop_if: [x]
steps:
  - name: Stretch
    hold: 5s
    each: foot
    how: "{}"
"""


@pytest.mark.parametrize(
    ("lang", "how", "words"),
    [
        ("de", "$Side Fuß", "Linker Fuß"),
        ("de", "auf deinen $side_accusative Fuß", "auf deinen linken Fuß"),
        ("de", "mit dem $side_dative Fuß", "mit dem linken Fuß"),
        ("de", "dein $side_leg Bein", "dein linkes Bein"),
        ("de", "mit der $other_side_hand_dative Hand", "mit der rechten Hand"),
        ("de", "$noun, $other_side", "Fuß, rechter"),
        ("es", "la pierna $side_leg, el pie $side", "la pierna izquierda, el pie izquierdo"),
        ("fr", "la jambe $other_side_leg", "la jambe droite"),
        ("en", "your $side_leg_dative leg", "your left leg"),
        ("de", "$level", "sanft"),
        ("de", "$dose", "5 Sekunden"),
    ],
)
def test_a_side_takes_the_form_the_text_asks_for(lang: str, how: str, words: str) -> None:
    assert words in said(session(TALKING.format(how), lang))


def test_ways_of_the_author_s_own_take_the_words_of_the_translation() -> None:
    script = "title: T\nstop_if: [x]\nsteps:\n  - name: Raise\n    reps: 2\n    each: {toes: [in, out]}\n"
    german = "axes: {toes: {in: Zehen innen, out: {name: Zehen außen}}}\ntexts: [{en: Raise, de: Heben}]\n"

    timeline = session(script, "de", **{"x.de.coach-text.yaml": german})

    assert "Jetzt Zehen außen." in said(timeline)
    assert [chapter.title for chapter in timeline.chapters] == ["T", "Heben, Zehen innen", "Heben, Zehen außen"]
    assert [bout.ways for bout in timeline.bouts] == [(("toes", "in"),), (("toes", "out"),)]


def test_a_translation_s_forms_of_a_side_win_over_the_pack_s() -> None:
    german = "axes: {foot: {left: {name: linkes, dative: linkem}, right: rechtes}}\n"
    script = TALKING.format("$side, $side_dative, $side_accusative, $side_leg_dative")

    timeline = session(script, "de", **{"x.de.coach-text.yaml": german})

    assert "linkes, linkem, linkes, linken" in said(timeline)


def test_named_phases_are_said_in_the_language() -> None:
    script = "title: T\nstop_if: [x]\nsteps:\n  - name: Squat\n    reps: 2\n    tempo: {down: 3s, up: 2s}\n"
    german = "texts: [{en: down, de: runter}, {en: up, de: hoch}]\n"

    timeline = session(script, "de", **{"x.de.coach-text.yaml": german})

    assert {"Runter", "Hoch"} <= set(said(timeline))


def test_spanish_or_before_an_o() -> None:
    locale = locale_for("es")
    assert locale is not None

    assert locale.listing(("mareo", "otro dolor")) == "mareo u otro dolor"
    assert locale.listing(("mareo", "dolor")) == "mareo o dolor"


@pytest.mark.parametrize("tag", ["de-CH", "ES", "pt-BR"])
def test_a_pack_serves_every_region(tag: str) -> None:
    assert locale_for(tag) is not None


def test_english_reads_no_tables_of_other_languages() -> None:
    program = (
        "import sys\n"
        "from voicecoach.cli import run\n"
        "run(['check', 'feet-morning'])\n"
        "assert 'babel' not in sys.modules\n"
        "assert not [name for name in sys.modules if name.startswith('voicecoach.compiler.languages')]\n"
    )

    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
