"""Numbers, units and shorthand written out in English."""

import re
from collections.abc import Callable
from typing import TypeAlias

Rule: TypeAlias = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_UNITS = (
    ("s sec secs", "second", "seconds"),
    ("min mins", "minute", "minutes"),
    ("h hr hrs", "hour", "hours"),
    ("g", "gram", "grams"),
    ("kg kgs", "kilogram", "kilograms"),
    ("lb lbs", "pound", "pounds"),
    ("mm", "millimetre", "millimetres"),
    ("cm", "centimetre", "centimetres"),
    ("m", "metre", "metres"),
    ("km", "kilometre", "kilometres"),
    ("ft", "foot", "feet"),
    ("ml", "millilitre", "millilitres"),
    ("deg degs", "degree", "degrees"),
    ("bpm", "beat per minute", "beats per minute"),
    ("rpm", "turn per minute", "turns per minute"),
    ("mph", "mile per hour", "miles per hour"),
    ("kph", "kilometre per hour", "kilometres per hour"),
)
_NAMES = {short: (one, many) for shorts, one, many in _UNITS for short in shorts.split()}
_LONG = {one: (one, many) for _, one, many in _UNITS} | {many: (one, many) for _, one, many in _UNITS}
_UNIT = "|".join(
    sorted((rf"(?i:{short})" if len(short) > 1 else short for short in _NAMES), key=lambda pattern: -len(pattern))
)
"""Single letters only as they are written, in small letters."""

_NUMBER = r"\d+(?:[.,]\d+)*"
_PERIOD = "second|minute|hour|day|night|week|month|year|rep|set|round|side|leg|arm|foot|hand|mile|km|kilometre"
_COUNTED = "set|round|rep|step|day|week|part|stage|exercise|level|circuit|lap|phase|block|minute"
_DENOMINATORS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth"}
_NUMERATORS = ("", "one", "two", "three", "four", "five", "six", "seven")
_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5",
    "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip
_WORK = "hold|plank|rest|break|pause|walk|run|jog|sprint|stretch|interval|session|set|round|warm-up|cool-down|wall sit"
"""What a length stands before as an adjective: a `30-second hold`."""
_WAY = "walk|run|jog|sprint|swim|row|dash|lap|shuttle|carry|crawl|away|apart|from|in front|behind|high|tall|wide"
_GOING = "walk|run|jog|sprint|swim|row|crawl|step"
_AGE = re.compile(r"\b(?:(?:in|into)\s(?:your|my|our|his|her|their|the)|early|mid|late)[\s-]$", re.IGNORECASE)
_FEW = (
    "a|an|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|sixty|few|more|last|per|half a"
)


def english(text: str) -> str:
    """`text` with shorthand written out; what is read well as it stands stays, e.g. 45°, 1st, 8:30, X-ray."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _vulgar(match: re.Match[str]) -> str:
    return f"{match[1]} {_VULGAR[match[2]]}".lstrip() + (" " if match[3] else "")


def _range(match: re.Match[str]) -> str:
    """`20-30` to `20 to 30`; downwards or even it is a pattern such as `4-2`; else left alone."""
    first, second = match["first"], match["second"]
    if _has_code_zero(first) or _has_code_zero(second):
        return match[0]
    if _value(first) < _value(second):
        if len(first) == 3 and len(second) == 4 and not (first[-1] == second[-1] == "0"):
            return match[0]
        return f"{first} to {second}"
    return f"{first} {second}" if "-" in match[0].split() or max(len(first), len(second)) <= 2 else match[0]


def _chain(match: re.Match[str]) -> str:
    """`4-7-8` to `4 7 8`, but no date and no telephone number."""
    numbers = re.split(r"\s*-\s*", match[0])
    return match[0] if any(map(_has_code_zero, numbers)) else " ".join(numbers)


def _has_code_zero(number: str) -> bool:
    return len(number) > 1 and number[0] == "0" and number[1].isdigit()


def _value(number: str) -> float:
    return float(re.sub(r",(?=\d{3}(?!\d))", "", number).replace(",", "."))


def _fraction(match: re.Match[str]) -> str:
    whole, above, below, unit = match["whole"], int(match["above"]), int(match["below"]), match["unit"]
    one, many = _names(unit) if unit else ("", "")
    rest = f" {one}" if unit else ""
    if 0 < above < below and below in _DENOMINATORS and above < len(_NUMERATORS):
        name = _DENOMINATORS[below]
        if whole:
            share = f"a {name}" if above == 1 else _share(above, name)
            return f"{whole} and {share}" + (f" {many}" if unit else "")
        if not unit:
            return _share(above, name)
        article = "an" if one == "hour" else "a"
        return f"half {article} {one}" if below == 2 else f"{_share(above, name)} of {article} {one}"
    before = f"{whole} " if whole else ""
    if below in {10, 100} or above == below:
        return f"{before}{above} out of {below}{rest}"
    if above > below >= 30:
        return f"{before}{above} over {below}{rest}"
    if above > below:
        return f"{before}{above} {below}{rest}"
    return match[0]


def _share(above: int, name: str) -> str:
    if above == 1:
        return f"one {name}"
    return f"{_NUMERATORS[above]} {'halves' if name == 'half' else name + 's'}"


def _names(unit: str) -> tuple[str, str]:
    return _NAMES.get(unit) or _NAMES.get(unit.lower()) or _LONG[unit.lower()]


def _unit(match: re.Match[str]) -> str:
    number, gap, unit = match["number"], match["gap"], match["unit"]
    if unit == "s" and not gap and _is_decade(number, match.string[: match.start()]):
        return match[0]
    one, many = _names(unit)
    if gap == "-":
        return f"{number}-{one}"
    return f"{number} {one if number == '1' else many}"


def _is_decade(number: str, before: str) -> bool:
    if len(number) == 4:
        return number.endswith("0")
    return bool(re.fullmatch(r"[1-9]0", number) and _AGE.search(before))


def _modifier(match: re.Match[str]) -> str:
    return f"{match['article']}{match['number']}-{_names(match['unit'])[0]}"


def _word_unit(match: re.Match[str]) -> str:
    one, many = _names(match[2])
    return f"{match[1]} {one if match[1].lower() in {'a', 'an', 'one', 'last', 'per', 'half a'} else many}"


def _per(match: re.Match[str]) -> str:
    period = match["period"] or {"wk": "week"}.get(match["unit"].lower()) or _names(match["unit"])[0]
    return f" per {period}"


def _rule(pattern: str, replacement: str | Callable[[re.Match[str]], str], flags: int = re.IGNORECASE) -> Rule:
    return re.compile(pattern, flags), replacement


_ALONE = r"(?<![\w.:/,-])"
"""Not inside a longer number, time, date, code or word."""

_RULES: tuple[Rule, ...] = (
    # shorthand
    _rule(r"\be\.\s?g\.,?(?=\s|$)|\beg\.(?=\s)", "for example,"),
    _rule(r"\bi\.\s?e\.,?(?=\s|$)", "that is,"),
    _rule(r"\bvs\b\.?", "versus"),
    _rule(r"\bapprox\b\.?", "approximately"),
    _rule(r"\bw/o(?=\s)", "without"),
    _rule(r"\bw/(?=\s?\w)\s?", "with "),
    _rule(r"\s*&(?:amp;)?\s*", " and "),
    _rule(r"(?<!\d)(?<!\d[\s-])\bmins\b", "minutes"),
    _rule(r"(?<!\d)(?<!\d[\s-])\bsecs\b", "seconds"),
    _rule(r"(?<!\d)(?<!\d[\s-])\bhrs\b", "hours"),
    _rule(rf"\b({_FEW})\s(sec|min|hr)\b\.?(?=\s[a-z]|[^\w\s]|$)", _word_unit),
    # comparisons
    _rule(r"(?:~|≈)\s?(?=\d)", "about "),
    _rule(r"(?:≥|>=|=>)\s?(?=\d)", " at least "),
    _rule(r"(?:≤|<=|=<)\s?(?=\d)", " at most "),
    _rule(r"<\s?(?=\d)", " less than "),
    _rule(r">\s?(?=\d)", " more than "),
    _rule(r"[<>]+", " "),
    _rule(r"\s*±\s*(?=\d)", " plus or minus "),
    _rule(r"#(?=\d)", "number "),
    _rule(r"\s?°\s?C\b", " degrees Celsius", 0),
    _rule(r"\s?°\s?F\b", " degrees Fahrenheit", 0),
    # so many times
    _rule(r"(?<![\w.])(\d+)\s?[x×]\s?(?=\d)", r"\1 times "),
    _rule(r"(?<=\d)\s?[x×](?![\w-])", " times"),
    _rule(r"(?<![\w.-])[x×]\s?(?=\d)", "times "),
    # lengths of two units
    _rule(r"\b(\d+)\s?m(?:ins?|inutes?)?\s?(\d+)\s?s(?:ecs?|econds?)?\b", r"\1 min \2 s", 0),
    _rule(r"\b(\d+)\s?h(?:rs?|ours?)?\s?(\d+)\s?m(?:ins?|inutes?)?\b", r"\1 h \2 min", 0),
    # ranges and patterns
    _rule(rf"({_NUMBER})\s?({_UNIT}|%|°)\s?-\s?(?={_NUMBER}\s?(?:{_UNIT}|%|°)(?!\w))", r"\1\2 to ", 0),
    _rule(r"(?<![\w:])(\d{1,2}:\d\d)\s?-\s?(?=\d{1,2}:\d\d(?![\d:]))", r"\1 to "),
    _rule(rf"\b({_COUNTED})(\s\d+)\s-\s(?=\d)", r"\1\2, "),
    _rule(rf"{_ALONE}\d{{1,2}}(?:-\d{{1,2}}){{2,}}(?![\d:/]|-\d|[.,]\d)", _chain),
    _rule(rf"{_ALONE}(?P<first>{_NUMBER})(?:-|\s-\s)(?P<second>{_NUMBER})(?![\d:/]|[.,]\d|\s?-\s?\d)", _range),
    _rule(r"(?<![\w:.])(\d{1,2}):(\d)(?![\d:])", r"\1 to \2"),
    # fractions
    _rule(rf"(\d?)([{''.join(_VULGAR)}])(?=(\w?))", _vulgar),
    _rule(rf"\b({_COUNTED})(\s\d+)\s?/\s?(?=\d)(?!\d+/)", r"\1\2 of "),
    _rule(
        rf"{_ALONE}(?:(?P<whole>\d+)\s)?(?P<above>\d{{1,3}})/(?P<below>\d{{1,3}})(?!\w|/|[.:,]\d|-\d)"
        rf"(?:[\s-]?(?P<unit>{_UNIT}|{'|'.join(_LONG)})\b(?!/))?",
        _fraction,
        0,
    ),
    _rule(r"\b(an?|the|your|each|another|this) one (half|third|quarter)\b", r"\1 \2"),
    _rule(r"\bone half(?=-|\s(?:an?|of|the|your|way)\b)", "half"),
    _rule(r"\bOne half(?=-|\s(?:an?|of|the|your|way)\b)", "Half", 0),
    # `2m` is minutes, as in a script's lengths, unless the words around it are of a way; `2 m` is metres
    _rule(rf"(?<=\d)m(?=\s(?:{_WAY})\b|/s\b)", " m", 0),
    _rule(rf"(\b(?:{_GOING})\s(?:about\s|another\s)?{_NUMBER}(?:\sto\s{_NUMBER})?)m\b", r"\1 m"),
    _rule(r"(?<=\d)m\b(?!['-]\w)", " min", 0),
    # units
    _rule(rf"(?P<article>)(?<![\w.,-])(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})(?=\s(?:{_WORK})\b)", _modifier, 0),
    _rule(
        rf"(?P<article>\b[Aa]n?\s)(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})(?=\s[a-z])(?!\s(?:and|or|to)\b)",
        _modifier,
        0,
    ),
    _rule(
        rf"(?<![\w.,-])(?P<number>{_NUMBER})(?P<gap>\s?|-)(?P<unit>{_UNIT})\b(?:\.(?=\s+[a-z0-9]))?(?!['-]\w)",
        _unit,
        0,
    ),
    _rule(rf"(?<=[a-z])\s?/\s?(?:(?P<period>{_PERIOD})s?|(?P<unit>sec|min|hr|h|s|wk))\b", _per),
    _rule(r"(?<=[^\W\d_]{2})\s?/\s?(?=[^\W\d_]{2})", " or "),
    _rule(r"\band or or\b", "and or"),
)
