"""Draws the covers of three sessions side by side: `python docs/draw_covers.py docs/covers.jpg`."""

import io
import sys

from PIL import Image

from voicecoach import api, locations
from voicecoach.export.artwork.drawn import draw_cover

ROUTINES = ("feet-morning", "box-breathing", "tabata")
SIDE = 300


def drawing() -> Image.Image:
    """The picture."""
    picture = Image.new("RGB", (len(ROUTINES) * SIDE, SIDE))
    for number, name in enumerate(ROUTINES):
        script = api.load(locations.bundled_scripts() / f"{name}.coach.yaml")
        cover = draw_cover(api.compile(script, engine="silent").timeline)
        with Image.open(io.BytesIO(cover.data)) as image:
            small = image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        picture.paste(small, (number * SIDE, 0))
    return picture


if __name__ == "__main__":
    drawing().save(sys.argv[1], quality=90, optimize=True)
