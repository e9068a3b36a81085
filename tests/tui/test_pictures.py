import pytest

from tests.tui.pictures import SCREENS, SIZES, draw, golden


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_looks_as_it_was_approved(screen: str, size: tuple[int, int]) -> None:
    drawn = draw(screen, size)

    assert drawn == golden(screen, size).read_text(encoding="utf-8")
