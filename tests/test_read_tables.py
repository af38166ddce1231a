"""Signature tables drawn at random: however a typist lays blocks out, each comes out in one piece."""

from collections.abc import Callable

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sitegen.read import read


class Block(msgspec.Struct, frozen=True):
    entity: str
    signer: str
    office: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Label and value of each line."""
        return [
            ("", self.entity),
            ("By:", f"/s/ {self.signer}"),
            ("Name:", self.signer),
            ("Title:", self.office),
        ]


BLOCKS = st.builds(
    Block,
    st.sampled_from(("QUILLFEATHER CAPITAL, L.P.", "Specimen Holdings II, Ltd.", "OTHER SPECIMEN LLC", "Ada Trust")),
    st.sampled_from(("Ada Testperson", "Bob Specimen, Jr.", "Cy B. Sample")),
    st.sampled_from(("Director", "Managing Member", "Vice President, General Counsel")),
)


def in_cells(block: Block, *, parted: bool, spacer: bool) -> list[str]:
    """Print a block's lines as cells: label and value in one cell, or in two that a spacer may part."""
    rows = []
    for label, value in block.lines:
        if not label:
            rows.append(f"<td colspan={1 + parted + (parted and spacer)}>{value}")
        elif parted:
            rows.append(f"<td>{label}{'<td>&nbsp;' if spacer else ''}<td>{value}")
        else:
            rows.append(f"<td>{label} {value}")
    return rows


def side_by_side(blocks: list[Block], gutter: str, *, parted: bool, spacer: bool) -> str:
    """Print a table in which each block has a column of its own, or several."""
    columns = [in_cells(block, parted=parted, spacer=spacer) for block in blocks]
    return "<table>" + "".join(f"<tr>{gutter.join(row)}" for row in zip(*columns, strict=True)) + "</table>"


def one_cell_each(blocks: list[Block]) -> str:
    """Print a table of one row whose cells each hold a whole block."""
    cells = ("<br>".join(f"{label} {value}" for label, value in block.lines) for block in blocks)
    return "<table><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>"


def tables_in_cells(blocks: list[Block]) -> str:
    """Print a table whose cells each hold a block's own table."""
    inner = (side_by_side([block], "", parted=True, spacer=True) for block in blocks)
    return "<table><tr>" + "".join(f"<td>{table}</td>" for table in inner) + "</tr></table>"


@st.composite
def layouts(draw: st.DrawFn) -> Callable[[list[Block]], str]:
    parted, spacer = draw(st.booleans()), draw(st.booleans())
    gutter = draw(st.sampled_from(("", "<td>", "<td>&nbsp;<td width=5%>")))
    table: Callable[[list[Block]], str] = lambda blocks: side_by_side(blocks, gutter, parted=parted, spacer=spacer)  # noqa: E731
    return draw(st.sampled_from((table, one_cell_each, tables_in_cells)))


def shown(block: Block) -> list[str]:
    return [f"{label} {value}".strip() for label, value in block.lines]


@given(st.lists(BLOCKS, min_size=1, max_size=4), layouts(), st.sampled_from(("<td", "<TD", "<Td align=left")))
def test_each_block_of_a_table_comes_out_in_one_piece(
    blocks: list[Block], layout: Callable[[list[Block]], str], cell: str
) -> None:
    page = layout(blocks).replace("<td", cell)
    text = (
        read("specimen.htm", f"<html><body><p>IN WITNESS WHEREOF:</p>{page}</body></html>".encode()).documents[0].text
    )
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    assert lines == ["IN WITNESS WHEREOF:", *(line for block in blocks for line in shown(block))]
