#!/bin/sh
# dossier.sh - a dossier from the first scan to the second reader: decisions stay, the delta tells, copies inherit,
# nothing is lost when a process is killed.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir in
letter in/brief.txt
cat >in/mail.txt <<'MAIL'
Van: Karel Vandermeulen
Verzonden: maandag 4 maart 2024 10:12
Aan: Anna Zonderland
Onderwerp: vergunning

De aanvraag voor de vergunning aan het Lindeplein is ontvangen. De heer K. Vandermeulen heeft gebeld over de
termijn en wil weten wanneer het college besluit. Zijn nummer is 06-12345678.
MAIL
cat >in/antwoord.txt <<'MAIL'
Van: Anna Zonderland
Verzonden: dinsdag 5 maart 2024 09:00
Aan: Karel Vandermeulen
Onderwerp: RE: vergunning

Dank, wij komen erop terug zodra het college heeft besloten over de vergunning op het plein.

> Van: Karel Vandermeulen
> Verzonden: maandag 4 maart 2024 10:12
> Aan: Anna Zonderland
> Onderwerp: vergunning
>
> De aanvraag voor de vergunning aan het Lindeplein is ontvangen. De heer K. Vandermeulen heeft gebeld over de
> termijn en wil weten wanneer het college besluit. Zijn nummer is 06-12345678.
MAIL
printf 'Een bijlage zonder namen, over het plein en de bomen.\n' >in/bijlage.txt
printf 'Een kaart van het plein, met bomen en banken.\n' >in/kaart.txt
cp -r in before
expect 2 "$lakwerk" dossier status in
says "no dossier"
expect 0 "$lakwerk" dossier init in
expect 0 "$lakwerk" dossier init in
cat >check.py <<'PYTHON'
import json, subprocess, sys, os, signal, time
L = os.environ["LW_BUILD_ROOT"] + "/cli/lakwerk"

def run(*arguments, status=0):
    done = subprocess.run([L, "--lang", "en", "dossier", *arguments], capture_output=True, text=True)
    assert done.returncode == status, (arguments, done.returncode, done.stdout[:500], done.stderr)
    return json.loads(done.stdout) if status == 0 and done.stdout.startswith("{") else done.stderr

def query(what, status=0, **parameters):
    return run("query", "in", what, json.dumps(parameters), status=status)

def act(name, who="anna", status=0, **parameters):
    return run("act", "in", json.dumps({"act": name, **parameters}), "--reviewer", who, status=status)

def marks(**selector):
    return query("marks", **selector)["marks"]

def documents():
    return {d["name"]: d for d in query("documents")["documents"]}
PYTHON
python=/usr/bin/python3

# ---- decisions, undo, roles, conflicts ----
$python - <<'PYTHON' || fail "decisions"
from check import *
state = query("dossier")
assert state["documents"] == {"total": 5, "read": 5, "refused": 0, "removed": 0} and state["stale"] is None, state
assert [d["document"] for d in documents().values()] == [1, 2, 3, 4, 5]
everything = query("marks")
assert everything["count"] == len(everything["marks"]) == state["marks"]["open"] > 5
for mark in everything["marks"]:  # offsets are those of the text
    text = query("text", document=mark["document"])["text"]
    assert text[mark["offset"]:mark["offset"] + mark["length"]] == mark["text"], mark
    assert (mark["before"] + mark["text"] + mark["after"]) in text
first = act("accept", marks={"decision": "open"}, preview=True)
assert first["event"] is None and first["count"] == everything["count"]
assert query("dossier")["marks"]["accepted"] == 0, "a preview changed something"
act("accept", marks={"decision": "open"}, expect=1, status=5)
done = act("accept", marks={"decision": "open"}, expect=first["count"])
assert query("dossier")["marks"]["open"] == 0
assert all(m["by"] == "anna" and m["grounds"] for m in marks())
undone = act("undo", event=done["event"])
assert query("dossier")["marks"] == state["marks"], "undo leaves something"
act("undo", event=done["event"], status=5)
redone = act("undo", event=undone["event"])
assert query("dossier")["marks"]["accepted"] == everything["count"], "undo of undo"
act("undo", event=redone["event"])
history = query("events", since=0)["events"]
assert [e["act"] for e in history] == ["scan", "reviewer", "accept", "undo", "undo", "undo"], history
# Only who is known may act, in his role; the officer decides on that.
act("accept", who="piet", marks={"decision": "open"}, status=5)
act("reviewer", who="piet", reviewer="piet", role="officer", status=5)
act("reviewer", reviewer="piet", role="reviewer")
act("settings", who="piet", title="x", status=5)
act("reviewer", reviewer="anna", role=None, status=5)  # the last officer
# Somebody was first.
mark = everything["marks"][0]["id"]
base = query("dossier")["event"]
act("reject", who="piet", marks={"ids": [mark]})
assert "changed this" in act("accept", base=base, marks={"ids": [mark]}, status=5)
act("accept", base=query("dossier")["event"], marks={"ids": [mark]})
told = query("mark", id=mark)
assert told["first"] == {"by": "piet", "decision": "rejected"} and told["decision"] == "accepted", told
assert [e["act"] for e in told["history"]][-2:] == ["reject", "accept"]
assert [m["id"] for m in marks(revised=True)] == [mark] == [m["id"] for m in marks(decided=True)]
act("reopen", marks={"ids": [mark]})
assert not marks(decided=True)
# What cannot be.
act("ground", marks={"ids": [mark]}, grounds=["5.1.5", "5.1.2.e"], status=5)
act("accept", marks={"ids": [mark]}, grounds=["9.9"], status=2)
act("accept", marks={"ids": ["0" * 16]}, status=2)
act("accept", marks={"colour": "red"}, status=2)
act("accept", marks={}, status=2)
act("nonsense", status=2)
act("judge", document=99, judgement=None, status=2)
act("judge", document=1, judgement="Niet openbaar", status=5)
query("nonsense", status=2)
query("text", document=1, colour=2, status=2)
run("act", "in", "{", status=2)
act("accept", marks={"ids": ["x' OR 1=1 --"]}, status=2)
PYTHON

# ---- one person one card; copies of a message; the same elsewhere ----
$python - <<'PYTHON' || fail "cards and copies"
import re
from check import *
cards = {c["name"]: c for c in query("cards")["cards"]}
karel = cards["Karel Vandermeulen"]
assert {s["text"] for s in karel["spellings"]} >= {"Karel Vandermeulen", "K. Vandermeulen"}, karel
everywhere = karel["open"]
one = act("reject", marks={"ids": [marks(card=karel["card"])[0]["id"]]})
rest = act("accept", marks={"card": karel["card"]})
assert rest["skipped"] == one["count"], (one["count"], rest["skipped"])  # exceptions stay
assert query("cards", card=karel["card"])["cards"][0]["accepted"] == everywhere - one["count"]
act("undo", event=rest["event"])
act("undo", event=one["event"])
# The quoted message is the same message: what is decided there holds here.
docs = documents()
mail, reply = docs["mail.txt"]["document"], docs["antwoord.txt"]["document"]
groups = [g for g in query("groups")["groups"] if g["type"] == "message"]
assert any({m["document"] for m in g["members"]} == {mail, reply} for g in groups), groups
phone = [m for m in marks(document=mail) if m["kind"] == "phone"][0]
assert phone["copies"] == 1, phone
done = act("reject", marks={"ids": [phone["id"]]})
copy = [m for m in marks(document=reply) if m["kind"] == "phone"][0]
assert done["count"] == 2 and copy["decision"] == "rejected" and copy["inherited"], copy
act("undo", event=done["event"])
assert [m for m in marks(document=reply) if m["kind"] == "phone"][0]["decision"] == "open"
# So does a mark that a person makes.
text = query("text", document=mail)["text"]
added = act("add", document=mail, offset=text.index("Lindeplein"), length=10, kind="address", grounds=["5.1.2e"])
assert added["count"] == 2 and {m["document"] for m in added["marks"]} == {mail, reply}, added
assert all(m["text"] == "Lindeplein" and m["grounds"] == ["5.1.2.e"] for m in added["marks"])
act("withdraw", marks={"ids": [m["id"] for m in added["marks"]]})
assert not marks(text="Lindeplein")
# Searching: hits are shown first; those left out stay.
hits = query("search", term="vergunning")
assert hits["count"] == len(hits["hits"]) == 6, hits["count"]
# In any case, as the law of a term says: every place where the word stands, as it stands there, and no other.
spelled = set()
for document in {h["document"] for h in hits["hits"]}:
    whole = query("text", document=document)["text"]
    wanted = [(m.start(), m.end() - m.start()) for m in re.finditer(r"\bvergunning\b", whole, re.IGNORECASE)]
    assert sorted((h["offset"], h["length"]) for h in hits["hits"] if h["document"] == document) == wanted, document
    spelled |= {whole[start:start + length] for start, length in wanted}
leave = [[h["document"], h["offset"]] for h in hits["hits"] if "RE:" in h["before"]]
made = act("search", term="vergunning", grounds=["5.1.2.b"], **{"except": leave})
assert made["count"] == 5, made["count"]
items = [i for i in query("consistency")["items"] if i["text"] in spelled]
assert len(items) == 1 and len(items[0]["readable"]) == 1 and not items[0]["decided"], items
assert any(o["code"] == "inconsistent" for o in query("obstacles")["obstacles"])
act("leave", text="vergunning", motivation="staat in de kop")
assert query("consistency")["items"][0]["decided"]
assert not any(o["code"] == "inconsistent" for o in query("obstacles")["obstacles"])
act("undo", event=made["event"])
assert not query("consistency")["items"]
query("search", regex="(", status=2)
query("search", status=2)
PYTHON

# ---- a file that is there twice: both have their marks, one decision holds for both, a new name keeps them ----
mkdir twice
cp "$LW_SOURCE_ROOT/fixtures/dossier/besluit.pdf" twice/a.pdf
cp "$LW_SOURCE_ROOT/fixtures/dossier/besluit.pdf" twice/b.pdf
sed 's/"in"/"twice"/' check.py >twin.py
expect 0 "$lakwerk" dossier init twice
$python - <<'PYTHON' || fail "the same file twice"
from twin import *
a, b = marks(document=1), marks(document=2)
assert len(a) == len(b) > 5 and not {m["id"] for m in a} & {m["id"] for m in b}, (len(a), len(b))
assert [(m["kind"], m["text"]) for m in a] == [(m["kind"], m["text"]) for m in b]
assert [g["type"] for g in query("groups")["groups"]] == ["same"]
assert query("document", document=1)["related"] == [{"document": 2, "relation": "same", "share": 1.0}]
assert query("difference", document=1, other=2)["differences"] == []
assert act("accept", marks={"document": 2})["count"] == len(a) + len(b)
added = act("add", document=1, page=1, boxes=[{"page": 1, "x0": 10, "y0": 10, "x1": 60, "y1": 40}])
act("comment", document=1, text="van het begin")
other = act("add", document=2, page=1, boxes=[{"page": 1, "x0": 10, "y0": 10, "x1": 60, "y1": 40}])
assert added["count"] == other["count"] == 1 and added["marks"][0]["id"] != other["marks"][0]["id"]
PYTHON
mv twice/a.pdf twice/c.pdf
expect 0 "$lakwerk" dossier scan twice
$python - <<'PYTHON' || fail "a new name, with a copy beside it"
from twin import *
state = documents()
assert {n: d["document"] for n, d in state.items()} == {"c.pdf": 1, "b.pdf": 2}, state
assert state["c.pdf"]["accepted"] == state["b.pdf"]["accepted"] == len(marks(document=1)) > 5, state
assert state["c.pdf"]["open"] == state["b.pdf"]["open"] == 0, state
assert [m["origin"] for m in marks(document=1)].count("added") == 1
assert [c["document"] for c in query("comments")["comments"]] == [1]
PYTHON

# ---- a scan later: what people decided stays, and only what differs is told ----
$python - <<'PYTHON' || fail "before the second scan"
from check import *
act("accept", marks={"decision": "open"})
for document in documents().values():
    act("seen", document=document["document"], pages="all")
never = act("rule", never="Anna Zonderland")
assert query("rules")["rules"][0]["never"] == "Anna Zonderland"
PYTHON
sed -i 's/^Mijn BSN/Ik schrijf u omdat mijn BSN/' in/brief.txt
printf 'De heer P. Kwikzilver en Anna Zonderland waren er ook.\n' >>in/bijlage.txt
printf 'Het verslag van de heer P. Kwikzilver.\n' >in/later.txt
rm in/antwoord.txt
expect 0 "$lakwerk" dossier status in
has out.txt "1 new, 2 changed, 1 gone"
expect 0 "$lakwerk" dossier scan in
$python - <<'PYTHON' || fail "the delta"
from check import *
docs = documents()
assert docs["antwoord.txt"]["state"] == "removed" and docs["later.txt"]["document"] == 6, docs
bsn = [m for m in marks(document=docs["brief.txt"]["document"]) if m["kind"] == "bsn"]
assert len(bsn) == 1 and bsn[0]["decision"] == "accepted" and bsn[0]["by"] == "anna", bsn
text = query("text", document=docs["brief.txt"]["document"])["text"]
assert text[bsn[0]["offset"]:][:9] == "123456782"
new = [m for m in marks(document=docs["bijlage.txt"]["document"])]
assert {m["text"]: m["decision"] for m in new} == {"P. Kwikzilver": "open", "Anna Zonderland": "rejected"}, new
assert docs["brief.txt"]["seen"] == 0 and docs["mail.txt"]["seen"] == 1, "a changed page counts as seen"
PYTHON
printf '[policy]\nname=anders\n[kind phone]\naction=keep\n' >other.policy
expect 0 "$lakwerk" dossier scan in --policy other.policy
$python - <<'PYTHON' || fail "the delta of a policy"
from check import *
gone = marks(delta=True)
assert [(m["kind"], m["delta"], m["decision"]) for m in gone] == [
    ("person", "new", "open"), ("phone", "gone", "accepted")], gone
assert [m["kind"] for m in marks(delta="gone")] == ["phone"]
act("acknowledge", marks={"delta": True})
assert not marks(delta=True) and query("mark", id=gone[1]["id"])["decision"] == "accepted"
PYTHON
expect 0 "$lakwerk" dossier status in
grep -q "not up to date" out.txt && fail "the policy was not kept"

# ---- the second reader ----
$python - <<'PYTHON' || fail "the second reader"
from check import *
act("accept", marks={"decision": "open"})
act("sign", status=5)
act("reviewer", reviewer="vera", role="approver")
act("sign", who="vera", status=5)  # no sample yet
act("sample", pages=10)
act("sample", pages=10)  # again: as many
sample = query("sample")
assert sample["unmarked"] == len(sample["pages"]) == 1 and not sample["complete"], sample
for page in sample["pages"]:
    act("result", document=page["document"], page=page["page"], missed=0, status=5)
    act("result", who="vera", document=page["document"], page=page["page"], missed=0)
act("sample", pages=10)  # what was checked stays
assert [p["result"] for p in query("sample")["pages"]] == ["clean"] and query("sample")["complete"]
act("sign", who="piet", status=5)
act("sign", who="vera")
for item in query("consistency")["items"]:
    act("leave", text=item["text"], motivation="in functie")
assert [o["code"] for o in query("obstacles")["obstacles"]] == ["unsigned"]
act("sign", who="vera")
assert query("obstacles")["ready"] and query("dossier")["signed"]["by"] == "vera", query("obstacles")
one = marks()[0]["id"]
act("reject", marks={"ids": [one]})
assert [o["code"] for o in query("obstacles")["obstacles"] if o["code"] == "unsigned"] == ["unsigned"]
PYTHON

# Pages with a higher risk come besides, and do not count.
mkdir risk
cp "$LW_SOURCE_ROOT/fixtures/unread/foto.pdf" risk/
letter risk/brief.txt
for i in 1 2 3 4; do echo "Een kaart van het plein, nummer $i." >"risk/kaart-$i.txt"; done
sed 's/"in"/"risk"/' check.py >risky.py
expect 0 "$lakwerk" dossier init risk
$python - <<'PYTHON' || fail "pages with a higher risk"
from risky import *
act("reject", marks={"decision": "open"})
act("sample", pages=2, risky=9)
drawn = query("sample")["pages"]
name = {d["document"]: n for n, d in documents().items()}
assert sum(p["counts"] for p in drawn) == 2, drawn
assert {"foto.pdf", "brief.txt"} <= {name[p["document"]] for p in drawn} and len(drawn) <= 4, drawn
act("sample", pages=0, risky=1)
drawn = query("sample")["pages"]
assert [(name[p["document"]], p["counts"]) for p in drawn] == [("foto.pdf", False)], drawn
assert query("sample")["bound"] == 1.0, "pages that were not drawn at random count"
PYTHON

# ---- the law ----
$python - <<'PYTHON' || fail "the law"
from check import *
act("accept", marks={"decision": "rejected"}, overwrite=True, grounds=["5.1.2.e"])
def codes(**given):
    return {w["code"] for w in query("warnings", **given)["warnings"] if w["blocks"]}
assert codes() == set(), codes()
mail = documents()["mail.txt"]["document"]
act("document", document=mail, emissions=True)
assert "emissions" in codes(document=mail) and "emissions" in {o["code"] for o in query("obstacles")["obstacles"]}
act("document", document=mail, emissions=None, date="2015-01-02")
assert "old" in codes(document=mail)
old = marks(warning="old")
assert old and all("old" in [w["code"] for w in m["warnings"]] for m in old), old
assert len(old) == sum("old" in [w["code"] for w in m["warnings"]] for m in marks())
blocked = [o for o in query("obstacles")["obstacles"] if o["code"] == "old"]
assert [(o["mark"], o["count"], o["documents"]) for o in blocked] == [(old[0]["id"], len(old), [mail])], blocked
act("motivate", marks={"document": mail}, motivation="De betrokkene leeft nog.")
assert not codes(document=mail)
act("document", document=1, date="2015-02-30", status=2)
act("document", document=mail, title="<script>alert(1)</script> \u202e", date=None)
assert documents()["mail.txt"]["title"] == "<script>alert(1)</script> \u202e"
PYTHON

# ---- one writer, back-up, and a process that is killed while it writes ----
$python - <<'PYTHON' || fail "killed"
from check import *
import fcntl, random, sqlite3
lock = open("in/.lakwerk/lock", "r+")
fcntl.flock(lock, fcntl.LOCK_EX)
assert "in use" in act("comment", text="x", status=5)
query("dossier")
fcntl.flock(lock, fcntl.LOCK_UN)
lock.close()
confirmed = set()
for turn in range(12):
    writer = subprocess.Popen([sys.executable, "-c", """
from check import *
for number in range(1000):
    answer = act("comment", document=3, text="opmerking " + sys.argv[1] + "-" + str(number))
    print(answer["event"], flush=True)
""", str(turn)], stdout=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(0.15 + random.random() * 0.25)
    os.killpg(writer.pid, signal.SIGKILL)
    confirmed |= {int(line) for line in writer.stdout.read().split()}
    writer.wait()
known = {c["event"] for c in query("comments")["comments"]}
assert confirmed and confirmed <= known, (len(confirmed), len(confirmed - known))
state = sqlite3.connect("in/.lakwerk/dossier.db")
assert state.execute("PRAGMA integrity_check").fetchone() == ("ok",)
# An event is there with all its effects, or not at all.
torn = state.execute("SELECT count(*) FROM event WHERE act = 'comment' AND (SELECT count(*) FROM effect WHERE "
                     "effect.event = event.id) <> 4").fetchone()[0]
assert torn == 0, torn
# Events only grow, whoever tries.
for sql in ["DELETE FROM event", "UPDATE effect SET value = 'x'"]:
    try:
        state.execute(sql)
        raise SystemExit("an event could be changed")
    except sqlite3.IntegrityError:
        pass
PYTHON
# A scan that is killed goes on where it was, and loses nothing.
"$lakwerk" dossier query in marks >was.json
for i in 1 2 3 4 5 6; do cp in/mail.txt "in/extra-$i.txt"; done
for delay in 0.02 0.1 0.3; do
	"$lakwerk" dossier scan in >/dev/null 2>&1 &
	scan=$!
	sleep "$delay"
	kill -9 "$scan" 2>/dev/null
	wait "$scan" 2>/dev/null
done
rm -f in/extra-*.txt
expect 0 "$lakwerk" dossier scan in
$python - <<'PYTHON' || fail "a killed scan"
from check import *
was = json.load(open("was.json"))["marks"]
now = [m for m in marks()]
assert [(m["id"], m["decision"]) for m in was] == [(m["id"], m["decision"]) for m in now]
PYTHON
expect 0 "$lakwerk" dossier backup in copy.db
expect 2 "$lakwerk" dossier backup in copy.db
expect 0 "$lakwerk" dossier act in '{"act":"comment","text":"na de kopie"}' --reviewer anna
expect 0 "$lakwerk" dossier restore in copy.db
expect 0 "$lakwerk" dossier query in comments
lacks out.txt "na de kopie"

# ---- out and in again; redact stays away; the originals are as they were ----
expect 0 "$lakwerk" dossier export in
cp out.txt export.jsonl
expect 5 "$lakwerk" redact in -o out
says "lakwerk publish"
[ -e out ] && fail "redact wrote something"
mkdir other
cp in/*.txt other/
expect 0 "$lakwerk" redact other -o out --marks export.jsonl
expect 0 "$lakwerk" dossier init other
expect 0 "$lakwerk" dossier import other export.jsonl
"$lakwerk" dossier query in dossier >one.json
"$lakwerk" dossier query other dossier >two.json
$python - <<'PYTHON' || fail "import"
import json
one, two = json.load(open("one.json")), json.load(open("two.json"))
assert two["marks"]["accepted"] == one["marks"]["accepted"] > 3, (one["marks"], two["marks"])
PYTHON
cmp -s in/mail.txt before/mail.txt || fail "an original was changed"
[ "$(stat -c %a in/.lakwerk)" = 700 ] || fail "others may look into the state"
[ "$(stat -c %a in/.lakwerk/dossier.db)" = 600 ] || fail "others may read the state"
# Names and texts that mean harm are only names and texts.
mkdir odd
letter "odd/<script>alert(1)<!-- .txt"
letter "odd/$(printf '\342\200\256fdp.txt')"
letter "odd/$(printf 'x%.0s' $(seq 250)).txt"
printf 'Jan \001\002\n' >odd/unreadable.bin
printf 'Mevrouw "Zonderland\\</script>" en \342\200\256BSN 123456782.\n' >odd/text.txt
expect 3 "$lakwerk" dossier init odd
expect 0 "$lakwerk" dossier query odd documents
cp out.txt odd.json
expect 0 "$lakwerk" dossier query odd marks
/usr/bin/python3 - <<'PYTHON' || fail "odd names"
import json
documents = {d["name"]: d for d in json.load(open("odd.json"))["documents"]}
assert len(documents) == 5 and any("<script>" in n for n in documents), documents
assert documents["unreadable.bin"]["state"] == "refused" and documents["unreadable.bin"]["message"]
import os, subprocess
for lang, words in (("nl", "alleen een beeld"), ("en", "only a picture")):
    told = subprocess.run([os.environ["LW_BUILD_ROOT"] + "/cli/lakwerk", "dossier", "query", "risk", "document",
                           json.dumps({"document": 2, "lang": lang})], capture_output=True, text=True).stdout
    assert [words in n["message"] for n in json.loads(told)["notices"] if n["code"] == "page-unread"] == [True], told
assert json.load(open("out.txt"))["count"] >= 4
PYTHON
# On a network share: a rollback journal, no shared memory.
mkdir share
cp before/brief.txt share/
LAKWERK_REMOTE=1 expect 0 "$lakwerk" dossier init share --state apart
[ -e share/.lakwerk ] && fail "--state was not heard"
mode=$($python -c 'import sqlite3
print(sqlite3.connect("apart/dossier.db").execute("PRAGMA journal_mode").fetchone()[0])')
[ "$mode" = delete ] || fail "the journal is $mode"
finish
