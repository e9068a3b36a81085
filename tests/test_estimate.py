import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.estimate import estimate


@pytest.mark.parametrize(
    ("text", "wpm", "length"),
    [
        ("Rest.", 160, 340),  # 120 + 4·55
        ("Rest", 160, 340),
        ("Rest?!", 160, 340),
        ("Rest.", 140, 400),  # 87 %: 340/0.87 = 390.8
        ("Rest.", 180, 310),  # 112 %: 303.6
        ("Rest.", 184, 300),  # 115 %: 295.7
        ("7", 160, 450),  # 120 + 6·55
        ("12", 160, 450),
        ("007", 160, 450),
        ("13", 160, 620),  # 120 + 9·55 = 615
        ("13.", 160, 620),
        ("1000000", 160, 620),
        ("Set 2 of 3.", 160, 1220),  # 4 + 6 + 4 + 6 = 20 characters
        ("Hold, then rest.", 160, 1130),  # 15 characters and one comma: 1125
        ("Hold: rest; go, on.", 160, 1650),  # 18 characters and three: 1650
        ("Sit down. Breathe.", 160, 1410),  # 17·55 + 350 + 120 = 1405
        ("1.5", 160, 840),  # 6 + 1 + 6 = 13 characters
        ("8:30", 160, 1000),  # 6 + 1 + 9 = 16
        ("4-7-8", 160, 1220),  # 6 + 1 + 6 + 1 + 6 = 20
        ("Hold ... on", 160, 910),  # "Hold on" is 505 → 510, and 400
        ("Hold… on...", 160, 910),
        ("...", 160, 120),
        ("", 160, 120),
        ('"Rest."', 160, 400),  # the opening quote counts
        ("Ă" * 10, 160, 670),
        ("Rest.", 0, 34_000),
    ],
)
def test_estimate(text: str, wpm: int, length: int) -> None:
    assert estimate(text, wpm) == length


@given(st.text(), st.integers(60, 300))
def test_estimate_is_a_positive_multiple_of_ten(text: str, wpm: int) -> None:
    assert estimate(text, wpm) > 0
    assert estimate(text, wpm) % 10 == 0


@given(st.text(), st.integers(100, 220))
def test_faster_is_never_longer(text: str, wpm: int) -> None:
    assert estimate(text, wpm + 20) <= estimate(text, wpm)
