"""publishing.py - a dossier on its way out, for the tests that judge it: one person decides, samples and signs."""
import json
import sys

import judge


def act(dossier, _who="anna", **what):
    status, said, out = judge.lakwerk("dossier", "act", dossier, json.dumps(what), "--reviewer", _who)
    if status:
        sys.exit("act %s: %d %s %s" % (what, status, said, out))
    return json.loads(out)


def query(dossier, what, **parameters):
    status, said, out = judge.lakwerk("dossier", "query", dossier, what, json.dumps(parameters))
    if status:
        sys.exit("query %s: %d %s %s" % (what, status, said, out))
    return json.loads(out)


def start(dossier, policy, words=""):
    """A dossier of what lies in the folder, under a policy of which `words` are the rest."""
    policy.write_text("[policy]\none-person=yes\n" + words)
    status, said, _ = judge.lakwerk("dossier", "init", dossier, "--policy", policy)
    if status not in (0, 3):
        sys.exit("init: %d %s" % (status, said))


def settle(dossier):
    """All that is open is accepted, what is readable elsewhere is left so, pages are sampled, and it is signed."""
    act(dossier, act="accept", marks={"decision": "open"})
    for item in query(dossier, "consistency")["items"]:
        if not item["decided"]:
            act(dossier, act="leave", text=item["text"], motivation="zo besloten")
    act(dossier, act="sample", pages=0)
    if not query(dossier, "sample")["complete"]:
        act(dossier, act="sample", pages=1)
    for page in query(dossier, "sample")["pages"]:
        if page["result"] is None:
            act(dossier, act="result", document=page["document"], page=page["page"], missed=0)
    act(dossier, act="sign")


def publish(dossier, out, *options):
    """Exit status, what is said, and the answer."""
    status, said, told = judge.lakwerk("publish", dossier, "-o", out, "--json", *options)
    return status, said, json.loads(told) if told.strip() else None
