"""A page to open: short, with everything a page can have."""

from pathlib import Path

from tests.export.mixes import mix
from voicecoach.export.audio import render
from voicecoach.export.labels import Labels, Line, Passage, Picture, Word
from voicecoach.export.tags import Tags
from voicecoach.timeline import Chapter

TITLE = "Feet </title><script>document.title = 'broken'</script> & legs"
CHAPTERS = (
    Chapter("Feet", 0, 4_000),
    Chapter("Calf <b>stretch</b>, left leg", 4_000, 14_000),
    Chapter("Calf <b>stretch</b>, right leg", 14_000, 30_000),
)
PASSAGES = (
    Passage(0, 4_000, "listen", "Calf stretch", "left leg", (), "Calf stretch, left leg, 10 s"),
    Passage(4_000, 14_000, "hold", "Calf stretch", "left leg", ("Hold 1 of 1",), "right leg, 10 s"),
    Passage(14_000, 20_000, "switch", "Calf stretch", "right leg", ("Hold 1 of 1",), "Calf stretch, right leg, 10 s"),
    Passage(20_000, 30_000, "hold", "Calf stretch", "right leg", ("Hold 1 of 1",), "the end"),
)
LINES = (
    Line(500, 3_000, "Start slowly."),
    Line(5_000, 8_000, "Heel down", (Word(5_000, 6_500, "Heel"), Word(6_500, 8_000, "down"))),
    Line(14_500, 18_000, "Switch to the <i>right</i> side."),
)
_SQUARE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63e00e9e0d00016600fa047c8b760000000049454e44ae426082"
)


def make_page(path: Path) -> None:
    """Writes it, as `voicecoach render` would."""
    cover = Picture(_SQUARE, "image/png", 1, 1)
    render(mix(), Labels(Tags(TITLE, lang="en-GB"), CHAPTERS, cover, LINES, PASSAGES), path)
