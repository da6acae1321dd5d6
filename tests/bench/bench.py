#!/usr/bin/env python3
"""bench.py - what a document costs: CPU time of `lakwerk redact` against `pdftotext -bbox` on the same file; memory.

Makes two files of 200 pages in the build folder, once: an untagged one (Pango and cairo) and a heavily tagged one
(LibreOffice; skipped without it). Measures the whole process tree of both programs in the same minute, best of three.
Prints "within" or "over" the limits; fails only above twice a limit, since machines differ.
"""
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(os.environ.get("LW_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
BUILD = pathlib.Path(os.environ.get("LW_BUILD_ROOT") or ROOT / "build")
LAKWERK = BUILD / "cli" / "lakwerk"
PAGES, ROUNDS = 200, 3
LIMITS = {"untagged": 6.0, "tagged": 10.0}
MEMORY = 400  # MB

PARAGRAPHS = [
    "Op {day} maart 2024 sprak mevrouw {name} met de afdeling over de aanvraag van {day} januari. Zij vroeg om uitstel "
    "tot het onderzoek is afgerond en de tellingen zijn herhaald.",
    "Het college van burgemeester en wethouders weegt de belangen van de bewoners, de ondernemers en het verkeer. "
    "Wethouder Harmsen licht het voorstel toe in de vergadering van de raad.",
    "Uit de tellingen blijkt dat het aantal voertuigen per etmaal {day}40 bedraagt. De verkeerskundige adviseert om de "
    "straat voor zwaar verkeer af te sluiten, met uitzondering van bestemmingsverkeer.",
    "Neem voor vragen contact op met de behandelaar, de heer {name}, telefoon 06-123456{day}, of schrijf naar de "
    "gemeente.",
    "De kosten worden gedekt uit het budget voor onderhoud. Er zijn geen gevolgen voor de formatie. De uitvoering "
    "begint in het najaar en duurt naar verwachting zes weken.",
]
NAMES = ["Oldenhuis", "Tepelenburg", "Van Lansveld", "Qvistgaard", "Ouwerdijk", "Zonderland"]


def paragraph(number):
    return PARAGRAPHS[number % len(PARAGRAPHS)].format(day=10 + number % 19, name=NAMES[number % len(NAMES)])


def make_untagged(path):
    """Pages of running text, laid out by Pango."""
    import cairo
    import gi
    gi.require_version("Pango", "1.0")
    gi.require_version("PangoCairo", "1.0")
    from gi.repository import Pango, PangoCairo
    surface = cairo.PDFSurface(str(path), 595, 842)
    context = cairo.Context(surface)
    for page in range(PAGES):
        layout = PangoCairo.create_layout(context)
        layout.set_font_description(Pango.FontDescription("Liberation Serif 10.5"))
        layout.set_width(460 * Pango.SCALE)
        layout.set_text("\n\n".join(paragraph(page * 13 + i) for i in range(13)), -1)
        context.move_to(64, 60)
        PangoCairo.show_layout(context, layout)
        context.show_page()
    surface.finish()


def make_tagged(path):
    """The same pages as a tagged PDF, with a heading and a table on each."""
    spaces = " ".join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % pair for pair in [
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("fo", "xsl-fo-compatible")])
    body = []
    for page in range(PAGES):
        body.append('<text:h text:style-name="kop" text:outline-level="1">Hoofdstuk %d</text:h>' % (page + 1))
        body += ["<text:p>%s</text:p>" % paragraph(page * 8 + i) for i in range(8)]
        cell = '<table:table-cell office:value-type="string"><text:p>%d</text:p></table:table-cell>'
        rows = ["".join(cell % (page + row + column) for column in range(4)) for row in range(6)]
        body.append('<table:table table:name="t%d"><table:table-column table:number-columns-repeated="4"/>%s'
                    "</table:table>" % (page, "".join("<table:table-row>%s</table:table-row>" % row for row in rows)))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document %s office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
        '<style:style style:name="kop" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>'
        "</style:style></office:automatic-styles><office:body><office:text>%s</office:text></office:body>"
        "</office:document>" % (spaces, "".join(body)))
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "tagged.fodt"
        source.write_text(text, encoding="utf-8")
        option = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
        profile = "-env:UserInstallation=file://%s/profile" % folder
        subprocess.run(["soffice", profile, "--headless", "--convert-to", option, "--outdir", folder, str(source)],
                       check=True, timeout=300, capture_output=True)
        shutil.copyfile(pathlib.Path(folder) / "tagged.pdf", path)


def tree_memory(root):
    """Resident memory of a process and all below it, in MB; shared pages count for each."""
    parents, sizes = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                parents[int(entry.name)] = int(fields[1])
                sizes[int(entry.name)] = int(fields[21]) * resource.getpagesize() / 1e6
            except (OSError, IndexError, ValueError):
                continue
    total = 0.0
    for process, size in sizes.items():
        at = process
        while at and at != root:
            at = parents.get(at, 0)
        total += size if at == root else 0
    return total


def measure(command):
    """CPU seconds of the whole tree, and its peak memory in MB."""
    peak = 0.0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    said = []
    reader = threading.Thread(target=lambda: said.append(process.stderr.read()))
    reader.start()
    while process.poll() is None:
        peak = max(peak, tree_memory(process.pid))
        time.sleep(0.03)
    reader.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in (0, 3):
        sys.exit("%s: exit %d %s" % (command[0], process.returncode, said[0].decode("utf-8", "replace")))
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


def compare(kind, path):
    """One line of the table; how many limits are passed twice over."""
    with tempfile.TemporaryDirectory() as folder:
        times = {"pdftotext": [], "lakwerk": []}
        memory = 0.0
        for turn in range(ROUNDS):
            times["pdftotext"].append(measure(["pdftotext", "-bbox", str(path), os.devnull])[0])
            out = pathlib.Path(folder) / ("out%d.pdf" % turn)
            spent, peak = measure([str(LAKWERK), "redact", str(path), "-o", str(out), "--state",
                                   str(pathlib.Path(folder) / ("state%d" % turn))])
            times["lakwerk"].append(spent)
            memory = max(memory, peak)
            if not out.exists():
                sys.exit("%s: no output" % path.name)
    base, own = min(times["pdftotext"]), min(times["lakwerk"])
    ratio, limit = own / base, LIMITS[kind]
    print("%-9s pdftotext -bbox %.2f s, lakwerk redact %.2f s (%.1f ms a page): %.1f times, %s the limit of %g" % (
        kind, base, own, own * 1000 / PAGES, ratio, "within" if ratio <= limit else "over", limit))
    print("%-9s peak memory of the process tree %.0f MB, %s the limit of %d" % (
        kind, memory, "within" if memory <= MEMORY else "over", MEMORY), flush=True)
    return (ratio > 2 * limit) + (memory > 2 * MEMORY)


def main():
    if not LAKWERK.exists():
        sys.exit("%s is not built" % LAKWERK)
    folder = BUILD / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    passed = failed = 0
    for kind, make in [("untagged", make_untagged), ("tagged", make_tagged)]:
        path = folder / ("%s.pdf" % kind)
        if kind == "tagged" and not shutil.which("soffice"):
            print("tagged    skipped: LibreOffice is not here")
            continue
        if not path.exists():
            make(path)
        bad = compare(kind, path)
        passed, failed = passed + 2 - bad, failed + bad
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
