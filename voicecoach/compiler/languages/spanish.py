"""The Spanish locale pack: the coach says tú."""

import re

from voicecoach.compiler.languages.grammar import Grammar, Part, pack

_OR_BEFORE_O = re.compile(r"\bo (?=h?[oó])", re.IGNORECASE)


def _to(side: str, part: Part) -> str:
    return f"{'a la' if part.gender == 'f' else 'al'} {part.noun} {side}"


SPANISH = pack(
    Grammar(
        tag="es",
        phrases={
            "name": "$name.",
            "next": "A continuación: $name.",
            "switch": "$switch",
            "switch_short": "Cambia.",
            "set": "Serie $set de $sets.",
            "relax": "Relaja.",
            "rest": "Descansa.",
            "last": "La última.",
            "round": "Ronda $round de $rounds.",
            "stop_if": "Para si sientes $signs.",
            "chapter_round": "ronda $round",
        },
        words={
            "in": "Inhala",
            "hold": "Mantén",
            "out": "Exhala",
            "gentle": "suave",
            "steady": "medio",
            "strong": "fuerte",
            "per cent": "por ciento",
            "exercise": "Ejercicio",
            "breathe": "Respiración",
        },
        ways={"clockwise": "en sentido horario", "counter-clockwise": "en sentido antihorario"},
        hour={"one": "hora", "other": "horas"},
        minute={"one": "minuto", "other": "minutos"},
        second={"one": "segundo", "other": "segundos"},
        repetition={"one": "repetición", "other": "repeticiones"},
        times="{} veces",
        parts={
            "side": Part("lado", "m"),
            "foot": Part("pie", "m"),
            "leg": Part("pierna", "f"),
            "arm": Part("brazo", "m"),
            "hand": Part("mano", "f"),
            "knee": Part("rodilla", "f"),
            "hip": Part("cadera", "f"),
            "ankle": Part("tobillo", "m"),
            "shoulder": Part("hombro", "m"),
        },
        sides={"left": {"m": "izquierdo", "f": "izquierda"}, "right": {"m": "derecho", "f": "derecha"}},
        label=lambda side, part: f"{part.noun} {side}",
        to=_to,
        switch="Cambia {}.",
        now="Ahora {}.",
        either=lambda listed: _OR_BEFORE_O.sub("u ", listed),
    )
)
