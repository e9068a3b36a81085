from voicecoach.export.delayed import delayed
from voicecoach.export.labels import Labels, Line, Passage, Word
from voicecoach.export.tags import Tags
from voicecoach.timeline import Chapter

LABELS = Labels(
    Tags("T"),
    (Chapter("One", 0, 4_000), Chapter("Two", 4_000, 9_000)),
    lines=(Line(0, 500, "Hello there", (Word(0, 200, "Hello"), Word(200, 500, "there"))), Line(4_000, 4_500, "Next")),
    passages=(Passage(0, 4_000, "listen", "One", "", (), ""), Passage(4_000, 9_000, "hold", "Two", "", (), "")),
)


def test_everything_moves_and_the_first_chapter_begins_at_0_all_the_same() -> None:
    late = delayed(LABELS, 1_000)

    assert late.chapters == (Chapter("One", 0, 5_000), Chapter("Two", 5_000, 10_000))
    assert late.lines == (
        Line(1_000, 1_500, "Hello there", (Word(1_000, 1_200, "Hello"), Word(1_200, 1_500, "there"))),
        Line(5_000, 5_500, "Next"),
    )
    assert [(one.start, one.until) for one in late.passages] == [(0, 5_000), (5_000, 10_000)]
    assert late.tags == LABELS.tags


def test_no_delay_changes_nothing() -> None:
    assert delayed(LABELS, 0) == LABELS
