#!/usr/bin/env python3
"""lint.py - holds the house rules that a compiler does not: floors, doors, budgets, headers, messages, words, pages.

    lint.py [floors|budgets|headers|public|format|messages|words|documents]...     (all without arguments)

LW_SOURCE_ROOT is the checkout, LW_BUILD_ROOT the build. One line per finding; closes with "N passed, N failed". A group
whose tool is missing is skipped (status 77 when that was all).
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(os.environ.get("LW_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
BUILD = pathlib.Path(os.environ.get("LW_BUILD_ROOT") or ROOT / "build")
SHIPPED = ["engine", "extractors", "cli", "review", "dictionaries", "training"]

# A folder and the floor it is on; folders on one floor never include each other. The longest match counts.
FLOORS = {
    "engine/base": 0,
    "engine/model": 1, "engine/pdf": 1, "engine/odf": 1,
    "engine/detect": 2, "engine/decide": 2, "engine/render": 2, "extractors": 2,
    "engine/record": 3, "engine/dossier": 3,
    "engine": 4,
    "cli": 5, "review": 5,
    "dictionaries": 2, "training": 3,
}
# Exceptions that the design names: nouns may be used by what sits beside them; the composition root sees the renderers.
ALLOWED = {
    ("engine/pdf", "engine/model"), ("engine/odf", "engine/model"),
    ("extractors", "engine/render"), ("cli", "review"),
}
# Tools of the build may look at the format that they make.
ALLOWED_FILES = {
    ("dictionaries/compile.c", "engine/detect/lexicon-file.h"),
    ("training/calibrate.c", "engine/gold.h"),
    ("engine/worker_main.c", "extractors/builtin.h"), ("engine/worker.c", "extractors/builtin.h"),
    ("extractors/builtin.c", "engine/engine.h"), ("cli/review.c", "engine/base/install.h"),
}
PUBLIC = {"engine/lakwerk.h", "engine/lakwerk-dossier.h"}
# A library's headers and the only files that may include them.
DOORS = [
    (r"^qpdf/", ["engine/pdf/object.c"]),
    (r"^poppler", ["engine/pdf/page.c"]),
    (r"^pcre2\.h$", ["engine/detect/pattern.c"]),
    (r"^unicode/", ["engine/base/text.c"]),
    (r"^libxml", ["engine/base/xml.c"]),
    (r"^zip\.h$", ["engine/base/zip.c"]),
    (r"^sqlite3\.h$", ["engine/dossier/store.c"]),
    (r"^jansson\.h$", ["engine/base/json.c"]),
    (r"^openssl/", ["engine/base/digest.c", "engine/base/signature.c"]),
    (r"^(zlib|libdeflate)\.h$", ["engine/pdf/filter.c"]),
    (r"^dlfcn\.h$", ["engine/record/paper.c", "cli/review.c"]),
    (r"^png\.h$", ["engine/base/png.c"]),
    (r"^j(peglib|error)\.h$", ["engine/pdf/imagejpeg.c"]),
    (r"^openjpeg", ["engine/pdf/imagejpx.c"]),
    (r"^hb(-|\.h|/)", ["engine/render/pdf/fontsubset.c"]),
    (r"^(seccomp\.h|linux/(landlock|seccomp)\.h)$", ["engine/sandbox.c"]),
    (r"^microhttpd\.h$", ["review/"]),
    (r"^cairo", ["engine/pdf/page.c", "engine/record/account_pdf.c"]),
    (r"^pango", ["engine/record/account_pdf.c"]),
    (r"^xlsxwriter", ["engine/record/sheet.c"]),
    (r"^(mupdf|fitz|json-glib)", []),
]
TABLES = re.compile(r"\.def$|label_font\.c$")
COLUMNS, FILE_LINES, TEST_LINES, PUBLIC_LINES = 120, 700, 900, 250
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)
findings = []


def report(path, line, text):
    findings.append("%s:%d: %s" % (path, line, text) if line else "%s: %s" % (path, text))


def sources(*suffixes, folders=SHIPPED):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in suffixes:
                yield path.relative_to(ROOT).as_posix(), path


def read(path):
    return path.read_text(encoding="utf-8", errors="replace")


def line_of(text, at):
    return text.count("\n", 0, at) + 1


# ---- floors and doors ----

def folder_of(name):
    best = ""
    for folder in FLOORS:
        if name.startswith(folder + "/") and len(folder) > len(best):
            best = folder
    return best


def may_include(name, target):
    here, there = folder_of(name), folder_of(target)
    if here == there or (name, target) in ALLOWED_FILES or (here, there) in ALLOWED:
        return True
    if here in ("cli", "review"):
        return target in PUBLIC
    return bool(there) and FLOORS[there] < FLOORS[here]


def floors():
    for name, path in sources(".c", ".h", ".def"):
        text = read(path)
        for match in INCLUDE.finditer(text):
            bracket, target = match.groups()
            where = line_of(text, match.start())
            if bracket == '"' and name in PUBLIC:
                target = "engine/" + target  # installed beside each other
            if bracket == '"':
                if target.endswith(".def") and "/" not in target:
                    target = str(pathlib.PurePosixPath(name).parent / target)
                if not (ROOT / target).exists() and not (BUILD / target).exists():
                    report(name, where, 'include "%s" is not written from the root' % target)
                elif not may_include(name, target):
                    report(name, where, "%s may not include %s" % (folder_of(name), target))
                continue
            for door, doormen in DOORS:
                held = any(name == d or d.endswith("/") and name.startswith(d) for d in doormen)
                if re.search(door, target) and not held:
                    report(name, where, "<%s> belongs to %s" % (target, ", ".join(doormen) or "nobody"))
    return len(list(sources(".c", ".h", ".def")))


# ---- budgets ----

def opening(name, text):
    """Every file opens with a line that says what it is."""
    first = text.splitlines()[0] if text else ""
    if first.startswith("#!") and text.count("\n") > 1:
        first = text.splitlines()[1]
    base = pathlib.PurePosixPath(name).name
    return base in first or (name.endswith("meson.build") and first.startswith(("#", "project(")))


def budgets():
    everything = list(sources(".c", ".h", ".def", ".py", ".sh", folders=SHIPPED + ["tests"]))
    for name, path in everything:
        text = read(path)
        all_lines = text.split("\n")
        if not text.endswith("\n"):
            report(name, len(all_lines), "does not end with a line end")
        if not opening(name, text):
            report(name, 1, "does not open with a line that names it")
        if TABLES.search(name):
            continue
        limit = PUBLIC_LINES if name in PUBLIC else TEST_LINES if name.startswith("tests/") else FILE_LINES
        if len(all_lines) - 1 > limit:
            report(name, 0, "%d lines, more than %d" % (len(all_lines) - 1, limit))
        for number, line in enumerate(all_lines, 1):
            if len(line.expandtabs(8)) > COLUMNS:
                report(name, number, "%d columns, more than %d" % (len(line.expandtabs(8)), COLUMNS))
            if line != line.rstrip():
                report(name, number, "white space at the end")
    return len(everything)


# ---- headers ----

def packages():
    names = ["glib-2.0", "gio-2.0"]
    return subprocess.run(["pkg-config", "--cflags", *names], capture_output=True, text=True, check=True).stdout.split()


def compile_text(compiler, standard, text, flags, suffix=".c"):
    with tempfile.NamedTemporaryFile("w", suffix=suffix) as unit:
        unit.write(text)
        unit.flush()
        command = [compiler, "-std=" + standard, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", str(ROOT)]
        command += [*flags, unit.name]
        return subprocess.run(command, capture_output=True, text=True)


def headers():
    """Every header stands alone, in every compiler that is here."""
    flags = packages() + ["-D_GNU_SOURCE", "-Wno-unused-function"]
    compilers = [c for c in ("gcc", "clang") if shutil.which(c)]
    work = [(c, name) for c in compilers for name, _ in sources(".h")]

    def check(item):
        compiler, name = item
        twice = '#include "%s"\n#include "%s"\ntypedef int not_empty;\n' % (name, name)
        return item, compile_text(compiler, "gnu17", twice, flags)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (compiler, name), result in pool.map(check, work):
            if result.returncode:
                report(name, 0, "does not compile alone with %s: %s" % (
                    compiler, (result.stderr.strip().splitlines() or ["?"])[0]))
    return len(work)


# ---- the public face ----

def symbols(library):
    """What the library exports, without the name of its version."""
    command = ["nm", "-D", "--defined-only", str(library)]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = [line.split() for line in table.splitlines()]
    return {word[2].split("@")[0] for word in words if len(word) == 3 and word[1] != "A"}


def public():
    done = 0
    for name in sorted(PUBLIC):
        if not (ROOT / name).exists():
            continue
        for compiler, standard, suffix in [("gcc", "c99", ".c"), ("gcc", "c17", ".c"), ("g++", "c++17", ".cc"),
                                           ("clang", "c99", ".c"), ("clang", "c17", ".c"), ("clang++", "c++17", ".cc")]:
            if not shutil.which(compiler):
                continue
            done += 1
            unit = '#include "%s"\ntypedef int not_empty;\n' % name
            result = compile_text(compiler, standard, unit, ["-pedantic"], suffix)
            if result.returncode:
                report(name, 0, "does not compile as %s: %s" % (standard, result.stderr.strip().splitlines()[0]))
    library = BUILD / "engine" / "liblakwerk.so"
    if library.exists():
        done += 1
        exported = symbols(library)
        text = read(ROOT / "engine" / "liblakwerk.map")
        listed = set(re.findall(r"^\s*(\w+);", text.split("local:")[0], re.M))
        headers_text = "".join(read(ROOT / name) for name in PUBLIC if (ROOT / name).exists())
        declared = set(re.findall(r"\b(lakwerk_\w+)\(", re.sub(r"/\*.*?\*/", "", headers_text, flags=re.S)))
        for symbol in sorted(exported ^ listed):
            report("engine/liblakwerk.map", 0, "%s is not both listed and exported" % symbol)
        for symbol in sorted(declared ^ listed):
            report("engine/liblakwerk.map", 0, "%s is not both listed and declared" % symbol)
        done += 1
        head = subprocess.run(["objdump", "-p", str(library)], capture_output=True, text=True, check=True).stdout
        for parser in re.findall(r"NEEDED\s+(lib(?:poppler|jpeg|openjp2|harfbuzz-subset)\S*)", head):
            report("engine/meson.build", 0, "the parent never parses a document, but its library needs %s" % parser)
    return done


# ---- format ----

def format_group():
    """The layout of clang-format 14, the version that .clang-format was written for; others lay out differently."""
    tool = next((t for t in ("clang-format-14", "clang-format") if shutil.which(t)), None)
    if not tool or " 14." not in subprocess.run([tool, "--version"], capture_output=True, text=True).stdout:
        return 0
    names = [name for name, _ in sources(".c", folders=SHIPPED + ["tests"]) if not TABLES.search(name)]
    result = subprocess.run([tool, "--dry-run", "--ferror-limit=0", *names], capture_output=True, text=True, cwd=ROOT)
    wrong = {}
    for line in result.stderr.splitlines():
        match = re.match(r"([^:]+):(\d+):\d+: (?:warning|error): code should be clang-formatted", line)
        if match:
            wrong.setdefault(match[1], []).append(int(match[2]))
    for name, where in sorted(wrong.items()):
        report(name, where[0], "is laid out otherwise than .clang-format says (%d places)" % len(where))
    return len(names)


# ---- messages ----

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|\'(?:\\.|[^\'\\])\'|"(?:\\.|[^"\\])*"', re.S)
# What gives a message to people; only literals are looked at, so that a function that passes one on does no harm.
TELLERS = re.compile(r"\b(g_set_error(?:_literal)?|g_error_new(?:_literal)?|g_prefix_error|lw_document_notice|"
                     r"lw_receipt_notice|refuse|reject|blame|misuse|fail_path|task_break|lw_pdf_interpreter_stop|"
                     r"say_finding|say_part)\(|\bfault = |\(LwNotice\)\{|\bLwNotice notice = \{")
SENTENCE = re.compile(r"[a-z]{2,} [a-z]|^[a-z]+ [a-z]")
# Words of documents, of two languages at once, or of programs.
NO_MESSAGES = re.compile(r"^engine/(detect/(?!lexicon\.c|pattern\.c|terms\.c)|record/(inventory|woogle)\.c|"
                         r"look\.c|dossier-status\.c|judge\.c|messages\.c|evaluate-tell\.c)")
NO_SENTENCE = re.compile(r"^(5\.1 lid 2 sub e|m l c v y h re W W\*|d i j J M ri w d0 d1)$|[<>]|\\n|\\r|^[A-Z#/]")


def literals(text):
    """Strings with the place of their start; neighbours are one, as for the compiler."""
    found, end = [], 0
    for match in TOKEN.finditer(re.sub(r'"\s*(G_\w+_FORMAT)\s*"', lambda m: "u".ljust(len(m[0])), text)):
        if not match[0].startswith('"'):
            continue
        if found and not text[end:match.start()].strip():
            found[-1][1] += match[0][1:-1]
        else:
            found.append([match.start(), match[0][1:-1]])
        end = match.end()
    return found


def normal(message):
    """The parameters as the table writes them."""
    message = re.sub(r"%(?:\.\d+)?s", "%s", message)
    return re.sub(r"%(?:z?u|d)", "%u", re.sub(r"%u +(?=[^ ])", lambda m: "%u ", message))


def closing(text, at):
    """Where the bracket closes that is open at a place, or the statement ends."""
    depth = 1
    for match in re.compile(r"[({]|[)}]|;").finditer(text, at):
        depth += 1 if match[0] in "({" else -1 if match[0] in ")}" else 0
        if not depth or match[0] == ";":
            return match.start()
    return len(text)


def told(name, text):
    """Places and messages of one file."""
    strings = literals(text)
    bare = TOKEN.sub(lambda m: " " * len(m[0]), text)
    within = [(m.end(), closing(bare, m.end())) for m in re.finditer(r"\bline_of\(", bare)]
    for match in TELLERS.finditer(bare):
        end = closing(bare, match.end())
        inside = [s for s in strings if match.end() <= s[0] < end and not any(a <= s[0] < b for a, b in within)]
        if match[1] in ("lw_document_notice", "lw_receipt_notice", "say_finding") or "Notice" in match[0]:
            inside = [s for s in inside if SENTENCE.search(s[1])]  # the code is no message
        for at, message in inside:
            yield at, message + "%s" if match[1] == "g_prefix_error" else message
    for at, message in strings:
        if not NO_MESSAGES.search(name) and SENTENCE.search(message) and not NO_SENTENCE.search(message):
            yield at, message


def messages():
    """What is told stands in the table in two languages, and the table says nothing that is not told."""
    table_file = "engine/messages.def"
    text = re.sub(r"/\*.*?\*/", "", read(ROOT / table_file), flags=re.S)
    table = set(re.findall(r'LW_MESSAGE\("((?:\\.|[^"\\])*)"', text))
    used = set()
    for name, path in sources(".c", folders=["engine", "extractors"]):
        text = read(path)
        for at, message in told(name, text):
            used.add(normal(message))
            if normal(message) not in table:
                report(name, line_of(text, at), "is not in %s: %s" % (table_file, message))
    for message in sorted(table - used):
        report(table_file, 0, "no source says: %s" % message)
    return len(table)


# ---- words ----

UNFINISHED = "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3 + r"(?=[ :(])", "HA" + "CK"])
FORBIDDEN = [
    (re.compile(r"(?<![\w-])(%s)(?!\w)" % UNFINISHED), "unfinished"),
    (re.compile(r"(?<![\w.*])/(work|home|tmp|root)/\w"), "path of one machine"),
    (re.compile(r"\b(registry\.npmjs|pypi\.org|deb\.debian\.org|crates\.io)"), "host of a registry"),
]


def words():
    everything = list(sources(".c", ".h", ".def", ".py", ".sh", ".build", ".txt", ".5", ".1",
                              folders=SHIPPED + ["man", "completions", ".ci"]))
    house = [p for p in sorted(ROOT.glob("*")) if p.suffix in (".md", ".build", ".txt") or p.name == "Makefile"]
    everything += [(p.name, p) for p in house]
    for name, path in everything:
        if re.search(r"dictionaries/.*\.txt$", name):
            continue
        text = read(path)
        for pattern, why in FORBIDDEN:
            for match in pattern.finditer(text):
                report(name, line_of(text, match.start()), "%s: %s" % (why, match[0]))
    return len(everything)


# ---- documents ----

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def links(name, text):
    for match in LINK.finditer(text):
        target = match[1]
        if not re.match(r"[a-z]+:", target) and not (ROOT / name).parent.joinpath(target).exists():
            report(name, line_of(text, match.start()), "link to %s leads nowhere" % target)


def table_names(file, macro):
    text = read(ROOT / file)
    return re.findall(macro + r'\([A-Z_0-9]+, "([^"]+)"', text) or re.findall(macro + r'\("([^"]+)"', text)


GROUND = re.compile(r"(?<![\w.])5\.[124]\.\d(?:\.[a-z])?(?![\w.]\w)")


def tables(manuals, pages):
    """The policy page lists every kind and role of the tables; no page names a ground that is not in its table."""
    for page in manuals:
        text = re.sub(r"\\(.)", lambda m: "-" if m[1] == "-" else "", read(page))
        for macro, what in [("LW_KIND", "kind"), ("LW_ROLE", "role")]:
            for name in table_names("engine/model/%ss.def" % what, macro):
                if not re.search(r"(?<![\w.-])%s(?![\w-])" % re.escape(name), text):
                    report(page.relative_to(ROOT), 0, "does not name the %s %s" % (what, name))
    rules = {"5.1.7", "5.2.3", "5.1.1", "5.1.2"}  # rules and paragraphs: no grounds to choose
    known = set(table_names("engine/model/grounds.def", "LW_GROUND")) | rules
    for page in pages:
        text = read(page)
        for match in GROUND.finditer(text):
            if match[0] not in known:
                report(page.relative_to(ROOT), line_of(text, match.start()), "no such ground: %s" % match[0])


def registered():
    """No test is forgotten: what lies in the folders is named in tests/meson.build."""
    text = read(ROOT / "tests" / "meson.build")
    for pattern, prefix in [("unit/test_*.c", "test_"), ("cases/*.txt", ""), ("script/*.sh", "")]:
        for path in sorted((ROOT / "tests").glob(pattern)):
            if "'%s'" % path.stem[len(prefix):] not in text:
                report(path.relative_to(ROOT), 0, "is not registered in tests/meson.build")


def documents():
    registered()
    pages = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "dictionaries" / "README.md",
             ROOT / "fixtures" / "README.md"]
    for path in pages:
        links(path.relative_to(ROOT).as_posix(), read(path))
    done = len(pages)
    manuals = [p for p in sorted((ROOT / "man").rglob("*")) if re.search(r"\.[1-8]$", p.name)]
    policies = [p for p in manuals if p.name == "lakwerk-policy.5"]
    tables(policies, pages + manuals)
    if shutil.which("mandoc"):
        for path in manuals:
            done += 1
            command = ["mandoc", "-T", "lint", "-W", "warning", str(path)]
            result = subprocess.run(command, capture_output=True, text=True)
            for line in (result.stdout + result.stderr).strip().splitlines()[:5]:
                report(path.relative_to(ROOT), 0, line.split(": ", 1)[-1])
    threats = ROOT / "docs" / "THREATS.md"
    if threats.exists():
        rows = read(ROOT / "fixtures/channels/channels.tsv").splitlines()
        listed = {row.split("\t")[1] for row in rows if not row.startswith("#")}
        named = set(re.findall(r"`([a-z]\d\d\w?-[\w-]+)`", read(threats)))
        for name in sorted({x[:-4] for x in listed} ^ named):
            report("docs/THREATS.md", 0, "%s: in channels.tsv and here, or in neither" % name)
    return done


GROUPS = {"floors": floors, "budgets": budgets, "headers": headers, "public": public, "format": format_group,
          "messages": messages, "words": words,
          "documents": documents}


def main():
    wanted = sys.argv[1:] or list(GROUPS)
    if set(wanted) - set(GROUPS):
        sys.exit("usage: lint.py [%s]..." % "|".join(GROUPS))
    checked = sum(GROUPS[group]() for group in wanted)
    for finding in findings:
        print(finding)
    failed = len({re.split(r": |:\d", finding)[0] for finding in findings})
    print("%d passed, %d failed" % (max(checked - failed, 0), failed))
    sys.exit(1 if findings else 77 if not checked else 0)


if __name__ == "__main__":
    main()
