"""Numbers, units and shorthand written out in languages other than English, as far as doses and lines need it."""

import re
from functools import cache

from voicecoach.speech.tongues import TONGUES, Noun, Tongue

_NUMBER = r"\d+(?:[.,]\d+)?"
_ALONE = r"(?<![\w.:/,-])"
"""Not inside a longer number, time, date, code or word."""

_DECIMAL_POINT = re.compile(r"(?<![\w.,:])(\d+)\.(\d{1,2})(?![\w.,:]\d|\d|\.\s?\d)")
_TIMES = re.compile(r"(?<![\w.])(\d+)\s?[x×]\s?(?=\d)")
_MINUTES_SECONDS = re.compile(r"\b(\d+)\s?m(?:in)?\s?(\d+)\s?s\b")
_MINUTES = re.compile(r"(?<=\d)m\b(?!['-]\w)")
_CHAIN = re.compile(rf"{_ALONE}\d{{1,2}}(?:-\d{{1,2}}){{2,}}(?![\d:/]|-\d|[.,]\d)")
_RANGE = re.compile(rf"{_ALONE}({_NUMBER})\s?-\s?({_NUMBER})(?![\d:/]|[.,]\d|\s?-\s?\d)")
_PART = re.compile(rf"{_ALONE}(\d{{1,3}})/(\d{{1,3}})(?![\w/]|[.,:]\d|-\d)")
_HALF = re.compile(r"(?<![\w/])(?:1/2|½)(?![\w/])")


def foreign(text: str, lang: str) -> str:
    """`text` with shorthand written out in the base language `lang`; as it is if nothing is known of that language."""
    return _rules(lang).apply(text) if lang in TONGUES else text


@cache
def _rules(lang: str) -> "_Rules":
    return _Rules(TONGUES[lang])


class _Rules:
    """The patterns of one language."""

    def __init__(self, tongue: Tongue) -> None:
        self.tongue = tongue
        self.units = {short: noun for shorts, noun in tongue.units.items() for short in shorts.split()}
        self.unit = "|".join(sorted(map(re.escape, self.units), key=len, reverse=True))
        self.genders = {word: noun[2] for noun in (*tongue.units.values(), *tongue.nouns) for word in noun[:2]}
        words = "|".join(sorted(self.genders, key=len, reverse=True))
        self.counted = re.compile(rf"(?<![\w.,:/-])(\d{{1,2}})\s(?=({words})\b)")
        self.amount = re.compile(rf"(?<![\w.,-])({_NUMBER})\s?({self.unit})\b(?:\.(?=\s+[a-z0-9]|[,;:)]))?(?!['-]\w)")
        self.unit_before_dash = re.compile(
            rf"({_NUMBER})\s?({self.unit}|%|°)\s?-\s?(?={_NUMBER}\s?(?:{self.unit}|%|°)(?!\w))"
        )
        shorts = "|".join(re.escape(short) for short in tongue.shorthand if short != "&")
        self.shorts = {short.casefold(): said for short, said in tongue.shorthand.items()}
        self.shorthand = re.compile(rf"(?<!\w)(?:{shorts})(?=\s|$|[,;:)])", re.IGNORECASE)

    def apply(self, text: str) -> str:
        tongue = self.tongue
        text = self.shorthand.sub(self._short, text)
        text = re.sub(r"\s*&(?:amp;)?\s*", f" {tongue.shorthand['&']} ", text)
        text = re.sub(r"(?:~|≈)\s?(?=\d)", f"{tongue.about} ", text)
        text = re.sub(r"(?:≥|>=)\s?(?=\d)", f" {tongue.at_least} ", text)
        text = re.sub(r"(?:≤|<=)\s?(?=\d)", f" {tongue.at_most} ", text)
        text = _DECIMAL_POINT.sub(r"\1,\2", text)
        text = _TIMES.sub(rf"\1 {tongue.times} ", text)
        text = _MINUTES_SECONDS.sub(r"\1 min \2 s", text)
        text = _MINUTES.sub(" min", text)
        text = self.unit_before_dash.sub(rf"\1 \2 {tongue.to} ", text)
        text = _CHAIN.sub(lambda match: match[0].replace("-", " "), text)
        text = _RANGE.sub(self._range, text)
        text = _HALF.sub(tongue.half, text)
        text = _PART.sub(self._part, text)
        text = self.amount.sub(self._amount, text)
        text = self.counted.sub(self._gendered, text)
        return " ".join(text.split())

    def _short(self, match: re.Match[str]) -> str:
        said = self.shorts[match[0].casefold()]
        return said[0].upper() + said[1:] if match[0][0].isupper() else said

    def _range(self, match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        if any(len(number) > 1 and number[0] == "0" and number[1].isdigit() for number in (first, second)):
            return match[0]
        return f"{first} {self.tongue.to if _value(first) < _value(second) else ''} {second}"

    def _part(self, match: re.Match[str]) -> str:
        return f"{match[1]} {self.tongue.of} {match[2]}" if int(match[1]) <= int(match[2]) else match[0]

    def _amount(self, match: re.Match[str]) -> str:
        noun: Noun = self.units[match[2]]
        return f"{match[1]} {noun[0] if match[1] == '1' else noun[1]}"

    def _gendered(self, match: re.Match[str]) -> str:
        """The number as it is said before a noun of that gender; most stay digits."""
        number, gender = match[1], self.genders[match[2]]
        if number == "1" and gender in self.tongue.one:
            said = self.tongue.one[gender]
            return said if said.endswith("'") else f"{said} "
        last = self.tongue.counted.get(number[-1], {}).get(gender[0])
        if last is None:
            return match[0]
        if len(number) == 1:
            return f"{last} "
        tens = self.tongue.tens.get(number[0])
        return match[0] if tens is None else _accented(f"{tens}{last}") + " "


def _accented(number: str) -> str:
    """Spanish `veintiún` alone has an accent."""
    return "veintiún" if number == "veintiun" else number


def _value(number: str) -> float:
    return float(number.replace(",", "."))
