"""people.py - the persons of generate.py: names that lists know, names that no list has, and the forms of a name."""

import hashlib
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
LISTS = os.path.join(HERE, "..", "dictionaries")
# How often each particle comes before a surname, in a thousand surnames or so.
PARTICLES = {
    "van": 22,
    "de": 24,
    "van de": 14,
    "van der": 24,
    "van den": 14,
    "den": 5,
    "ter": 4,
    "ten": 2,
    "van 't": 3,
    "in 't": 2,
    "te": 1,
    "op de": 2,
    "el": 5,
    "von": 1,
    "da": 2,
    "di": 1,
    "dos": 1,
    "le": 1,
    "la": 1,
    "van het": 1,
    "aan de": 1,
    "uit den": 1,
    "bin": 1,
    "ben": 1,
}
ARABIC = ["El ", "Al ", "Ben ", "Ait ", "El-", "Al-", "Abdel ", "Ould "]
WORD = re.compile(r"[^\W\d_]")
FOREIGN = 0.42  # share of the persons whose names are of one origin
TRIES = 60


def words(name):
    return [
        line.strip()
        for line in open(os.path.join(LISTS, name), encoding="utf-8")
        if line.strip() and not line.startswith("#")
    ]


def in_check(name):
    """One name in ten is for checking only."""
    return hashlib.sha256(name.lower().encode()).digest()[0] < 26


class Invent:
    """Names that no list has: runs of letters as in a list of names."""

    def __init__(self, names, known, least=4):
        self.known, self.after, self.least = known, {}, least
        for name in names:
            if name.isalpha():
                letters = "^^^" + name + "$"
                for at in range(3, len(letters)):
                    self.after.setdefault(letters[at - 3 : at], []).append(letters[at])

    def name(self, rng):
        for _ in range(200):
            made = "^^^"
            while len(made) < 18 and not made.endswith("$"):
                made += rng.choice(self.after[made[-3:]])
            made = made[3:].rstrip("$")
            if self.least <= len(made) < 14 and made.lower() not in self.known and made[0].isupper():
                return made
        return "Qubrix"


class Origin:
    """Names of one origin: half from the list, half made of its letters."""

    def __init__(self, name, lines, known):
        cut = lines.index("--")
        self.reverse = name == "chinese"
        given, surnames = " ".join(lines[:cut]).split(), "|".join(lines[cut + 1 :]).split("|")
        least = 2 if name in ("chinese", "vietnamese") else 4
        self.firsts = (given, Invent(given, known, least))
        self.lasts = (surnames, Invent(surnames, known, least))

    @staticmethod
    def draw(source, rng, check):
        names, made = source
        for _ in range(TRIES):
            name = rng.choice(names) if rng.random() < 0.5 else made.name(rng)
            if in_check(name) == check:
                return name
        return rng.choice(names)


class World:
    def __init__(self):
        first = words("frequent-first-names.txt") + words("own-frequent-first-names.txt")
        last = words("frequent-surnames.txt") + words("own-frequent-surnames.txt")
        cap = lambda names: [n[0].upper() + n[1:] for n in names if WORD.match(n)]
        self.first_usual, self.last_usual = cap(first), cap(last)
        self.first_rare = cap(words("frog-first-names.txt") + words("faker-first-names.txt"))
        self.last_dutch, self.last_other = cap(words("frog-surnames.txt")), cap(words("faker-surnames.txt"))
        known = {
            n.lower()
            for n in self.first_usual + self.last_usual + self.first_rare + self.last_dutch + self.last_other
        }
        known |= {w.lower() for w in words("opentaal-common-words.txt")}
        self.first_new = Invent(self.first_rare, known)
        self.last_new = [Invent(self.last_dutch, known), Invent(self.last_other, known)]
        self.origins = [Origin(name, lines, known) for name, lines in read_family("origins.txt").items()]
        places = [p for p in words("frog-places.txt") if p[0].isupper() and len(p) > 3]
        self.places = places
        self.place_new = Invent([p for p in places if p.isalpha()], known)
        self.things = read_family("things.txt")
        self.towns = self.things["towns"]
        self.streets = [s for s in words("frog-streets.txt") if s[0].isupper()]
        common = [w for w in words("opentaal-common-words.txt") if w.isalpha() and 3 < len(w) < 13]
        self.common = common
        self.word_new = Invent([w.capitalize() for w in common[::7]], known)

    def first(self, rng, check):
        while True:
            kind = rng.random()
            name = (
                rng.choice(self.first_usual)
                if kind < 0.5
                else rng.choice(self.first_rare)
                if kind < 0.75
                else self.first_new.name(rng)
            )
            if in_check(name) == check and len(name) > 1:
                return name

    def last(self, rng, check):
        while True:
            kind = rng.random()
            name = (
                rng.choice(self.last_usual)
                if kind < 0.27
                else rng.choice(self.last_dutch)
                if kind < 0.48
                else rng.choice(self.last_other)
                if kind < 0.58
                else self.last_new[rng.random() < 0.4].name(rng)
            )
            if in_check(name) == check and len(name) > 1:
                return name


class Person:
    def __init__(self, world, rng, check, family=None):
        origin = rng.choice(world.origins) if rng.random() < FOREIGN else None
        given = (lambda: Origin.draw(origin.firsts, rng, check)) if origin else (lambda: world.first(rng, check))
        self.first = given()
        if origin and rng.random() < 0.15:
            self.first += rng.choice([" ", "-"]) + given()
        more = [given() for _ in range(rng.choice([0, 0, 1, 1, 2, 3]))]
        self.surname_first = bool(origin) and origin.reverse and rng.random() < 0.4
        self.firsts = " ".join([self.first] + more)
        self.initials = "".join(n[0] + "." for n in [self.first] + more)
        if rng.random() < 0.05:
            self.initials = rng.choice(["Th.", "Ch.", "IJ.", "Tj.", "Ph.", "Joh."]) + self.initials[2:]
        self.particle = rng.choices(list(PARTICLES), list(PARTICLES.values()))[0] if rng.random() < 0.27 else ""
        self.core = Origin.draw(origin.lasts, rng, check) if origin else world.last(rng, check)
        if origin:
            self.particle = ""
        if not self.particle and not origin and rng.random() < 0.05:
            self.core = rng.choice(ARABIC) + self.core
        if family and rng.random() < 0.7:
            self.particle, self.core = family.particle, family.core
        elif rng.random() < 0.07:
            other = world.last(rng, check)
            self.core += "-" + (rng.choice(["de ", "van ", "van der ", "van den ", ""]) + other)
        elif rng.random() < 0.04:
            self.core += " " + world.last(rng, check)
        self.brief = rng.random() < 0.12 and any(
            p in self.particle for p in ("van de", "van der", "van den", "van 't")
        )
        if self.brief:
            self.particle = rng.choice(["vd", "v.d.", "v/d", "v d", "vd"])

    def full(self):
        return self.core + " " + self.first if self.surname_first else self.first + " " + self.lower()

    def nick(self, rng):
        """As friends write it: Jer, jeroentje."""
        short = self.first[: rng.choice([3, 3, 4])]
        return rng.choice([short, short.lower(), self.first.lower(), self.first])

    def lower(self):
        return (self.particle + " " if self.particle else "") + self.core

    def upper(self):
        """As without given names before it: De Vries."""
        return (
            self.particle[0].upper() + self.particle[1:] + " "
            if self.particle and self.particle[0].isalpha()
            else self.particle + " "
            if self.particle
            else ""
        ) + self.core

    def code(self):
        return self.first[0] + "".join(p[0] for p in self.particle.split() if p[0].isalpha()) + self.core[0]

    def mail(self, rng):
        plain = re.sub(r"[^a-z]", "", self.lower().lower())
        local = rng.choice(
            [self.first[0].lower() + "." + plain, self.first.lower() + "." + plain, plain + "@", plain]
        )
        domain = rng.choice(
            ["gemeente.nl", "minbzk.nl", "gmail.com", "hotmail.com", "utrecht.nl", "bedrijf.nl", "ziggo.nl"]
        )
        return re.sub(r"[^a-z.]", "", local) + "@" + domain


def read_family(name):
    sections, current = {}, None
    for line in open(os.path.join(HERE, name), encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# ") or not line:
            continue
        if line.startswith("== "):
            current = sections.setdefault(line[3:], [])
        else:
            current.append(line)
    if "document" in sections:
        sections["document"] = [
            part.strip("\n").split("\n") for part in "\n".join(sections["document"]).split("--\n")
        ]
    return sections
