"""A file of translations: its nodes to what it says for each text, or every Problem (language.md C.12)."""

from collections.abc import Sequence

from voicecoach.languages import base
from voicecoach.routine import WayWords
from voicecoach.script import fields, keys
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar
from voicecoach.script.nodes import Sequence as List
from voicecoach.script.places import TOP, Path, spelled, text_keys, words_of
from voicecoach.script.records import record_above
from voicecoach.script.scope import Scope, skipped
from voicecoach.script.translation import Entry, Translation


def take_in(translation: Translation, scope: Scope, top: Mapping, text: str) -> None:
    """Reads the file into `translation`; `scope` is the file's own, `text` its source."""
    _Reader(translation, scope, text.split("\n")).top(top)


class _Reader:
    def __init__(self, translation: Translation, scope: Scope, lines: Sequence[str]) -> None:
        self.translation = translation
        self.scope = scope
        self.lines = lines
        self.tag = base(translation.source)

    def top(self, top: Mapping) -> None:
        given = self.scope.known(top, "translation", "translation")
        for name, (_, key, value) in given.items():
            if isinstance(value, Broken) or (isinstance(value, Scalar) and value.empty):
                continue
            match name:
                case "translates":
                    self._translates(key, value)
                case "lang":
                    self._lang(key, value)
                case "exercises" | "phrases" | "axes":
                    self._group(name, key, value)
                case "texts":
                    self._texts(key, value)
                case _ if name in TOP:
                    self._words((name,), key, value)

    # ---- what it belongs to

    def _translates(self, key: Scalar, value: Node) -> None:
        written = fields.line(self.scope, key, value)
        own = self.translation.name.removesuffix(f".{self.translation.lang}.coach-text.yaml").rpartition("/")[2]
        own = own.removeprefix("voicecoach:")
        if written and written.rpartition("/")[2].partition(".")[0] != own.partition(".")[0]:
            what = f"'translates: {written[:60]}' does not fit the name of this file"
            fix = f"write  translates: {own}.coach.yaml  or give the file the other script's name"
            self.scope.problems.error("E068", value.span, what, fix=fix)

    def _lang(self, key: Scalar, value: Node) -> None:
        written, own = fields.line(self.scope, key, value), self.translation.lang
        if written and written.lower() != own.lower():
            what = f"'lang: {written[:20]}' does not fit the name of this file, which says {own}"
            self.scope.problems.error("E068", value.span, what, fix=f"write  lang: {own}  or rename the file")

    # ---- texts with an id

    def _group(self, name: str, key: Scalar, value: Node) -> None:
        if not isinstance(value, Mapping):
            self.scope.shape(key, value, "a map")
            return
        if name == "phrases":
            for line, (_, one, words) in self.scope.known(value, "phrases", "phrases").items():
                self._words(("phrases", line), one, words)
            return
        for one, inner in value.pairs:
            if skipped(one.text):
                continue
            if isinstance(inner, Mapping):
                if name == "axes":
                    self._axis(one, inner)
                else:
                    self._exercise(("exercises", one.text), inner)
            elif not isinstance(inner, Broken) and not (isinstance(inner, Scalar) and inner.empty):
                self.scope.shape(one, inner, "a map")

    def _exercise(self, path: Path, node: Mapping) -> None:
        texts, rows = text_keys("exercise"), keys.keys_of("exercise")
        for key, value in node.pairs:
            if key.text in texts:
                self._words((*path, key.text), key, value)
            elif key.text == "cues" and isinstance(value, Mapping):
                for time, words in value.pairs:
                    self._words((*path, "cues", spelled(time.text)), time, words_of(words))
            elif key.text == "stages" and isinstance(value, Mapping):
                for stage, inner in value.pairs:
                    if isinstance(inner, Mapping):
                        self._exercise((*path, "stages", stage.text), inner)
                    elif not isinstance(inner, Scalar | Broken) or (isinstance(inner, Scalar) and not inner.empty):
                        self.scope.shape(stage, inner, "the texts of a stage, such as  how: ...")
            elif key.text in ("cues", "stages"):
                if not isinstance(value, Broken) and not (isinstance(value, Scalar) and value.empty):
                    self.scope.shape(key, value, "a map")
            elif key.text in rows and rows[key.text].takes != "note":
                self.scope.problems.error(
                    "E067",
                    key.span,
                    f"'{key.text}' is no text, and a translation changes nothing else",
                    fix=f"change it in the script, or delete it here; texts are {', '.join((*sorted(texts), 'cues'))}",
                )
            elif not skipped(key.text):
                self.scope.unknown_key(key, "translation of an exercise", {name: rows[name] for name in texts})

    def _words(self, path: Path, key: Scalar, value: Node) -> None:
        if skipped(key.text):
            return
        lines = self._lines(key, value)
        record = record_above(self.lines, key.span.line, self.tag)
        self.translation.by_path[path] = Entry(lines, key.span, key.text, record.source, record.was)

    def _lines(self, key: Scalar, value: Node) -> tuple[str, ...]:
        if isinstance(value, Scalar) and value.empty:
            return ()
        return fields.plain_lines(self.scope, key, value)

    # ---- texts without an id

    def _texts(self, key: Scalar, value: Node) -> None:
        if not isinstance(value, List):
            self.scope.shape(key, value, "a list of pairs, such as  - {en: Breathe, de: Atme}")
            return
        for item in value.items:
            if isinstance(item, Mapping):
                self._pair(item)
            elif not isinstance(item, Broken):
                self.scope.shape(key, item, "pairs, such as  - {en: Breathe, de: Atme}")

    def _pair(self, pair: Mapping) -> None:
        source, own = self._tags()
        said: Node | None = None
        words: Node | None = None
        for key, value in pair.pairs:
            if key.text in source:
                said = value
            elif key.text in own:
                words = value
            elif not skipped(key.text):
                what = f"unknown key '{key.text[:40]}' in texts"
                fix = f"a pair has the words of the script under {source[0]}: and yours under {own[0]}:"
                self.scope.problems.error("E011", key.span, what, fix=fix)
        key = pair.pairs[0][0]
        if said is None or not isinstance(said, Scalar) or not said.text.strip():
            if said is None or isinstance(said, Scalar):
                what = f"this pair does not say which words it translates: '{source[0]}' is missing"
                self.scope.problems.error("E018", key.span, what, fix=f"add  {source[0]}: the words of the script")
            else:
                self.scope.shape(key, said, "one line of the script")
            return
        line = " ".join(said.text.split())
        if line in self.translation.by_line:
            first = self.translation.by_line[line].span
            what = "these words are translated twice"
            why = f"first at {first.file}:{first.line}:{first.col}"
            self.scope.problems.error("E008", key.span, what, why=why, fix="keep one of them")
            return
        lines = () if words is None else self._lines(key, words)
        record = record_above(self.lines, key.span.line, self.tag)
        self.translation.by_line[line] = Entry(lines, key.span, was=record.was)

    def _tags(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """How a pair may name the script's language and its own: by the base unless that is one for both."""
        source, own = self.translation.source, self.translation.lang
        if base(source) == base(own):
            return (source,), (own,)
        return tuple(dict.fromkeys((base(source), source))), tuple(dict.fromkeys((own, base(own))))

    # ---- ways

    def _axis(self, axis: Scalar, node: Mapping) -> None:
        words: dict[str, WayWords] = {}
        for way, value in node.pairs:
            if skipped(way.text):
                continue
            name = " ".join(way.text.split())
            self.translation.axis_spans[axis.text, name] = way.span
            found = self._way(way, value)
            if found is not None:
                words[name] = found
        self.translation.axes[axis.text] = words

    def _way(self, way: Scalar, value: Node) -> WayWords | None:
        if isinstance(value, Scalar) and value.empty:
            return None
        if not isinstance(value, Mapping):
            said = fields.line(self.scope, way, value)
            return WayWords(said) if said else None
        given = self.scope.known(value, "way", "way")
        forms = {name: fields.line(self.scope, key, inner) or "" for name, (_, key, inner) in given.items()}
        if not forms.get("name"):
            if not value.damaged:
                what = f"'{way.text[:40]}' has no 'name'"
                self.scope.problems.error("E018", way.span, what, fix="add  name: the form it has on its own")
            return None
        return WayWords(**forms)
