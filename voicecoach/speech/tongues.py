"""The words that numbers, units and shorthand become in languages other than English."""

from collections.abc import Mapping
from typing import Final, NamedTuple

Noun = tuple[str, str, str]
"""One, several, and the gender: `m`, `f` or `n`."""


class Tongue(NamedTuple):
    """One language.

    `units` are nouns by their short forms, `nouns` others that are counted. `to` joins a range, `times` what
    stands as 3x10, `of` a part of several as in 2/4. `one` is the number 1 before a noun, by gender; `counted`
    are other numbers that follow the gender, in digits or as `N1` and `N2` for those that end so. `shorthand`
    is matched as a whole word.
    """

    units: Mapping[str, Noun]
    nouns: tuple[Noun, ...]
    to: str
    times: str
    of: str
    half: str
    about: str
    at_least: str
    at_most: str
    one: Mapping[str, str]
    shorthand: Mapping[str, str]
    tens: Mapping[str, str] = {}
    counted: Mapping[str, Mapping[str, str]] = {}


_NO_GENDER: Final[Mapping[str, str]] = {}

TONGUES: Final[Mapping[str, Tongue]] = {
    "de": Tongue(
        units={
            "s sek Sek": ("Sekunde", "Sekunden", "f"),
            "min Min": ("Minute", "Minuten", "f"),
            "h Std": ("Stunde", "Stunden", "f"),
            "g": ("Gramm", "Gramm", "n"),
            "kg": ("Kilogramm", "Kilogramm", "n"),
            "mm": ("Millimeter", "Millimeter", "m"),
            "cm": ("Zentimeter", "Zentimeter", "m"),
            "m": ("Meter", "Meter", "m"),
            "km": ("Kilometer", "Kilometer", "m"),
            "Wdh": ("Wiederholung", "Wiederholungen", "f"),
        },
        nouns=(
            ("Satz", "Sätze", "m"), ("Runde", "Runden", "f"), ("Mal", "Mal", "n"), ("Seite", "Seiten", "f"),
            ("Schritt", "Schritte", "m"), ("Tag", "Tage", "m"), ("Woche", "Wochen", "f"),
        ),
        to="bis", times="mal", of="von", half="ein halb", about="etwa", at_least="mindestens", at_most="höchstens",
        one={"m": "ein", "f": "eine", "n": "ein"},
        shorthand={
            "z. B.": "zum Beispiel", "z.B.": "zum Beispiel", "d. h.": "das heißt", "d.h.": "das heißt", "ca.": "circa",
            "bzw.": "beziehungsweise", "usw.": "und so weiter", "&": "und",
        },
    ),
    "es": Tongue(
        units={
            "s seg": ("segundo", "segundos", "m"),
            "min": ("minuto", "minutos", "m"),
            "h": ("hora", "horas", "f"),
            "g": ("gramo", "gramos", "m"),
            "kg": ("kilogramo", "kilogramos", "m"),
            "mm": ("milímetro", "milímetros", "m"),
            "cm": ("centímetro", "centímetros", "m"),
            "m": ("metro", "metros", "m"),
            "km": ("kilómetro", "kilómetros", "m"),
            "rep reps": ("repetición", "repeticiones", "f"),
        },
        nouns=(
            ("serie", "series", "f"), ("ronda", "rondas", "f"), ("vez", "veces", "f"), ("lado", "lados", "m"),
            ("paso", "pasos", "m"), ("día", "días", "m"), ("semana", "semanas", "f"),
        ),
        to="a", times="por", of="de", half="medio", about="unos", at_least="al menos", at_most="como máximo",
        one={"m": "un", "f": "una"},
        shorthand={"p. ej.": "por ejemplo", "aprox.": "aproximadamente", "&": "y"},
        tens={
            "2": "veinti", "3": "treinta y ", "4": "cuarenta y ", "5": "cincuenta y ", "6": "sesenta y ",
            "7": "setenta y ", "8": "ochenta y ", "9": "noventa y ",
        },
        counted={"1": {"m": "un", "f": "una"}},
    ),
    "fr": Tongue(
        units={
            "s sec": ("seconde", "secondes", "f"),
            "min": ("minute", "minutes", "f"),
            "h": ("heure", "heures", "f"),
            "g": ("gramme", "grammes", "m"),
            "kg": ("kilogramme", "kilogrammes", "m"),
            "mm": ("millimètre", "millimètres", "m"),
            "cm": ("centimètre", "centimètres", "m"),
            "m": ("mètre", "mètres", "m"),
            "km": ("kilomètre", "kilomètres", "m"),
            "rép": ("répétition", "répétitions", "f"),
        },
        nouns=(
            ("série", "séries", "f"), ("tour", "tours", "m"), ("fois", "fois", "f"), ("côté", "côtés", "m"),
            ("pas", "pas", "m"), ("jour", "jours", "m"), ("semaine", "semaines", "f"),
        ),
        to="à", times="fois", of="sur", half="un demi", about="environ", at_least="au moins", at_most="au plus",
        one={"m": "un", "f": "une"},
        shorthand={"p. ex.": "par exemple", "env.": "environ", "&": "et"},
        tens={"2": "vingt et ", "3": "trente et ", "4": "quarante et ", "5": "cinquante et ", "6": "soixante et "},
        counted={"1": {"m": "un", "f": "une"}},
    ),
    "it": Tongue(
        units={
            "s sec": ("secondo", "secondi", "m"),
            "min": ("minuto", "minuti", "m"),
            "h": ("ora", "ore", "f'"),
            "g": ("grammo", "grammi", "m"),
            "kg": ("chilogrammo", "chilogrammi", "m"),
            "mm": ("millimetro", "millimetri", "m"),
            "cm": ("centimetro", "centimetri", "m"),
            "m": ("metro", "metri", "m"),
            "km": ("chilometro", "chilometri", "m"),
            "rip": ("ripetizione", "ripetizioni", "f"),
        },
        nouns=(
            ("serie", "serie", "f"), ("giro", "giri", "m"), ("volta", "volte", "f"), ("lato", "lati", "m"),
            ("passo", "passi", "m"), ("giorno", "giorni", "m"), ("settimana", "settimane", "f"),
        ),
        to="a", times="per", of="di", half="mezzo", about="circa", at_least="almeno", at_most="al massimo",
        one={"m": "un", "f": "una", "f'": "un'"},
        shorthand={"ca.": "circa", "ad es.": "ad esempio", "ecc.": "eccetera", "&": "e"},
    ),
    "nl": Tongue(
        units={
            "s sec": ("seconde", "seconden", "f"),
            "min": ("minuut", "minuten", "f"),
            "h u": ("uur", "uur", "n"),
            "g": ("gram", "gram", "n"),
            "kg": ("kilogram", "kilogram", "n"),
            "mm": ("millimeter", "millimeter", "m"),
            "cm": ("centimeter", "centimeter", "m"),
            "m": ("meter", "meter", "m"),
            "km": ("kilometer", "kilometer", "m"),
        },
        nouns=(),
        to="tot", times="keer", of="van", half="een half", about="ongeveer", at_least="minstens", at_most="hoogstens",
        one=_NO_GENDER,
        shorthand={"bijv.": "bijvoorbeeld", "ca.": "circa", "enz.": "enzovoort", "&": "en"},
    ),
    "pt": Tongue(
        units={
            "s seg": ("segundo", "segundos", "m"),
            "min": ("minuto", "minutos", "m"),
            "h": ("hora", "horas", "f"),
            "g": ("grama", "gramas", "m"),
            "kg": ("quilograma", "quilogramas", "m"),
            "mm": ("milímetro", "milímetros", "m"),
            "cm": ("centímetro", "centímetros", "m"),
            "m": ("metro", "metros", "m"),
            "km": ("quilómetro", "quilómetros", "m"),
            "rep reps": ("repetição", "repetições", "f"),
        },
        nouns=(
            ("série", "séries", "f"), ("volta", "voltas", "f"), ("vez", "vezes", "f"), ("lado", "lados", "m"),
            ("passo", "passos", "m"), ("dia", "dias", "m"), ("semana", "semanas", "f"),
        ),
        to="a", times="vezes", of="de", half="meio", about="cerca de", at_least="pelo menos", at_most="no máximo",
        one={"m": "um", "f": "uma"},
        shorthand={"p. ex.": "por exemplo", "aprox.": "aproximadamente", "&": "e"},
        tens={
            "2": "vinte e ", "3": "trinta e ", "4": "quarenta e ", "5": "cinquenta e ", "6": "sessenta e ",
            "7": "setenta e ", "8": "oitenta e ", "9": "noventa e ",
        },
        counted={"1": {"m": "um", "f": "uma"}, "2": {"m": "dois", "f": "duas"}},
    ),
}  # fmt: skip
"""By base language."""
