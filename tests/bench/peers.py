#!/usr/bin/env python3
"""peers.py - the channel fixtures through the redactors that Debian has, judged as our own output is judged.

    fz   PyMuPDF: a redaction annotation over the place, apply_redactions(), save(garbage=4)
    sc   the same with Document.scrub() before saving
    gs   a black rectangle over the place, then Ghostscript's pdfwrite
    lw   lakwerk redact --no-detect --area

Prints the rows of the table in docs/THREATS.md ("L" the secret is left, "–" it is not, "E" no output) and the sums.
Each peer runs as a process of its own for each file. Needs: python3-fitz, ghostscript; what is not here has no column.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
import judge  # noqa: E402

FITZ = """
import sys, fitz
source, out, scrub, page, *box = sys.argv[1:]
pdf = fitz.open(source)
shown = pdf[int(page) - 1]
shown.add_redact_annot(fitz.Rect(*map(float, box)), fill=(0, 0, 0))
shown.apply_redactions()
if scrub == "scrub":
    pdf.scrub()
pdf.save(out, garbage=4)
"""
BOX = """
import sys, pikepdf
source, out, page, x0, y0, x1, y1 = sys.argv[1:]
with pikepdf.open(source) as pdf:
    shown = pdf.pages[int(page) - 1]
    height = float(shown.mediabox[3])
    paint = "q 0 g %s %g %g %g re f Q" % (x0, height - float(y1), float(x1) - float(x0), float(y1) - float(y0))
    shown.contents_add(paint.encode())
    pdf.save(out)
"""


def run(*command):
    try:
        subprocess.run([str(part) for part in command], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        pass


def by_fitz(file, out, page, area, scrub="plain"):
    run("/usr/bin/python3", "-c", FITZ, file, out, scrub, page, *area)


def by_scrub(file, out, page, area):
    by_fitz(file, out, page, area, "scrub")


def by_ghostscript(file, out, page, area):
    boxed = out.with_suffix(".boxed.pdf")
    run(sys.executable, "-c", BOX, file, boxed, page, *area)
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=pdfwrite", "-o", out, boxed)


def by_lakwerk(file, out, page, area):
    judge.lakwerk("redact", file, "-o", out, "--no-detect", "--area", "%d:%s" % (page, ",".join(area)))


def has_fitz():
    return subprocess.run(["/usr/bin/python3", "-c", "import fitz"], capture_output=True).returncode == 0


def verdict(peer, file, page, area, secret, out):
    out.unlink(missing_ok=True)
    peer(file, out, page, area)
    if not out.exists() or not out.stat().st_size:
        return "E"
    try:
        return "L" if judge.search(out, secret) else "–"
    except Exception:
        return "E"


def main():
    peers = [("fz", by_fitz), ("sc", by_scrub)] if has_fitz() else []
    peers += [("gs", by_ghostscript)] if shutil.which("gs") else []
    peers += [("lw", by_lakwerk)]
    left = dict.fromkeys((name for name, _ in peers), 0)
    print("| channel | what survives | %s |\n|---|---|%s" % (" | ".join(left), "---|" * len(left)))
    with tempfile.TemporaryDirectory() as folder:
        for name, file, page, area, secret, about in judge.channels():
            row = [verdict(peer, file, page, area, secret, pathlib.Path(folder) / ("%s-%s.pdf" % (name, column)))
                   for column, peer in peers]
            for (column, _), found in zip(peers, row):
                left[column] += found == "L"
            print("| `%s` | %s | %s |" % (file.stem, about, " | ".join(row)), flush=True)
    print("\nleaks: " + ", ".join("%s %d" % pair for pair in left.items()))
    sys.exit(1 if left["lw"] else 0)


if __name__ == "__main__":
    main()
