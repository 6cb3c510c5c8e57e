"""A small ontology and a small lexicon that tests are told by."""

from index.lexicon import Equivalents, Lexicon
from index.ontology.extract import extract
from index.text import words

HEAD = "format-version: 1.2\ndata-version: releases/2026-11-01\nontology: toy\nremark: licence CC0 1.0\n\n"
TOY = """\
! a comment line
[Term]
id: TOY:0
name: disease

[Term]
id: TOY:1 ! with a comment
name: hand disease {source="X:1", note="a"} ! and modifiers
def: "Not read: [brackets], \\"quotes\\" and is_a: TOY:9" [url:http\\://example.org]
is_a: TOY:0 ! disease

[Term]
id: TOY:2
name: trigger \\{stiff\\} finger\\, late
synonym: "stenosing \\"snapping\\" finger" EXACT [X:1, Y:2] {source="Z"} ! seen
synonym: "STF" EXACT ABBREVIATION []
synonym: "finger trouble" BROAD []
synonym: "no scope at all" []
synonym: "CAT" EXACT []
synonym: "ZZ" EXACT []
synonym: "wrongly used" EXACT OMO:0003007 []
exact_synonym: "snapping finger" []
is_a: TOY:9 {source="X"} ! gone, so past it
is_a: OTHER:1

[Term]
id: TOY:9
name: obsolete finger thing
is_obsolete: true
is_a: TOY:1

[Term]
id: TOY:3
name: broken over \\
two lines
is_a: TOY:77 ! not in the file

[Term]
id: OTHER:1
name: finger

[Typedef]
id: part_of
name: part of
xref: odd "unclosed
"""


def written(tmp_path, text, name="toy.obo"):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def taken(tmp_path, terms, **more):
    return extract(written(tmp_path, HEAD + terms), lambda word: word == "cat", **more)


def small_lexicon(*concepts):
    same = Equivalents({"renal": "kidney"}, frozenset(words("disease of the")))
    return Lexicon(concepts, same)
