"""Language packs: the pattern language, lexicons, tokens, loading."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfm_kg.errors import CfmError
from cfm_kg.packs import frozen as frozen_module
from cfm_kg.packs import grammar as grammar_module
from cfm_kg.packs import language as language_module
from cfm_kg.packs.alphabet import Alphabet
from cfm_kg.packs.frozen import frozen, thawed
from cfm_kg.packs.grammar import Grammar, Rule
from cfm_kg.packs.language import Language, Pack, compile_pack, load_pack
from cfm_kg.packs.lexicon import Entry, Lexicon
from cfm_kg.packs.needs import needs, numbered
from cfm_kg.packs.patterns import expand, units
from cfm_kg.packs.scanner import Scanner
from cfm_kg.packs.tokens import Tokenizer, normal
from cfm_kg.packs.wordings import sets, wordings
from cfm_kg.reading import language as shipped_language
from cfm_kg.resources import languages_dir
from cfm_kg.units import Unit

# ------------------------------------------------------------------ grammar

tokens = Tokenizer(("st", "nd", "rd", "th"), "ueh")
WORDS = {"PET": ["cat", "dog", "grass snake"], "COLOUR": ["red", "blue"], "FOOD": ["fish"], "FISHY": ["fish"]}


def pack(*patterns: str, define: dict[str, str] | None = None, **settings: object) -> Pack:
    entries = tuple(Entry(word, kind, word) for kind, words in WORDS.items() for word in words)
    rules = tuple({"name": f"r{i}", "pattern": pattern} for i, pattern in enumerate(patterns))
    return Pack("xx", entries, define or {}, {"g": rules}, ("PAIR",), settings)


def codes(tongue: Language, text: str) -> str:
    """A text as the letters that patterns match, cut as segmentation does it."""
    return "".join(unit.code for unit in tongue.scan(text, 0, len(text)))


def spans(pattern: str, text: str, define: dict[str, str] | None = None) -> list[tuple[int, int]]:
    tongue = Language(compile_pack(pack(pattern, define=define)))
    return [match.span() for _, match in tongue.grammar.matches("g", codes(tongue, text))]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        pytest.param("{COLOUR} {PET}", "a red cat saw blue dogs", [(1, 3)], id="classes"),
        pytest.param("{PET}", "a grass snake", [(1, 2)], id="several words are one unit"),
        pytest.param("{FOOD} {FISHY}", "fish fish", [(0, 2)], id="all classes of a wording"),
        pytest.param("{COLOUR|PET}", "red cat here", [(0, 1), (1, 2)], id="either class"),
        pytest.param("{the|a} {PET}", "the cat, A dog, some cat", [(0, 2), (3, 5)], id="literals, any case"),
        pytest.param("{!PET}", "cat sat", [(1, 2)], id="not a class"),
        pytest.param("{!PET|sat|,} {*}", "cat sat, down here", [(3, 5)], id="none of these"),
        pytest.param("{*} {PET}", "my cat", [(0, 2)], id="any"),
        pytest.param("{COLOUR}{2} {PET}?", "red blue red", [(0, 2)], id="counted"),
        pytest.param("{.}{0,2}$", "cat . .", [(1, 3), (3, 3)], id="braces around numbers count"),
        pytest.param("(?<={red} ) {PET}", "red cat, blue cat", [(1, 2)], id="behind"),
        pytest.param("(?:(?!{PET}) {*})+", "cat sat down dog", [(1, 3)], id="not ahead"),
        pytest.param("{PLAIN_CAP} {PET}", "Tom cat, Red cat", [(0, 2)], id="plain means not in the lexicon"),
        pytest.param("{CAP} {PET}", "Tom cat, Red cat, red cat", [(0, 2), (3, 5)], id="shapes"),
        pytest.param("{NEVER} | {PET}", "cat", [(0, 1)], id="a class that nothing has"),
        pytest.param("{!NEVER}", "cat", [(0, 1)], id="not a class that nothing has"),
    ],
)
def test_a_pattern_matches_units(pattern: str, text: str, expected: list[tuple[int, int]]) -> None:
    assert spans(pattern, text) == expected


def test_named_groups_catch_units() -> None:
    tongue = Language(compile_pack(pack("(?P<what>{COLOUR}) (?P<who>{PET})")))
    text = codes(tongue, "a blue dog")
    ((rule, match),) = tongue.grammar.matches("g", text)
    assert (rule.name, match.span("what"), match.span("who")) == ("r0", (1, 2), (2, 3))


def test_rules_match_in_the_order_of_the_pack() -> None:
    tongue = Language(compile_pack(pack("{PET}", "{COLOUR}", "{PET}")))
    text = codes(tongue, "red cat")
    assert [rule.name for rule, _ in tongue.grammar.matches("g", text)] == ["r0", "r1", "r2"]
    assert tongue.grammar.matches("g", text)
    assert not tongue.grammar.matches("g", codes(tongue, "nothing here"))
    assert not tongue.grammar.matches("no such group", text)


def test_definitions_are_inserted_as_a_whole() -> None:
    define = {"ANIMAL": "{PET}|{fox}", "SHADES": "{COLOUR}+", "BEAST": "@SHADES @ANIMAL"}
    assert spans("@BEAST", "red blue fox, red, cat", define) == [(0, 3)]


@pytest.mark.parametrize(
    ("definitions", "message"),
    [({}, "unknown definition @A"), ({"A": "@B", "B": "@A"}, "a definition contains itself")],
)
def test_a_bad_definition_is_named_with_its_place(definitions: dict[str, str], message: str) -> None:
    with pytest.raises(CfmError) as caught:
        expand("@A", definitions, "xx: rule 'r'")
    assert (caught.value.what, caught.value.where) == (message, "xx: rule 'r'")
    assert caught.value.remedy


def test_a_language_names_the_rule_with_an_unknown_definition() -> None:
    with pytest.raises(CfmError) as caught:
        Language(compile_pack(pack("{PET}", "@MISSING")))
    assert caught.value.where == "xx: rule 'r1' of 'g'"


@pytest.mark.parametrize("pattern", ["({PET}", "{PET})", "{PET}**", "(?P<a>{PET})(?P<a>{PET})"])
def test_a_pattern_that_is_not_valid_is_named_with_its_place(pattern: str) -> None:
    with pytest.raises(CfmError, match="not valid") as caught:
        compile_pack(pack("{PET}", pattern))
    assert caught.value.where == "xx: rule 'r1' of 'g'"


@pytest.mark.parametrize("name", sorted(path.stem for path in languages_dir().glob("*.yaml")))
def test_all_shipped_patterns_are_kept_as_they_compile(name: str) -> None:
    grammar = shipped_language(name).grammar
    rules = [rule for group in load_pack(name).rules for rule in grammar.rules(group)]
    assert rules
    for rule in rules:
        anew = re.compile(rule.expression, re.DOTALL)
        assert thawed(rule.code, rule.expression) == anew  # flags, text and code
        assert rule.compiled.groups == anew.groups
        assert rule.compiled.groupindex == anew.groupindex


@pytest.mark.parametrize(
    ("expression", "text"),
    [(r"(?P<a>x)(y)?(?P<b>[a-m])", "xb xyc"), (r"a{2,3}+|(?!b).", "aaaab"), ("[㐀-㐆㐉㐋]", "㐁㐇㐋")],
)
def test_a_kept_expression_finds_what_it_found(expression: str, text: str) -> None:
    kept, anew = thawed(frozen(expression, 0), expression), re.compile(expression)
    assert kept == anew
    assert kept is not None
    assert [(m.span(), m.groupdict(), m.groups()) for m in kept.finditer(text)] == [
        (m.span(), m.groupdict(), m.groups()) for m in anew.finditer(text)
    ]
    assert kept.sub(r"<\g<0>>", text) == anew.sub(r"<\g<0>>", text)


def test_without_the_parts_of_re_patterns_are_compiled_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = frozen("a+", 0)

    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(frozen_module, "import_module", missing)
    assert (frozen("a+", 0), thawed(kept, "a+")) == (b"", None)
    assert spans("{COLOUR} {PET}", "a red cat") == [(1, 3)]
    with pytest.raises(CfmError, match="not valid"):
        spans("({PET}", "cat")


def test_what_the_engine_refuses_is_compiled_anew() -> None:
    other = msgspec.msgpack.decode(frozen("(?P<a>a)b", 0))
    wrong = msgspec.msgpack.encode([*other[:3], zlib.compress(b"\xff" * 8)])
    assert thawed(wrong, "(?P<a>a)b") is None


# ------------------------------------------------------------------ alphabet


def test_sets_share_a_letter_where_no_pattern_tells_them_apart() -> None:
    sets = [frozenset(s) for s in ("A", "AB", "AC", "B", "C", "")]
    alphabet = Alphabet.of([frozenset("A"), frozenset("AB")], sets)
    letters = {"".join(sorted(s)): alphabet.code(s) for s in sets}
    assert letters["A"] == letters["AB"] == letters["AC"]
    assert letters["C"] == letters[""]
    assert len(set(letters.values())) == 3


def test_a_set_met_later_has_a_letter_but_patterns_stay_as_they_were() -> None:
    a, b = frozenset("A"), frozenset("B")
    alphabet = Alphabet.of([a, b, a | b], [a, b])
    before = alphabet.having(a)
    late = alphabet.code(a | b)
    assert late not in (alphabet.code(a), alphabet.code(b))
    assert alphabet.classes(late) == a | b
    assert alphabet.having(a) == before


@given(st.lists(st.frozensets(st.sampled_from("ABCDEF"), max_size=4), max_size=30))
def test_what_has_a_choice_is_what_its_letters_say(sets: list[frozenset[str]]) -> None:
    choices = [frozenset("A"), frozenset("BC"), frozenset("AD"), frozenset("A")]
    alphabet = Alphabet.of(choices, sets)
    for choice in choices:
        inside = alphabet.having(choice)
        for classes in sets:
            has = re.fullmatch(f"[{inside}]", alphabet.code(classes)) is not None if inside else False
            assert has == (not choice.isdisjoint(classes))


# ------------------------------------------------------------------ needs


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{A1} {B1|C1}", ["A1", "B1 C1"]),
        ("{A1}? {B1}* {C1}{0,3} {D1}{0} {E1}{,2} {F1}", ["F1"]),
        ("{A1}+ {B1}{1,2} {C1}{2}", ["A1", "B1", "C1"]),
        ("{!A1} {*} {B1}", ["B1"]),
        ("{A1} | {B1} {C1|D1}", ["A1 B1", "A1 C1 D1"]),
        ("{A1} {B1} {C1} {D1} | {E1} {F1} {G1} {H1}", ["A1 E1"]),
        ("{A1} | {B1}?", []),
        ("(?:{A1} | {B1}) (?P<x>{C1})", ["A1 B1", "C1"]),
        ("(?:{A1} {B1})? {C1}", ["C1"]),
        ("(?={A1}) (?!{B1}) (?<={C1}) (?<!{D1})", ["A1", "C1"]),
        ("({A1}) ?", []),
        ("{word}", ["=word"]),
        ("{A1} [{B1}]", []),
        ("(?P<x>{A1})?(?(x){B1}|{C1}) {D1}", ["D1"]),
        ("({A1}", []),
        ("{A1})", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, expected: list[str]) -> None:
    assert {frozenset(n) for n in needs(pattern)} == {frozenset(e.split()) for e in expected}


_NAMES = [f"C{i}" for i in range(5)]
_UNITS = st.builds(
    lambda sign, names: "{" + sign + "|".join(names) + "}",
    st.sampled_from(["", "", "", "!"]),
    st.lists(st.sampled_from([*_NAMES, "word"]), min_size=1, max_size=3, unique=True),
) | st.just("{*}")


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    times = st.sampled_from(["?", "*", "+", "{0,2}", "{1,2}", "{2}", "{,2}", "??", "+?", "{0}"])
    opening = st.sampled_from(["(?:", "(", "(?=", "(?!", "(?>"])
    return (
        st.lists(inner, min_size=1, max_size=3).map(" ".join)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})")
        | st.builds(lambda part, many: f"(?:{part}){many}", inner, times)
        | st.builds(lambda unit, many: f"{unit}{many}", _UNITS, times)
        | st.builds(lambda start, part: f"{start}{part})", opening, inner)
        | st.builds(lambda unit, sign: f"(?<{sign}{unit})", _UNITS, st.sampled_from("=!"))
        | st.sampled_from(["^", "$", "{C1} | {C2}"])
    )


_PATTERNS = st.recursive(_UNITS, _compound, max_leaves=8)
_SENTENCES = st.lists(st.frozensets(st.sampled_from([*_NAMES, "=word"]), max_size=2), max_size=6)


@given(st.lists(_PATTERNS, min_size=1, max_size=4), st.lists(_SENTENCES, max_size=4), st.integers(1, 4))
def test_needs_never_cost_a_match(
    patterns: list[str], sentences: list[list[frozenset[str]]], sample: int
) -> None:
    """What the grammar matches is what all rules match when none is passed over, whatever it has learnt."""
    sets = {classes for sentence in sentences for classes in sentence}
    alphabet = Alphabet.of((u.choice for p in patterns for u in units(p) if u.choice), sets)
    wanted, needed = numbered(patterns)
    rules = tuple(Rule(f"r{i}", p, {}, alphabet, needed=needed[p]) for i, p in enumerate(patterns))
    grammar = Grammar({"g": rules}, wanted, alphabet)
    with patch.object(grammar_module, "_SAMPLE", sample):
        for sentence in sentences:
            text = "".join(alphabet.code(classes) for classes in sentence)
            every = [(rule.name, m.regs) for rule in rules for m in rule.compiled.finditer(text)]
            assert [(rule.name, m.regs) for rule, m in grammar.matches("g", text)] == every
            assert [*grammar.where("g", [grammar.met(text)])] == [0] or not every


def test_what_is_met_often_is_learnt_from_the_first_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule is looked for by what is seldom met, though more patterns mention it."""
    monkeypatch.setattr(grammar_module, "_SAMPLE", 3)
    tongue = Language(compile_pack(pack("{the} {PET}", "{COLOUR} {PET}")))
    fish, cat = codes(tongue, "the fish"), codes(tongue, "the cat")
    grammar = tongue.grammar
    assert [*grammar.where("g", [grammar.met(fish), grammar.met(fish)])] == [0, 1]
    assert grammar.hopeful_groups(grammar.met(cat)) == ("g",)
    assert [*grammar.where("g", [grammar.met(fish), grammar.met(cat)])] == [1]
    assert grammar.hopeful_groups(grammar.met(fish)) == ()
    assert [rule.name for rule, _ in grammar.matches("g", cat)] == ["r0"]


def test_of_many_needs_the_rarest_counts() -> None:
    pattern = "(?:{the} {A1} {B1} {C1}|{the} {D1} {E1} {F1})"
    used = {"=the": 9, "A1": 2, "B1": 1, "C1": 2, "D1": 2, "E1": 2, "F1": 1}
    assert needs(pattern) == (frozenset({"=the"}),)
    assert needs(pattern, used) == (frozenset({"B1", "F1"}),)


def test_a_rule_is_not_compiled_before_a_sentence_has_what_it_needs() -> None:
    tongue = Language(compile_pack(pack("{COLOUR} {*}? {PET}")))
    (rule,) = tongue.grammar.rules("g")
    assert not tongue.grammar.matches("g", codes(tongue, "cat and dog"))
    assert "compiled" not in vars(rule)
    assert tongue.grammar.matches("g", codes(tongue, "red cat"))
    assert "compiled" in vars(rule)


# ------------------------------------------------------------------ lexicon


def scan(entries: Iterable[tuple[str, str] | Entry], text: str, **hides: list[str]) -> list[Unit]:
    """A text's units by a lexicon; the value of an entry is its wording where it has no other."""
    every = (e if isinstance(e, Entry) else Entry(*e, e[0]) for e in entries)
    lexicon = Lexicon.of(wordings(every, hides, tokens))
    return Scanner(tokens, lexicon, Alphabet.of((), ()))(text, 0, len(text))


def found(entries: Iterable[tuple[str, str]], text: str, **hides: list[str]) -> list[tuple[str, list[str]]]:
    """The wordings found in a text, with their classes."""
    return [(unit.text, sorted(unit.values)) for unit in scan(entries, text, **hides) if unit.values]


def test_the_longest_wording_wins() -> None:
    entries = [("grand", "ADJ"), ("grand piano", "PIANO"), ("piano lesson", "LESSON"), ("lesson", "LESSON")]
    assert found(entries, "a grand piano lesson") == [("grand piano", ["PIANO"]), ("lesson", ["LESSON"])]


def test_wordings_are_whole_words() -> None:
    assert found([("art", "A1"), ("art show", "A2")], "party art showing") == [("art", ["A1"])]


@pytest.mark.parametrize(
    ("wording", "text", "fits"),
    [
        ("polish", "Polish", True),
        ("polish", "POLISH", True),
        ("Polish", "polish", False),
        ("Polish", "Polish", True),
        ("Polish", "POLISH", True),
        ("WHO", "who", False),
        ("WHO", "Who", False),
        ("WHO", "WHO", True),
        ("Bank of Spain", "bank of Spain", False),
        ("Bank of Spain", "Bank Of Spain", True),
    ],
)
def test_capitals_of_a_wording_must_be_in_the_text(wording: str, text: str, fits: bool) -> None:
    assert bool(found([(wording, "A1")], text)) is fits


def test_wordings_that_differ_in_capitals_give_what_fits() -> None:
    entries = [("may", "VERB"), ("May", "MONTH"), ("MAY", "ACRONYM")]
    assert [classes for _, classes in found(entries, "may May MAY")] == [
        ["VERB"],
        ["MONTH", "VERB"],
        ["ACRONYM", "MONTH", "VERB"],
    ]


def test_values_of_one_class_are_gathered_in_order() -> None:
    entries = [Entry("Ash", "NAME", "b"), Entry("ash", "NAME", "c"), Entry("Ash", "NAME", "a")]
    (unit,) = scan(entries, "Ash")
    assert unit.values == {"NAME": ("b", "a", "c")}


def test_accents_do_not_matter() -> None:
    assert found([("Bogota", "PLACE")], "in Bogotá") == [("Bogotá", ["PLACE"])]


@pytest.mark.parametrize("text", ["Alma-Ata", "Alma Ata", "Alma\u2011Ata"])
@pytest.mark.parametrize("wording", ["Alma-Ata", "Alma Ata"])
def test_hyphens_within_a_word_do_not_matter(wording: str, text: str) -> None:
    assert found([(wording, "PLACE")], f"to {text} by") == [(text, ["PLACE"])]


def test_a_hyphen_between_words_or_numbers_counts() -> None:
    assert found([("Alma Ata", "PLACE")], "Alma - Ata") == []
    assert found([("-", "DASH")], "10-12, Alma-Ata, a - b") == [("-", ["DASH"]), ("-", ["DASH"])]


def test_a_class_hides_others_of_the_same_wording_only() -> None:
    entries = [("Jordan", "COUNTRY"), ("Jordan", "GIVEN"), ("Ann", "GIVEN")]
    assert found(entries, "Jordan Ann", COUNTRY=["GIVEN"]) == [("Jordan", ["COUNTRY"]), ("Ann", ["GIVEN"])]


@given(st.text(alphabet="aAbB -.1'é", max_size=30))
def test_every_unit_of_a_text_has_a_set_that_the_lexicon_announces(text: str) -> None:
    entries = [
        ("a", "A1"),
        ("A", "A2"),
        ("AB", "A3"),
        ("a b", "A4"),
        ("Ab-a", "A5"),
        ("1", "A6"),
        ("'", "A7"),
    ]
    written = wordings((Entry(wording, kind, wording) for wording, kind in entries), tokenizer=tokens)
    announced = sets(written, tokens)
    for unit in scan(entries, text):
        shape = tokens.words(unit.text)[0].shape
        if unit.values and shape != "INITIAL":
            assert frozenset((*unit.values, shape)) in announced


# ------------------------------------------------------------------ tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada met BOB", [("Ada", "CAP"), ("met", "LOWER"), ("BOB", "UPPER")]),
        ("A dog", [("A", "CAP"), ("dog", "LOWER")]),
        ("J. R. Smith", [("J.", "INITIAL"), ("R.", "INITIAL"), ("Smith", "CAP")]),
        ("Kh.Smith", [("Kh.", "INITIAL"), ("Smith", "CAP")]),
        ("plan B. then", [("plan", "LOWER"), ("B", "CAP"), (".", "MARK"), ("then", "LOWER")]),
        (
            "Ann's dogs' bones",
            [("Ann", "CAP"), ("'s", "POSS"), ("dogs", "LOWER"), ("'", "POSS"), ("bones", "LOWER")],
        ),
        ("Ann’s", [("Ann", "CAP"), ("’s", "POSS")]),
        (
            "1st 22nd 3rd 24th",
            [("1st", "ORDINAL"), ("22nd", "ORDINAL"), ("3rd", "ORDINAL"), ("24th", "ORDINAL")],
        ),
        ("7 1,500 2021 1821", [("7", "NUM"), ("1,500", "NUM"), ("2021", "YEAR"), ("1821", "NUM")]),
        ("12:30_", [("12", "NUM"), (":", "MARK"), ("30", "NUM"), ("_", "MARK")]),
    ],
)
def test_tokens_have_shapes(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(word.text, word.shape) for word in tokens.words(text)] == expected


def test_initials_and_ordinals_are_of_a_language() -> None:
    text = "Kh. J. Smith 22nd 3e"
    plain, other = Tokenizer(), Tokenizer(["e"], "j")
    assert "|".join(word.text for word in plain.words(text)) == "Kh|.|J.|Smith|22|nd|3|e"
    assert "|".join(word.text for word in other.words(text)) == "Kh|.|J.|Smith|22|nd|3e"


@pytest.mark.parametrize(
    ("word", "folded"), [("Ábc", "abc"), ("STRASSE", "strasse"), ("’", "'"), ("Ёлка", "ёлка"), ("Йод", "йод")]
)
def test_look_up_folds_case_and_latin_accents(word: str, folded: str) -> None:
    assert normal(word) == folded


@given(st.text(max_size=60), st.integers(0, 10))
def test_pieces_cover_all_but_blanks_at_the_end(text: str, start: int) -> None:
    pieces = tokens.pieces(text, start, len(text))
    covered = "".join(pieces)
    assert text[start:].startswith(covered)
    assert not text[start:].removeprefix(covered).strip()
    for piece in pieces:
        word = tokens.word(piece)
        assert word.blanks + len(word.text) == len(piece)
        assert word.text == piece.strip() != ""


@given(st.text(alphabet="aAbB -.1'é\n", max_size=60), st.integers(0, 10))
def test_units_stand_where_their_text_does(text: str, start: int) -> None:
    entries = [
        Entry("a b", "A1", ""),
        Entry("Ab-a", "A2", ""),
        Entry("a B - a", "A3", ""),
        Entry("a", "A4", ""),
    ]
    scanner = Scanner(tokens, Lexicon.of(wordings(entries, tokenizer=tokens)), Alphabet.of((), ()))
    position = start
    for unit in scanner(text, start, len(text)):
        assert text[unit.start : unit.end] == unit.text
        assert not text[position : unit.start].strip()
        position = unit.end
    assert not text[position:].strip()


def test_a_wording_in_other_capitals_is_passed_over_as_a_whole() -> None:
    entries = [("grand", "ADJ"), ("Grand Piano", "PIANO"), ("piano", "INSTRUMENT")]
    assert found(entries, "grand piano") == []
    assert [unit.text for unit in scan(entries, "a  grand piano")] == ["a", "grand", "piano"]


# ------------------------------------------------------------------ loading


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(language_module, "languages_dir", lambda: tmp_path)
    return tmp_path


def test_a_pack_is_its_files_merged(packs: Path) -> None:
    (packs / "xx.yaml").write_text(
        "include: [more]\nchunks: [DATE]\nrules: {g: [{name: a, pattern: '{W1}'}]}\n"
    )
    (packs / "xx").mkdir()
    (packs / "xx" / "more.yaml").write_text(
        "words: {W1: [one, two], W2: {2: second, x: [y, z]}}\n"
        "define: {D: '{W1}'}\nrules: {g: [{name: b, pattern: '@D', k: v}]}\nsettings: {s: 1}\n"
    )
    loaded = load_pack("xx")
    assert [tuple(entry) for entry in loaded.words] == [
        ("one", "W1", "one"),
        ("two", "W1", "two"),
        ("second", "W2", "2"),
        ("y", "W2", "x"),
        ("z", "W2", "x"),
    ]
    assert [rule["name"] for rule in loaded.rules["g"]] == ["a", "b"]
    assert (loaded.chunks, loaded.settings, loaded.definitions) == (("DATE",), {"s": 1}, {"D": "{W1}"})
    assert Language(compile_pack(loaded)).grammar.rules("g")[1].means["k"] == "v"


def test_an_unknown_language_is_told_with_those_known(packs: Path) -> None:
    (packs / "yy.yaml").write_text("words: {}")
    with pytest.raises(CfmError, match="no language pack 'xx'") as caught:
        load_pack("xx")
    assert caught.value.remedy == "known: yy"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("words: [", "a language pack cannot be read"),
        ("- a list", "a language pack must be a mapping"),
        ("include: [none]", "a language pack cannot be read"),
        ("words: {lower: [a]}", "'lower' is not a class name"),
        ("rules: {g: [{name: a}]}", "a rule of 'g' lacks its name or pattern"),
        ("rules: {g: [{pattern: a}]}", "a rule of 'g' lacks its name or pattern"),
        (
            "rules: {g: [{name: a, pattern: b}, {name: a, pattern: c}], h: [{name: a, pattern: b}]}",
            "two rules of 'g' are named 'a'",
        ),
    ],
)
def test_a_broken_pack_is_told_with_its_file(packs: Path, text: str, message: str) -> None:
    (packs / "xx.yaml").write_text(text)
    with pytest.raises(CfmError) as caught:
        load_pack("xx")
    assert caught.value.what == message
    assert str(packs / "xx") in (caught.value.where or "")
