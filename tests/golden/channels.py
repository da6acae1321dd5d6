#!/usr/bin/env python3
"""channels.py - every known channel of a PDF: after --area over the place, the secret is nowhere in the output.

Prints the table: "-" closed, "L" leak, "R" refused (no output, which is safe), "E" wrong status. What stood around the
place must still be readable. Each file is also redacted twice: same bytes; and its output once more: same text.
"""
import pathlib
import sys
import tempfile

import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402

KEPT = ["Het woord staat hier", "en de zin loopt door.", "Deze regel blijft leesbaar."]
MAY_REFUSE = set()  # by name; a closed door would be safe, but is never expected here


def redact(file, page, area, out):
    return judge.lakwerk("redact", file, "-o", out, "--no-detect", "--area", "%d:%s" % (page, ",".join(area)))


def control(tally):
    """The search itself finds every secret in the fixtures; otherwise "closed" would say nothing."""
    for name, file, _, _, secret, _ in judge.channels():
        tally.check(judge.search(file, secret), name, "the search does not find the secret in the fixture itself")


def check_button(tally, out):
    """A button whose state was called like the secret keeps its look and its value under another name."""
    with pikepdf.open(out) as pdf:
        widget = pdf.pages[0].Annots[0]
        tally.check(str(widget.AS) in widget.AP.N and widget.V == widget.AS, "m04 the button lost its state")


def main():
    tally = judge.Tally()
    control(tally)
    with tempfile.TemporaryDirectory() as folder:
        for name, file, page, area, secret, about in judge.channels():
            out = pathlib.Path(folder) / ("%s.pdf" % name)
            status, said, _ = redact(file, page, area, out)
            if not out.exists():
                verdict = "R" if status in (3, 4) else "E"
                tally.check(verdict == "R" and name in MAY_REFUSE, name, "no output, exit", status, said)
            else:
                left = judge.search(out, secret)
                verdict = "L" if left else "-"
                tally.check(status == 0, name, "exit", status, said)
                tally.check(not left, name, "secret left in", ", ".join(left[:4]))
                tally.check(judge.is_sound(out), name, "qpdf --check complains")
                text = " ".join(judge.text_of(out).split())
                tally.check(all(part in text for part in KEPT), name, "text around the place was lost:", text)
                tally.check("gelakt:" in text or "5.1.2" in text, name, "no label in the text:", text)
                if name == "m04":
                    check_button(tally, out)
                again = pathlib.Path(folder) / "again.pdf"
                redact(file, page, area, again)
                tally.check(again.exists() and again.read_bytes() == out.read_bytes(), name, "two runs differ")
                again.unlink(missing_ok=True)
            print("%-6s %s  %s" % (name, verdict, about), flush=True)
    tally.finish()


if __name__ == "__main__":
    main()
