"""The German locale pack: the coach says du."""

from voicecoach.compiler.languages.grammar import Grammar, Part, pack


def _to(side: str, part: Part) -> str:
    return f"{'zur' if part.gender == 'f' else 'zum'} {side} {part.noun}"


GERMAN = pack(
    Grammar(
        tag="de",
        phrases={
            "name": "$name.",
            "next": "Als Nächstes: $name.",
            "switch": "$switch",
            "switch_short": "Wechsel.",
            "set": "Satz $set von $sets.",
            "relax": "Locker lassen.",
            "rest": "Pause.",
            "last": "Noch einmal.",
            "round": "Runde $round von $rounds.",
            "stop_if": "Hör auf, wenn du $signs spürst.",
            "chapter_round": "Runde $round",
        },
        words={
            "in": "Ein",
            "hold": "Halten",
            "out": "Aus",
            "gentle": "sanft",
            "steady": "mittel",
            "strong": "kräftig",
            "per cent": "Prozent",
            "exercise": "Übung",
            "breathe": "Atmen",
        },
        ways={"clockwise": "im Uhrzeigersinn", "counter-clockwise": "gegen den Uhrzeigersinn"},
        hour={"one": "Stunde", "other": "Stunden"},
        minute={"one": "Minute", "other": "Minuten"},
        second={"one": "Sekunde", "other": "Sekunden"},
        repetition={"one": "Wiederholung", "other": "Wiederholungen"},
        times="{} Mal",
        parts={
            "side": Part("Seite", "f"),
            "foot": Part("Fuß", "m"),
            "leg": Part("Bein", "n"),
            "arm": Part("Arm", "m"),
            "hand": Part("Hand", "f"),
            "knee": Part("Knie", "n"),
            "hip": Part("Hüfte", "f"),
            "ankle": Part("Knöchel", "m"),
            "shoulder": Part("Schulter", "f"),
        },
        sides={
            way: {
                "m": f"{stem}er",
                "f": f"{stem}e",
                "n": f"{stem}es",
                "m accusative": f"{stem}en",
                "m dative": f"{stem}en",
                "f dative": f"{stem}en",
                "n dative": f"{stem}en",
            }
            for way, stem in (("left", "link"), ("right", "recht"))
        },
        label=lambda side, part: f"{side} {part.noun}",
        to=_to,
        switch="Wechsle {}.",
        now="Jetzt {}.",
    )
)
