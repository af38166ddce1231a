"""Every page is valid HTML, by the checker `html-validate` and its recommended rules."""

import json
import subprocess
import sys
from pathlib import Path

from browser.sites import Site

BROWSER = Path(__file__).parent / "browser"
CHECKER = BROWSER / "node_modules/html-validate/bin/html-validate.mjs"


def test_every_page_is_valid_html(site: Site) -> None:
    faults = _faults(site, site.pages())
    assert not faults, "\n".join(faults)


def test_pages_of_all_kinds_are_valid_html(collection: Site) -> None:
    examples = [page for pages in collection.kinds().values() for page in {pages[0], pages[-1]}]
    faults = _faults(collection, examples)
    assert not faults, "\n".join(faults)


def test_hostile_names_leave_pages_valid(hostile: Site) -> None:
    faults = _faults(hostile, hostile.pages())
    assert not faults, "\n".join(faults)


def _faults(site: Site, pages: list[str]) -> list[str]:
    node = Path(sys.executable).with_name("node")
    run = subprocess.run(
        [node, CHECKER, "--config", BROWSER / "htmlvalidate.mjs", "--formatter", "json", *pages],
        capture_output=True,
        text=True,
        check=False,
        cwd=site.folder,
    )
    assert run.returncode in {0, 1}, run.stderr
    return [
        f"{Path(file['filePath']).relative_to(site.folder)}:{each['line']}:{each['column']} "
        f"{each['ruleId']}: {each['message']}"
        for file in json.loads(run.stdout)
        for each in file["messages"]
    ]
