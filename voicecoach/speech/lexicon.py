"""Words that a speech engine would say wrongly in a coach's mouth, and spellings it says rightly.

Each spelling was read back as phonemes from the bundled engine, in the British and the American
voice; the tests do it again.
"""

import re

_ACT = "your|the|my|our|his|her|its|their|both|one|all|each|it|them|that|this|these|those|a|an|any|only"
"""What follows a verb and hardly ever an adjective."""

_VERB_BEFORE = "to|can|could|should|will|may|must|might|do|don't|not|and|then|or|you|we|they|I|please|now|just|let's"
_MANNER = "slowly|gently|softly|slightly|lightly|fully|also|always|never|open and|open or|open, then|open then"

_CONTEXTS: tuple[tuple[str, str], ...] = (
    # close: the verb is klohz, the adjective klohss
    (rf"\bclose(?=\s(?:{_ACT}|eyes|hands?|fists?|off|down)\b)", "cloze"),
    (rf"(?<=\b)(?<![-\w])((?:{_MANNER})\s)close(?!\s(?:to|together|by|behind|in)\b)(?!-)\b", r"\1cloze"),
    (r"(?:^|(?<=[.!?:]\s))close(?=\s*(?:$|[.,!?;:]))", "cloze"),
    # use: the verb is yooz, the noun yooss
    (rf"\b(?<!of\s)(?<!in\s)(?<!the\s)(?<!no\s)use(?=\s(?:{_ACT}|two|three|as|small|light|slow|no)\b)", "yooz"),
    (rf"(?<![-\w])((?:{_VERB_BEFORE})\s)use\b(?!-)", r"\1yooz"),
    # wind: what is wound is wined, what blows is not
    (rf"(?<!the\s)\bwind(?=\s(?:down|up|back|round|around|in|out|{_ACT})\b)", "wined"),
    (r"\bwind(?=[\s-](?:down|up)\b)", "wined"),
    # live: the verb
    (r"\b((?:to|you|we|they|I|who|people)\s)live\b", r"\1liv"),
    (r"\blive(?=\s(?:longer|well|with|without|in|at|on|your|a)\b)", "liv"),
    # tear: an injury, not of the eye
    (r"\btear\b(?!\s(?:ducts?|drops?|gas)\b)", "tair"),
    # bow: the body bends; the weapon and the yoga pose do not
    (r"\bbow(?=\s(?:forwards?|down|your|the head|from|at|to|slightly|gently|deeply|and|over|low)\b)", "bough"),
)

_WORDS = {
    "ACL": "A C L",
    "AMRAP": "am rap",
    "coccyx": "cocksix",
    "COPD": "C O P D",
    "EMOM": "E mom",
    "HIIT": "hit",
    "ITB": "I T B",
    "Kegel": "kaygle",
    "Kegels": "kaygles",
    "meniscus": "min-iscus",
    "namaste": "namastay",
    "patella": "pattella",
    "Pilates": "pillahteez",
    "pranayama": "prahna yahma",
    "pronate": "prohnate",
    "qi": "chee",
    "qigong": "chee gong",
    "quadriceps": "quodrisseps",
    "sciatic": "sighatic",
    "sciatica": "sighatica",
    "ujjayi": "oo jai ee",
    "vagus": "vaygus",
}
_KEYS = {word.casefold(): word for word in _WORDS}
_ANY_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b", re.IGNORECASE)
_RULES = tuple((re.compile(pattern, re.IGNORECASE), spelling) for pattern, spelling in _CONTEXTS)


def respelled(text: str) -> str:
    """English `text` with such words respelled, where they stand as the listener means them."""
    for pattern, spelling in _RULES:
        text = pattern.sub(lambda match, spelling=spelling: _cased(match, spelling), text)  # type: ignore[misc]
    return _ANY_WORD.sub(lambda match: _WORDS[_KEYS[match[0].casefold()]], text)


def _cased(match: re.Match[str], spelling: str) -> str:
    result = match.expand(spelling)
    return result[0].upper() + result[1:] if match[0][0].isupper() else result
