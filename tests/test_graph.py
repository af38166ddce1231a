"""What a graph claims: only what signature blocks print, one path a block."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from graph_dossiers import Block, dossier

from sitegen.catalogue.records import Dossier
from sitegen.graph import asset
from sitegen.graph.blocks import chains
from sitegen.graph.chains import Branch, Chains, Node, outline
from sitegen.graph.crowd import Drawn, Signing, crowd
from sitegen.graph.drawing import draw
from sitegen.graph.network import network
from sitegen.model.failure import UsageError

ROOT = Path(__file__).parents[1]
FUND, HEIR, PARTNER, ADVISOR = "Fund One, L.P.", "Fund Two, L.P.", "Mossgate Partners, L.P.", "Mossgate Advisors, Inc."
ADA, BO, CY = "Ada Testperson", "Bo Sampleton", "Cy Specimen"
SHARED = dossier(
    [FUND, HEIR, PARTNER, ADVISOR],
    [
        Block(FUND, (PARTNER, ADVISOR), BO, "Vice President"),
        Block(HEIR, ((PARTNER, "its General Partner"), ADVISOR), BO, "Vice President"),
        Block(PARTNER, (ADVISOR,), ADA, "President"),
        Block(ADVISOR, (), ADA, "President"),
    ],
)


def node(shown: Chains, name: str) -> Node:
    (found,) = [each for each in shown.nodes if each.name == name]
    return found


def printed(branches: tuple[Branch, ...], depth: int = 0) -> list[str]:
    return [
        line
        for branch in branches
        for line in [
            "  " * depth + branch.node.name + (f" {branch.role.text}" if branch.role else ""),
            *printed(branch.branches, depth + 1),
        ]
    ]


def test_each_block_is_one_path_with_its_lines() -> None:
    shown = chains([SHARED])
    assert [path.nodes for path in shown.paths] == [
        ("fund-one-lp", "mossgate-partners-lp", "mossgate-advisors-inc", "bo-sampleton"),
        ("fund-two-lp", "mossgate-partners-lp", "mossgate-advisors-inc", "bo-sampleton"),
        ("mossgate-partners-lp", "mossgate-advisors-inc", "ada-testperson"),
        ("mossgate-advisors-inc", "ada-testperson"),
    ]
    assert [path.place.label for path in shown.paths] == ["L5–9", "L10–15", "L16–19", "L20–22"]
    assert [role.text for role in shown.paths[1].roles] == ["“its General Partner”", "by", "“Vice President”"]


def test_whom_a_person_signs_for_is_counted_in_blocks_not_reached_along_lines() -> None:
    shown = chains([SHARED])
    # Both funds lead to the advisor, and the advisor to both people; yet each person signs for two parties alone.
    assert (node(shown, BO).note, node(shown, ADA).note) == ("signs for 2 parties", "signs for 2 parties")
    assert printed(outline(shown)) == [
        "Bo Sampleton",
        "  Mossgate Advisors, Inc. “Vice President”",
        "    Mossgate Partners, L.P. by",
        "      Fund One, L.P. by",
        "      Fund Two, L.P. “its General Partner”",
        "Ada Testperson",
        "  Mossgate Advisors, Inc. “President”",
        "    Mossgate Partners, L.P. by",
    ]


def test_a_name_s_page_shows_only_the_blocks_that_print_it() -> None:
    shown = chains([SHARED], SHARED.parties[0])
    assert [each.name for each in shown.nodes] == [FUND, PARTNER, ADVISOR, BO]
    assert shown.focus == ("fund-one-lp",)
    assert node(shown, BO).note == "signs for 2 parties"


def test_too_many_names_are_left_out_and_counted() -> None:
    names = [f"Fund {number}, L.P." for number in range(9)]
    agreement = dossier(names, [Block(name, (), ADA) for name in names])
    shown = chains([agreement], agreement.signers[0], most=5)
    assert len(shown.nodes) == 5
    assert shown.left_out == 5


def test_roles_are_printed_words_a_defined_term_or_by() -> None:
    agreement = dossier(
        [FUND, PARTNER],
        [Block(FUND, (PARTNER,), ADA)],
        terms={(FUND, PARTNER): ("Fund One General Partner", "general partner")},
    )
    (acts, signs) = chains([agreement]).edges
    assert (acts.roles[0].text, acts.roles[0].basis) == ("“Fund One General Partner”", "defined-term")
    assert [place.label for place in acts.places] == ["L3", "L5"]
    assert (signs.roles[0].text, signs.roles[0].printed) == ("by", False)


def test_a_step_that_two_agreements_name_differently_keeps_both_roles() -> None:
    one = dossier([FUND], [Block(FUND, (), ADA, "Director")], name="2020-01-01-one")
    two = dossier([FUND], [Block(FUND, (), ADA, "President")], name="2021-01-01-two")
    shown = chains([two, one], two.parties[0])
    (edge,) = shown.edges
    assert [role.text for role in edge.roles] == ["“President”", "“Director”"]
    assert [place.agreement for place in edge.places] == ["2021-01-01-two", "2020-01-01-one"]
    assert [path.roles[0].text for path in shown.paths] == ["“President”", "“Director”"]


def test_people_who_sign_for_themselves_for_others_or_through_an_attorney() -> None:
    agreement = dossier(
        [FUND, ADA, BO, CY],
        [
            Block(FUND, (), ADA, "Manager"),
            Block(ADA, (), ADA),
            Block(BO, (), CY, attorney="Attorney-in-Fact"),
            Block(CY, (), CY),
        ],
        people=(ADA, BO, CY),
    )
    shown = chains([agreement])
    assert node(shown, ADA).note == "signs in person and for 1 party"
    assert node(shown, ADA).look == "hub"
    assert (node(shown, BO).note, node(shown, BO).look) == (None, "person")
    dashed = [stroke.edges for stroke in draw(shown).strokes if stroke.dashed]
    assert dashed == [("bo-sampleton>cy-specimen!",)]
    assert [path.nodes for path in shown.paths if path.block in (1, 3)] == [("ada-testperson",), ("cy-specimen",)]


def test_a_signer_alone_is_no_party_and_a_name_outside_the_list_is_dashed() -> None:
    shown = chains([dossier([FUND], [Block(FUND, ("Nobody's Trust Company",), ADA)])])
    assert (node(shown, ADA).look, node(shown, ADA).page) == (
        "signer",
        "signers/ada-testperson/index.html#person-a1b2c3",
    )
    outside = node(shown, "Nobody's Trust Company")
    assert (outside.look, outside.party, outside.page) == ("outside", False, None)


def test_parties_of_one_name_are_told_apart_by_their_number() -> None:
    agreement = dossier([ADA, FUND, ADA], [Block(ADA, (), ADA, number=0), Block(ADA, (), ADA, number=2)], people=(ADA,))
    shown = chains([agreement])
    assert [each.id for each in shown.nodes] == ["ada-testperson.p1", "ada-testperson.p3", "fund-one-lp"]
    assert [each.note for each in shown.nodes] == ["signs in person", "signs in person", "no signature block found"]


def test_a_namesake_who_signs_for_another_is_nobody_s_box_when_two_bear_the_name() -> None:
    agreement = dossier([ADA, ADA, FUND], [Block(FUND, (), ADA)], people=(ADA,))
    shown = chains([agreement])
    assert {each.id: each.signs for each in shown.nodes}["ada-testperson"] == 1
    assert len([each for each in shown.nodes if each.name == ADA]) == 3


def test_blocks_that_contradict_one_another_draw_no_circle() -> None:
    shown = chains([dossier([FUND, PARTNER], [Block(FUND, (PARTNER,), ADA), Block(PARTNER, (FUND,), ADA)])])
    assert [path.nodes for path in shown.paths] == [
        ("fund-one-lp", "mossgate-partners-lp", "ada-testperson"),
        ("mossgate-partners-lp", "fund-one-lp~2", "ada-testperson"),
    ]


def test_a_block_without_a_readable_human_and_one_for_nobody_in_the_list() -> None:
    shown = chains([dossier([FUND], [Block(FUND, (PARTNER,)), Block("Unlisted, Inc.", (), ADA)])])
    assert [(path.nodes[-1], path.signed) for path in shown.paths] == [
        ("mossgate-partners", False),
        ("ada-testperson", True),
    ]
    assert node(shown, "UNLISTED, INC.").look == "outside"


def test_an_agreement_without_blocks_still_shows_its_parties() -> None:
    shown = chains([dossier([FUND, ADA], [], people=(ADA,))])
    assert [each.note for each in shown.nodes] == ["no signature block found"] * 2
    assert len(draw(shown).boxes) == 2
    assert draw(chains([dossier([], [])])).boxes == ()


def test_who_signs_across_agreements_is_a_person_with_agreements_and_counts() -> None:
    one = dossier([FUND, HEIR], [Block(FUND, (), ADA), Block(HEIR, (), ADA)], name="2020-01-01-one")
    two = dossier([FUND], [Block(FUND, (), ADA)], name="2021-01-01-two")
    ada = Drawn(one.signers[0], (Signing(two, (0,)), Signing(one, (0, 1))))  # type: ignore[arg-type]
    shown = crowd([ada], {"2020-01-01-one": ("Mills, Inc.", "2020"), "2021-01-01-two": ("Looms, Inc.", "2021")})
    assert [(each.name, each.note) for each in shown.nodes] == [
        ("Looms, Inc.", "2021"),
        ("Mills, Inc.", "2020"),
        (ADA, "signs for 2 parties"),
    ]
    assert [edge.roles[0].text for edge in shown.edges] == ["1 party", "2 parties"]


def _network(agreement: Dossier) -> dict[str, object]:
    shown = chains([agreement])
    return network(shown, draw(shown))


def test_pyvis_builds_the_network_and_nothing_of_it_is_lost() -> None:
    data = _network(SHARED)
    nodes, edges = data["nodes"], data["edges"]
    assert isinstance(nodes, list)
    assert isinstance(edges, list)
    assert [each["id"] for each in nodes] == [each.id for each in chains([SHARED]).nodes]
    assert {(each["from"], each["to"]) for each in edges} == {(e.tail, e.head) for e in chains([SHARED]).edges}
    assert all(each["hidden"] for each in edges)
    assert json.loads(json.dumps(data))["width"] == data["width"]


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import hashlib, json, sys; sys.path.insert(0, 'tests')\n"
        "from test_graph import SHARED, _network\n"
        "print(hashlib.sha256(json.dumps(_network(SHARED)).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(seen) == 1


def test_pyvis_is_imported_only_when_a_graph_is_built() -> None:
    program = "import sys, sitegen.pages, sitegen.render.theme; print('pyvis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_vis_network_script_is_the_one_reviewed() -> None:
    script = asset.vis_network()
    assert hashlib.sha256(script).hexdigest() == asset.VIS_NETWORK_SHA256
    assert b"vis-network" in script[:400]


def test_another_vis_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asset, "VIS_NETWORK_SHA256", "0" * 64)
    with pytest.raises(UsageError, match=r"install pyvis==0\.3\.2"):
        asset.vis_network()
