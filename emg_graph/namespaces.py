"""The closed vocabulary ``EMG``, the prefixes, and how IRIs are minted.

Imports no RDF library: IRIs are plain strings here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

BASE = "https://w3id.org/emg-graph/"
ONTOLOGY = f"{BASE}ontology"

CLASSES = frozenset(
    """
    Action ActionPoint Agreement Assignment ChartEntry Citation Claim Code CommissionMembership
    Cooperation Country Decision Entity Expenditure Figure Mandate Mechanism Meeting
    NoGoalExpenditure Participation Party PlanMention PortfolioCount Position Product Programme
    Project ProjectLink Question Reference Result Role Search Seat Source Tag Target Workstream
    """.split()
)
OBJECT_PROPERTIES = frozenset(
    """
    act action actionPoint administeredBy agreement agreementStatus alsoSource attended basis
    body capacity cites concerns concernsAgreement confidence consent country decisionStatus
    emgStatus entity function fund ground group groupSource hasTheme implementedBy
    inferredAgreement kind mandate mandateBody meeting memberOf membershipCoverage mentionPlace
    modality namesAgreement namesCountry namesEntity namesMechanism namesProduct namesWorkstream
    outcome parentActionPoint parentAgreement partner party partyStatus partyTo productStatus
    programme programmeOf project projectOn quantity question referredAgreement refersTo region
    registry relation role searchedIn secretariat serves sharedItem standing subject taggedWith
    target targetOf theme viaMechanism workstream
    """.split()
)
DATATYPE_PROPERTIES = frozenset(
    """
    accessedOn acronym adoptedOn amount approvedOn asOf availableAmount budgetYear category
    caveat citationWeight city cluster consentedOn count currency dataHash depositaryName
    documentParagraph ecolexId endedOn establishedOn evidenceClass expectedCount externalId
    finalMilestoneOn financialMechanism firstMilestoneOn focalArea foundingMandate framework
    from heldOn ieadbId inForceOn informeaId iso2 iso3 locator lookedFor matchedText measure
    nameAsWritten number omnibus openedOn pValue parameter plan post principalOrgan
    projectStatus projectType provision qValue rank reportedStatus requiredAmount resultStatus
    reviewedOn scienceBody scope score searchedOn seed sessionYear shortName signedOn
    subcategory symbol targetKind to untcNumber value verifiedOn workPackage workPackageNumber
    year
    """.split()
)

COMPUTED = frozenset(
    """
    Result Tag citationWeight concerns dataHash expectedCount measure namesAgreement omnibus pValue
    parameter qValue rank resultStatus score seed sharedItem taggedWith
    """.split()
)
"""The terms that no column becomes: a computation states them, in a graph of their own."""

PREFIXES: Mapping[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "emg": f"{ONTOLOGY}#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

GRAPH_THINGS = f"{BASE}graph/things"
GRAPH_SCHEMES = f"{BASE}graph/schemes"
GRAPH_ONTOLOGY = f"{BASE}graph/ontology"
GRAPH_LINKS = f"{BASE}graph/links"
GRAPH_INFERRED = f"{BASE}graph/inferred"
GRAPH_COMPUTED = f"{BASE}graph/computed"


class _Vocabulary:
    """The terms of the ontology as attributes; any other name is an error."""

    def __init__(self, terms: frozenset[str]) -> None:
        self._terms = terms

    def __getattr__(self, name: str) -> str:
        if name not in self._terms:
            raise AttributeError(f"the ontology has no term emg:{name}")
        return f"{PREFIXES['emg']}{name}"

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._terms))


EMG = _Vocabulary(CLASSES | OBJECT_PROPERTIES | DATATYPE_PROPERTIES)


def expand(name: str) -> str:
    """Turn a prefixed name into its IRI.

    >>> expand("skos:prefLabel")
    'http://www.w3.org/2004/02/skos/core#prefLabel'

    Raises:
        AttributeError: the name is in ``emg:`` and the ontology has no such term.
        KeyError: the prefix is not one of ``PREFIXES``.
    """
    prefix, _, local = name.partition(":")
    return str(getattr(EMG, local)) if prefix == "emg" else f"{PREFIXES[prefix]}{local}"


def with_sorted_prefixes(turtle: bytes) -> bytes:
    r"""Put the prefix lines that begin a Turtle or TriG text in order, and a blank line after.

    Writers list them in an order that changes from run to run.

    >>> with_sorted_prefixes(b"@prefix b: <y> .\n@prefix a: <x> .\n<s> a <c> .\n")
    b'@prefix a: <x> .\n@prefix b: <y> .\n\n<s> a <c> .\n'
    """
    lines = turtle.splitlines(keepends=True)
    count = next((i for i, ln in enumerate(lines) if not ln.startswith(b"@prefix")), len(lines))
    return b"".join([*sorted(lines[:count]), b"\n" if count else b"", *lines[count:]])


def thing_iri(path: str, identifier: str) -> str:
    """Mint the IRI of a thing.

    >>> thing_iri("agreement", "minamata")
    'https://w3id.org/emg-graph/agreement/minamata'
    """
    return f"{BASE}{path}/{identifier}"


def claim_iri(kind: str, identity: Mapping[str, str | Sequence[str] | None]) -> str:
    """Mint the IRI of a claim: SHA-256 over its kind and identity fields as canonical JSON.

    >>> claim_iri("roles", {"entity": "unep", "agreement": "minamata"})[-12:]
    'db28e486e499'
    """
    import hashlib  # noqa: PLC0415  (asking mints no claim)
    import json  # noqa: PLC0415

    canonical = json.dumps(
        {"kind": kind, **identity}, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return f"{BASE}claim/{hashlib.sha256(canonical.encode()).hexdigest()}"


def tag_iri(subject: str, named: str, start: int) -> str:
    """Mint the IRI of a tag: SHA-256 over what is tagged, what it names, and where.

    >>> tag_iri(thing_iri("mandate", "a-res-65-161"), thing_iri("agreement", "cbd"), 0)[-12:]
    '78e468dd5848'
    """
    import hashlib  # noqa: PLC0415  (asking mints no tag)

    place = f"{subject}\n{named}\n{start}"
    return f"{BASE}tag/{hashlib.sha256(place.encode()).hexdigest()}"


def identifier(iri: str) -> str:
    """Return the id at the end of one of our IRIs, or the IRI itself if it is not ours.

    >>> identifier("https://w3id.org/emg-graph/agreement/minamata")
    'minamata'
    """
    return iri.rsplit("/", 1)[-1] if iri.startswith(BASE) else iri
