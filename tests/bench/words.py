#!/usr/bin/env python3
"""words.py - what finding costs: words per second and core of all detectors and the registry, beside `wc -w`.

Makes a plain text of letters, mails, minutes and policy in the build folder, once. Measures both programs in the same
minute, best of three. Prints "within" or "over" the limits; fails only beyond twice a limit, since machines differ.
"""
import json
import os
import pathlib
import resource
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get("LW_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
BUILD = pathlib.Path(os.environ.get("LW_BUILD_ROOT") or ROOT / "build")
PROGRAM = BUILD / "tests" / "bench-detect"
LEXICON = BUILD / "dictionaries" / "lexicon.bin"
WORDS, ROUNDS = 600000, 3
SPEED = 300000   # words per second
START = 0.050    # seconds: opening the dictionaries and the first document
MEMORY = 100     # MB

PIECES = [
    "Op {day} maart 2024 sprak mevrouw {name} met de afdeling over de aanvraag van {day} januari. Zij vroeg om uitstel "
    "tot het onderzoek is afgerond en de tellingen zijn herhaald, zoals bepaald in artikel {day}, tweede lid, van de "
    "verordening.\n",
    "Het college van burgemeester en wethouders weegt de belangen van de bewoners, de ondernemers en het verkeer. "
    "Wethouder Harmsen licht het voorstel toe in de vergadering van de raad, waarna de commissie advies geeft over de "
    "uitvoering, de dekking en de planning van de werkzaamheden aan de Dorpsstraat en het plein daarachter.\n",
    "Van: {name}, P. <p.{name}@gemeente.example>\nVerzonden: maandag {day} maart 2024 10:12\nAan: Bakker, Anna\n"
    "Onderwerp: RE: stand van zaken\n\nBeste Anna,\n\nDank voor je bericht. Ik bel je morgen op 06-123456{day}. Kun "
    "jij de tekening sturen, dan leg ik die voor aan de welstandscommissie?\n\nMet vriendelijke groet,\n"
    "Pieter {name}\nadviseur ruimte\n",
    "Uit de tellingen blijkt dat het aantal voertuigen per etmaal {day}40 bedraagt. De verkeerskundige adviseert om de "
    "straat voor zwaar verkeer af te sluiten, met uitzondering van bestemmingsverkeer. De kosten worden gedekt uit het "
    "budget voor onderhoud; er zijn geen gevolgen voor de formatie.\n",
    "De aanvrager, de heer {name}, geboren op {day}-03-1965 te Assen, woont aan de Esdoornlaan {day}. Zijn BSN is "
    "123456782 en zijn rekening NL91 ABNA 0417 1643 00. Het besluit van {day} mei 2023 is op die grond herzien.\n",
    "De uitvoering begint in het najaar en duurt naar verwachting zes weken. Gedurende die tijd rijdt de bus om en is "
    "het parkeerterrein bij de sporthal beperkt beschikbaar. Omwonenden ontvangen twee weken vooraf een brief met "
    "de planning, de bereikbaarheid en het nummer van het meldpunt.\n",
]
NAMES = ["Oldenhuis", "Tepelenburg", "Van Lansveld", "Qvistgaard", "Ouwerdijk", "Zonderland", "El Amrani", "Yildiz"]


def make(path):
    parts, words = [], 0
    while words < WORDS:
        number = len(parts)
        piece = PIECES[number % len(PIECES)].format(day=10 + number % 19, name=NAMES[number // 7 % len(NAMES)])
        parts.append(piece)
        words += len(piece.split())
    path.write_text("\n".join(parts), encoding="utf-8")


def count(path):
    """Words, and the seconds of CPU that `wc` needs for them."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = int(subprocess.run(["wc", "-w", str(path)], check=True, capture_output=True, text=True).stdout.split()[0])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return words, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def detect(path):
    done = subprocess.run([str(PROGRAM), str(LEXICON), str(path)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def verdict(good):
    return "within" if good else "over"


def main():
    if not PROGRAM.exists():
        sys.exit("%s is not built" % PROGRAM)
    folder = BUILD / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "words.txt"
    make(path)
    counts, runs = [], []
    for _ in range(ROUNDS):
        counts.append(count(path))
        runs.append(detect(path))
    words, counting = counts[0][0], min(seconds for _, seconds in counts)
    best = min(runs, key=lambda run: run["detect"] + run["link"])
    spent = best["detect"] + best["link"]
    start = min(run["open"] + run["first"] for run in runs)
    memory = max(run["memory"] for run in runs)
    print("%d words: wc -w %.3f s, detectors %.2f s, registry %.2f s" % (
        words, counting, best["detect"], best["link"]))
    print("%d words a second, %s the limit of %d; %.0f times the time of wc" % (
        words / spent, verdict(words / spent >= SPEED), SPEED, spent / max(counting, 0.001)))
    print("start and first document %.0f ms, %s the limit of %.0f" % (
        start * 1000, verdict(start <= START), START * 1000))
    print("peak memory %.0f MB, %s the limit of %d" % (memory, verdict(memory <= MEMORY), MEMORY))
    bad = (words / spent < SPEED / 2) + (start > 2 * START) + (memory > 2 * MEMORY)
    print("%d passed, %d failed" % (3 - bad, bad))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
