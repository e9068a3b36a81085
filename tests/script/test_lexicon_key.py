"""What is said about a `lexicon` that cannot be used."""

from textwrap import dedent

import pytest
from linking import linked, reported

HEAD = "title: T\nstop_if: [pain]\nsteps:\n  - rest: 5s\n"


def lexicon(text: str) -> str:
    return reported("x.coach.yaml", {"x.coach.yaml": HEAD + dedent(text)}, ("error",))


def test_words_are_read_with_their_language() -> None:
    script = HEAD + dedent(
        """\
        lang: de-AT
        lexicon:
          Qigong: tschi gung
          arch  lift: {en: artch lift, en-US: arrch lift, x-why: note}
          "½": halb
        """
    )

    routine = linked("x.coach.yaml", {"x.coach.yaml": script}).routine

    assert routine is not None
    assert routine.lexicon == {
        "de": {"Qigong": "tschi gung", "½": "halb"},
        "en": {"arch lift": "artch lift"},
        "en-us": {"arch lift": "arrch lift"},
    }


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "lexicon: [Kegel, kaygle]\n",
            """\
            x.coach.yaml:5:10: error E019: 'lexicon' takes one word or phrase a line, such as  Kegel: kaygle, not a list
                5 | lexicon: [Kegel, kaygle]
                  |          ^
            """,
        ),
        (
            "lexicon:\n",
            """\
            x.coach.yaml:5:1: error E019: 'lexicon' has no value
                5 | lexicon:
                  | ^^^^^^^
              fix: write a value after the colon, or delete the key
            """,
        ),
        (
            'lexicon:\n  "--": dash\n',
            """\
            x.coach.yaml:6:3: error E069: '--' is no word that can be said
                6 |   "--": dash
                  |   ^^^^
              fix: write one word or phrase a line, such as  Kegel: kaygle
            """,
        ),
        (
            "lexicon:\n  Kegel: kaygle\n  kegel: kehgel\n",
            """\
            x.coach.yaml:7:3: error E008: 'kegel' is given twice: capital and small letters are the same here
                7 |   kegel: kehgel
                  |   ^^^^^
              why: first given in line 6
              fix: delete one of them
            """,
        ),
        (
            'lexicon:\n  Kegel: "..."\n',
            """\
            x.coach.yaml:6:10: error E058: there is nothing to say in '...'
                6 |   Kegel: "..."
                  |          ^^^^^
              fix: write how the word is said, or take it out
            """,
        ),
        (
            "lexicon:\n  Kegel: [kaygle, kehgel]\n",
            """\
            x.coach.yaml:6:10: error E019: 'Kegel' takes how the word is said, such as  kaygle, not a list
                6 |   Kegel: [kaygle, kehgel]
                  |          ^
            """,
        ),
        (
            "lexicon:\n  Kegel: {english: kaygle}\n",
            """\
            x.coach.yaml:6:11: error E019: 'Kegel' takes a spelling, or one by language; 'english' is not a language tag
                6 |   Kegel: {english: kaygle}
                  |           ^^^^^^^
              fix: use tags like en, de, pt-BR
            """,
        ),
        (
            "lexicon:\n  Kegel:\n",
            """\
            x.coach.yaml:6:3: error E019: 'Kegel' has no value
                6 |   Kegel:
                  |   ^^^^^
              fix: write a value after the colon, or delete the key
            """,
        ),
    ],
)
def test_a_mistake_is_told_by_its_place(written: str, message: str) -> None:
    assert lexicon(written) == dedent(message)
