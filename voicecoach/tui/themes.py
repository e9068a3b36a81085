"""Colours: three themes of our own, and what phases look like in every other one."""

from typing import Final, NamedTuple

from textual.theme import Theme

from voicecoach.tui.sight import HUES

_LIGHT_INK: Final = {
    "phase-ink": "#0b1014",
    "phase-work": "#5ee08a",
    "phase-ready": "#ffd24a",
    "phase-rest": "#6cb8ff",
    "phase-switch": "#d59bff",
    "phase-wait": "#ffa45c",
    "phase-paused": "#f2f2f2",
    "phase-lost": "#ff7a7a",
    "phase-listen": "#a9b6c2",
}
_DARK_INK: Final = {
    "phase-ink": "#ffffff",
    "phase-work": "#0c6b34",
    "phase-ready": "#7a5200",
    "phase-rest": "#0b539b",
    "phase-switch": "#6a2a9c",
    "phase-wait": "#9a3f00",
    "phase-paused": "#1d1d1d",
    "phase-lost": "#a4121c",
    "phase-listen": "#46525e",
}
_CONTRAST_INK: Final = {
    "phase-ink": "#000000",
    "phase-work": "#00ff66",
    "phase-ready": "#ffff00",
    "phase-rest": "#66ccff",
    "phase-switch": "#ff99ff",
    "phase-wait": "#ffb000",
    "phase-paused": "#ffffff",
    "phase-lost": "#ff6666",
    "phase-listen": "#ffffff",
}

THEMES: Final = (
    Theme(
        "voicecoach-dark",
        primary="#6cb8ff",
        secondary="#5ee08a",
        accent="#ffd24a",
        warning="#ffa45c",
        error="#ff7a7a",
        success="#5ee08a",
        foreground="#e6ebef",
        background="#10161b",
        surface="#182129",
        panel="#22303b",
        variables={"quiet": "#9fb0be", **_LIGHT_INK},
    ),
    Theme(
        "voicecoach-light",
        primary="#0b539b",
        secondary="#0c6b34",
        accent="#7a5200",
        warning="#9a3f00",
        error="#a4121c",
        success="#0c6b34",
        foreground="#15191c",
        background="#fafaf7",
        surface="#efefe9",
        panel="#e0e2dd",
        dark=False,
        variables={"quiet": "#4a545c", **_DARK_INK},
    ),
    Theme(
        "voicecoach-contrast",
        primary="#ffff00",
        secondary="#00ffff",
        accent="#ffff00",
        warning="#ffb000",
        error="#ff6666",
        success="#00ff66",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        text_alpha=1.0,
        variables={"quiet": "#ffffff", **_CONTRAST_INK},
    ),
)


class Drawn(NamedTuple):
    """How a role is drawn: the names, in every theme, of the colour of its letters and of what is behind them."""

    ink: str
    ground: str = "background"
    bold: bool = False


DRAWN: Final = {
    **dict.fromkeys(("text", "counts", "bar", "caption", "next"), Drawn("foreground")),
    **dict.fromkeys(("status", "name", "mark"), Drawn("foreground", bold=True)),
    **dict.fromkeys(("title", "session", "track", "quiet"), Drawn("quiet")),
    **dict.fromkeys(("ways", "hint"), Drawn("accent", bold=True)),
    **{hue: Drawn("phase-ink", f"phase-{hue}", bold=True) for hue in HUES.values()},
    **{f"{hue}-digits": Drawn(f"phase-{hue}") for hue in HUES.values()},
    "trouble": Drawn("phase-ink", "phase-lost", bold=True),
}
"""How each role of a Sight is drawn."""


def theme_name(wanted: str, known: "set[str]") -> str:
    """The theme behind a setting: `dark`, `light`, `contrast`, or any theme of Textual; else dark."""
    for name in (f"voicecoach-{wanted}", wanted, f"textual-{wanted}"):
        if name in known:
            return name
    return "voicecoach-dark"


def phase_colours(dark: bool) -> dict[str, str]:
    """Colours of the phases for a theme that does not bring its own."""
    ink = _LIGHT_INK if dark else _DARK_INK
    return {"quiet": "#a8b0b6" if dark else "#4a545c", **ink}
