#!/usr/bin/env python3
"""generate.py - makes dossiers of Dutch government text with the names marked (corpus.h): persons and story first,
then the documents that refer to them.

Usage: generate.py LAWTEXT OUT [DOSSIERS]. Text for training only: what a model scores on it says nothing. Names and
templates of the checking file are in no training file; the same input gives the same bytes."""

import os
import random
import re
import sys

from people import Person, World, read_family

OPEN, CLOSE = "\x02", "\x03"
SEED = 20261122

TITLES = ["mevrouw", "de heer", "dhr.", "mw.", "mevr.", "Mevrouw", "De heer", "meneer", "Dhr.", "Mw."]
DEGREES = ["drs. ", "mr. ", "ir. ", "dr. ", "ing. ", "prof. dr. ", "mr. drs. ", "prof. mr. "]


def mark(kind, text):
    return OPEN + kind + text + CLOSE


class Dossier:
    """One story: its persons, places and firms, and the family of templates it is told in."""

    def __init__(self, world, sections, law, rng, check):
        self.world, self.sections, self.law, self.rng, self.check = world, sections, law, rng, check
        self.people = []
        for _ in range(rng.randint(6, 22)):
            kin = rng.choice(self.people) if self.people and rng.random() < 0.2 else None
            self.people.append(Person(world, rng, check, kin))
        self.cast = {}
        self.place = [
            world.place_new.name(rng)
            if rng.random() < 0.2
            else rng.choice(world.towns if rng.random() < 0.6 else world.places)
            for _ in range(4)
        ]
        self.style = {"lower": 0.25 if rng.random() < 0.04 else 0.004}
        self.loose = False  # a document whose writer leaves the shift key alone

    def recast(self):
        chosen = self.people[:]
        self.rng.shuffle(chosen)
        self.cast = dict(zip(["p", "q", "r", "s", "p2", "q2", "r2"], chosen + chosen))

    # ---- persons ----

    def person(self, person, form):
        rng, P = self.rng, lambda text: mark("P", text)
        if form == "":
            form = rng.choices(
                ["full", "first", "inits", "mr", "lastCap", "mrinits", "inv"], [34, 20, 14, 16, 8, 6, 2]
            )[0]
        title = rng.choice(TITLES)
        degree = rng.choice(DEGREES) if rng.random() < 0.25 else ""
        space = " " if rng.random() < 0.9 else ""
        inits = (
            person.initials
            if rng.random() < 0.85
            else rng.choice(
                [
                    person.initials.replace(".", ""),
                    " ".join(re.findall(r"\w+\.", person.initials)) or person.initials,
                ]
            )
        )
        if not inits.endswith("."):
            space = " "
        surname = person.lower()
        simple = {
            "full": person.full(),
            "nick": person.nick(rng),
            "first": person.first,
            "last": person.upper(),
            "lastCap": person.upper(),
            "last2": surname,
            "lastplain": person.lower(),
            "firsts": person.firsts,
            "initials": person.initials,
            "inits": inits + space + surname,
            "initsCap": inits + space + surname,
            "code": person.code(),
            "low": person.lower().lower(),
            "caps": person.lower().upper(),
            "firstcaps": person.firsts.upper(),
            "lasts": person.upper() + ("'s" if person.core[-1] in "aiouy" else "s"),
            "lowfirst": person.first.lower(),
            "lowfull": person.full().lower(),
            "firstinit": person.first + " " + person.core[0].upper() + rng.choice([".", ".", ""]),
            "poss": person.first + ("'s" if person.first[-1] in "aiouy" else "s"),
        }
        if form in simple:
            name = simple[form]
            if self.loose and form in ("first", "last", "lastCap", "full") and rng.random() < 0.7:
                name = name.lower()
            return P(self.careless(name))
        if form == "mr":
            return title + " " + P(person.upper())
        if form in ("mrbare", "mrinits"):
            return title + " " + degree + P(rng.choice([inits + space + surname, person.upper()]))
        if form == "inv":
            tail = inits + (" " + person.particle if person.particle else "")
            return rng.choice(
                [
                    P(person.core + ", " + tail),
                    P(person.core + ", " + tail) + " (" + P(person.first) + ")",
                    P(person.upper() + ", " + inits),
                    P(person.core + ", " + person.first),
                ]
            )
        if form == "invmail":
            return rng.choice(
                [
                    self.person(person, "inv"),
                    self.person(person, "full"),
                    self.person(person, "inv") + " <" + person.mail(rng) + ">",
                    '"' + self.person(person, "inv") + '" <' + person.mail(rng) + ">",
                ]
            )
        if form == "mail":
            return person.mail(rng)
        raise ValueError(form)

    def careless(self, name):
        """Now and then somebody forgets the capitals, or the shift key."""
        chance = self.rng.random()
        return name.lower() if chance < self.style["lower"] else name.upper() if chance > 0.985 else name

    # ---- things ----

    def eponame(self):
        person = Person(self.world, self.rng, self.check)
        return self.rng.choice([person.upper(), person.first + " " + person.lower(), person.upper()])

    def typo(self):
        """An ordinary word as it is typed in haste."""
        word, rng = self.rng.choice(self.world.common), self.rng
        at = rng.randrange(1, len(word) - 1)
        return rng.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + rng.choice("aeioustnr") + word[at + 1 :],
                word,
            ]
        )

    def coined(self):
        """A name that nobody bears: of a product, a project, a quarter. What stands around it must tell."""
        rng, world = self.rng, self.world
        return rng.choice(
            [
                world.word_new.name(rng),
                world.place_new.name(rng),
                world.last_new[1].name(rng),
                rng.choice(world.things["terms"]),
            ]
        )

    def thing(self, name):
        rng, world = self.rng, self.world
        number = str(rng.randint(1, 400))
        if name == "place":
            return mark("L", rng.choice(self.place))
        if name == "street":
            return mark("L", rng.choice(world.streets))
        if name == "address":
            return mark("L", rng.choice(world.streets) + " " + number + rng.choice(["", "", "a", "-2"]))
        if name == "epostreet":
            person, end = Person(world, rng, self.check), rng.choice(
                "straat laan weg plein kade hof singel park".split()
            )
            return mark(
                "L",
                rng.choice(
                    [
                        person.upper() + end,
                        rng.choice(["Burgemeester ", "Dr. ", "Prins ", "Pastoor ", "Koningin "])
                        + person.core
                        + end,
                        person.first + " " + person.core + end,
                        person.initials + " " + person.core + end,
                    ]
                ),
            )
        if name == "school":
            person = Person(world, rng, self.check)
            return mark(
                "O",
                rng.choice(
                    [
                        "de " + person.first + " " + person.core + "school",
                        person.core + " College",
                        "Prins " + person.first + "school",
                        "basisschool " + person.first,
                        "het " + person.core + " Lyceum",
                    ]
                ),
            )
        if name == "firm":
            one, other = Person(world, rng, self.check), Person(world, rng, self.check)
            end = rng.choice(world.things["firm-ends"])
            return mark(
                "O",
                rng.choice(
                    [
                        one.upper() + " " + end,
                        one.core + " & " + other.core + (" Advocaten" if rng.random() < 0.5 else ""),
                        rng.choice(
                            [
                                "Bouwbedrijf ",
                                "Autobedrijf ",
                                "Slagerij ",
                                "Garage ",
                                "Advocatenkantoor ",
                                "Firma ",
                                "Bakkerij ",
                            ]
                        )
                        + one.upper(),
                        one.core + " " + other.core + " " + end,
                        rng.choice(world.common).capitalize() + " " + end,
                        one.core + rng.choice(["bouw", "groep", "tech", "care"]) + " B.V.",
                    ]
                ),
            )
        if name == "org":
            return rng.choice(
                [
                    lambda: mark("O", rng.choice(world.things["organisations"])),
                    lambda: mark("O", rng.choice(world.things["abbreviations"])),
                    lambda: self.thing("firm"),
                    lambda: "gemeente " + mark("L", rng.choice(self.place)),
                    lambda: mark("O", "Gemeente " + rng.choice(self.place)),
                    lambda: mark("O", "Stichting " + rng.choice(world.common).capitalize()),
                    lambda: mark("O", "Omgevingsdienst " + rng.choice(self.place)),
                    lambda: mark("O", self.coined()),
                ]
            )()
        if name == "motion":
            return mark(
                "N",
                rng.choice(["motie ", "motie-", "Motie ", "amendement ", "amendement-"])
                + self.eponame().split(" ")[-1]
                + rng.choice(["", " c.s.", "/" + self.eponame().split(" ")[-1]]),
            )
        if name == "pair":
            one, other = [
                rng.choice([world.last(rng, self.check), rng.choice(world.common).capitalize()])
                for _ in range(2)
            ]
            return mark("N", one + rng.choice([" en ", " & ", "-", " + "]) + other)
        if name == "committee":
            return mark(
                "N", rng.choice(["commissie-", "Commissie ", "commissie ", "kabinet-"]) + self.eponame()
            )
        if name == "disease":
            return mark("N", rng.choice(["ziekte van ", "syndroom van "]) + self.eponame().split(" ")[-1])
        if name == "eponame":
            return mark("N", self.eponame())
        if name == "law.sentence":
            return mark("N", rng.choice(self.law))
        if name == "coined":
            return mark("N", self.coined())
        if name == "cap":
            return mark("N", rng.choice(world.common).capitalize())
        simple = {
            "typo": self.typo,
            "short": lambda: rng.choice(world.things["shortenings"]),
            "Short": lambda: mark(
                "N", rng.choice(world.things["shortenings"]).capitalize() + rng.choice(["", ".", ":"])
            ),
            "Typo": lambda: mark("N", self.typo().capitalize()),
            "topic": lambda: rng.choice(world.things["topics"]),
            "law": lambda: rng.choice(world.things["laws"]),
            "ministry": lambda: rng.choice(world.things["ministries"]),
            "abbr": lambda: mark("N", rng.choice(world.things["abbreviations"])),
            "party": lambda: rng.choice(world.things["parties"]),
            "day": lambda: rng.choice(world.things["days"]),
            "date": lambda: "%d %s %d"
            % (rng.randint(1, 28), rng.choice(world.things["months"]), rng.randint(2012, 2025))
            if rng.random() < 0.6
            else "%d-%d-%d" % (rng.randint(1, 28), rng.randint(1, 12), rng.randint(2012, 2025)),
            "time": lambda: "%d:%02d" % (rng.randint(8, 20), rng.randint(0, 59)),
            "num": lambda: number,
            "digit": lambda: str(rng.randint(1, 4)),
            "age": lambda: str(rng.randint(8, 90)),
            "year": lambda: str(rng.randint(1890, 2024)),
            "phone": lambda: "0%d-%d" % (rng.randint(10, 79), rng.randint(2000000, 7999999)),
            "case": lambda: "%s-%d-%d"
            % (rng.choice(["Z", "2023", "UIT", "SGR"]), rng.randint(10, 99), rng.randint(1000, 99999)),
        }
        if name in simple:
            return simple[name]()
        return self.fill(rng.choice(self.sections[name]))

    def fill(self, template):
        while True:
            found = re.search(r"\[([^\[\]{}]*(?:\{[^{}]*\}[^\[\]{}]*)*\|[^\[\]]*)\]", template)
            if not found:
                break
            template = (
                template[: found.start()] + self.rng.choice(found.group(1).split("|")) + template[found.end() :]
            )

        def slot(found):
            name, _, form = found.group(1).partition(".")
            if name in self.cast:
                return self.person(self.cast[name], form)
            return self.thing(found.group(1))

        return re.sub(r"\{([\w.]+)\}", slot, template)

    def lines(self, *names):
        made = []
        for name in names:
            self.recast()
            made.append(self.thing(name))
        return made

    # ---- genres ----

    def body(self, count):
        names = self.rng.choices(["person", "neutral", "decoy", "law.sentence"], [46, 27, 23, 4], k=count)
        return self.lines(*names)

    def mail(self):
        rng, out = self.rng, []
        for depth in range(rng.choice([1, 1, 2, 2, 3])):
            self.recast()
            p, q, r = self.cast["p"], self.cast["q"], self.cast["r"]
            english = rng.random() < 0.15
            keys = (
                ["From", "Sent", "To", "Cc", "Subject"]
                if english
                else ["Van", "Verzonden", "Aan", "CC", "Onderwerp"]
            )
            if depth:
                out.append(
                    rng.choice(
                        [
                            "",
                            "-----Oorspronkelijk bericht-----",
                            "Begin doorgestuurd bericht:",
                            "________________",
                        ]
                    )
                )
            out.append("%s: %s" % (keys[0], self.person(p, "invmail")))
            out.append("%s: %s %s" % (keys[1], self.thing("date"), self.thing("time")))
            to = [self.person(q, "invmail")] + ([self.person(r, "invmail")] if rng.random() < 0.5 else [])
            out.append("%s: %s" % (keys[2], "; ".join(to)))
            if rng.random() < 0.4:
                out.append("%s: %s" % (keys[3], self.person(self.cast["s"], "invmail")))
            cast = self.cast
            out.append("%s: %s" % (keys[4], self.thing("subject")))
            self.cast = dict(cast, p=q, q=r)
            out += ["", self.fill(rng.choice(self.sections["greeting"])), ""]
            for _ in range(rng.randint(1, 3)):
                out += [rng.choice([" ", "\n"]).join(self.body(rng.randint(1, 4))), ""]
            self.cast = cast
            out.append(self.fill(rng.choice(self.sections["closing"])))
            out += self.signature(p)
        return out

    def signature(self, person):
        rng = self.rng
        form = rng.choices(["first", "full", "inits", "code"], [40, 40, 15, 5])[0]
        out = ([""] if rng.random() < 0.4 else []) + [self.person(person, form)]
        if form == "first" and rng.random() < 0.4:
            out += ["", self.person(person, "full")]
        if rng.random() < 0.5:
            out.append(self.thing("function"))
            out.append(
                self.thing("org") + rng.choice(["", " | " + self.thing("phone"), " | " + self.thing("address")])
            )
        return out

    def letter(self):
        rng = self.rng
        self.recast()
        p, q = self.cast["p"], self.cast["q"]
        cast = self.cast
        out = [self.thing("org"), "Postbus 15000", "1234 AB " + self.thing("place"), ""]
        out += [
            self.fill(
                rng.choice(
                    ["{p.mrbare}", "Aan {p.mrbare}", "De heer {p.inits}", "Familie {p.lastCap}", "{p.full}"]
                )
            ),
            self.thing("address"),
            "4321 BA  " + self.thing("place"),
            "",
            "Uw kenmerk: " + self.thing("case"),
            "Behandeld door: " + self.person(q, rng.choice(["inits", "full", "mrbare"])),
            "Datum: " + self.thing("date"),
            "",
            "Geachte %s %s," % (rng.choice(["heer", "mevrouw"]), self.person(p, "last")),
            "",
        ]
        for _ in range(rng.randint(2, 4)):
            out += [" ".join(self.body(rng.randint(2, 5))), ""]
        self.cast = cast
        out += [
            "Hoogachtend,",
            rng.choice(["", "namens burgemeester en wethouders van " + self.thing("place") + ","]),
            "",
        ]
        return out + [self.person(q, rng.choice(["inits", "full"])), self.thing("function")]

    def meeting(self):
        rng = self.rng
        self.recast()
        form = rng.choice(["full", "inits", "first", "inv", ""])
        people = rng.sample(self.people, min(len(self.people), rng.randint(3, 8)))
        glue = rng.choice([", ", "; ", "\n", "\n- "])
        shown = [
            self.person(p, form)
            + rng.choice(
                ["", "", " (" + rng.choice(["vz", "verslag", "notulist"]) + ")", " (" + self.thing("org") + ")"]
            )
            for p in people
        ]
        out = [
            "Verslag overleg " + self.thing("topic") + " d.d. " + self.thing("date"),
            "Aanwezig: " + glue.join(shown),
            "Afwezig: " + self.person(self.cast["p"], form),
            "",
        ]
        for number in range(1, rng.randint(3, 6)):
            out.append(
                "%d. %s"
                % (
                    number,
                    self.rng.choice(["Opening", "Mededelingen", "Rondvraag", self.thing("topic").capitalize()]),
                )
            )
            out.append(
                rng.choice([" ", "\n"]).join(
                    self.lines(
                        *rng.choices(
                            ["minutes", "person", "neutral", "decoy"], [50, 18, 16, 16], k=rng.randint(2, 5)
                        )
                    )
                )
            )
        return out

    def chat(self):
        rng, out = self.rng, []
        self.recast()
        people = rng.sample(self.people, min(3, len(self.people)))
        head = rng.choice(
            [
                "[{d}, {t}] {n}: ",
                "{d} {t} - {n}: ",
                "{n}: ",
                "{t} {n}: ",
                "{n} {t}\n",
                "{n}  {t}\n",
                "{n}, [{d} {t}]\n",
                "~ {n}, [{d}, {t}]\n",
            ]
        )
        form = rng.choice(["full", "first", "first", "inits", "code", "firstinit"])
        teams = dict.fromkeys(people, "")
        if rng.random() < 0.3:
            teams = {p: rng.choice(["", " " + rng.choice(self.world.things["teams"])]) for p in people}
        for _ in range(rng.randint(4, 12)):
            self.recast()
            who = rng.choice(people)
            text = self.fill(
                rng.choice(self.sections["chat"] if rng.random() < 0.85 else self.sections["neutral"])
            )
            out.append(
                head.replace("{d}", self.thing("date"))
                .replace("{t}", self.thing("time"))
                .replace("{n}", self.person(who, form) + teams[who])
                + text
            )
            if "\n" in head and rng.random() < 0.7:
                out.append("")
        return out

    def table(self):
        rng = self.rng
        cells = {
            "Naam": lambda: self.person(self.cast["p"], rng.choice(["full", "inits", "inv"])),
            "Medewerker": lambda: self.person(self.cast["p"], "inv"),
            "Functie": lambda: self.thing("function"),
            "Voornaam": lambda: self.person(self.cast["p"], "first"),
            "Achternaam": lambda: self.person(self.cast["p"], "last"),
            "Organisatie": lambda: self.thing("org"),
            "Plaats": lambda: self.thing("place"),
            "Datum": lambda: self.thing("date"),
            "Bedrag": lambda: self.thing("num"),
            "Actie": lambda: self.thing("topic"),
            "Wie": lambda: self.person(self.cast["q"], "first"),
            "Contactpersoon": lambda: self.person(self.cast["q"], "full"),
            "Status": lambda: rng.choice(["open", "Gereed", "Akkoord"]),
            "Adres": lambda: self.thing("address"),
            "Bedrijf": lambda: self.thing("firm"),
            "Onderwerp": lambda: self.thing("cap"),
        }
        columns, glue = rng.sample(sorted(cells), rng.randint(3, 5)), rng.choice(["\t", "   ", " | ", "    ", ";"])
        out = [glue.join(columns)] if rng.random() < 0.8 else []
        for _ in range(rng.randint(3, 9)):
            self.recast()
            out.append(glue.join(cells[column]() for column in columns))
        return out

    def report(self):
        rng, out = self.rng, []
        for number in range(1, rng.randint(2, 5)):
            out += ["%d. %s" % (number, self.thing("topic").capitalize()), ""]
            out += [" ".join(self.body(rng.randint(3, 7))), ""]
        return out

    def whole(self):
        self.recast()
        cast = self.cast
        out = []
        for line in self.rng.choice(self.sections["document"]):

            def part(found):
                if found.group(1) in ("person", "decoy", "neutral"):
                    self.recast()
                    made = self.thing(found.group(1))
                    self.cast = cast
                    return made
                return found.group(0)

            line = "" if line == "|" else line
            out.append(self.fill(re.sub(r"\{(\w+)\}", part, line)))
        return out

    def document(self):
        genres = [
            (self.mail, 30),
            (self.letter, 14),
            (self.meeting, 14),
            (self.chat, 11),
            (self.table, 9),
            (self.report, 18),
        ]
        if "document" in self.sections:
            genres = [(self.whole, 70), (self.report, 40)]
        make = self.rng.choices([g for g, _ in genres], [w for _, w in genres])[0]
        self.loose = self.rng.random() < (0.3 if make == self.chat else 0.12 if make == self.mail else 0.01)
        return spoil("\n".join(make()), self.rng)


# ---- how text is spoilt ----

OCR = {
    "l": "1",
    "I": "l",
    "o": "0",
    "O": "0",
    "rn": "m",
    "m": "rn",
    "e": "c",
    "ij": "ÿ",
    "é": "e",
    "i": "ì",
    "S": "5",
}


def spoil(text, rng):
    """Wrapped lines, broken words, lower case, capitals, scanner's errors; the marks stay where they belong."""
    kind = rng.random()
    if kind < 0.035:
        text = "".join(
            part.lower() if at % 2 == 0 or rng.random() < 0.9 else part
            for at, part in enumerate(re.split("(\x02.)", text))
        )
        text = re.sub("\x02(.)", lambda found: OPEN + found.group(1).upper(), text)
    elif kind < 0.065:
        text = re.sub("\x02(.)", lambda found: OPEN + found.group(1).upper(), text.upper())
    elif kind < 0.145:
        for _ in range(len(text) // 60):
            old = rng.choice(sorted(OCR))
            at = text.find(old, rng.randrange(len(text)))
            if at > 0 and text[at - 1] != OPEN:
                text = text[:at] + OCR[old] + text[at + len(old) :]
    if rng.random() < 0.35:
        text = "\n".join(wrap(line, rng.randint(55, 95), rng) for line in text.split("\n"))
    if rng.random() < 0.3:
        text = text.replace("'", "’")
    if rng.random() < 0.05:
        text = re.sub(r"\n+", "\n", text)
    return text


def wrap(line, width, rng):
    made, column = "", 0
    for word in line.split(" "):
        size = len(re.sub("\x02.|\x03", "", word))
        if column and column + size > width:
            cut = len(word) // 2
            if size > 8 and rng.random() < 0.12 and word[cut - 2 : cut + 2].isalpha() and word.isalpha():
                made += " " + word[:cut] + "-\n" + word[cut:]
                column = size - cut
                continue
            made, column = made + "\n" + word, size
        else:
            made += (" " if made else "") + word
            column += size + 1
    return made


def law_sentences(path):
    found = []
    for body in open(path, encoding="utf-8").read().split("@@DOC bare special\n")[1:]:
        for line in body.split("\n"):
            if OPEN not in line and 60 < len(line) < 400 and not re.search(r"\d{5,}", line):
                found.append(line.strip())
    return found


def main():
    law, out = law_sentences(sys.argv[1]), sys.argv[2]
    dossiers = int(sys.argv[3]) if len(sys.argv) > 3 else 840
    world = World()
    first, second, third = [read_family("family-%s.txt" % letter) for letter in "abc"]
    for section, lines in first.items():
        second.setdefault(section, lines)
        third.setdefault(section, lines)
    for name, check, count in (("made", False, dossiers), ("made-check", True, dossiers // 12)):
        rng = random.Random(SEED + check)
        with open(os.path.join(out, name + ".txt"), "w", encoding="utf-8") as file:
            for number in range(count):
                dossier = Dossier(
                    world, [first, second, first, third, second, first, third][number % 7], law, rng, check
                )
                for _ in range(rng.randint(5, 10)):
                    file.write("@@DOC gold\n%s\n" % dossier.document().replace("@@", "@ @"))


main()
