"""The readers of the page tests notice what goes wrong: each fault on a bad page is told with its address."""

from pathlib import Path

import pytest
from browser.host import hosted
from browser.watched import Reader
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

POLICY = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; script-src 'self'\">"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<script src=bad.js></script>", "script error: on purpose"),
        ("<script src=warn.js></script>", "console warning: beware"),
        ("<script src=alert.js></script>", "dialog: boo"),
        (f"{POLICY}<script>1</script>", "content security policy: script-src"),
        (f"{POLICY}<p style='color: red'>", "content security policy: style-src"),
        ("<img src=http://elsewhere.invalid/a.png>", "asks for http://elsewhere.invalid/a.png"),
        ("<img src=/a.png>", "asks for http://127.0.0.1"),
        ("<img src=a.png>", "a.png answers 404"),
    ],
    ids=["error", "warning", "dialog", "script", "style", "elsewhere", "above", "missing"],
)
def test_a_fault_is_told(page: str, told: str, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><link rel=icon href=data:,>{page}")
    (tmp_path / "404.html").write_text("<!doctype html>")
    (tmp_path / "bad.js").write_text("throw new Error('on purpose')")
    (tmp_path / "warn.js").write_text("console.warn('beware')")
    (tmp_path / "alert.js").write_text("alert('boo')")
    reader = Reader(browser)
    with hosted(tmp_path) as address:
        reader.tab().goto(address)
        reader.close()
    assert any(fault.startswith(address) and told in fault for fault in reader.faults), reader.faults
