#!/bin/sh
# register.sh - the record for the algorithm register: within the limits of standard 1.0, with figures that are
# measured, and with a claim that people decide only where they did.
. "$LW_SOURCE_ROOT/tests/script/common"

# The limits as the standard has them (handbook 1.0.0a; key, characters or null, required).
cat >judge.py <<'PYTHON'
import hashlib, html.parser, json, os, re, sys
LIMITS = [("name", 100, 1), ("description_short", 350, 1), ("organization", 100, 1), ("category", None, 0),
          ("status", None, 1), ("begin_date", 7, 0), ("contact_email", 500, 1), ("website", 500, 0),
          ("publication_category", None, 1),
          ("goal", 2500, 0), ("proportionality", 2500, 0), ("human_intervention", 2500, 0), ("risks", 2500, 0),
          ("lawful_basis", 2500, 0), ("lawful_basis_grouping", None, 0), ("process_index_url", 500, 0),
          ("impacttoetsen_grouping", None, 0), ("source_data", 2500, 0), ("source_data_grouping", None, 0),
          ("methods_and_models", 5000, 0), ("provider", 200, 0), ("publiccode", 500, 0), ("lang", None, 1),
          ("standard_version", None, 0), ("source_id", 100, 0), ("tags", 2500, 0)]
THEMES = ["Organisatie en bedrijfsvoering", "Cultuur en recreatie", "Economie", "Overheidsfinanciën", "Wonen",
          "Internationaal", "Migratie en integratie", "Natuur en milieu", "Onderwijs en wetenschap",
          "Openbare orde en veiligheid", "Recht", "Ruimte en infrastructuur", "Sociale zekerheid", "Verkeer", "Werk",
          "Zorg en gezondheid"]
HTML = ["goal", "proportionality", "human_intervention", "risks", "lawful_basis", "source_data", "methods_and_models"]
record = json.load(open(sys.argv[1]), object_pairs_hook=dict)
order = [key for key, _, _ in LIMITS]
assert list(record) == [key for key in order if key in record], list(record)
for key, most, needed in LIMITS:
    assert not needed or record.get(key), key
    assert key not in record or record[key], (key, "is empty")
    assert most is None or len(record.get(key, "")) <= most, (key, len(record[key]))
assert set(record["category"]) <= set(THEMES)
assert record["status"] in ("In ontwikkeling", "In gebruik", "Buiten gebruik")
assert record["publication_category"] in ("Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes")
assert re.fullmatch(r"[0-9]{4}-[0-9]{2}", record.get("begin_date", "2025-01"))
assert record["lang"] == "nld" and record["standard_version"] == "1.0"
for list_, title, link in (("lawful_basis_grouping", 100, 500), ("source_data_grouping", 500, 500)):
    for item in record[list_]:
        assert 0 < len(item["title"]) <= title and item["link"].startswith("https://") and len(item["link"]) <= link


class Balanced(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attributes):
        assert tag in ("div", "br", "p", "ul", "ol", "li") and not attributes, tag
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


for key in HTML:
    parser = Balanced()
    parser.feed(record[key])
    assert not parser.open, key
assert "niet zelflerend" in record["methods_and_models"]
build = os.environ["LW_BUILD_ROOT"] + "/dictionaries/"
for name in ("tagger.bin", "lexicon.bin", "calibration.bin"):
    assert hashlib.sha256(open(build + name, "rb").read()).hexdigest() in record["methods_and_models"], name
told = json.load(open(sys.argv[2]))
for view, measure in (("removed", "recall"), ("proposed", "recall"), ("removed", "precision"),
                      ("removed", "person-leak")):
    assert ("%.1f %%" % (100 * told[view][measure]["value"])).replace(".", ",") in record["risks"], (view, measure)
assert "%d verzonnen documenten" % told["documents"] in record["risks"]
PYTHON

expect 2 "$lakwerk" register
says "organization"
cat >policy.ini <<'INI'
[policy]
name=Ons <beleid>
[register]
organisation=Gemeente Westerwijk
contact=woo@westerwijk.nl
begin=2026-01
website=https://www.westerwijk.nl/lakken
provider=Intern ontwikkeld
assessments=Data Protection Impact Assessment (DPIA);Ethische bijsluiter
INI
expect 0 "$lakwerk" evaluate "$LW_SOURCE_ROOT/tests/gold" --json
cp out.txt measured.json
expect 0 "$lakwerk" register --policy policy.ini
cp out.txt none.json
/usr/bin/python3 judge.py none.json measured.json || fail "the record is not as the standard has it"
has none.json 'zonder dat een medewerker over elke passage'
lacks none.json 'Een medewerker beslist over elk voorstel'

# Values that the register refuses are refused here, by the name of the field.
wrong() {
	sed "s|^$1=.*|$1=$2|" policy.ini >wrong.ini
	grep -q "^$1=" wrong.ini || echo "$1=$2" >>wrong.ini
	expect 2 "$lakwerk" register --policy wrong.ini
	says "$3"
}
wrong contact 'bel ons' contact_email
wrong begin 2026-13 begin_date
wrong begin januari begin_date
wrong website http://westerwijk.nl website
wrong status 'in gebruik' status
wrong category Overig publication_category
wrong organisation "$(printf 'G%.0s' $(seq 101))" organization
wrong provider "$(printf 'L%.0s' $(seq 201))" provider

# A dossier counts as reviewed once it could be published: all decided, and signed by another person.
mkdir in half
letter in/a.txt
letter half/a.txt
expect 0 "$lakwerk" dossier init in
expect 0 "$lakwerk" dossier init half
act() {
	expect 0 "$lakwerk" dossier act in "$2" --reviewer "$1"
}
act anna '{"act":"reviewer","reviewer":"vera","role":"approver"}'
expect 0 "$lakwerk" register --policy policy.ini in
lacks out.txt 'Een medewerker beslist over elk voorstel'
act anna '{"act":"accept","marks":{"decision":"open"}}'
expect 0 "$lakwerk" register --policy policy.ini in
lacks out.txt 'Een medewerker beslist over elk voorstel'
act anna '{"act":"sample","pages":1}'
act vera '{"act":"sign"}'
expect 0 "$lakwerk" register --policy policy.ini in
cp out.txt all.json
/usr/bin/python3 judge.py all.json measured.json || fail "the record of a dossier is not as the standard has it"
has all.json 'Een medewerker beslist over elk voorstel'
has all.json 'In 1 van de 1 dossiers'
has all.json 'Bij 1 van die dossiers heeft een tweede'
expect 0 "$lakwerk" register --policy policy.ini in half
has out.txt 'In 1 van de 2 dossiers'
has out.txt 'niet over alles door een medewerker'
lacks out.txt 'Een medewerker beslist over elk voorstel'
expect 2 "$lakwerk" register --policy policy.ini "$work"

# Figures of another model are no figures.
mkdir words
cp "$LW_BUILD_ROOT/dictionaries/lexicon.bin" "$LW_BUILD_ROOT/dictionaries/tagger.bin" \
	"$LW_BUILD_ROOT/dictionaries/calibration.bin" words
LAKWERK_LEXICON=$work/words/lexicon.bin expect 0 "$lakwerk" register --policy policy.ini
printf x | dd of=words/tagger.bin bs=1 seek=4000000 conv=notrunc 2>/dev/null
LAKWERK_LEXICON=$work/words/lexicon.bin expect 10 "$lakwerk" register --policy policy.ini
finish
