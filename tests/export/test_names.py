import pytest

from voicecoach.export.names import numbered


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Calf stretch, left leg", "03 Calf stretch, left leg.mp3"),
        ("Fußkreisen 🦶", "03 Fußkreisen 🦶.mp3"),
        ("../../etc/passwd", "03 -..-etc-passwd.mp3"),
        ("..\\..\\x", "03 -..-x.mp3"),
        ("C:\\x", "03 C--x.mp3"),
        ('a<b>:"c"|d?*', "03 a(b)-'c'-d.mp3"),
        ("CON", "03 CON.mp3"),
        ("ends. . ", "03 ends.mp3"),
        ("a\nb\0c\x1b[31m\u202egpj", "03 a bc[31mgpj.mp3"),
        ("#EXTINF", "03 #EXTINF.mp3"),
        ("e\u0301", "03 é.mp3"),
        ("👩\u200d🦽", "03 👩\u200d🦽.mp3"),
        ("\ud800", "03.mp3"),
        ("...", "03.mp3"),
        ("", "03.mp3"),
    ],
)
def test_a_title_becomes_a_name_that_stays_in_its_folder(title: str, name: str) -> None:
    assert numbered(3, 12, title, ".mp3") == name


def test_a_long_title_fits_a_file_name() -> None:
    name = numbered(3, 1200, "ü" * 500, ".mp3")

    assert name == f"0003 {'ü' * 60}.mp3"
