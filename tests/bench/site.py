"""What a site costs: built cold, unchanged, changed and watched, beside the generators that a user would pick instead.

    .venv/bin/python tests/bench/site.py [--quick | --pages 1000,5000] [--peers Hugo] [--saves 50] [--write]

Corpora are invented (`tests/corpus.py`) and the same at each run; sites are written to memory. sitegen and its peers
(`peers.py`, installed by `peers.sh`) take turns, and the ratio is that of turns next to each other: seconds on a shared
machine say little. `--write` puts the figures into `figures.json`, `figures.svg` and README.md beside this file.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import msgspec
from costs import Cost, FailedError, median, run
from latency import Change, added_in_watch
from peers import PEERS, Peer
from plot import plot

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
_SITEGEN = [sys.executable, "-m", "sitegen"]
_PAGES_OF_AN_AGREEMENT = 7.5
_PARTIES_ADDED = 8
_QUICK, _WHOLE = (300, 1000), (1000, 5000, 20000, 100000)
_EDITED_UP_TO = 1000
_MARKS = ("<!-- figures -->", "<!-- end of figures -->")


class Beside(msgspec.Struct, frozen=True):
    """A peer that wrapped the finished bodies of the same pages."""

    name: str
    package: str
    cost: Cost
    ratio: float
    """sitegen's CPU to the peer's: the median of turns next to each other."""


class Size(msgspec.Struct, frozen=True):
    """The figures of one corpus. Each `Cost` is the median of its runs."""

    date: str
    load: float
    """Programs that wanted to run, on average, at the end."""
    agreements: int
    pages: int
    files: int
    megabytes: float
    turns: int
    cold: Cost
    unchanged: Cost
    template: Cost | None
    """Not measured of large sites: it is the cold build without the parsing."""
    added: Cost
    link: Cost
    watched: list[Change]
    beside: list[Beside]

    def each(self, cost: Cost) -> float:
        """Return milliseconds of CPU a page."""
        return cost.cpu * 1000 / self.pages


class Figures(msgspec.Struct, frozen=True):
    """What this program found, size by size."""

    machine: str
    python: str
    sitegen: str
    sizes: list[Size]
    absent: list[str]


def measure(place: Path, pages: int, saves: int, peers: Sequence[Peer]) -> Size:
    """Build a site of about so many pages in every way there is, and let the peers wrap its pages."""
    agreements = max(1, round(pages / _PAGES_OF_AN_AGREEMENT))
    site, turns = place / "site", 3 if pages <= 1000 else 1
    site.mkdir(parents=True)
    run([sys.executable, str(_ROOT / "tests" / "corpus.py"), "content", str(agreements)], site)
    shutil.copytree(_ROOT / "themes" / "dossier", site / "themes" / "own")
    (site / "sitegen.toml").write_text('theme = "own"\nbase_url = "https://example.org/"\njobs = 1\n', encoding="utf-8")
    cold, beside = _in_turn(place, site, turns, peers)
    html = sum(1 for _ in (site / "public").rglob("*.html"))
    sizes = [path.stat().st_size for path in (site / "public").rglob("*") if path.is_file()]
    unchanged = [_build(site, " 0 files written") for _ in range(5)]
    link = median(_link(site) for _ in range(5))
    template, edited = site / "themes" / "own" / "templates" / "base.html", None
    if pages <= _EDITED_UP_TO:
        template.write_text(template.read_text(encoding="utf-8") + "<!-- edited -->\n", encoding="utf-8")
        edited = _build(site)
    texts = _exhibits(saves + 1)
    (site / "content" / "exhibits" / "one-more.txt").write_text(texts.pop(), encoding="utf-8")
    added = _build(site)
    watched = added_in_watch(site, texts)
    return Size(
        date=datetime.now(UTC).date().isoformat(),
        load=os.getloadavg()[0],
        agreements=agreements,
        pages=html,
        files=len(sizes),
        megabytes=sum(sizes) / 2**20,
        turns=turns,
        cold=median(cold),
        unchanged=median(unchanged),
        template=edited,
        added=added,
        link=link,
        watched=watched,
        beside=beside,
    )


def _in_turn(place: Path, site: Path, turns: int, peers: Sequence[Peer]) -> tuple[list[Cost], list[Beside]]:
    """Build cold, again and again, each time with all peers after it."""
    cold: list[Cost] = []
    wrapped: dict[str, list[Cost]] = {peer.name: [] for peer in peers}
    pages: dict[str, int] = {}
    for _ in range(turns):
        for made in (site / "public", site / ".sitegen", site / "content" / "permalinks"):
            shutil.rmtree(made, ignore_errors=True)
        cold.append(_build(site))
        for peer in peers:
            folder = place / peer.name
            if peer.name not in pages:
                pages[peer.name] = peer.lay_out(site / "public", folder)
            wrapped[peer.name].append(peer.build(folder, pages[peer.name]))
    beside = []
    for peer in peers:
        ratio = statistics.median(own.cpu / its.cpu for own, its in zip(cold, wrapped[peer.name], strict=True))
        beside.append(Beside(peer.name, peer.package, median(wrapped[peer.name]), ratio))
        shutil.rmtree(place / peer.name)
    return cold, beside


def _build(site: Path, said: str = " files written") -> Cost:
    cost = run([*_SITEGEN, "build"], site)
    if said not in cost.said:
        raise FailedError(f"a build did not say {said!r}, but:\n{cost.said}")
    return cost


def _link(site: Path) -> Cost:
    # A folder of one or two letters is a page of the index.
    folders = (path.name for path in (site / "public" / "issuers").iterdir() if path.is_dir())
    name = min(name for name in folders if len(name) > 2)
    return run([*_SITEGEN, "link", f"issuers/{name}"], site)


def _exhibits(count: int) -> list[str]:
    """Return invented exhibits of eight parties that no corpus here holds."""
    sys.path.insert(0, str(_HERE.parent))
    from corpus import agreements  # noqa: PLC0415 -- tests are no package

    fit = (one.text for one in agreements(100 * count, seed=2) if len(one.truth.parties) == _PARTIES_ADDED)
    texts = list(islice(fit, count))
    if len(texts) < count:
        raise FailedError(f"only {len(texts)} invented exhibits of eight parties, {count} are wanted")
    return texts


def table(figures: Figures) -> str:
    """Return the figures as Markdown."""
    lines = [
        (
            f"{figures.machine}; Python {figures.python}; sitegen {figures.sitegen}; "
            f"{', '.join(one.package for one in figures.sizes[0].beside) or 'no peers'}. "
            "CPU is user and system time. Load is how many programs wanted to run at the end."
        ),
        *(f"Left out, since not installed: {name}." for name in figures.absent),
        "",
        (
            "| pages | agreements | files | built cold, CPU | a page | peak | nothing changed | a template edited "
            "| one exhibit added, `build` | `link` | date, load |"
        ),
        "|" + "---|" * 11,
    ]
    lines += [
        f"| {one.pages:,} | {one.agreements:,} | {one.files:,}, {one.megabytes:,.0f} MB | {one.cold.cpu:.1f} s "
        f"| {one.each(one.cold):.2f} ms | {one.cold.peak:.0f} MB | {one.unchanged.cpu:.2f} s, 0 written "
        f"| {f'{one.template.cpu:.1f} s' if one.template else '–'} | {one.added.cpu:.2f} s "
        f"| {one.link.cpu * 1000:.0f} ms | {one.date}, {one.load:.0f} |"
        for one in figures.sizes
    ]
    lines += ["", "| pages | beside | its CPU | a page | its peak | sitegen's CPU to its |", "|" + "---|" * 6]
    lines += [
        f"| {one.pages:,} | {it.name} | {it.cost.cpu:.2f} s | {one.each(it.cost):.2f} ms | {it.cost.peak:.0f} MB "
        f"| {it.ratio:.2f} × |"
        for one in figures.sizes
        for it in one.beside
    ]
    lines += [
        "",
        "| pages | saves in a watch | to the dossier: median, worst | to the end of the build | CPU of it |",
        "|" + "---|" * 5,
    ]
    for one in figures.sizes:
        seen, whole, cpu = ([getattr(each, of) for each in one.watched] for of in ("dossier", "whole", "cpu"))
        lines.append(
            f"| {one.pages:,} | {len(seen)} | {statistics.median(seen):.0f}, {max(seen):.0f} ms "
            f"| {statistics.median(whole):.0f}, {max(whole):.0f} ms | {statistics.median(cpu):.0f} ms |"
        )
    return "\n".join(lines)


def drawn(figures: Figures) -> str:
    """Return the CPU a page as SVG."""
    lines = {"sitegen": [(one.pages, one.each(one.cold)) for one in figures.sizes]}
    for one in figures.sizes:
        for it in one.beside:
            lines.setdefault(it.name, []).append((one.pages, one.each(it.cost)))
    return plot("Built cold: ms of CPU a page", "pages", lines)


def _keep(figures: Figures) -> None:
    """Write the figures; what was measured before of other sizes stays, with its date."""
    kept = _HERE / "figures.json"
    if kept.exists():
        fresh = {one.agreements for one in figures.sizes}
        old = msgspec.json.decode(kept.read_bytes(), type=Figures).sizes
        sizes = [*figures.sizes, *(one for one in old if one.agreements not in fresh)]
        figures = msgspec.structs.replace(figures, sizes=sorted(sizes, key=lambda one: one.agreements))
    kept.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1) + b"\n")
    (_HERE / "figures.svg").write_text(drawn(figures), encoding="utf-8")
    readme = _HERE / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(_MARKS[0])
    after = rest.partition(_MARKS[1])[2]
    readme.write_text(f"{before}{_MARKS[0]}\n{table(figures)}\n{_MARKS[1]}{after}", encoding="utf-8")


def _machine() -> str:
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.partition(": ")[2] for line in told if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} cores ({model.strip()})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="sizes up to 1,000 pages")
    parser.add_argument("--pages", help="sizes, divided by commas")
    parser.add_argument("--peers", help="names, divided by commas (default: all that are installed)")
    parser.add_argument("--saves", type=int, help="exhibits added in a watch (default: 50, quick: 10)")
    parser.add_argument("--write", action="store_true", help="keep the figures beside this file")
    options = parser.parse_args()
    asked = [int(size) for size in options.pages.split(",")] if options.pages else _QUICK if options.quick else _WHOLE
    saves = options.saves or (10 if options.quick else 50)
    wanted = options.peers.split(",") if options.peers else [peer.name for peer in PEERS]
    there = [peer for peer in PEERS if peer.there() and peer.name in wanted]
    memory = Path("/dev/shm")  # noqa: S108 -- memory, so that no disk is measured
    sizes: list[Size] = []
    for pages in asked:
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="sitegen-bench-") as place:
            sizes.append(measure(Path(place), pages, saves, there))
        figures = Figures(
            machine=_machine(),
            python=platform.python_version(),
            sitegen=version("sitegen"),
            sizes=sizes,
            absent=[peer.name for peer in PEERS if peer.name in wanted and not peer.there()],
        )
        print(table(figures), flush=True)
        if options.write:
            _keep(figures)


if __name__ == "__main__":
    try:
        main()
    except FailedError as error:
        sys.exit(str(error))
