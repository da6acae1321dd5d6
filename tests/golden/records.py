#!/usr/bin/env python3
"""records.py - the lists and reports of a publication, judged by others: the rules of the OpenVWS importer as its code
has them, DiWoo by xmllint and the order of its elements, LibreOffice opens the sheets, and nothing tells what was
removed.

Also what is said when a setting is missing, and the list of what became readable after an objection.
"""
import csv
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402
import matterhorn  # noqa: E402
import publishing  # noqa: E402

SETTINGS = {"title": "Lindelaan", "matter": "2024-00317", "tooi": "gm0363", "organisation": "Gemeente Westerwijk",
            "url": "https://woo.example/2024/", "decided": "2024-05-01", "requested": "2024-03-01", "prefix": "WW"}
SECRETS = ["Zonderland", "Oldenhuis", "123456782"]
DIWOO = "{https://standaarden.overheid.nl/diwoo/metadata/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ORDER = ["creatiedatum", "identifiers", "publisher", "verantwoordelijke", "medeverantwoordelijken", "opsteller",
         "naamOpsteller", "omschrijvingen", "titelcollectie", "classificatiecollectie", "documenthandelingen",
         "geldigheid",
         "language", "format", "aggregatiekenmerk", "isPartOf", "hasParts", "documentrelaties",
         "redenVerwijderingVervanging"]
TYPES = ("pdf", "doc", "image", "presentation", "spreadsheet", "email", "html", "note", "database", "xml", "video",
         "audio", "vcard", "chat")
GROUNDS = {"5.1.1a", "5.1.1b", "5.1.1c", "5.1.1d", "5.1.1e", "5.1.2a", "5.1.2b", "5.1.2c", "5.1.2d", "5.1.2e", "5.1.2f",
           "5.1.2g", "5.1.2h", "5.1.2i", "5.1.5", "5.2", "5.4", "dubbel"}


def make_dossier(folder):
    folder.mkdir()
    text = "Geachte mevrouw Zonderland,\n\nMijn BSN is 123456782. Tot ziens.\n"
    (folder / "brief-aan-Zonderland.txt").write_text(text)
    (folder / "kaart.txt").write_text("Een kaart van het plein, met bomen en banken.\n")
    (folder / "besluit.pdf").write_bytes((judge.FIXTURES / "dossier" / "besluit.pdf").read_bytes())
    (folder / "notitie.txt").write_text("Marijke Oldenhuis belde over het bestek. Haar nummer is 06-29841357.\n")
    (folder / "z-eerder.txt").write_text("Een raadsbesluit dat al op de site staat.\n")


def number_of(dossier, name):
    return next(d["document"] for d in publishing.query(dossier, "documents")["documents"] if d["name"] == name)


# ---- sheets ----

def sheet_rows(path, sheet=1):
    """The cells of a workbook as openpyxl would give them, by the XML itself."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        strings = ["".join(t.text or "" for t in si.iter(space + "t"))
                   for si in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet%d.xml" % sheet))
    rows = []
    for row in root.iter(space + "row"):
        cells = {}
        for cell in row:
            column = re.match(r"[A-Z]+", cell.get("r"))[0]
            value = cell.find(space + "v")
            assert cell.find(space + "f") is None, "a formula"
            cells[column] = strings[int(value.text)] if value is not None and cell.get("t") == "s" else ""
        rows.append(cells)
    return [[row.get(c, "") for c in "ABCDEFGHIJKLMN"] for row in rows]


def by_office(path, folder):
    """The rows as LibreOffice reads them; None when it is not here."""
    if not shutil.which("soffice"):
        return None
    subprocess.run(["soffice", "-env:UserInstallation=file://%s/office" % folder, "--headless", "--convert-to",
                    "csv:Text - txt - csv (StarCalc):59,34,76", "--outdir", folder, path], capture_output=True,
                   timeout=judge.TIMEOUT)
    made = pathlib.Path(folder) / (path.stem + ".csv")
    rows = list(csv.reader(made.open(encoding="utf-8"), delimiter=";")) if made.exists() else []
    made.unlink(missing_ok=True)
    return rows


def check_report(tally, out):
    """The importer's own rules (nl-rdo-woo-web: inventory reader and document rules)."""
    rows = sheet_rows(out / "productierapport.xlsx")
    head = ["ID", "Matter", "Family", "Email Thread ID", "Document", "File Type", "Datum", "Beoordeling", "Opgeschort",
            "Beoordelingsgrond", "Toelichting", "Publieke Link", "Gerelateerd ID", "Zaaknummer"]
    tally.check(rows[0] == head, "the headings are", rows[0])
    ids = [row[0] for row in rows[1:]]
    tally.check(len(set(ids)) == len(ids) == 5, "ids:", ids)
    for row in rows[1:]:
        one = dict(zip(head, row))
        tally.check(re.fullmatch(r"[a-z0-9.\-]{1,170}", one["ID"]), "id", one["ID"])
        tally.check(re.fullmatch(r"[a-zA-Z0-9-._~]{1,255}", one["Matter"]), "matter", one["Matter"])
        tally.check(len("WW-%s-%s" % (one["Matter"], one["ID"])) <= 255, "number too long")
        tally.check(0 < len(one["Document"].encode()) <= 500, "title", one["Document"])
        tally.check(one["File Type"] in TYPES, "type", one["File Type"])
        tally.check(one["Datum"] == "" or re.fullmatch(r"\d{4}-\d\d-\d\d", one["Datum"]), "date", one["Datum"])
        tally.check(one["Beoordeling"].lower() in ("openbaar", "deels openbaar", "reeds openbaar", "niet openbaar"),
                    "judgement", one["Beoordeling"])
        grounds = set(filter(None, one["Beoordelingsgrond"].split(";")))
        tally.check(grounds <= GROUNDS, "grounds", grounds)
        tally.check(len(one["Toelichting"]) <= 1000, "remark")
        files = [p.name for p in out.glob(one["ID"] + ".*")]
        public = one["Beoordeling"] in ("Openbaar", "Deels openbaar")
        tally.check(bool(files) == public, one["ID"], one["Beoordeling"], "has files", files)
        known = one["Beoordeling"] == "Reeds openbaar"
        tally.check(not known or one["Publieke Link"].startswith("https://"), "no link", row)


def check_diwoo(tally, out):
    if shutil.which("xmllint"):
        lint = subprocess.run(["xmllint", "--noout", out / "diwoo.xml"], capture_output=True)
        tally.check(lint.returncode == 0, "xmllint:", lint.stderr)
    root = ElementTree.parse(out / "diwoo.xml").getroot()
    tally.check(root.tag == SITEMAP + "urlset", "root", root.tag)
    places = [url.find(SITEMAP + "loc").text for url in root]
    tally.check(sorted(places) == sorted(SETTINGS["url"] + p.name for p in out.glob("0*")), "addresses:", places)
    for url in root:
        tally.check([child.tag for child in url] == [SITEMAP + "loc", SITEMAP + "lastmod", DIWOO + "Document"],
                    "children of url", [child.tag for child in url])
        one = url.find(DIWOO + "Document/" + DIWOO + "DiWoo")
        names = [child.tag.replace(DIWOO, "") for child in one]
        tally.check(names == [n for n in ORDER if n in names], "order of elements:", names)
        tally.check("naamOpsteller" not in names, "a person is named")
        tally.check(one.find(DIWOO + "publisher").get("resource") ==
                    "https://identifier.overheid.nl/tooi/id/gemeente/gm0363", "publisher")
        tally.check(bool(one.find(DIWOO + "titelcollectie/" + DIWOO + "officieleTitel").text), "no title")
        tally.check(one.find(".//" + DIWOO + "informatiecategorie").get("resource").endswith("c_3baef532"), "category")
        tally.check(one.find(".//" + DIWOO + "atTime").text == "2024-05-01T00:00:00Z", "time of the decision")


def check_woogle(tally, out):
    told = json.loads((out / "woogle.json").read_text())
    tally.check(told["dc_publisher"] == "gm0363" and told["dc_type"] == "2i" and told["dc_title"] and
                re.fullmatch(r"nl\.gm0363\.2i\.2024\.\S+", told["dc_identifier"]), "Woogle:", told)
    tally.check(told["foi_requestDate"] == "2024-03-01" and told["foi_decisionDate"] == "2024-05-01", "dates of Woogle")
    for one in told["foi_files"]["foi_documenten"]:
        tally.check(one["dc_source"] and one["foi_url_on_web"], "a document of Woogle without a place", one)


def check_sheets(tally, out, folder):
    wanted = list(csv.reader(io.StringIO((out / "inventarislijst.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    tally.check(len(wanted) == 6, "rows of the inventory:", len(wanted))
    tally.check([[c for c in row] for row in sheet_rows(out / "inventarislijst.xlsx")] ==
                [row + [""] * (14 - len(row)) for row in wanted], "XLSX and CSV differ")
    for name in ("inventarislijst.xlsx", "inventarislijst.ods"):
        rows = by_office(out / name, folder)
        tally.check(rows is None or rows == wanted, name, "in LibreOffice:", rows)


def check_account(tally, out):
    """The account says that it is PDF/UA: no point of Matterhorn fails, but that it claims to be no PDF/A."""
    found = matterhorn.failures(out / "lakverantwoording.pdf")
    found.pop("a-identifier", None)
    tally.check(not found, "lakverantwoording.pdf fails", found)
    tally.check(judge.is_sound(out / "lakverantwoording.pdf"), "qpdf complains about lakverantwoording.pdf")
    told = json.loads((out / "lakverantwoording.json").read_text())
    text = " ".join(judge.text_of(out / "lakverantwoording.pdf").split())
    for one in told["documents"]:
        for ground in one["grounds"]:
            share = "%s %.1f %%" % (ground["ground"], 100 * ground["share"])
            tally.check(share in text, one["id"], share, "is not in the PDF")
    parts = [ground["marks"] for one in told["documents"] for ground in one["grounds"]]
    tally.check(sum(ground["marks"] for ground in told["grounds"]) == sum(parts), "the sums differ")


def check_silence(tally, out):
    for path in sorted(out.iterdir()):
        data = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                data += [package.read(name) for name in package.namelist()]
        for secret in SECRETS:
            held = any(secret.encode() in part for part in data) or secret in path.name
            tally.check(not held, path.name, "has", secret)


# ---- the course of things ----

def missing(tally, folder, dossier):
    """Without settings there are no reports, and each that is missing is told, in two languages."""
    status, _, told = publishing.publish(dossier, folder / "bare")
    codes = [n["code"] for n in told["notices"] if n["document"] is None]
    wanted = ["no-matter", "no-tooi", "no-organisation", "no-url", "no-decided", "no-requested"]
    tally.check(status == 0 and codes == wanted, "exit", status, codes)
    for name in ("productierapport.xlsx", "diwoo.xml", "woogle.json"):
        tally.check(not (folder / "bare" / name).exists(), name, "is there without its settings")
    for lang, words in (("nl", "geen productierapport"), ("en", "no production report")):
        status, said, out = judge.lakwerk("publish", dossier, "-o", folder / lang, "--lang", lang)
        tally.check(status == 0 and words in said and not out, "exit", status, said, out)
    wanted = ["no-organisation", "no-url"]
    known = {key: SETTINGS[key] for key in ("matter", "tooi", "decided", "requested")}
    publishing.act(dossier, act="settings", **known)
    status, _, told = publishing.publish(dossier, folder / "half")
    codes = [n["code"] for n in told["notices"] if n["document"] is None]
    tally.check(status == 0 and codes == wanted, "exit", status, codes)
    tally.check((folder / "half" / "productierapport.xlsx").exists(), "no production report with a matter")
    dates = [n for n in told["notices"] if n["code"] == "no-date"]
    tally.check(len(dates) == 4, "documents without a date:", dates)


def refused(tally, folder, dossier):
    """What an importer would not take is refused before anything is written, by the name of the document."""
    publishing.act(dossier, act="settings", **dict(SETTINGS, tooi="xx1"))
    status, said, _ = publishing.publish(dossier, folder / "wrong")
    tally.check(status == 2 and "TOOI" in said and not (folder / "wrong").exists(), "exit", status, said)
    publishing.act(dossier, act="settings", **SETTINGS)
    eerder = number_of(dossier, "z-eerder.txt")
    publishing.act(dossier, act="judge", document=eerder, judgement="Reeds openbaar", motivation="staat op de site")
    publishing.settle(dossier)
    status, said, _ = publishing.publish(dossier, folder / "wrong")
    tally.check(status == 2 and "'%04d'" % eerder in said and "link" in said, "exit", status, said)
    tally.check(not list(folder.glob("wrong*")), "something was left behind")
    publishing.act(dossier, act="document", document=eerder, url="https://raad.example/besluit.pdf", date="2024-02-29")


def objection(tally, folder, dossier):
    """After an objection: what is told as readable is readable, and nothing else is quoted."""
    brief, note = number_of(dossier, "brief-aan-Zonderland.txt"), number_of(dossier, "notitie.txt")
    marks = publishing.query(dossier, "marks", document=note)["marks"]
    phone = next(m for m in marks if m["kind"] == "phone")
    publishing.act(dossier, act="reject", overwrite=True, marks={"ids": [phone["id"]]})
    publishing.settle(dossier)
    status, said, told = publishing.publish(dossier, folder / "again", "--since", folder / "full")
    tally.check(status == 0 and told, "exit", status, said)
    list_ = json.loads((folder / "again" / "nieuw-openbaar.json").read_text())
    told = [(e["document"], e["what"], e.get("text")) for e in list_]
    tally.check(told == [("%04d" % note, "passage", phone["text"])], "newly readable:", list_)
    rows = (folder / "again" / "nieuw-openbaar.csv").read_text(encoding="utf-8-sig").splitlines()
    tally.check(len(rows) == 2 and phone["text"] in rows[1], "as a table:", rows)
    files = sorted(p.name for p in (folder / "again").glob("0*"))
    tally.check(files == ["%04d.txt" % note], "other documents came too:", files)
    tally.check(len(sheet_rows(folder / "again" / "productierapport.xlsx")) == 6, "a row vanished")
    # Another file under the name: no passage of the old one can be placed, so none is quoted.
    (dossier / "brief-aan-Zonderland.txt").write_text(
        "Geachte mevrouw Zonderland,\n\nMijn BSN is nog altijd 123456782. Tot ziens.\n")
    judge.lakwerk("dossier", "scan", dossier)
    publishing.settle(dossier)
    status, said, told = publishing.publish(dossier, folder / "third", "--since", folder / "again")
    list_ = json.loads((folder / "third" / "nieuw-openbaar.json").read_text())
    tally.check(status == 0 and list_ == [{"document": "%04d" % brief, "what": "changed"}], "exit", status, said, list_)
    check_silence(tally, folder / "third")
    other = folder / "other"
    other.mkdir()
    (other / "a.txt").write_text("Niets bijzonders.\n")
    publishing.start(other, folder / "other.ini")
    publishing.settle(other)
    status, said, _ = publishing.publish(other, folder / "fourth", "--since", folder / "third")
    tally.check(status == 2 and "another dossier" in said, "exit", status, said)


def narrowed(tally, folder, dossier):
    """A mark that became smaller: what it still covers is not quoted, the rest is."""
    brief = number_of(dossier, "notitie.txt")
    hit = publishing.query(dossier, "search", term="Marijke Oldenhuis belde", document=brief)["hits"][0]
    publishing.act(dossier, act="reject", overwrite=True, marks={"document": brief, "kind": "person"})
    added = publishing.act(dossier, act="add", document=brief, offset=hit["offset"], length=hit["length"],
                           grounds=["5.1.2.e"])
    publishing.settle(dossier)
    publishing.publish(dossier, folder / "wide", "--since", folder / "third")
    publishing.act(dossier, act="extent", id=added["marks"][0]["id"], offset=hit["offset"],
                   length=len("Marijke Oldenhuis"))
    publishing.settle(dossier)
    status, said, _ = publishing.publish(dossier, folder / "narrow", "--since", folder / "wide")
    list_ = json.loads((folder / "narrow" / "nieuw-openbaar.json").read_text())
    tally.check(status == 0 and [e.get("text") for e in list_] == ["belde"], "exit", status, said, list_)
    check_silence(tally, folder / "narrow")


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        dossier, out = folder / "in", folder / "full"
        make_dossier(dossier)
        publishing.start(dossier, folder / "policy.ini")
        kaart = number_of(dossier, "kaart.txt")
        publishing.act(dossier, act="judge", document=kaart, judgement="Niet openbaar", motivation="bedrijfsgegevens")
        publishing.act(dossier, act="document", document=kaart, title="Kaart voor mevrouw Zonderland",
                       remark="Van Oldenhuis gekregen", date="2024-03-02", family=1)
        publishing.settle(dossier)
        missing(tally, folder, dossier)
        refused(tally, folder, dossier)
        publishing.settle(dossier)
        status, said, told = publishing.publish(dossier, out)
        tally.check(status == 0, "publish ends with", status, said, told)
        told = {(n["document"], n["code"]) for n in told["notices"]}
        wanted = {("%04d" % kaart, "title-replaced"), ("%04d" % kaart, "remark-left-out"),
                  ("%04d" % number_of(dossier, "brief-aan-Zonderland.txt"), "title-replaced")}
        tally.check(wanted <= told, "notices:", sorted(map(str, told)))
        check_report(tally, out)
        check_diwoo(tally, out)
        check_woogle(tally, out)
        check_sheets(tally, out, folder)
        check_account(tally, out)
        check_silence(tally, out)
        objection(tally, folder, dossier)
        narrowed(tally, folder, dossier)
    tally.finish()


if __name__ == "__main__":
    main()
