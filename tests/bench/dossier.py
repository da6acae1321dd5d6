#!/usr/bin/env python3
"""dossier.py - what a large dossier costs: 300 documents and 3,000 pages, made here; opening, searching, consistency,
the gate, the next mark on the screen, and the memory of the server.

    dossier.py [FOLDER]     (keeps the dossier there, scanned, and uses it again)

Opening is compared with listing the same folder. Prints a line per measure, "within" or "over" its limit; fails above
twice a limit, since machines differ.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(os.environ.get("LW_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
BUILD = pathlib.Path(os.environ.get("LW_BUILD_ROOT") or ROOT / "build")
LAKWERK = str(BUILD / "cli" / "lakwerk")
DOCUMENTS, PAGES = 300, 10
FIRST = ("Anna Bas Carla Dirk Elise Farid Greet Hans Ingrid Jamal Karin Lars Marijke Noor Otto Petra Quirine Ruben "
         "Saskia Thijs").split()
LAST = ["Oldenhuis", "Tepelenburg", "van Lansveld", "Qvistgaard", "Ouwerdijk", "Zonderland", "Vandermeulen",
        "ter Horst", "Kwikzilver", "Brandsma", "de Roovere", "Hagendoorn", "van der Wielen", "Stuyvenberg"]
SENTENCES = [
    "Op {day} maart 2024 sprak {title} {last} met de afdeling over de aanvraag van {day} januari.",
    "Het college van burgemeester en wethouders weegt de belangen van bewoners, ondernemers en verkeer.",
    "Uit de tellingen van week {day} blijkt dat het aantal voertuigen per etmaal {number} bedraagt.",
    "Neem contact op met {first} {last}, telefoon 06-{phone}, of schrijf naar {mail}.",
    "De kosten worden gedekt uit het budget voor onderhoud; er zijn geen gevolgen voor de formatie.",
    "De uitvoering begint in het najaar en duurt naar verwachting {day} weken, zegt {first} {last}.",
    "De weg wordt afgesloten voor zwaar verkeer, met uitzondering van bestemmingsverkeer, vanaf perceel {number}.",
    "Voor de melding met kenmerk 2024-{number} geldt hetzelfde als voor de eerdere melding.",
]


def sentence(source):
    last = source.choice(LAST)
    first = source.choice(FIRST)
    return source.choice(SENTENCES).format(
        day=source.randint(10, 28), number=source.randint(1000, 99999), first=first, last=last,
        title=source.choice(["de heer", "mevrouw"]), phone="%08d" % source.randint(10 ** 7, 10 ** 8 - 1),
        mail="%s.%s@example.nl" % (first[0].lower(), last.replace(" ", "").lower()))


def message(source):
    """A mail of one paragraph or more, as it is quoted in others."""
    first, last = source.choice(FIRST), source.choice(LAST)
    head = "Van: %s %s\nVerzonden: maandag %d maart 2024 10:12\nAan: %s %s\nOnderwerp: melding %d\n\n" % (
        first, last, source.randint(10, 28), source.choice(FIRST), source.choice(LAST), source.randint(1, 999))
    return head + " ".join(sentence(source) for _ in range(6))


def texts():
    """The pages of every document: letters, mail that quotes earlier mail, and second versions of earlier documents."""
    source = random.Random(20240304)
    mails, documents = [], []
    for number in range(DOCUMENTS):
        if number % 20 == 19:
            pages = list(documents[number - 10])
            pages[3] += " " + sentence(source)
        else:
            pages = ["\n\n".join(" ".join(sentence(source) for _ in range(5)) for _ in range(6)) for _ in range(PAGES)]
        if number % 4 == 1:
            mails.append(message(source))
            pages[0] = "\n\n".join(mails[-4:][::-1])
        documents.append(pages)
    return documents


def write(path, pages):
    import cairo
    import gi
    gi.require_version("Pango", "1.0")
    gi.require_version("PangoCairo", "1.0")
    from gi.repository import Pango, PangoCairo
    context = cairo.Context(cairo.PDFSurface(str(path), 595, 842))
    for text in pages:
        layout = PangoCairo.create_layout(context)
        layout.set_font_description(Pango.FontDescription("Liberation Serif 10"))
        layout.set_width(460 * Pango.SCALE)
        layout.set_text(text, -1)
        context.move_to(64, 60)
        PangoCairo.show_layout(context, layout)
        context.show_page()
    context.get_target().finish()


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for number, pages in enumerate(texts(), 1):
        write(folder / ("stuk-%03d.pdf" % number), pages)


def seconds(*command):
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return time.monotonic() - start, done.stdout


def best(*command, rounds=3):
    return min(seconds(*command)[0] for _ in range(rounds))


class Report:
    failed = 0

    def say(self, what, value, limit, unit):
        fits = value <= limit
        self.failed += value > 2 * limit
        print("%s: %.*f %s, %s %g" % (what, 0 if unit != "s" else 2, value, unit, "within" if fits else "over", limit))


def query(folder, what, parameters=None):
    return seconds(LAKWERK, "dossier", "query", str(folder), what, json.dumps(parameters or {}))


def act(folder, action):
    return seconds(LAKWERK, "dossier", "act", str(folder), json.dumps(action), "--reviewer", "meter")


def next_mark(folder, report):
    """In a real browser; the test of speed with this dossier."""
    environment = dict(os.environ, LW_SOURCE_ROOT=str(ROOT), LW_BUILD_ROOT=str(BUILD), LW_SPEED_DOSSIER=str(folder))
    done = subprocess.run(["sh", str(ROOT / "tests/review/run.sh"), "speed"], env=environment, capture_output=True,
                          text=True)
    if done.returncode == 77:
        print("next mark: skipped, no browser")
        return
    for line in done.stdout.splitlines():
        if line.startswith("measure "):
            what, value, limit, unit = json.loads(line[8:])
            report.say(what, value, limit, unit)
    report.failed += done.returncode != 0
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-1000:])


def main():
    keep = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else None
    work = keep or pathlib.Path(tempfile.mkdtemp(prefix="lakwerk-bench-")) / "dossier"
    report = Report()
    if not (work / ".lakwerk").exists():
        make(work)
        took, _ = seconds(LAKWERK, "dossier", "init", str(work))
        print("first scan: %.0f s, %.0f pages a second" % (took, DOCUMENTS * PAGES / took))
    listing = best(LAKWERK, "dossier", "query", str(work), "documents")
    opening = best(LAKWERK, "dossier", "query", str(work), "dossier")
    report.say("opening, against listing %.2f s" % listing, opening / listing, 3, "times")
    report.say("scan with nothing new, and its status", best(LAKWERK, "dossier", "scan", str(work)), 2, "s")
    report.say("search", query(work, "search", {"term": "Vandermeulen"})[0], 1, "s")
    report.say("search by expression", query(work, "search", {"regex": "ken[a-z]+ 2024-[0-9]{4}"})[0], 2, "s")
    action = {"act": "accept", "marks": {"kind": "person", "document": 1}}
    report.say("accept all persons of a document", act(work, action)[0], 1, "s")
    report.say("consistency", query(work, "consistency")[0], 1.5, "s")
    report.say("obstacles", query(work, "obstacles")[0], 2, "s")
    next_mark(work, report)
    if not keep:
        shutil.rmtree(work.parent)
    print("%d over twice a limit" % report.failed)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
