#!/usr/bin/env python3
"""fairness.py - the same labelled documents, with all names swapped to those of one origin after the other.

Every name of a person that has to go is replaced in its own form (surname only, initials, first name, "Surname, X.
(First)", lower case, capitals); codes and initials stay and are not counted, nor are names broken over lines. All else
is the same to the letter, so a difference in recall comes from the name alone. Fails when origins differ by more than
LIMIT, or when fewer than MENTIONS names were swapped. The names stand here, apart from dictionaries and generators.
"""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ.get("LW_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
BUILD = pathlib.Path(os.environ.get("LW_BUILD_ROOT") or ROOT / "build")
GOLD = ROOT / "tests" / "gold"
LIMIT, MENTIONS, RESAMPLES = 0.03, 300, 1000

# First names, then surnames; a particle stands before its surname.
NAMES = {
    "dutch": (
        "Joost Marieke Thijs Annelies Gerard Femke Ruben Lotte Wouter Ineke Bart Sanne Maarten "
        "Hanneke Pim Loes",
        "van Leeuwen|Hendriksen|de Boer|Verhagen|Groeneveld|van der Linden|Koster|Meijerink|Bosman|"
        "van Dam|Schouten|Peeters|ten Brink|Willemsen|Kramer|Timmermans"),
    "frisian": (
        "Sytse Jeltje Wybren Froukje Tjitske Hidde Nynke Doeke Baukje Fokke Rixt Sjirk Hylkje Gosse "
        "Wytske Oebele",
        "Hoekstra|Dijkstra|Boersma|Jongsma|Wiersinga|Haitsma|Tolsma|van der Meulen|Sijbesma|Kooistra|"
        "Elzinga|Bakkersma|Okkema|Terwisscha|Reitsma|Feenstra"),
    "turkish": (
        "Mehmet Elif Emre Zeynep Mustafa Hatice Yusuf Gülay Serkan Derya Orhan Nilüfer Kemal Şule "
        "Tuncay Aylin",
        "Yıldız|Kaya|Demir|Şahin|Çetin|Aksoy|Korkmaz|Güneş|Bozkurt|Erdoğmuş|Polat|Karaca|Tekin|Uysal|"
        "Doğan|Keskin"),
    "moroccan": (
        "Mohamed Khadija Rachid Naima Younes Samira Abdelkader Hafsa Bilal Loubna Driss Zineb Karim "
        "Ouafae Said Ikram",
        "El Amrani|Bouzid|Benali|El Khattabi|Ouali|Azzouz|Chaoui|Haddouch|El Yaakoubi|Mansouri|"
        "Taouil|Boulahrouz|Zerouali|El Mourabit|Aouragh|Bakkali"),
    "surinamese": (
        "Ravindra Shanti Dharmindra Kavita Sandjai Roshni Anil Soerida Viresh Asha Rabin Sunita "
        "Oemar Wonny Melvin Naomi",
        "Ramsaran|Bhagwandin|Jagesar|Soekhai|Gangaram|Kalpoe|Mahabier|Doerga|Pinas|Kensmil|"
        "Wijngaarde|Autar|Sital|Biharie|Raghoebar|Landveld"),
    "indonesian": (
        "Bambang Siti Agus Dewi Yohanes Retno Frans Meity Wahyu Ratna Hendrik Nona Yopie Indah Eko "
        "Wulan",
        "Soedarsono|Tahitoe|Manuhutu|Wattimena|Hartono|Pelupessy|Siregar|Tuhumury|Wijaya|Salakory|"
        "Nainggolan|Matulessy|Prasetyo|Latumahina|Suharto|Lekatompessy"),
    "chinese": (
        "Wei Xiaoling Jian Meihua Zhiqiang Yanling Guowei Lihua Hao Qiuyan Yong Shufen Tao Xinyi Bo "
        "Ruolan",
        "Zhang|Huang|Zhao|Zhou|Xu|Guo|Cheung|Leung|Tsang|Kwok|Zheng|Lin|Feng|Deng|Yeung|Xiao"),
    "polish": (
        "Tomasz Agnieszka Zbigniew Małgorzata Paweł Katarzyna Wojciech Beata Grzegorz Iwona Łukasz "
        "Dorota Marek Jolanta Rafał Ewelina",
        "Kowalczyk|Wiśniewski|Zielińska|Szymczak|Dąbrowski|Mazur|Wójcik|Krawczyk|Pawłowska|Jabłoński|"
        "Nowicki|Sikora|Głowacka|Kubiak|Borkowski|Wilczek"),
    "ukrainian": (
        "Oleksandr Olena Serhij Natalija Volodymyr Iryna Dmytro Svitlana Andrij Oksana Bohdan "
        "Ljoedmyla Taras Yuliia Vasyl Kateryna",
        "Kovalchuk|Bondarenko|Tkachenko|Kravchenko|Oliinyk|Shevchenko|Polishchuk|Lysenko|Moroz|"
        "Savchenko|Rudenko|Marchenko|Hrytsenko|Melnychuk|Klymenko|Danylenko"),
    "syrian": (
        "Khaled Rania Anas Hiba Mahmoud Lubna Firas Nour Basel Dima Wael Rasha Tarek Sawsan Imad "
        "Ghada",
        "Al-Hariri|Kabbani|Al-Masri|Darwish|Shaheen|Al-Zoubi|Hamdan|Qasim|Al-Ahmad|Sabbagh|Najjar|"
        "Al-Rifai|Khoury|Barakat|Halabi|Mardini"),
    "eritrean": (
        "Tesfay Selamawit Yonas Letebrhan Mehari Almaz Filmon Freweyni Kibrom Senait Berhane Rahwa "
        "Dawit Mebrat Semere Winta",
        "Ghebreyesus|Tekle|Haile|Weldemichael|Kidane|Habte|Ghirmay|Tesfamariam|Abraha|Okbay|Mengistu|"
        "Asmelash|Gebrehiwet|Zerai|Fessehaye|Woldu"),
    "vietnamese": (
        "Minh Thuy Tuan Hoa Quang Lan Duc Huong Khanh Ngoc Thanh Mai Hung Phuong Long Yen",
        "Nguyen|Tran|Pham|Hoang|Phan|Vu|Dang|Bui|Duong|Ngo|Ly|Truong|Dinh|Luong|Trinh|Cao"),
    "ghanaian": (
        "Kwaku Akosua Yaw Abena Kofi Adwoa Emmanuel Efua Kojo Ama Nana Esi Kwadwo Serwaa Prince Gifty",
        "Mensah|Owusu|Boateng|Asante|Osei|Agyeman|Appiah|Amoako|Sarpong|Ofori|Acheampong|Opoku|Darko|"
        "Frimpong|Adjei|Yeboah"),
    "portuguese": (
        "João Fernanda Carlos Conceição Nuno Inês Paulo Dulce Rui Graça Hélder Teresa Mário Fátima "
        "Zé Lurdes",
        "da Silva|Ferreira|dos Santos|Monteiro|Tavares|Lopes|Évora|Fortes|Pereira|Andrade|Delgado|"
        "Gonçalves|Barbosa|da Cruz|Semedo|Rodrigues"),
}
PARTICLES = set("van der den de te ten ter op 't v.d. vd d. la el al da dos fan in het oude".split())
TITLE = re.compile(r"(heer|mevrouw|mevr\.?|mw\.?|dhr\.?|meneer|familie|fam\.?|mr\.?|dr\.?|ing\.?|ir\.?|drs\.?|frau|"
                   r"herrn|dokter|oma|neef|wijkagent|verbalisant)\s+$", re.I)
INITIALS = re.compile(r"^(?:[A-Z][a-z]?\.-?)+$|^[A-Z]$")


class Person:
    """One person of a document: which words of the text are the first name and the surname, and the new ones."""

    def __init__(self, number):
        self.number, self.firsts, self.surnames = number, set(), set()

    def names(self, origin):
        firsts, surnames = NAMES[origin]
        firsts, surnames = firsts.split(), surnames.split("|")
        return (firsts[self.number % len(firsts)], surnames[self.number % len(surnames)],
                surnames[(self.number + 5) % len(surnames)].split()[-1])


def is_code(text):
    """Initials that stand for a person: "LdB", "mbr"."""
    short = " " not in text and len(text) <= 4
    return short and (len(text) <= 2 or not text[1:].islower() or not re.search(r"[aeiouyéï]", text))


def split(text):
    """The words of a mention with their part: 'first', 'surname', or 'other'; None when its form is not known."""
    parts = []
    comma = text.find(",")
    for match in re.finditer(r"[^\s,()]+", text):
        word = match[0]
        if INITIALS.match(word):
            part = "other"
        elif comma >= 0:
            part = "surname" if match.start() < comma or word.lower() in PARTICLES else "first"
        elif not parts and word.lower() not in PARTICLES:
            part = "first"
        else:
            part = "surname"
        parts.append([match.start(), match.end(), part, word])
    return parts


def like(word, model):
    return word.lower() if model.islower() else word.upper() if model.isupper() and len(model) > 2 else word


def swapped(text, before, person, origin):
    """The mention with the names of another origin."""
    first, surname, second = person.names(origin)
    parts = split(text)
    if len(parts) == 1 and parts[0][2] == "first":
        word = parts[0][3].lower().removesuffix("'s")
        if word in person.surnames or (word not in person.firsts and TITLE.search(before)):
            parts[0][2] = "surname"
    names = [p for p in parts if p[2] == "surname" and p[3].lower() not in PARTICLES]
    if any("-" in p[3] for p in names):
        surname += "-" + second
    particle, _, base = surname.rpartition(" ")
    comma = "," in text
    out, done = [], set()
    for _, _, part, word in parts:
        if part == "other":
            out.append(word)
        elif part == "first":
            if "first" not in done:
                out.append(("(%s)" if "(%s)" % word in text else "%s") % like(first, word))
            done.add("first")
        elif "surname" not in done and (word.lower() not in PARTICLES or not names):
            out.append(like(base if comma else surname, word) + ("," if comma else ""))
            done.add("surname")
    if comma and particle:
        at = next((i for i, w in enumerate(out) if w.startswith("(")), len(out))
        out.insert(at, particle)
    return " ".join(out) + ("'s" if text.endswith("'s") else "")


def read(ann):
    """Labels [id, type, places, text] and the person of each label id."""
    labels, equals = [], {}
    for line in ann.read_text().splitlines():
        fields = line.split("\t")
        if line[0] == "T":
            labels.append([fields[0], *fields[1].split(" ", 1), fields[2]])
        elif line[0] == "*":
            group = fields[1].split()[1:]
            equals.update(dict.fromkeys(group, group[0]))
    return labels, equals


def learn(labels, equals):
    persons = {}
    for name, kind, _, text in labels:
        if kind != "person":
            continue
        person = persons.setdefault(equals.get(name, name), Person(len(persons)))
        parts = split(text)
        for _, _, part, word in parts if len(parts) > 1 else []:
            (person.firsts if part == "first" else person.surnames).add(word.lower())
    return {name: persons[equals.get(name, name)] for name, kind, _, _ in labels if kind == "person"}


def swap(text, labels, persons, origin):
    """The document with other names: its text, its labels, and how many names were swapped."""
    edits, count = [], 0
    for name, kind, places, shown in labels:
        if kind != "person" or ";" in places or is_code(shown):
            continue
        start, end = map(int, places.split())
        edits.append((start, end, swapped(shown, text[max(0, start - 20):start], persons[name], origin), name))
    out, lines, shifts, at = [], [], [], 0
    for start, end, new, name in sorted(edits):
        out += [text[at:start], new]
        shifts.append((end, len(new) - (end - start)))
        at = end
    out.append(text[at:])
    result = "".join(out)
    changed = {name for _, _, _, name in edits}

    def moved(place, is_end):
        return place + sum(by for end, by in shifts if end < place or is_end and end == place)

    for name, kind, places, _ in labels:
        pieces = [tuple(map(int, piece.split())) for piece in places.split(";")]
        pieces = [(moved(a, False), moved(b, True)) for a, b in pieces]
        count += name in changed
        if kind == "person" and name not in changed:
            kind = "optional-person"
        lines.append("%s\t%s %s\t%s" % (name, kind, ";".join("%d %d" % p for p in pieces),
                                         " ".join(result[a:b] for a, b in pieces)))
        if name in changed:
            lines.append("A%s\tOrigin %s %s" % (name[1:], name, origin))
    return result, "\n".join(lines) + "\n", count


def evaluate(folder):
    """Missed names by document."""
    run = subprocess.run([BUILD / "cli" / "lakwerk", "evaluate", folder, "--json", "--faults"], capture_output=True,
                         text=True, timeout=600, check=False)
    if run.returncode:
        sys.exit("lakwerk evaluate: %d %s" % (run.returncode, run.stderr))
    missed = {}
    for line in map(json.loads, run.stdout.splitlines()):
        if line["type"] == "fault" and line["fault"] == "missed" and line["kind"] == "person":
            name = pathlib.Path(line["document"]).stem
            missed[name] = missed.get(name, 0) + 1
    return missed


def measure(origin, counts):
    with tempfile.TemporaryDirectory() as folder:
        for ann in sorted(GOLD.glob("*.ann")):
            labels, equals = read(ann)
            text, lines, count = swap(ann.with_suffix(".txt").read_text(), labels, learn(labels, equals), origin)
            (pathlib.Path(folder) / ann.name).write_text(lines)
            (pathlib.Path(folder) / ann.with_suffix(".txt").name).write_text(text)
            counts[ann.stem] = count
        return evaluate(folder)


def interval(one, two, counts):
    """Bootstrap over documents of the paired difference in recall."""
    chance, names, values = random.Random(1), sorted(counts), []
    for _ in range(RESAMPLES):
        drawn = chance.choices(names, k=len(names))
        whole = sum(counts[n] for n in drawn)
        values.append((sum(two.get(n, 0) for n in drawn) - sum(one.get(n, 0) for n in drawn)) / max(whole, 1))
    values.sort()
    return values[RESAMPLES // 40], values[-RESAMPLES // 40]


def main():
    counts, missed = {}, {}
    for origin in NAMES:
        missed[origin] = measure(origin, counts)
    whole = sum(counts.values())
    recall = {origin: 1 - sum(by.values()) / whole for origin, by in missed.items()}
    print("%d names swapped in %d documents; recall of what is removed, and the paired difference with dutch"
          % (whole, len(counts)))
    for origin in sorted(recall, key=recall.get):
        low, high = interval(missed[origin], missed["dutch"], counts)
        print("%-12s %.3f  %+.3f (%+.3f - %+.3f)"
              % (origin, recall[origin], recall[origin] - recall["dutch"], low, high))
    gap = max(recall.values()) - min(recall.values())
    print("gap %.3f, %s %.2f" % (gap, "within" if gap <= LIMIT else "over", LIMIT))
    return 0 if gap <= LIMIT and whole >= MENTIONS else 1


if __name__ == "__main__":
    sys.exit(main())
