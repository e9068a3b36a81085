"""Numbers, plurals and lists by the rules of the Unicode locale data; the one home of Babel.

Its tables are read once a language, and the same release always says the same.
"""

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal


class Rules:
    """The rules of one language, named by its tag."""

    def __init__(self, tag: str) -> None:
        self._locale = Locale.parse(tag)

    def plural(self, thousandths: int) -> str:
        """The plural category of a number: `one`, `other` and the like."""
        whole, rest = divmod(thousandths, 1000)
        number: int | float = thousandths / 1000 if rest else whole
        return self._locale.plural_form(number)

    def number(self, thousandths: int) -> str:
        """A number in digits, with the language's own decimal mark and no mark for thousands."""
        return format_decimal(thousandths / 1000, format="0.###", locale=self._locale)

    def either(self, items: tuple[str, ...]) -> str:
        """`a, b or c` in the language."""
        return format_list(items, "or", self._locale)

    def both(self, items: tuple[str, ...]) -> str:
        """`a, b and c` in the language."""
        return format_list(items, "standard", self._locale)
