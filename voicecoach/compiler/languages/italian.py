"""The Italian locale pack: the coach says tu."""

from voicecoach.compiler.languages.grammar import Grammar, Part, pack


def _to(side: str, part: Part) -> str:
    if part.noun.startswith("a"):
        return f"all'{part.noun} {side}"
    return f"{'alla' if part.gender == 'f' else 'al'} {part.noun} {side}"


ITALIAN = pack(
    Grammar(
        tag="it",
        phrases={
            "name": "$name.",
            "next": "Poi: $name.",
            "switch": "$switch",
            "switch_short": "Cambia.",
            "set": "Serie $set di $sets.",
            "relax": "Rilassa.",
            "rest": "Riposa.",
            "last": "L'ultima.",
            "round": "Giro $round di $rounds.",
            "stop_if": "Fermati se senti $signs.",
            "chapter_round": "giro $round",
        },
        words={
            "in": "Inspira",
            "hold": "Trattieni",
            "out": "Espira",
            "gentle": "leggero",
            "steady": "medio",
            "strong": "intenso",
            "per cent": "per cento",
            "exercise": "Esercizio",
            "breathe": "Respirazione",
        },
        ways={"clockwise": "in senso orario", "counter-clockwise": "in senso antiorario"},
        hour={"one": "ora", "other": "ore"},
        minute={"one": "minuto", "other": "minuti"},
        second={"one": "secondo", "other": "secondi"},
        repetition={"one": "ripetizione", "other": "ripetizioni"},
        times="{} volte",
        parts={
            "side": Part("lato", "m"),
            "foot": Part("piede", "m"),
            "leg": Part("gamba", "f"),
            "arm": Part("braccio", "m"),
            "hand": Part("mano", "f"),
            "knee": Part("ginocchio", "m"),
            "hip": Part("anca", "f"),
            "ankle": Part("caviglia", "f"),
            "shoulder": Part("spalla", "f"),
        },
        sides={"left": {"m": "sinistro", "f": "sinistra"}, "right": {"m": "destro", "f": "destra"}},
        label=lambda side, part: f"{part.noun} {side}",
        to=_to,
        switch="Passa {}.",
        now="Ora {}.",
    )
)
