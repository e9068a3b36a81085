"""From the international phonetic alphabet, as espeak-ng writes English in it, to the phones of the acoustic model.

The model knows the 39 phones of ARPAbet as they are spoken in America. Where a British vowel has
none of its own the nearest is taken; that is near enough to find a word, not to judge an accent.
"""

import unicodedata

_PHONES = {
    # vowels of two parts, and those that end in an r
    "aɪə": "AY AH", "aʊə": "AW AH", "aɪɚ": "AY ER", "aʊɚ": "AW ER",
    "eɪ": "EY", "aɪ": "AY", "ɔɪ": "OY", "aʊ": "AW", "əʊ": "OW", "oʊ": "OW", "oː": "AO",
    "ɪə": "IH AH", "iə": "IH AH", "eə": "EH AH", "ɛə": "EH AH", "ʊə": "UH AH", "ʌɪ": "AY",
    # vowels
    "iː": "IY", "i": "IY", "ɪ": "IH", "ᵻ": "IH", "ɨ": "IH", "ɛ": "EH", "e": "EH", "æ": "AE", "a": "AE",
    "aː": "AA", "ɑː": "AA", "ɑ": "AA", "ɑ̃": "AA", "ɒ": "AA", "ɔː": "AO", "ɔ": "AO", "o": "OW",
    "ʊ": "UH", "uː": "UW", "u": "UW", "ʉ": "UW", "ʌ": "AH", "ɐ": "AH", "ə": "AH", "ɜː": "ER", "ɜ": "ER", "ɚ": "ER",
    # consonants
    "tʃ": "CH", "dʒ": "JH", "p": "P", "b": "B", "t": "T", "d": "D", "k": "K", "ɡ": "G", "g": "G",
    "f": "F", "v": "V", "θ": "TH", "ð": "DH", "s": "S", "z": "Z", "ʃ": "SH", "ʒ": "ZH", "h": "HH", "x": "K",
    "m": "M", "n": "N", "ŋ": "NG", "l": "L", "ɬ": "L", "ɫ": "L", "r": "R", "ɹ": "R", "ɾ": "D", "ʔ": "T",
    "j": "Y", "w": "W", "ʍ": "W", "ç": "HH", "q": "K", "c": "K", "y": "UW", "ø": "ER", "œ": "ER",
    # consonants that are a syllable
    "n̩": "AH N", "l̩": "AH L", "m̩": "AH M",
}  # fmt: skip
_LONGEST = max(map(len, _PHONES))
_SYMBOLS = {unicodedata.normalize("NFC", symbols): phones for symbols, phones in _PHONES.items()}


def phones(ipa: str) -> str:
    """ARPAbet phones separated by spaces; stress, length and what the table has no phone for are left out."""
    text = unicodedata.normalize("NFC", ipa)
    found: list[str] = []
    at = 0
    while at < len(text):
        size = next((size for size in range(_LONGEST, 0, -1) if text[at : at + size] in _SYMBOLS), 0)
        if size:
            found.append(_SYMBOLS[text[at : at + size]])
        at += size or 1
    return " ".join(found)
