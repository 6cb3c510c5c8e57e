"""An ontology laid under the lexicon: it adds what no editor has said, and changes nothing that one has.

Names are compared as the lexicon compares them: stemmed words in order, else as a bag of words. A name that
means something to the editors already keeps meaning that and only that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from index.concepts import LONGEST_PHRASE
from index.lexicon import Concept, Lexicon
from index.ontology.kept import Entry, Extract
from index.text import plain, words

EXAMPLES = 3

SEVERAL = "terms whose names belong to several concepts"
EMPTY = "terms whose name says only that it is an illness"
LONG = "terms with a name of over 8 words"
TAKEN = "terms whose name an editor uses for something else"
TWICE = "terms named like an earlier one"
SYNONYM_TAKEN = "synonyms that an editor uses for something else"
SYNONYM_SHARED = "synonyms that several terms share"
SYNONYM_LONG = "synonyms of over 8 words"


@dataclass
class Report:
    """What one ontology did: matched and added count terms, synonyms the new names of both."""

    matched: int = 0
    added: int = 0
    synonyms: int = 0
    known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def leave(self, reason: str, text: str) -> None:
        """Count something that is left out."""
        self.left_out[reason] += 1
        if len(self.examples[reason]) < EXAMPLES:
            self.examples[reason].append(text)


def overlay(lexicon: Lexicon, extract: Extract) -> tuple[Lexicon, Report]:
    """The lexicon with what the ontology adds."""
    return _Overlay(lexicon, extract).run()


class _Overlay:
    def __init__(self, lexicon: Lexicon, extract: Extract):
        self.lexicon = lexicon
        self.extract = extract
        self.report = Report()
        self.target: dict[str, str] = {}
        """Id of the ontology -> id of the concept that it is."""
        self.new: dict[str, Entry] = {}
        self.names: dict[str, str] = {}
        """Stemmed name -> id of the new concept that bears it."""

    def run(self) -> tuple[Lexicon, Report]:
        by_name = _Index(self.lexicon, lay=True)
        by_synonym = _Index(self.lexicon, lay=False)
        for entry in self.extract.entries:
            found = by_name.find(entry.name) or {
                concept for name in entry.exact for concept in _only(by_synonym.find(name))
            }
            if len(found) == 1:
                self.target[entry.id] = found.pop()
                self.report.matched += 1
            elif found:
                self.report.leave(SEVERAL, entry.name)
            else:
                self._begin(entry)
        added = self._synonyms()
        concepts = [self._extended(c, added.get(c.id, {})) for c in self.lexicon.concepts.values()]
        concepts += [self._extended(self._concept(new), added.get(id_, {})) for id_, new in self.new.items()]
        return Lexicon(concepts, self.lexicon.equivalents), self.report

    def _begin(self, entry: Entry) -> None:
        stems = words(entry.name)
        phrase, key = " ".join(stems), self.lexicon.equivalents.key(stems)
        if not set(stems) - self.lexicon.equivalents.empty:
            self.report.leave(EMPTY, entry.name)
        elif len(stems) > LONGEST_PHRASE:
            self.report.leave(LONG, entry.name)
        elif self._taken(entry.name):
            self.report.leave(TAKEN, entry.name)
        elif phrase in self.names:
            # Not tied to its namesake: what is between the two would be broader and narrower at once.
            self.report.leave(TWICE, entry.name)
        else:
            concept = entry.id.lower().replace(":", "-")
            self.names[phrase] = self.names[key] = concept
            self.target[entry.id] = concept
            self.new[concept] = entry
            self.report.added += 1

    def _taken(self, text: str, by: str | None = None) -> bool:
        """Whether the editors' lexicon means something by this, something else than the concept `by`."""
        stems = words(text)
        meant = {
            *self.lexicon.phrases.get(" ".join(stems), ()),
            *self.lexicon.keys.get(self.lexicon.equivalents.key(stems), ()),
            *self._short.get(plain(text), ()),
        }
        return bool(meant - {by})

    @cached_property
    def _short(self) -> dict[str, set[str]]:
        """The editors' abbreviations in small letters, unstemmed -> concept ids."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for concept in self.lexicon.concepts.values():
            for short in concept.abbreviations:
                found[plain(short)].add(concept.id)
        return found

    def _synonyms(self) -> dict[str, dict[str, list[str]]]:
        """Concept id -> {"medical": [...], "abbreviations": [...]} to add."""
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for form, bearer in self.names.items():
            owners[form].add(bearer)
        offered = [
            (concept, kind, text)
            for entry in self.extract.entries
            if (concept := self.target.get(entry.id))
            for kind, texts in (
                ("medical", [entry.name, *entry.exact]),
                ("abbreviations", entry.abbreviations),
            )
            for text in texts
        ]
        for concept, _, text in offered:
            for form in self._forms(text):
                if form not in self.names:
                    owners[form].add(concept)
        added: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        seen: set[tuple[str, str]] = set()
        for concept, kind, text in offered:
            phrase = " ".join(words(text))
            known = (concept, phrase) in seen or self._says(concept, phrase)
            seen.add((concept, phrase))
            if not phrase or known:
                self.report.known += bool(phrase)
            elif len(phrase.split()) > LONGEST_PHRASE:
                self.report.leave(SYNONYM_LONG, text)
            elif self._taken(text, concept):
                self.report.leave(SYNONYM_TAKEN, text)
            elif any(owners[form] != {concept} for form in self._forms(text)):
                self.report.leave(SYNONYM_SHARED, text)
            else:
                added[concept][kind].append(text)
                self.report.synonyms += 1
        return added

    def _forms(self, text: str) -> set[str]:
        stems = words(text)
        return {" ".join(stems), self.lexicon.equivalents.key(stems)}

    def _says(self, concept: str, phrase: str) -> bool:
        if concept in self.new:
            return phrase == " ".join(words(self.new[concept].name))
        return concept in self.lexicon.phrases.get(phrase, ())

    def _concept(self, entry: Entry) -> Concept:
        concept = self.target[entry.id]
        broader = dict.fromkeys(self.target[id_] for id_ in self._bearers(entry))
        return Concept(concept, entry.name, broader=tuple(id_ for id_ in broader if id_ != concept))

    def _bearers(self, entry: Entry) -> Iterable[str]:
        """The nearest broader terms that became a concept: past one that was left out to those above."""
        edge, seen = list(entry.broader), set[str]()
        while edge:
            at = edge.pop(0)
            if at in self.target:
                yield at
            elif at not in seen:
                seen.add(at)
                edge += self._broader.get(at, [])

    @cached_property
    def _broader(self) -> dict[str, list[str]]:
        return {entry.id: entry.broader for entry in self.extract.entries}

    @staticmethod
    def _extended(concept: Concept, more: dict[str, list[str]]) -> Concept:
        if not more:
            return concept
        return replace(
            concept,
            medical=(*concept.medical, *more.get("medical", ())),
            abbreviations=(*concept.abbreviations, *more.get("abbreviations", ())),
        )


class _Index:
    """Written forms of the editors' concepts, without abbreviations -> concept ids."""

    def __init__(self, lexicon: Lexicon, *, lay: bool):
        self.key = lexicon.equivalents.key
        self.forms: defaultdict[str, set[str]] = defaultdict(set)
        self.keys: defaultdict[str, set[str]] = defaultdict(set)
        for concept in lexicon.concepts.values():
            for term in concept.terms() if lay else (concept.name, *concept.medical):
                stems = words(term)
                self.forms[" ".join(stems)].add(concept.id)
                self.keys[self.key(stems)].add(concept.id)

    def find(self, text: str) -> set[str]:
        """The concepts that bear this name, in the order of its words, else as a bag of them."""
        stems = words(text)
        return set(self.forms.get(" ".join(stems)) or self.keys.get(self.key(stems)) or ())


def _only(found: set[str]) -> set[str]:
    return found if len(found) == 1 else set()
