"""A first step small enough for a month, from the evidence that suggests the entity."""

from __future__ import annotations

from emg_graph.analysis.candidates import Candidate

_BY_FUNCTION = {
    "enforcement": "offer a seat in the next working group on trade and compliance",
    "data": "share one data set, with a note on how each side uses it",
    "finance": "ask for one joint paragraph in its next programming note",
    "capacity": "add one joint session to a training already planned",
    "knowledge": "co-sign one short piece of guidance from work already done",
    "delivery": "agree on one country where both already work, and one joint visit",
    "policy": "write one joint paragraph for each other's work plan",
    "norms": "compare the two texts on one shared definition, and note what differs",
    "convening": "put one joint item on the agenda of a meeting already called",
}
"""The most specific function first: it decides when a reason names several."""

_BY_CHANNEL = {
    "joint product": "ask how far the joint product is, and what its launch could carry",
    "project on it": "ask for one lesson from its projects on it, to share with the other actors",
    "project on its subject": "ask which of its projects on the subject could report on it",
    "country plan on its subject": "ask that one country plan on the subject name the agreement",
    "country plan": "agree on one country plan that names it, and one joint line in its report",
    "memorandum on it": "take the memorandum out, and name one deliverable for the year",
    "side events on it": "plan one side event together, on one question that both must answer",
    "mandate that names it": "read the mandate that names it together, and note who does what",
    "mandates on its themes": "compare the mandates on its themes, and agree on a joint paragraph",
    "projects on related agreements": "ask which of its projects nearby could report on this one",
}
"""What a kind of evidence suggests by itself, where no function is on record with it."""


def first_step(candidate: Candidate) -> str:
    """Return a suggestion that rests on the candidate's best-founded reason."""
    reason = candidate.reasons[0]
    if reason.channel == "position on record":
        return f"take up what it put on record ({reason.citation.locator}): name one deliverable"
    if reason.channel in _BY_CHANNEL:
        return _BY_CHANNEL[reason.channel]
    if reason.body:
        return f"raise it where both could meet: one item for the next meeting of {reason.body}"
    if not reason.current:
        return "ask for a first talk on what each side does today"
    if not reason.functions:
        return "compare the two work programmes, and agree on one joint paragraph"
    return next(step for function, step in _BY_FUNCTION.items() if function in reason.functions)
