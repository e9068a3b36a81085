"""The Dutch locale pack: the coach says je."""

from voicecoach.compiler.languages.grammar import Grammar, Part, pack


def _label(side: str, part: Part) -> str:
    return f"{side}{part.noun}"


def _to(side: str, part: Part) -> str:
    return f"naar je {_label(side, part)}"


DUTCH = pack(
    Grammar(
        tag="nl",
        phrases={
            "name": "$name.",
            "next": "Hierna: $name.",
            "switch": "$switch",
            "switch_short": "Wissel.",
            "set": "Set $set van $sets.",
            "relax": "Ontspan.",
            "rest": "Rust.",
            "last": "De laatste.",
            "round": "Ronde $round van $rounds.",
            "stop_if": "Stop als je $signs voelt.",
            "chapter_round": "ronde $round",
        },
        words={
            "in": "In",
            "hold": "Vast",
            "out": "Uit",
            "gentle": "rustig",
            "steady": "gemiddeld",
            "strong": "stevig",
            "per cent": "procent",
            "exercise": "Oefening",
            "breathe": "Ademen",
        },
        ways={"clockwise": "met de klok mee", "counter-clockwise": "tegen de klok in"},
        hour={"one": "uur", "other": "uur"},
        minute={"one": "minuut", "other": "minuten"},
        second={"one": "seconde", "other": "seconden"},
        repetition={"one": "herhaling", "other": "herhalingen"},
        times="{} keer",
        parts={
            "side": Part("kant", "de"),
            "foot": Part("voet", "de"),
            "leg": Part("been", "het"),
            "arm": Part("arm", "de"),
            "hand": Part("hand", "de"),
            "knee": Part("knie", "de"),
            "hip": Part("heup", "de"),
            "ankle": Part("enkel", "de"),
            "shoulder": Part("schouder", "de"),
        },
        sides={"left": {"de": "linker", "het": "linker"}, "right": {"de": "rechter", "het": "rechter"}},
        label=_label,
        to=_to,
        switch="Wissel {}.",
        now="Nu {}.",
    )
)
