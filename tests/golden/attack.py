#!/usr/bin/env python3
"""attack.py - lakwerk verify finds what bad redactions left, in its channel, and nothing in good ones.

fixtures/bad holds every channel fixture after a redaction that left its channel open (by the same recipe: no program of
ours made them). Each is judged with its original; a good redaction of the same file is judged with it too, and must be
free of leaks. The oracle for "the secret is in the bad file" is judge.py.
"""
import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402

BAD = judge.FIXTURES / "bad"


def attack(file, original=None):
    """Exit status, findings and verdict."""
    extra = ["--original", original] if original else []
    status, said, told = judge.lakwerk("verify", file, *extra, "--json")
    lines = [json.loads(line) for line in told.splitlines()]
    return (
        status,
        [x for x in lines if x["type"] == "finding"],
        next((x for x in lines if x["type"] == "verdict"), {}),
        said,
    )


def check_bad(tally, name, found):
    status, findings, verdict, said = attack(BAD / name, judge.FIXTURES / "channels" / name)
    leaks = sorted({x["channel"] for x in findings if x["weight"] == "leak"})
    tally.check(status == 4, "bad", name, "exit", status, said, leaks)
    tally.check(found in leaks, "bad", name, "not found in", found, "but in", leaks)
    tally.check(sorted(verdict.get("channels", [])) == leaks and verdict.get("clean") is (not leaks), name, verdict)
    tally.check(
        all(set(x) <= {"type", "file", "weight", "channel", "code", "page", "message"} for x in findings), name
    )
    print("%-32s %s" % (name, ", ".join(leaks)), flush=True)


def check_good(tally, folder):
    for name, file, page, area, secret, _ in judge.channels():
        out = folder / file.name
        judge.lakwerk("redact", file, "-o", out, "--no-detect", "--area", "%d:%s" % (page, ",".join(area)))
        if not tally.check(out.exists(), "good", name, "was not written"):
            continue
        status, findings, _, said = attack(out, file)
        leaks = [x for x in findings if x["weight"] == "leak"]
        tally.check(status == 0 and not leaks, "good", name, "exit", status, said, leaks)


def check_texts(tally, folder):
    """Another document is no redaction of this one."""
    first, second = folder / "een.txt", folder / "twee.txt"
    first.write_text("Het college besluit de vergunning te verlenen aan de aanvrager.\n", encoding="utf-8")
    second.write_text("Morgen schijnt overal flink zon, behalve misschien noordelijk.\n", encoding="utf-8")
    status, _, _, said = attack(second, first)
    tally.check(status == 2 and said, "two texts that differ: exit", status)
    status, _, _, _ = attack(first, first)
    tally.check(status == 0, "a text and itself: exit", status)


def check_alone(tally):
    """Without the original: what no redacted file should hold is a leak, the name of a program is not."""
    for line in (BAD / "alone.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, want = line.split("\t")
            status, findings, _, _ = attack(BAD / name)
            leaks = {x["channel"] for x in findings if x["weight"] == "leak"}
            tally.check(status == 4 and want in leaks, "alone", name, "exit", status, sorted(leaks))
    status, findings, _, _ = attack(judge.FIXTURES / "dossier" / "mail" / "tellingen.pdf")
    codes = {x["code"] for x in findings}
    tally.check(status == 0 and codes <= {"metadata"}, "an ordinary document: exit", status, sorted(codes))


def main():
    tally = judge.Tally()
    for line in (BAD / "bad.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            check_bad(tally, *line.split("\t"))
    check_alone(tally)
    with tempfile.TemporaryDirectory() as folder:
        check_good(tally, pathlib.Path(folder))
        check_texts(tally, pathlib.Path(folder))
    tally.finish()


if __name__ == "__main__":
    main()
