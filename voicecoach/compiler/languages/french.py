"""The French locale pack: the coach says tu."""

from voicecoach.compiler.languages.grammar import Grammar, Part, pack


def _to(side: str, part: Part) -> str:
    if part.gender == "m":
        return f"au {part.noun} {side}"
    return f"à l'{part.noun} {side}" if part.noun.startswith(("é", "a")) else f"à la {part.noun} {side}"


FRENCH = pack(
    Grammar(
        tag="fr",
        phrases={
            "name": "$name.",
            "next": "Ensuite : $name.",
            "switch": "$switch",
            "switch_short": "Change.",
            "set": "Série $set sur $sets.",
            "relax": "Relâche.",
            "rest": "Repos.",
            "last": "La dernière.",
            "round": "Tour $round sur $rounds.",
            "stop_if": "Arrête-toi si tu ressens $signs.",
            "chapter_round": "tour $round",
        },
        words={
            "in": "Inspire",
            "hold": "Retiens",
            "out": "Expire",
            "gentle": "doux",
            "steady": "moyen",
            "strong": "intense",
            "per cent": "pour cent",
            "exercise": "Exercice",
            "breathe": "Respiration",
        },
        ways={
            "clockwise": "dans le sens des aiguilles d'une montre",
            "counter-clockwise": "dans le sens inverse des aiguilles d'une montre",
        },
        hour={"one": "heure", "other": "heures"},
        minute={"one": "minute", "other": "minutes"},
        second={"one": "seconde", "other": "secondes"},
        repetition={"one": "répétition", "other": "répétitions"},
        times="{} fois",
        parts={
            "side": Part("côté", "m"),
            "foot": Part("pied", "m"),
            "leg": Part("jambe", "f"),
            "arm": Part("bras", "m"),
            "hand": Part("main", "f"),
            "knee": Part("genou", "m"),
            "hip": Part("hanche", "f"),
            "ankle": Part("cheville", "f"),
            "shoulder": Part("épaule", "f"),
        },
        sides={"left": {"m": "gauche", "f": "gauche"}, "right": {"m": "droit", "f": "droite"}},
        label=lambda side, part: f"{part.noun} {side}",
        to=_to,
        switch="Passe {}.",
        now="Maintenant, {}.",
    )
)
