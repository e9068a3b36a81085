"""The key `lexicon`: words, and how they are spelled for the ear, by language."""

from voicecoach.script.fields import is_language
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar
from voicecoach.script.scope import Scope, skipped
from voicecoach.source import Span

_FORM = "one word or phrase a line, such as  Kegel: kaygle"


def lexicon(scope: Scope, key: Scalar, node: Node) -> dict[str, dict[str, str]]:
    """Spellings by language tag in small letters, and in each by the word as it is written.

    A spelling without a language is for the language of the file, in all of its countries.
    """
    node = scope.given(node)
    if not isinstance(node, Mapping):
        if isinstance(node, Scalar) and node.empty:
            scope.empty(key)
        elif not isinstance(node, Broken):
            scope.shape(key, node, _FORM)
        return {}
    found: dict[str, dict[str, str]] = {}
    places: dict[str, Span] = {}
    for word, value in node.pairs:
        if not _is_word(scope, word) or not _is_new(scope, word, places):
            continue
        for tag, spelling in _spellings(scope, word, value).items():
            found.setdefault(tag, {})[" ".join(word.text.split())] = spelling
    return found


def can_be_said(words: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(character.isalnum() for character in words)


def _is_word(scope: Scope, word: Scalar) -> bool:
    if can_be_said(word.text):
        return True
    what = f"'{word.text[:40]}' is no word that can be said"
    scope.problems.error("E069", word.span, what, fix=f"write {_FORM}")
    return False


def _is_new(scope: Scope, word: Scalar, places: dict[str, Span]) -> bool:
    folded = " ".join(word.text.casefold().split())
    before = places.setdefault(folded, word.span)
    if before == word.span:
        return True
    what = f"'{word.text[:40]}' is given twice: capital and small letters are the same here"
    scope.problems.error("E008", word.span, what, why=f"first given in line {before.line}", fix="delete one of them")
    return False


def _spellings(scope: Scope, word: Scalar, value: Node) -> dict[str, str]:
    """Each spelling of one word, by language."""
    if not isinstance(value, Mapping):
        spelling = _spelling(scope, word, value)
        return {scope.lang.partition("-")[0].lower(): spelling} if spelling else {}
    found: dict[str, str] = {}
    for tag, inner in value.pairs:
        if skipped(tag.text):
            continue
        if not is_language(tag.text):
            what = f"'{word.text[:40]}' takes a spelling, or one by language; '{tag.text[:40]}' is not a language tag"
            scope.problems.error("E019", tag.span, what, fix="use tags like en, de, pt-BR")
        elif spelling := _spelling(scope, word, inner):
            found[tag.text.lower()] = spelling
    if not value.pairs:
        scope.empty(word)
    return found


def _spelling(scope: Scope, word: Scalar, node: Node) -> str:
    """The spelling; empty after a Problem."""
    if not isinstance(node, Scalar):
        if not isinstance(node, Broken):
            scope.shape(word, node, "how the word is said, such as  kaygle")
        return ""
    spelling = " ".join(node.text.split())
    if not spelling:
        scope.empty(word)
    elif not can_be_said(spelling):
        what = f"there is nothing to say in '{spelling[:40]}'"
        scope.problems.error("E058", node.span, what, fix="write how the word is said, or take it out")
        return ""
    return spelling
