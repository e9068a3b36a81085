"""From words a minute to Piper's length scale.

Each voice has a pace of its own. It is measured on one sentence of its language and told in the
words a minute at which a text of that length is estimated, so that `--pace slow` is as slow with
any voice.
"""

from voicecoach.estimate import REFERENCE_WPM, estimate
from voicecoach.units import Milliseconds

METHOD = 1
"""Raised when a sentence or a formula here makes another scale of the same voice."""
SLOWEST, FASTEST = 0.4, 3.0
"""As far as a voice is driven from the pace it learnt; beyond, it mumbles."""

SENTENCES = {
    "cs": "Stůjte rovně, ramena nechte klesnout a klidně dýchejte nosem.",
    "da": "Stå rank, lad skuldrene synke, og træk vejret roligt gennem næsen.",
    "de": "Steh aufrecht, lass die Schultern sinken und atme ruhig durch die Nase.",
    "en": "Stand tall, let your shoulders sink, and breathe calmly through your nose.",
    "es": "Ponte de pie, deja caer los hombros y respira con calma por la nariz.",
    "fi": "Seiso suorassa, anna hartioiden laskea ja hengitä rauhallisesti nenän kautta.",
    "fr": "Tenez-vous droit, laissez tomber les épaules et respirez calmement par le nez.",
    "it": "Stai in piedi, lascia scendere le spalle e respira con calma dal naso.",
    "nl": "Sta rechtop, laat je schouders zakken en adem rustig door je neus.",
    "no": "Stå rett, la skuldrene synke, og pust rolig gjennom nesen.",
    "pl": "Stań prosto, opuść ramiona i oddychaj spokojnie przez nos.",
    "pt": "Fique de pé, deixe cair os ombros e respire com calma pelo nariz.",
    "sv": "Stå rakt, låt axlarna sjunka och andas lugnt genom näsan.",
}
"""One sentence a language, of some seventy characters: spoken to find the pace, and to hear a voice."""


def sentence(lang: str) -> str | None:
    """The sentence of a BCP 47 language; None where the pace cannot be measured."""
    return SENTENCES.get(lang.partition("-")[0].casefold())


def natural_pace(text: str, length: Milliseconds) -> int:
    """The words a minute at which `text` is estimated to take `length`."""
    return max(1, round(REFERENCE_WPM * estimate(text, REFERENCE_WPM) / max(1, length)))


def length_scale(natural: int, wanted: int) -> float:
    """What the lengths of a voice's sounds are multiplied with, to say `wanted` words a minute."""
    return min(FASTEST, max(SLOWEST, natural / max(1, wanted)))
