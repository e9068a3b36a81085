"""What is written, and what an engine is given."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voicecoach.speech.cleaning import audible, clean
from voicecoach.speech.normalise import normalise, parts

CHANGED = [
    ("Hold for 20-30 seconds", "Hold for 20 to 30 seconds"),
    ("10–15 min", "10 to 15 minutes"),
    ("Rest 10—15 min.", "Rest 10 to 15 minutes."),
    ("1/2", "one half"),
    ("30s", "30 seconds"),
    ("30s hold", "30-second hold"),
    ("a 30s hold", "a 30-second hold"),
    ("an 8s hold, then rest", "an 8-second hold, then rest"),
    ("30-sec hold", "30-second hold"),
    ("Hold 30 sec. Then rest", "Hold 30 seconds. Then rest"),
    ("Hold 30 sec. then rest", "Hold 30 seconds then rest"),
    ("3x10", "3 times 10"),
    ("3×10", "3 times 10"),
    ("3 x 10 reps", "3 times 10 reps"),
    ("3x30s", "3 times 30 seconds"),
    ("3x30 sec", "3 times 30 seconds"),
    ("10x per side", "10 times per side"),
    ("x10", "times 10"),
    ("Do it 2-3x", "Do it 2 to 3 times"),
    ("3x/week", "3 times per week"),
    ("3x/day", "3 times per day"),
    ("2-3 sets of 8-12 reps", "2 to 3 sets of 8 to 12 reps"),
    ("4-7-8 breathing", "4 7 8 breathing"),
    ("3-1-1-0 tempo", "3 1 1 0 tempo"),
    ("4-2 breathing", "4 2 breathing"),
    ("10-1 countdown", "10 1 countdown"),
    ("8:30-9:00", "8:30 to 9:00"),
    ("at 1:30 min", "at 1:30 minutes"),
    ("and/or", "and or"),
    ("left/right", "left or right"),
    ("he/she", "he or she"),
    ("km/h", "km per hour"),
    ("5 km/h", "5 kilometres per hour"),
    ("5 m/s", "5 metres per second"),
    ("12 breaths/min", "12 breaths per minute"),
    ("60-70%", "60 to 70%"),
    ("30-45°", "30 to 45°"),
    ("20 °C", "20 degrees Celsius"),
    ("5kg", "5 kilograms"),
    ("5-10kg", "5 to 10 kilograms"),
    ("5 kg-10 kg", "5 kilograms to 10 kilograms"),
    ("20s-30s", "20 seconds to 30 seconds"),
    ("20-30s", "20 to 30 seconds"),
    ("1m30s", "1 minute 30 seconds"),
    ("2m 30s", "2 minutes 30 seconds"),
    ("1h30m", "1 hour 30 minutes"),
    ("1 min", "1 minute"),
    ("1 mins", "1 minute"),
    ("1.5 kg", "1.5 kilograms"),
    ("1,5 kg", "1,5 kilograms"),
    ("0.5 m", "0.5 metres"),
    ("10m walk", "10-metre walk"),
    ("Rest for 2m.", "Rest for 2 minutes."),
    ("10-15m", "10 to 15 minutes"),
    ("a 1m break", "a 1-minute break"),
    ("Walk 10m", "Walk 10 metres"),
    ("Stand 1m from the wall", "Stand 1 metre from the wall"),
    ("5m/s", "5 metres per second"),
    ("10 m", "10 metres"),
    ("your 30s hold", "your 30-second hold"),
    ("1½ turns", "1 and a half turns"),
    ("½ turn", "one half turn"),
    ("a 1/2 turn", "a half turn"),
    ("1/2 a turn", "half a turn"),
    ("1/2 way", "half way"),
    ("1/2 min", "half a minute"),
    ("3/4 hour", "three quarters of an hour"),
    ("1 1/2 hours", "1 and a half hours"),
    ("1/4 turn", "one quarter turn"),
    ("a 1/4 turn", "a quarter turn"),
    ("set 2/3", "set 2 of 3"),
    ("Round 2/4", "Round 2 of 4"),
    ("pain 3/10", "pain 3 out of 10"),
    ("10/10", "10 out of 10"),
    ("24/7", "24 7"),
    ("120/80", "120 over 80"),
    ("2/3", "two thirds"),
    ("5 - 10 reps", "5 to 10 reps"),
    ("Set 2 - 30 seconds", "Set 2, 30 seconds"),
    ("20 - 30 seconds", "20 to 30 seconds"),
    ("*bold* and **very** _soft_ `code` ~~no~~", "bold and very soft code no"),
    ("# Heading", "Heading"),
    ("- item", "item"),
    ("snake_case", "snake case"),
    ("[text](https://x.org/a) here", "text here"),
    ("see https://x.org/a?b=c. Then", "see link. Then"),
    ("www.foo.com", "link"),
    ("<speak>hi</speak>", "hi"),
    ("a & b", "a and b"),
    ("Tom &amp; Jerry", "Tom and Jerry"),
    ("<b>bold</b> 5 < 6", "bold 5 less than 6"),
    ("pain <3", "pain less than 3"),
    ("≥5 kg", "at least 5 kilograms"),
    ("~10 reps", "about 10 reps"),
    ("≈ 10", "about 10"),
    ("±5", "plus or minus 5"),
    ("#1", "number 1"),
    ("\U0001f600 Great \U0001f4aa\U0001f3fd job \U0001f468\u200d\U0001f469\u200d\U0001f467!", "Great job!"),
    ("Sit → stand", "Sit, stand"),
    ("Hold... and relax…", "Hold ... and relax ..."),
    ("Hold . . . on", "Hold ... on"),
    ("Wait… what?!", "Wait ... what?"),
    ("Go!!!", "Go!"),
    ("Really?!?!", "Really?"),
    ("a — b", "a, b"),
    ("a - b", "a, b"),
    ("a -- b", "a, b"),
    ("word–word", "word-word"),
    ("“Quotes” and ‘single’ it’s", "\"Quotes\" and 'single' it's"),
    ("a\xadb\u200bc", "abc"),
    ("tab\tnew", "tab new"),
    ("secs", "seconds"),
    ("a few secs", "a few seconds"),
    ("one min", "one minute"),
    ("per min", "per minute"),
    ("take a sec.", "take a second"),
    ("vs.", "versus"),
    ("e.g. this", "for example, this"),
    ("i.e. that", "that is, that"),
    ("w/o shoes, w/ socks", "without shoes, with socks"),
    ("2 x 4 x 60", "2 times 4 times 60"),
    ("Push-ups x 10", "Push-ups times 10"),
    ("5x", "5 times"),
    ("2x", "2 times"),
    ("1:2 ratio", "1 to 2 ratio"),
    ("5-10-second hold", "5 to 10-second hold"),
    ("$5-10", "$5 to 10"),
    ("5-5", "5 5"),
    ("1,000 m", "1,000 metres"),
    ("1,000-2,000 steps", "1,000 to 2,000 steps"),
    ("1.5-2 kg", "1.5 to 2 kilograms"),
    ("1-2 min/side", "1 to 2 minutes per side"),
    ("20-30 mins each", "20 to 30 minutes each"),
    ("3-4x10-12", "3 to 4 times 10 to 12"),
]

SAME = [
    "X-ray",
    "T-spine",
    "L4-5",
    "C5-C6",
    "8:30",
    "2024-05-06",
    "06-05-2024",
    "555-1234",
    "555-123-4567",
    "call 0800 123 456",
    "1/2/2024",
    "45°",
    "in your 30s",
    "the 1980s",
    "mid-40s",
    "10+ reps",
    "...",
    "well-known",
    "null x",
    "ÅA é",
    "5 X-rays",
    "Let the heel lead",
    "5'10\"",
    '30" hold',
    "100%",
    "1st 2nd 3rd",
    "5k run",
    "7-day plan",
    "1-on-1",
    "2²",
    "T12-L1",
    "10am-6pm",
    "-5°",
    "20 to 30 seconds",
    "Keep your hip-width stance.",
    "Hello, and welcome.",
    "1 to 2 minutes",
    "(Slowly) roll down; then rest: breathe.",
    "Good morning. 12 minutes for your feet.",
]


@pytest.mark.parametrize(("text", "said"), CHANGED)
def test_written_form_becomes_words(text: str, said: str) -> None:
    assert normalise(text, "en-GB") == said


@pytest.mark.parametrize("text", SAME)
def test_what_is_read_well_stays(text: str) -> None:
    assert normalise(text, "en") == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*Atmen* Sie 20–30 s", "Atmen Sie 20-30 s"),
        ("Close 1/2 &  <b>fertig</b> 💪", "Close 1/2 & fertig"),
        ("Siehe https://example.org/übung.", "Siehe link."),
        ("Schließe\u0308 die Augen … ruhig", "Schließë die Augen ... ruhig"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_other_languages_lose_only_markup(text: str, said: str) -> None:
    assert normalise(text, "sv") == said


MARKS = "0123456789*_-–—…./:,;!?x×&<>[]()#~%°+|'\\ ½¼💪"
WORDS = [
    "1/2",
    "set ",
    "a ",
    "close",
    "use your",
    "wind",
    "live",
    "Pilates",
    "one half",
    "...",
    "e.g.",
    "w/",
    " s",
    "kg",
]
TOKENS = st.sampled_from([text for text, _ in CHANGED] + SAME + list(MARKS) + WORDS)


@given(st.lists(TOKENS, max_size=8).map("".join) | st.text(max_size=40))
@example("1½½")
@example("4-2-")
@example("<b")
@example("a<<b>b>")
@example("*_*_x")
@example(".. . ...")
def test_normalising_twice_is_normalising_once(text: str) -> None:
    for lang in ("en", "de"):
        once = normalise(text, lang)

        assert normalise(once, lang) == once


@given(st.text())
def test_clean_text_is_one_line_without_controls(text: str) -> None:
    cleaned = clean(text)

    assert cleaned == clean(cleaned) == unicodedata.normalize("NFC", cleaned)
    assert not {unicodedata.category(character) for character in cleaned} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hold ... and relax ...", ["Hold", "and relax"]),
        ("... Hold", ["Hold"]),
        ("Hold", ["Hold"]),
        ("Hold ... ! ... on", ["Hold", "on"]),
        ("...", []),
        ("", []),
    ],
)
def test_parts_between_pauses(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("a", True), ("7", True), ("é", True), ("", False), ("…!?", False)])
def test_audible_needs_a_letter_or_digit(text: str, expected: bool) -> None:
    assert audible(text) is expected
