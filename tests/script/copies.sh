#!/bin/sh
# copies.sh - what stands more than once in a dossier: versions of a document, their differences, and mail that others
# quote; one decision holds for every copy, whatever the way of quoting, also for those that come later.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir in
cat >make.py <<'PYTHON'
import sys, textwrap
sys.path.insert(0, sys.argv[1] + "/fixtures")
from writer import Pdf, pdf_string

BODY = ("De melding over de losse tegels aan de Kerkstraat is op maandag ontvangen. De heer K. Vandermeulen belde "
        "later nog eens en wil weten wanneer de ploeg komt; zijn nummer is 06-12345678 en zijn adres is Dorpsweg 14.")
HEAD = ["Van: Karel Vandermeulen", "Verzonden: maandag 4 maart 2024 10:12", "Aan: Anna Zonderland",
        "Onderwerp: tegels", ""]
REPLY = "Dank voor de melding, de ploeg is ingelicht en komt deze week langs om de tegels recht te leggen."
SECOND = "En daarna willen wij graag horen of het klaar is, zodat de melding in het systeem dicht kan."


def write(name, *lines):
    open("in/" + name, "w").write("\n".join(lines) + "\n")


def wrap(text, width, mark=""):
    return [mark + line for line in textwrap.wrap(text, width)]


def quoted(mark, width):
    return [mark + line for line in HEAD] + wrap(BODY, width, mark)


reply = ["Van: Anna Zonderland", "Verzonden: dinsdag 5 maart 2024 09:00", "Aan: Karel Vandermeulen",
         "Onderwerp: RE: tegels", ""] + wrap(REPLY, 70)
write("1-bericht.txt", *HEAD, *wrap(BODY, 100))
write("2-antwoord.txt", *reply, "", *quoted("> ", 60))
write("3-antwoord-daarop.txt", "Van: Karel Vandermeulen", "Verzonden: woensdag 6 maart 2024 11:30",
      "Aan: Anna Zonderland", "Onderwerp: RE: RE: tegels", "", *wrap(SECOND, 50), "",
      *["> " + line for line in reply], ">", *quoted("> > ", 44))
write("4-outlook.txt", *wrap(SECOND, 90), "", "-----Oorspronkelijk bericht-----", *HEAD, *wrap(BODY, 80))
write("5-english.txt", *wrap(REPLY, 90), "", "________________________________", "From: Karel Vandermeulen",
      "Sent: Monday, 4 March 2024 10:12", "To: Anna Zonderland", "Subject: tegels", "", *wrap(BODY, 75))
write("6-gmail.txt", *wrap(SECOND, 70), "", "Op ma 4 mrt 2024 om 10:12 schreef Karel Vandermeulen:",
      *wrap(BODY, 58, "> "))
pdf = Pdf()
lines = ["Doorgestuurd ter informatie."] + [""] + HEAD + wrap(BODY, 82)
pdf.page("BT /F1 10 Tf 14 TL 60 760 Td " + "".join("%s Tj T* " % pdf_string(line) for line in lines) + "ET",
         "/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>>>")
open("in/7-doorgestuurd.pdf", "wb").write(pdf.bytes())

LETTER = """Nota over het onderhoud van de Kerkstraat
{one}
De straat wordt in het najaar opnieuw bestraat, van de brug tot de kerk. De kosten worden gedekt uit het budget.
De aannemer, de heer B. Kwikzilver, begint in week 40 en is voor de winter klaar. {two}
Bewoners krijgen twee weken van tevoren een brief met de dagen waarop zij hun auto elders moeten zetten.
De verkeerskundige heeft het plan bekeken en ziet geen bezwaren tegen de afsluiting in die weken.
Voor vragen kunnen bewoners bellen met mevrouw D. Oldenhuis, telefoon 06-87654321, op werkdagen tot vijf uur.
De nota gaat na het besluit van het college naar de raad, die haar in de vergadering van oktober bespreekt.
Het oude plaveisel wordt opgeslagen op de werf en later gebruikt voor het herstel van de kade bij de haven.
{three}"""
write("8-nota.txt", LETTER.format(one="Versie van 1 mei.", two="De heer B. Kwikzilver stuurt elke week een verslag.",
                                  three="Einde van de nota."))
write("9-nota-nieuw.txt", LETTER.format(one="Versie van 9 mei, na overleg.", two="Er komt elke week een verslag.",
                                        three="Einde van de nota."))
write("anders.txt", "Een stuk over iets heel anders, met te weinig woorden die gelijk zijn om erop te lijken, over",
      "bomen en banken in het park, waar de heer B. Kwikzilver niets mee te maken heeft.")
PYTHON
/usr/bin/python3 make.py "$LW_SOURCE_ROOT" || fail "the documents could not be made"
expect 0 "$lakwerk" dossier init in
cat >check.py <<'PYTHON'
import difflib, json, subprocess, os, re
L = os.environ["LW_BUILD_ROOT"] + "/cli/lakwerk"

def run(*arguments):
    done = subprocess.run([L, "--lang", "en", "dossier", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.returncode, done.stderr)
    return json.loads(done.stdout)

def query(what, **parameters):
    return run("query", "in", what, json.dumps(parameters))

def act(name, **parameters):
    return run("act", "in", json.dumps({"act": name, **parameters}), "--reviewer", "anna")

def marks(**selector):
    return query("marks", limit=20000, **selector)["marks"]

NUMBER = {d["name"]: d["document"] for d in query("documents")["documents"]}
MAILS = [n for n in NUMBER if n[0] in "1234567"]

def phones(text="06-12345678"):
    return {m["document"]: m for m in marks(kind="phone") if m["text"].replace("\n", "") == text}

def decisions():
    return {d: m["decision"] for d, m in phones().items()}
PYTHON
/usr/bin/python3 - <<'PYTHON' || fail "mail that others quote"
from check import *
every = {NUMBER[n] for n in MAILS}
assert set(phones()) == every, (phones().keys(), every)
groups = [{m["document"] for m in g["members"]} for g in query("groups")["groups"] if g["type"] == "message"]
assert every in groups, groups
assert {m["copies"] for m in phones().values()} == {len(every) - 1}, {d: m["copies"] for d, m in phones().items()}
# From whichever copy it is decided, all others follow, as one event; undo takes all of it back.
for number, mark in phones().items():
    done = act("reject", marks={"ids": [mark["id"]]})
    assert done["count"] == len(every) and set(decisions().values()) == {"rejected"}, (number, decisions())
    assert [m["inherited"] for d, m in phones().items() if d != number] == [True] * (len(every) - 1)
    act("undo", event=done["event"])
    assert set(decisions().values()) == {"open"}, decisions()
# A copy that a person decided otherwise is an exception.
one, other = NUMBER["1-bericht.txt"], NUMBER["4-outlook.txt"]
all_of = act("accept", marks={"ids": [phones()[one]["id"]]})
act("reject", marks={"ids": [phones()[other]["id"]], "document": other}, overwrite=True)
now = decisions()
assert now[other] == "rejected", now
act("undo", event=all_of["event"])
# What a person adds in one copy comes in all, also over the end of a line.
text = query("text", document=one)["text"]
start = text.index("losse")
added = act("add", document=one, offset=start, length=len("losse tegels aan"), kind="passage", grounds=["5.1.2.i"])
assert {m["document"] for m in added["marks"]} == every, [m["document"] for m in added["marks"]]
assert {" ".join(re.sub(r"[>\n]", " ", m["text"]).split()) for m in added["marks"]} == {"losse tegels aan"}
act("undo", event=added["event"])
assert not marks(origin="added")
PYTHON
/usr/bin/python3 - <<'PYTHON' || fail "versions of a document"
from check import *
old, new, other = NUMBER["8-nota.txt"], NUMBER["9-nota-nieuw.txt"], NUMBER["anders.txt"]
near = [{m["document"] for m in g["members"]} for g in query("groups")["groups"] if g["type"] == "near"]
assert {old, new} in near and not [g for g in near if other in g], near
related = query("document", document=old)["related"]
assert [(r["document"], r["relation"]) for r in related] == [(new, "near")] and related[0]["share"] > 0.8, related
assert query("document", document=other)["related"] == []
# The differences are those that another program finds, and they stand where they say.
def check(a, b):
    answer = query("difference", document=a, other=b)
    texts = [query("text", document=d)["text"] for d in (a, b)]
    words = [re.findall(r"\w+", t.lower()) for t in texts]
    for d in answer["differences"]:
        for text, offset, length, part in [(texts[0], d["offset"], d["length"], d["text"]),
                                           (texts[1], d["other_offset"], d["other_length"], d["other_text"])]:
            assert text[offset:offset + length] == part, d
    rest = [[], []]
    sides = [(texts[0], "offset", "length"), (texts[1], "other_offset", "other_length")]
    for side, (text, offset, length) in enumerate(sides):
        at = 0
        for d in answer["differences"]:
            rest[side] += re.findall(r"\w+", text[at:d[offset]].lower())
            at = d[offset] + d[length]
        rest[side] += re.findall(r"\w+", text[at:].lower())
    assert rest[0] == rest[1], "outside the differences they differ"
    same = sum(m.size for m in difflib.SequenceMatcher(None, *words, autojunk=False).get_matching_blocks())
    assert len(rest[0]) >= same, (len(rest[0]), same)
    return answer["differences"]
forth, back = check(old, new), check(new, old)
assert 1 < len(forth) <= 4, forth
assert any("Kwikzilver" in d["text"] and "Kwikzilver" not in d["other_text"] for d in forth), forth
assert [(d["text"], d["other_text"]) for d in forth] == [(d["other_text"], d["text"]) for d in back]
assert check(old, old) == []
check(old, other)
# What is the same in both is decided once; what stands in one version only, alone.
phone = phones("06-87654321")
done = act("accept", marks={"ids": [phone[old]["id"]]})
assert {m["document"] for m in done["marks"]} == {old, new}, done
act("undo", event=done["event"])
only = [m for m in marks(document=old) if "Kwikzilver" in m["text"]]
assert sorted(m["copies"] for m in only) == [0, 1], [(m["offset"], m["copies"]) for m in only]
alone = [m for m in only if not m["copies"]][0]
assert act("accept", marks={"ids": [alone["id"]]}, preview=True)["count"] == 1
assert not [m for m in marks(document=other) if m["copies"]]
PYTHON
# A copy that comes later takes the decision over, and undo reaches it.
/usr/bin/python3 - <<'PYTHON' || fail "before another copy"
from check import *
act("reject", marks={"ids": [phones()[NUMBER["1-bericht.txt"]]["id"]]}, overwrite=True)
assert set(decisions().values()) == {"rejected"}, decisions()
PYTHON
{
	echo "Ter kennisneming, zie hieronder wat er is gemeld en wat er nog moet gebeuren."
	echo
	cat in/4-outlook.txt
} >in/later.txt
expect 0 "$lakwerk" dossier scan in
/usr/bin/python3 - <<'PYTHON' || fail "a copy that came later"
from check import *
late = phones()[NUMBER["later.txt"]]
assert late["decision"] == "rejected" and late["inherited"], late
PYTHON
finish
