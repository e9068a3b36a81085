"""From words a minute to Piper's length scale.

Each voice has a pace of its own. How long it takes for one sentence of its language is measured at
two scales, and the sentence shall take as long as it is estimated to take at the words a minute
that are asked for. So `--pace slow` is as slow with any voice.
"""

from typing import NamedTuple

from voicecoach.estimate import estimate
from voicecoach.units import Milliseconds

METHOD = 1
"""Raised when a sentence or a formula here makes another scale of the same voice."""
USUAL, QUICK = 1.0, 0.6
"""The scales at which a voice is measured."""
SLOWEST, FASTEST = 3.0, 0.35
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


class Pace(NamedTuple):
    """The length of the sentence: `fixed`, and `stretched` times the length scale.

    Sounds last whole frames, rounded up, so a voice is never quite as fast as its scale.
    """

    fixed: Milliseconds
    stretched: Milliseconds

    def scale(self, text: str, wpm: int) -> float:
        """The length scale at which the sentence `text` takes what is estimated for it."""
        return min(SLOWEST, max(FASTEST, (estimate(text, max(1, wpm)) - self.fixed) / self.stretched))


def pace(usual: Milliseconds, quick: Milliseconds) -> Pace:
    """From the lengths of the sentence at `USUAL` and at `QUICK`."""
    stretched = round((usual - quick) / (USUAL - QUICK))
    if stretched <= 0:
        return Pace(0, max(1, usual))
    return Pace(usual - stretched, stretched)
