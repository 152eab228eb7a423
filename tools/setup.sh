#!/usr/bin/env bash
# Installs what is missing: the named Debian packages, npm packages, Go modules.
# usage: tools/setup.sh PROGRAM=PACKAGE[+PACKAGE...]... (or a library by its pkg-config name, gtk+-3.0)
# Debian packages need root or password-less sudo; without either the one command
# to run is printed. Everything else is installed below this folder or Go's cache.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

need() { # program, why
  command -v "$1" >/dev/null || { echo "setup: $1 is missing: $2" >&2; exit 1; }
}
need go "install Go 1.26 or newer (https://go.dev/dl/)"
need node "install Node.js 20 or newer"
need npm "it comes with Node.js"
node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' ||
  { echo "setup: Node.js 20 or newer is needed, this is $(node --version)" >&2; exit 1; }

PATH=$PATH:/usr/sbin # where Debian puts servers
missing=()
for pair in "$@"; do
  command -v "${pair%%=*}" >/dev/null && continue
  case ${pair%%=*} in *.[0-9]) pkg-config --exists "${pair%%=*}" 2>/dev/null && continue ;; esac # a library of that name
  IFS=+ read -ra packages <<<"${pair#*=}"
  missing+=("${packages[@]}")
done
if [ ${#missing[@]} -gt 0 ]; then
  install=(apt-get install -y -q --no-install-recommends "${missing[@]}")
  if ! command -v apt-get >/dev/null; then
    echo "setup: not a Debian system; install these yourself: ${missing[*]}" >&2; exit 1
  elif [ "$(id -u)" = 0 ]; then
    sudo=()
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo=(sudo -n)
  else
    echo "setup: run this once, then try again:" >&2
    echo "  sudo apt-get update && sudo ${install[*]}" >&2
    exit 1
  fi
  echo "setup: installing ${missing[*]}"
  "${sudo[@]}" apt-get update -q >/dev/null
  # Test servers are started by the tests that use them, not by the system: 101 forbids it.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | "${sudo[@]}" tee $policy >/dev/null
    "${sudo[@]}" chmod +x $policy
    trap '"${sudo[@]}" rm -f $policy' EXIT
  fi
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" >/dev/null
fi

# npm ci only when the lock file is not the one that is installed.
lock=$(sha256sum package-lock.json | cut -d' ' -f1)
if [ "$(cat node_modules/.hanaper-lock 2>/dev/null)" != "$lock" ]; then
  echo "setup: npm ci"
  npm ci --no-audit --no-fund --loglevel=error
  echo "$lock" > node_modules/.hanaper-lock
fi
go mod download
