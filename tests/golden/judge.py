"""judge.py - what the golden and property tests share: they run the built program and judge what it wrote.

The judges are not ours: Poppler, MuPDF and qpdf as programs, pikepdf for every object, numpy for pixels. MuPDF is
skipped when it is not here.
"""
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import warnings
import zipfile

import numpy
import pikepdf

ROOT = pathlib.Path(os.environ.get("LW_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
BUILD = pathlib.Path(os.environ.get("LW_BUILD_ROOT") or ROOT / "build")
LAKWERK = BUILD / "cli" / "lakwerk"
FIXTURES = ROOT / "fixtures"
TIMEOUT = 240


warnings.filterwarnings("ignore", module="pikepdf")  # streams that are no content


class Tally:
    """Counts checks; a failed one is printed."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, *what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print("FAIL:", *what, flush=True)
        return holds

    def finish(self):
        print("%d passed, %d failed" % (self.passed, self.failed))
        sys.exit(1 if self.failed or not self.passed else 0)


def lakwerk(*arguments):
    """Runs the program; gives its exit status and what it says."""
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    done = subprocess.run([str(LAKWERK), *map(str, arguments)], capture_output=True, text=True, errors="replace",
                          timeout=TIMEOUT, env=environment, stdin=subprocess.DEVNULL)
    return done.returncode, done.stderr.strip(), done.stdout


def tool(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, timeout=TIMEOUT).stdout


# ---- text, as others read it ----

def extracts(path):
    """Who reads, and what they read."""
    yield "pdftotext", tool("pdftotext", path, "-")
    yield "pdftotext -raw", tool("pdftotext", "-raw", path, "-")
    if shutil.which("mutool"):
        yield "mutool", tool("mutool", "draw", "-q", "-F", "txt", path)


def text_of(path):
    return tool("pdftotext", "-raw", path, "-").decode("utf-8", "replace")


def words_of(path):
    """The words with their boxes: (page, text, x0, y0, x1, y1), points from the top-left."""
    out, page = [], 0
    for line in tool("pdftotext", "-bbox", path, "-").decode("utf-8", "replace").splitlines():
        if "<page " in line:
            page += 1
        match = re.search(r'xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">(.*)</word>', line)
        if match:
            out.append((page, match[5], *map(float, match.groups()[:4])))
    return out


# ---- every string that a file holds ----

def plain(data):
    """Bytes without case, white space, hyphens and the zero bytes of UTF-16."""
    return re.sub(rb"[\s\0\xad-]", b"", data).lower()


def shown(stream):
    """What the strings of a content stream say, one after the other; b"" when it is no content."""
    try:
        operations = pikepdf.parse_content_stream(stream)
    except Exception:
        return b""
    out = []
    for operands, _ in operations:
        for operand in operands:
            parts = operand if isinstance(operand, pikepdf.Array) else [operand]
            out += [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
    return b"".join(out)


def decoded(stream):
    for read in (stream.read_bytes, stream.read_raw_bytes):
        try:
            return bytes(read())
        except Exception:
            continue
    return b""


def leaves(value, depth=0):
    """Strings and names inside an object that is written at one place."""
    if depth > 60:
        return
    if isinstance(value, pikepdf.String):
        yield bytes(value)
    elif isinstance(value, pikepdf.Name):
        yield str(value).encode()
    elif isinstance(value, pikepdf.Array):
        for item in value:
            if not getattr(item, "is_indirect", False):
                yield from leaves(item, depth + 1)
    elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for key in value.keys():
            yield key.encode()
            item = value[key]
            if not getattr(item, "is_indirect", False):
                yield from leaves(item, depth + 1)


def places(path):
    """Where a secret could be, and the bytes there."""
    yield "file", path.read_bytes()
    yield from extracts(path)
    with pikepdf.open(path) as pdf:
        yield from ((("trailer", leaf) for leaf in leaves(pdf.trailer)))
        for number, value in enumerate(pdf.objects, 1):
            where = "object %d" % number
            for leaf in leaves(value):
                yield where, leaf
            if isinstance(value, pikepdf.Stream):
                yield where + " stream", decoded(value)
                yield where + " shown", shown(value)


@functools.lru_cache(maxsize=8)
def cached_places(path, stamp):
    return list(places(path))


def search(path, secret):
    """The places of a PDF where the secret stands: a text, or "hex:" and the bytes of a decoded stream."""
    found = set()
    spread = cached_places(path, path.stat().st_mtime_ns)
    if secret.startswith("hex:"):
        needle = bytes.fromhex(secret[4:])
        found = {where for where, data in spread if needle in data or secret[4:].lower().encode() in plain(data)}
    else:
        ways = {plain(secret.encode(coding)) for coding in ("utf-8", "latin-1", "utf-16-be") if encodes(secret, coding)}
        ways |= {way.hex().encode() for way in list(ways)}
        found = {where for where, data in spread if any(way in plain(data) for way in ways)}
    return sorted(found)


def encodes(text, coding):
    try:
        return bool(text.encode(coding))
    except UnicodeEncodeError:
        return False


def search_odt(path, secret):
    """The members of a package in which the secret stands, tags taken out or not."""
    needle, found = secret.lower().encode(), []
    with zipfile.ZipFile(path) as package:
        for info in package.infolist():
            data = package.read(info).lower()
            bare = re.sub(rb"<[^>]*>", b"", data)
            if needle in data or needle in bare or needle in info.filename.lower().encode():
                found.append(info.filename)
    return found


# ---- pixels ----

def pixels(path, page, resolution=72):
    data = tool("pdftoppm", "-r", resolution, "-gray", "-f", page, "-l", page, path)
    match = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    if not match:
        return None
    width, height = int(match[1]), int(match[2])
    return numpy.frombuffer(data[match.end():], dtype=numpy.uint8).reshape(height, width).astype(int)


def spread_of(picture):
    """The lightest and the darkest sample among the neighbours of each."""
    low, high = picture.copy(), picture.copy()
    padded = numpy.pad(picture, 1, mode="edge")
    height, width = picture.shape
    for dy in range(3):
        for dx in range(3):
            part = padded[dy:dy + height, dx:dx + width]
            low, high = numpy.minimum(low, part), numpy.maximum(high, part)
    return low, high


def changed_outside(before, after, boxes, threshold=40):
    """How many pixels outside the boxes (of one page) differ by more than a pixel's shift explains."""
    if before is None or after is None or before.shape != after.shape:
        return -1
    low, high = spread_of(before)
    other_low, other_high = spread_of(after)
    differs = (after < low - threshold) | (after > high + threshold)
    differs |= (before < other_low - threshold) | (before > other_high + threshold)
    for x0, y0, x1, y1 in boxes:
        differs[max(0, int(y0) - 3):int(y1) + 4, max(0, int(x0) - 3):int(x1) + 4] = False
    return int(differs.sum())


# ---- the log ----

def painted(log):
    """The boxes of a log by document and page: {document: [(page, x0, y0, x1, y1)]}."""
    names, marks = {}, []
    for line in pathlib.Path(log).read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry.get("type") == "document":
            names[entry["id"]] = entry.get("document")
        elif entry.get("type") == "mark":
            marks.append(entry)
    out = {name: [] for name in names.values() if name}
    for entry in marks:
        for box in entry.get("boxes") or []:
            out.setdefault(names.get(entry["document"]), []).append(
                (box["page"], *(box[key] for key in ("x0", "y0", "x1", "y1"))))
    return out


def has_tags(path):
    with pikepdf.open(path) as pdf:
        return "/StructTreeRoot" in pdf.Root


def is_sound(path):
    """qpdf finds nothing wrong (status 3 are warnings)."""
    return subprocess.run(["qpdf", "--check", str(path)], capture_output=True, timeout=TIMEOUT).returncode == 0


def channels():
    """Rows of channels.tsv: name, file, page, area, secret, about."""
    for line in (FIXTURES / "channels" / "channels.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, file, page, x0, y0, x1, y1, secret, about = line.split("\t")
            yield name, FIXTURES / "channels" / file, int(page), (x0, y0, x1, y1), secret, about
