import pytest

from voicecoach.serve.ranges import Part, part


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (None, Part(0, 1000, whole=True)),
        ("bytes=0-1", Part(0, 2)),
        ("Bytes=0-", Part(0, 1000)),
        ("bytes=990-5000", Part(990, 1000)),
        ("bytes=-10", Part(990, 1000)),
        ("bytes=-5000", Part(0, 1000)),
        ("bytes=999-999", Part(999, 1000)),
        ("bytes=1000-", None),
        ("bytes=-0", None),
        ("bytes=5-2", Part(0, 1000, whole=True)),
        ("bytes=-", Part(0, 1000, whole=True)),
        ("bytes=0-1,5-6", Part(0, 1000, whole=True)),
        ("bytes=a-b", Part(0, 1000, whole=True)),
        ("bytes=٣-٤", Part(0, 1000, whole=True)),
        ("items=0-1", Part(0, 1000, whole=True)),
        ("bytes=0-" + "9" * 5000, Part(0, 1000, whole=True)),
    ],
)
def test_a_range_is_a_part_of_the_file(asked: str | None, found: Part | None) -> None:
    assert part(asked, 1000) == found


def test_an_empty_file_has_no_parts() -> None:
    assert part("bytes=0-", 0) is None
    assert part("bytes=-5", 0) is None
    assert part(None, 0) == Part(0, 0, whole=True)
