#!/usr/bin/env bash
# Installs what the page tests need beside Python packages: the Node packages of package-lock.json and a Chromium.
# `make test` runs it. Node and npm are those of the virtual environment, so that one version runs everywhere.
set -euo pipefail
cd "$(dirname "$0")"
venv=$(cd ../.. && realpath "${VENV:-.venv}")
export PATH="$venv/bin:$PATH"

npm ci --loglevel=error

# A browser that is there, else the system's package, else the build that Playwright brings.
if ! python chromium.py; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation; } ||
      echo "apt-get could not install chromium; trying Playwright's own build." >&2
    with_deps=--with-deps
  fi
  python chromium.py || playwright install ${with_deps:-} chromium || true
  python chromium.py || {
    echo "No Chromium: install chromium or google-chrome so that it is on PATH, then run make test again." >&2
    exit 1
  }
fi
