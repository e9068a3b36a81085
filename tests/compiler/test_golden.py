"""The bundled routines have not changed unnoticed; after a wanted change: `python -m tests.golden`, review the diff."""

import pytest

from tests import golden
from voicecoach.routine import Level


@pytest.mark.parametrize(("name", "level", "lang"), golden.tables())
def test_a_bundled_routine_is_as_reviewed(name: str, level: Level, lang: str) -> None:
    expected = golden.path_of(name, level, lang).read_text(encoding="utf-8")

    assert golden.table(name, level, lang) == expected


def test_no_table_is_left_of_a_routine_that_is_gone() -> None:
    tables = {golden.path_of(*one) for one in golden.tables()}

    assert set(golden.FOLDER.glob("*.txt")) == tables
