import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from voicecoach.export.artwork.own import LONGEST, CoverError, read_cover
from voicecoach.export.labels import Picture


def saved(path: Path, image: Image.Image, **how: object) -> Path:
    image.save(path, **how)  # type: ignore[arg-type]
    return path


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    assert (picture.width, picture.height) == image.size
    assert picture.mime == f"image/{(image.format or '').lower()}"
    assert image.mode == "RGB"
    return image


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), os.urandom(width * height * 3))


def png(width: int, height: int, data: bytes = b"", *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that says it has so many grey pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    packed = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def test_a_photo_is_turned_upright_made_smaller_and_tells_no_place(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    photo = Image.new("RGB", (3_000, 2_000), "#204060")
    photo.paste("#ffffff", (0, 0, 300, 300))

    picture = read_cover(saved(tmp_path / "a.jpg", photo, exif=exif))

    image = opened(picture)
    assert (image.width, image.height, picture.mime) == (933, LONGEST, "image/jpeg")
    assert image.getpixel((900, 30))[0] > 200  # type: ignore[index]
    assert not image.getexif()
    assert b"Exif" not in picture.data


def test_a_drawing_stays_a_png(tmp_path: Path) -> None:
    picture = read_cover(saved(tmp_path / "a.png", Image.new("RGB", (600, 600), "#123456")))

    assert opened(picture).getpixel((0, 0)) == (0x12, 0x34, 0x56)
    assert picture.mime == "image/png"


def test_a_photo_as_png_becomes_a_jpeg(tmp_path: Path) -> None:
    picture = read_cover(saved(tmp_path / "a.png", noise(700, 700)))

    assert opened(picture).format == "JPEG"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_can_be_seen_through_is_white(tmp_path: Path, mode: str) -> None:
    image = Image.new("RGBA", (50, 50), (0, 0, 0, 0)).convert(mode)
    how = {"transparency": image.getpixel((0, 0))} if mode == "P" else {}

    picture = read_cover(saved(tmp_path / "a.png", image, **how))

    assert opened(picture).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("image", "suffix"),
    [
        (Image.new("CMYK", (50, 50), (0, 255, 255, 0)), "jpg"),
        (Image.new("L", (50, 50), 128), "jpg"),
        (Image.new("1", (50, 50), 1), "png"),
        (Image.new("I;16", (50, 50), 0x8000), "png"),
    ],
)
def test_every_kind_of_pixel_becomes_rgb(tmp_path: Path, image: Image.Image, suffix: str) -> None:
    shown = opened(read_cover(saved(tmp_path / f"a.{suffix}", image))).getpixel((10, 10))

    wanted = {"CMYK": (254, 0, 0), "L": (128,) * 3, "1": (255,) * 3, "I;16": (128,) * 3}[image.mode]
    assert isinstance(shown, tuple)
    assert all(abs(a - b) <= 2 for a, b in zip(shown, wanted, strict=True))


def refused(path: Path) -> CoverError:
    with pytest.raises(CoverError) as caught:
        read_cover(path)
    assert caught.value.fix
    return caught.value


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a" + bytes(100), os.urandom(1_000), b"\xff\xd8\xff\xe0"])
def test_what_is_no_jpeg_or_png_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.png").write_bytes(content)

    assert refused(tmp_path / "a.png").what == f"{tmp_path / 'a.png'} is no JPEG or PNG picture"


def test_other_pictures_are_refused(tmp_path: Path) -> None:
    assert refused(saved(tmp_path / "a.gif", noise(10, 10))).what.endswith("is no JPEG or PNG picture")
    assert refused(saved(tmp_path / "a.tiff", noise(10, 10))).what.endswith("is no JPEG or PNG picture")


@pytest.mark.parametrize("suffix", ["jpg", "png"])
@pytest.mark.parametrize("share", [0.5, 0.95])
def test_a_picture_that_ends_early_is_refused(tmp_path: Path, suffix: str, share: float) -> None:
    path = saved(tmp_path / f"a.{suffix}", noise(200, 200))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])

    assert refused(path).what.startswith(f"{path} is a damaged picture: ")


@pytest.mark.parametrize("side", [7_800, 12_000, 60_000])
def test_a_decompression_bomb_is_not_opened(tmp_path: Path, side: int) -> None:
    (tmp_path / "a.png").write_bytes(png(side, side))

    assert refused(tmp_path / "a.png").what == f"{tmp_path / 'a.png'} has more than 60 million pixels"


def test_a_bomb_in_the_text_of_a_picture_is_refused(tmp_path: Path) -> None:
    text = b"a\0\0" + zlib.compress(bytes(80_000_000))
    (tmp_path / "a.png").write_bytes(png(10, 10, bytes(110), (b"zTXt", text)))

    picture_or_error = tmp_path / "a.png"

    assert "damaged" in refused(picture_or_error).what


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as file:
        file.truncate(60_000_001)

    assert refused(tmp_path / "a.png").what == f"{tmp_path / 'a.png'} is larger than 60 MB"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.png").what == f"there is no file {tmp_path / 'a.png'}"
    assert refused(tmp_path).what == f"{tmp_path} is a folder or no file"
    assert "cannot be read" in refused(Path("x" * 5_000)).what
    assert "no file" in refused(Path("a\0b.png")).what
