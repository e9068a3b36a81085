"""The Portuguese locale pack, in words that serve Portugal and Brazil; the coach says você."""

from voicecoach.compiler.languages.grammar import Grammar, Part, pack


def _to(side: str, part: Part) -> str:
    return f"para {'a' if part.gender == 'f' else 'o'} {part.noun} {side}"


PORTUGUESE = pack(
    Grammar(
        tag="pt",
        phrases={
            "name": "$name.",
            "next": "A seguir: $name.",
            "switch": "$switch",
            "switch_short": "Troque.",
            "set": "Série $set de $sets.",
            "relax": "Relaxe.",
            "rest": "Descanse.",
            "last": "A última.",
            "round": "Volta $round de $rounds.",
            "stop_if": "Pare se sentir $signs.",
            "chapter_round": "volta $round",
        },
        words={
            "in": "Inspire",
            "hold": "Segure",
            "out": "Expire",
            "gentle": "leve",
            "steady": "médio",
            "strong": "forte",
            "per cent": "por cento",
            "exercise": "Exercício",
            "breathe": "Respiração",
        },
        ways={"clockwise": "no sentido horário", "counter-clockwise": "no sentido anti-horário"},
        hour={"one": "hora", "other": "horas"},
        minute={"one": "minuto", "other": "minutos"},
        second={"one": "segundo", "other": "segundos"},
        repetition={"one": "repetição", "other": "repetições"},
        times="{} vezes",
        parts={
            "side": Part("lado", "m"),
            "foot": Part("pé", "m"),
            "leg": Part("perna", "f"),
            "arm": Part("braço", "m"),
            "hand": Part("mão", "f"),
            "knee": Part("joelho", "m"),
            "hip": Part("quadril", "m"),
            "ankle": Part("tornozelo", "m"),
            "shoulder": Part("ombro", "m"),
        },
        sides={"left": {"m": "esquerdo", "f": "esquerda"}, "right": {"m": "direito", "f": "direita"}},
        label=lambda side, part: f"{part.noun} {side}",
        to=_to,
        switch="Troque {}.",
        now="Agora {}.",
    )
)
