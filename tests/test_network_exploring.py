"""Exploring the page of a network in Chromium: search, click, surroundings, keyboard, address."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Visiting
from network_pages import Pages, click_on, expected, named, overlapping, shown, spot, written

from emg_graph.analysis.network import RELATIONS, Link, Network
from emg_graph.views.network import NetworkPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.no_cover, pytest.mark.slow]

WANTED = {
    "UNEP": "unep",
    "unicef": "unicef",
    "Children's Fund": "unicef",
    "pnue": "unep",
    "nations unies pour l'Énvironnement": "unep",
    "health world": "who",
    "Mercury Convention": "minamata",
}
"""What one types, and the thing that is meant: acronym, part of a name, alias, accents, words."""
RUBBISH = (
    "node=nobody", "steps=2", "node=unep&steps=1e9", "node=unep&steps=1.5", "at=1e999,NaN,0",
    "at=1,2,1e308", "at=1,2,-1", "at=,,", "off=__proto__,constructor,kind:nothing",
    "theme=constructor", "functions=toString", "least=Infinity", "least=-1", "least=x",
    "link=a~b~c", "%E0%A4%A", "<script>alert(1)</script>", "node=unep&node=who", "x" * 100_000,
)  # fmt: skip


def test_the_search_finds_a_thing_by_any_of_its_names(visited: Visiting, pages: Pages) -> None:
    visit = visited(pages.file("minamata"))
    for query, thing in WANTED.items():
        visit.page.fill("#query", query)
        visit.page.locator("#found li").first.click()
        assert f"node={thing}" in visit.page.url
        visit.page.keyboard.press("Escape")
    assert visit.complaints == []


def test_suggestions_are_chosen_with_the_arrow_keys(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("all")).page
    page.type("#query", "mercury")
    labels = page.locator("#found li > bdi").all_inner_texts()
    assert len(labels) > 2
    page.press("#query", "ArrowDown")
    marked = page.locator("#found li[aria-selected='true'] > bdi").inner_text()
    assert marked == labels[1]
    active = page.get_attribute("#query", "aria-activedescendant")
    assert page.locator(f"#{active} > bdi").inner_text() == labels[1]
    page.press("#query", "Enter")
    assert page.locator("#panel h2").inner_text() == labels[1]


def test_a_name_that_nothing_has_is_answered_in_words(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("minamata")).page
    page.fill("#query", "qqqq")
    assert page.locator("#found").inner_text() == "No match in this view."
    page.press("#query", "Enter")
    assert "node=" not in page.url


def test_by_keyboard_one_comes_to_the_details_and_back(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("minamata")).page
    page.fill("#query", "unep")
    page.press("#query", "Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    assert "United Nations Environment Programme" in page.locator("#told").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "query"
    assert page.locator("#panel.chosen").count() == 0
    assert "node=" not in page.url


def test_every_part_is_reached_with_the_tab_key(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("minamata")).page
    places = []
    for _ in range(80):
        page.keyboard.press("Tab")
        places.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className"
                " || document.activeElement.closest('[id]')?.id"
            )
        )
    wanted = ["skip", "query", "reset", "groups", "tools", "png", "vis-network", "table"]
    found = [places.index(place) for place in wanted]
    assert all(before < after for before, after in pairwise(found))


def test_arrow_keys_move_the_picture(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("minamata")).page
    before = spot(page, "minamata")
    page.focus("#canvas .vis-network")
    page.keyboard.down("ArrowRight")
    page.wait_for_timeout(300)
    page.keyboard.up("ArrowRight")
    assert math.dist(before, spot(page, "minamata")) > 5


def test_a_click_on_a_thing_shows_its_facts_with_sources_and_places(
    visited: Visiting, pages: Pages
) -> None:
    network = pages.page("minamata").network
    facts = [fact for link in network.links if "unep" in (link.start, link.end)
             for fact in link.facts]  # fmt: skip
    visit = visited(pages.file("minamata"))
    click_on(visit.page, "unep")
    text = visit.page.locator("#panel").inner_text()
    assert visit.page.locator("#panel h2").inner_text() == "UNEP"
    assert len(facts) > 5
    for fact in facts:
        assert fact.sentence in text
        assert (fact.locator or "") in text
    cites = visit.page.locator("#panel li .cite")
    urls = [pages.page("minamata").sources[fact.source]["url"] for fact in facts if fact.source]
    assert cites.count() == len(facts)
    assert cites.locator("a[href^='http']").count() == sum(map(bool, urls)) > 5
    assert visit.complaints == []


def test_a_click_on_a_line_shows_what_it_rests_on(visited: Visiting, pages: Pages) -> None:
    network = pages.page("minamata").network
    page = visited(pages.file("minamata"), 1360).page
    places = {thing: spot(page, thing) for thing in shown(page)[0]}
    link = _lonely(network, places)
    (ax, ay), (bx, by) = places[link.start], places[link.end]
    page.mouse.click((ax + bx) / 2, (ay + by) / 2)
    page.locator("#panel.chosen").wait_for()
    labels = {network.known[end].label for end in (link.start, link.end)}
    assert {*page.locator("#panel h2 button").all_inner_texts()} == labels
    assert link.facts[0].sentence in page.locator("#panel").inner_text()
    page.mouse.click(*_empty(page.locator("#canvas").bounding_box(), places))
    page.locator("#panel:not(.chosen)").wait_for()


def test_the_lines_of_what_is_looked_at_say_what_is_shared_or_missing(
    visited: Visiting, pages: Pages
) -> None:
    shared = visited(pages.file("entities"), fragment="#node=unicef").page
    texts = [label["text"] for label in shared.evaluate("emgGraph.labels()")]
    assert any(text.endswith(" in common") for text in texts)
    network = pages.page("gaps").network
    link = max((link for link in network.links if link.status), key=lambda link: link.weight)
    missing = visited(pages.file("gaps"), fragment=f"#link={named(link)}").page
    labels = missing.evaluate("emgGraph.labels()")
    assert {link.status[:39]} <= {label["text"][:39] for label in labels}
    assert overlapping(labels) == []


def test_pointing_at_a_thing_or_a_line_tells_its_name(visited: Visiting, pages: Pages) -> None:
    network = pages.page("minamata").network
    page = visited(pages.file("minamata"), 1360).page
    places = {thing: spot(page, thing) for thing in shown(page)[0]}
    page.mouse.move(*places["who"])
    told = page.locator("#hover")
    told.filter(has_text="World Health Organization").wait_for()
    assert told.inner_text().startswith("World Health Organization")
    link = _lonely(network, places)
    (ax, ay), (bx, by) = places[link.start], places[link.end]
    page.mouse.move((ax + bx) / 2, (ay + by) / 2)
    told.filter(has_text=RELATIONS[link.relation]).wait_for()
    assert "World Health Organization" not in told.inner_text()


def test_a_click_on_what_is_hidden_chooses_nothing(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("minamata")).page
    place = spot(page, "unitar")
    page.uncheck("input[data-key='kind:entity']")
    page.mouse.click(*place)
    page.wait_for_timeout(300)
    assert "node=unitar" not in page.url


@pytest.mark.parametrize("name", ["minamata", "all"])
def test_a_tap_beside_a_small_mark_brings_up_its_panel_over_the_picture(
    visited: Visiting, pages: Pages, name: str
) -> None:
    visit = visited(pages.file(name), 390, has_touch=True, is_mobile=True)
    click_on(visit.page, "minamata", aside=6, tap=True)
    panel = visit.page.locator("#panel").bounding_box()
    assert visit.page.locator("#panel h2").inner_text() == "Minamata Convention"
    assert panel
    assert panel["y"] + panel["height"] == pytest.approx(800, abs=1)
    assert 0 < spot(visit.page, "minamata")[1] < panel["y"]
    visit.page.locator("#panel .close").tap()
    assert visit.page.locator("#panel.chosen").count() == 0
    assert visit.complaints == []


def test_a_dragged_thing_stays_where_it_was_put(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("minamata")).page
    x, y = spot(page, "who")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 40, steps=4)
    page.mouse.up()
    click_on(page, "unep")
    page.keyboard.press("Escape")
    assert spot(page, "who") == pytest.approx((x + 30, y + 40), abs=3)
    box = page.locator("#canvas").bounding_box()
    label = next(one for one in page.evaluate("emgGraph.labels()") if one["text"] == "WHO")
    assert box
    assert abs(box["x"] + label["box"][0] - x - 30) < 120
    assert abs(box["y"] + label["box"][1] - y - 40) < 60


def test_the_surroundings_are_one_or_two_steps_and_then_the_whole_again(
    visited: Visiting, pages: Pages
) -> None:
    network = pages.page("all").network
    page = visited(pages.file("all")).page
    page.click("[data-steps='1']")
    assert "Choose a thing first" in page.locator("#panel").inner_text()
    page.fill("#query", "minamata")
    page.press("#query", "Enter")
    near = {"minamata"}
    for steps in ("1", "2"):
        near |= {
            end for link in network.links for end in (link.start, link.end)
            if not near.isdisjoint((link.start, link.end))
        }  # fmt: skip
        page.click(f"[data-steps='{steps}']")
        assert shown(page)[0] == near
        assert page.get_attribute(f"[data-steps='{steps}']", "aria-pressed") == "true"
    page.click("[data-steps='0']")
    assert shown(page) == expected(network)


def test_beside_an_agreement_stand_roles_left_and_related_work_right(
    visited: Visiting, pages: Pages
) -> None:
    network = pages.page("minamata").network
    page = visited(pages.file("minamata"), 1360, fragment="#node=minamata&steps=1").page
    roles = {
        link.start for link in network.links if (link.relation, link.end) == ("role", "minamata")
    }
    work = {link.start for link in network.links if link.relation == "candidate"} - roles
    x = {thing: spot(page, thing)[0] for thing in shown(page)[0]}
    assert len(roles) > 5
    assert len(work) > 2
    assert max(x[thing] for thing in roles) < x["minamata"]
    assert min(x[thing] for thing in work) > x["minamata"]
    labels = page.evaluate("emgGraph.labels()")
    texts = {label["text"] for label in labels}
    assert {f"With a documented role ({len(roles)})", f"Related work only ({len(work)})"} <= texts
    assert overlapping(labels) == []


@pytest.mark.parametrize(
    ("name", "thing", "width"), [("minamata", "minamata", 390), ("all", "unep", 1360)]
)
def test_no_name_is_left_out_one_step_around(
    visited: Visiting, pages: Pages, name: str, thing: str, width: int
) -> None:
    page = visited(pages.file(name), width, fragment=f"#node={thing}&steps=1").page
    page.evaluate("look => { location.hash = look; }", f"node={thing}&steps=1")
    things, _ = shown(page)
    names = [
        label for label in page.evaluate("emgGraph.labels()") if not label["text"].endswith(")")
    ]
    assert len(names) >= 0.9 * len(things)


def test_the_opening_panel_sums_up_and_leads_to_what_is_in_focus(
    visited: Visiting, pages: Pages
) -> None:
    page = visited(pages.file("minamata")).page
    assert page.locator("#panel h2").inner_text() == pages.page("minamata").network.title
    assert page.locator("#panel .summary").count() > 1
    page.get_by_role("button", name="What is on record of Minamata Convention").click()
    assert "node=minamata" in page.url
    assert page.evaluate("document.activeElement.id") == "panel"


def test_a_fact_says_how_sure_it_is_and_what_is_noted(visited: Visiting, pages: Pages) -> None:
    network = pages.page("all").network
    facts = [fact for link in network.links for fact in link.facts]
    doubtful = next(fact for fact in facts if fact.confidence == "low")
    noted = next(fact for fact in facts if fact.note)
    page = visited(pages.file("all")).page
    for fact, said in ((doubtful, "Confidence: low"), (noted, f"Note: {noted.note}")):
        link = next(link for link in network.links if fact in link.facts)
        page.evaluate("link => { location.hash = `link=${link}`; }", named(link))
        item = page.locator("#panel li", has_text=fact.sentence).first
        assert said in item.inner_text()


def test_both_ways_of_a_relation_have_headings_of_their_own(
    visited: Visiting, pages: Pages
) -> None:
    page = visited(pages.file("all")).page
    for thing, said, unsaid in (("chemicals", "Things with this theme (", "Has the theme ("),
                                ("minamata", "Has the theme (", "Things with this theme ("),
                                ("un-secretariat", "Has parts (", "missing")):  # fmt: skip
        page.evaluate("thing => { location.hash = `node=${thing}`; }", thing)
        headings = " ".join(page.locator("#panel h3").all_inner_texts())
        assert said in headings
        assert unsaid not in headings


def test_the_name_of_what_one_points_at_does_not_cover_what_is_looked_at(
    visited: Visiting, pages: Pages
) -> None:
    page = visited(pages.file("minamata"), fragment="#node=minamata").page
    x, y = spot(page, "minamata")
    page.mouse.move(x - 1, y)
    page.locator("#hover", has_text="Minamata").wait_for()
    box = page.locator("#hover").bounding_box()
    assert box
    assert not (box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"])


def test_a_thing_that_filters_hide_is_shown_when_it_is_looked_for(
    visited: Visiting, pages: Pages
) -> None:
    page = visited(pages.file("all")).page
    page.uncheck("input[data-key='kind:theme']")
    page.fill("#query", "mercury")
    page.press("#query", "Enter")
    things, links = shown(page)
    themes = {node.id for node in pages.page("all").network.nodes if node.kind == "theme"}
    assert things & themes == {"mercury"}
    assert "minamata~theme~mercury" in links
    assert not page.is_checked("input[data-key='kind:theme']")


def test_the_address_brings_back_the_view(visited: Visiting, pages: Pages) -> None:
    first = visited(pages.file("all"), 1360).page
    first.uncheck("input[data-key='relation:position']")
    first.check("input[data-key='function:convening']")
    first.fill("#query", "unep")
    first.press("#query", "Enter")
    first.click("#closer")
    fragment = first.evaluate("location.hash")
    second = visited(pages.file("all"), 1360, fragment=fragment).page
    for again in (lambda: None, second.reload, lambda: _away_and_back(second)):
        again()
        assert shown(second) == shown(first)
        assert second.locator("#panel h2").inner_text() == "UNEP"
        assert not second.is_checked("input[data-key='relation:position']")
        assert second.is_checked("input[data-key='function:convening']")
        for thing in ("unep", "minamata"):
            assert spot(second, thing) == pytest.approx(spot(first, thing), abs=2)
        assert second.evaluate("location.hash") == fragment


def test_an_address_of_a_link_opens_the_link(visited: Visiting, pages: Pages) -> None:
    link = pages.page("entities").network.links[0]
    visit = visited(pages.file("entities"), fragment=f"#link={named(link)}&least=0")
    labels = {pages.page("entities").network.known[end].label for end in (link.start, link.end)}
    assert {*visit.page.locator("#panel h2 button").all_inner_texts()} == labels


def test_rubbish_in_the_address_does_no_harm(visited: Visiting, pages: Pages) -> None:
    visit = visited(pages.file("minamata"), fragment=f"#{RUBBISH[0]}")
    for rubbish in RUBBISH:
        visit.page.evaluate("rubbish => { location.hash = rubbish; }", rubbish)
        visit.page.wait_for_function(
            "rubbish => !location.hash.endsWith(rubbish)", arg=rubbish[-20:]
        )
        assert len(shown(visit.page)[0]) > 0
        assert len(visit.page.evaluate("emgGraph.labels()")) > 0
    assert visit.complaints == []


def test_filters_that_hide_everything_do_no_harm(visited: Visiting, pages: Pages) -> None:
    visit = visited(pages.file("entities"))
    visit.page.uncheck("input[data-key='kind:entity']")
    visit.page.click("#fit")
    assert shown(visit.page) == (set(), set())
    assert "Showing 0 of" in visit.page.locator("#count").inner_text()
    visit.page.click("#reset")
    assert shown(visit.page) == expected(pages.page("entities").network)
    assert visit.complaints == []


def test_a_network_without_a_thing_opens(visited: Visiting, pages: Pages) -> None:
    file = pages.file("minamata").with_name("empty.html")
    written(NetworkPage(Network("all", "Nothing", "None.", (), ()), {}, "made up"), file)
    visit = visited(file)
    assert "Showing 0 of 0 things and 0 of 0 links" in visit.page.locator("#count").inner_text()
    assert visit.complaints == []


def _away_and_back(page: Page) -> None:
    page.goto("about:blank")
    page.go_back()


def _lonely(network: Network, places: dict[str, tuple[float, float]]) -> Link:
    """Return a link whose middle is far from every mark and every other line."""

    def away(x: float, y: float, link: Link) -> float:
        (ax, ay), (bx, by) = places[link.start], places[link.end]
        length = (bx - ax) ** 2 + (by - ay) ** 2
        along = min(1, max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
        return math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))

    def room(link: Link) -> float:
        (ax, ay), (bx, by) = places[link.start], places[link.end]
        x, y = (ax + bx) / 2, (ay + by) / 2
        others = (other for other in drawn if other is not link)
        marks = min(math.dist((x, y), place) - 15 for place in places.values())
        return min(marks, *(away(x, y, other) for other in others))

    drawn = [link for link in network.links if {link.start, link.end} <= places.keys()]
    return max((link for link in drawn if link.facts), key=room)


def _empty(box: Any, places: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """Return a corner of the picture far from every mark."""
    corners = [(box["x"] + x, box["y"] + y) for x in (8, box["width"] - 8) for y in (8, 300)]
    return max(corners, key=lambda at: min(math.dist(at, place) for place in places.values()))
