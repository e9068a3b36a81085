"""The bundled routines have not changed unnoticed; after a wanted change: `python -m tests.golden`, review the diff."""

import pytest

from tests import golden
from voicecoach.routine import LEVELS, Level


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", golden.names())
def test_a_bundled_routine_is_as_reviewed(name: str, level: Level) -> None:
    expected = golden.path_of(name, level).read_text(encoding="utf-8")

    assert golden.table(name, level) == expected


def test_no_table_is_left_of_a_routine_that_is_gone() -> None:
    tables = {golden.path_of(name, level) for name in golden.names() for level in LEVELS}

    assert set(golden.FOLDER.glob("*.txt")) == tables
