"""A picture of the person's own as the cover: checked, upright, not too large, and without what a camera adds to it."""

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.errors import VoicecoachError
from voicecoach.export.labels import Picture
from voicecoach.interrupts import load_whole

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST: Final = 1_400
"""Pixels of the longer side; a larger picture is made smaller."""

MOST_PIXELS: Final = 60_000_000
"""A picture with more is not opened: a small file can hold more than fits into memory."""

MOST_BYTES: Final = 60_000_000
"""A larger file is not read."""

_MOST_PNG: Final = 500_000
"""A PNG of more bytes is a photo, and becomes a JPEG."""

_QUALITY: Final = 88
_BACKGROUND: Final = "#ffffff"
"""Behind what can be seen through: players have no common idea of it."""


class CoverError(VoicecoachError):
    """A file cannot be a cover: the command line is wrong."""


def read_cover(path: Path) -> Picture:
    """The picture in a JPEG or PNG file, ready for a sound file.

    It is written anew: upright, in RGB, at most LONGEST pixels long, and without the place and
    the camera that photos tell. Raises CoverError for a file that is missing, too large or no
    such picture.
    """
    content = _content(path)
    load_whole("PIL.Image", "PIL.JpegImagePlugin", "PIL.PngImagePlugin")
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pictures with many pixels: the check below is stricter; of odd metadata
        try:
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _too_many(path)
                kind = opened.format
                return _picture(_fitted(opened), is_png=kind == "PNG")
        except UnidentifiedImageError:
            raise CoverError(f"{path} is no JPEG or PNG picture", "save it as a JPEG or PNG, and name that") from None
        except Image.DecompressionBombError:
            raise _too_many(path) from None
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            what = f"{path} is a damaged picture: {error}"
            raise CoverError(what, "open it in another program and save it as a JPEG") from error


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            what = f"{path} is a folder or no file" if path.exists() else f"there is no file {path}"
            raise CoverError(what, "name a JPEG or PNG:  --cover cover.jpg")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CoverError(f"{path} cannot be read: {error.strerror or error}", "name another picture") from error
    if len(content) > MOST_BYTES:
        what = f"{path} is larger than {MOST_BYTES // 1_000_000} MB"
        raise CoverError(what, f"make it smaller; {LONGEST} pixels a side are enough")
    return content


def _too_many(path: Path) -> CoverError:
    what = f"{path} has more than {MOST_PIXELS // 1_000_000} million pixels"
    return CoverError(what, f"make it smaller; {LONGEST} pixels a side are enough")


def _fitted(opened: "Image") -> "Image":
    """The picture upright in RGB, at most LONGEST pixels long."""
    from PIL import Image, ImageOps

    opened.draft("RGB", (LONGEST, LONGEST))  # a large JPEG is decoded at a part of its size
    image = ImageOps.exif_transpose(opened)
    if image.mode.startswith("I"):  # 16 bits of grey, of which the upper 8 are kept
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, _BACKGROUND), image).convert("RGB")
    return image


def _picture(image: "Image", *, is_png: bool) -> Picture:
    if is_png:
        content = io.BytesIO()
        image.save(content, "PNG", optimize=True)
        if len(content.getvalue()) <= _MOST_PNG:
            return Picture(content.getvalue(), "image/png", image.width, image.height)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(content.getvalue(), "image/jpeg", image.width, image.height)
