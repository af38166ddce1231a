"""Find the Chromium that the browser tests drive. As a program: print it, or end with status 1 when there is none."""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the first browser on PATH that starts (a distribution may leave a stub), else Playwright's own."""
    for name in NAMES:
        place = shutil.which(name)
        if place and subprocess.run([place, "--version"], capture_output=True, check=False).returncode == 0:
            return place
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


if __name__ == "__main__":
    found = find()
    print(found or "no Chromium found")
    sys.exit(found is None)
