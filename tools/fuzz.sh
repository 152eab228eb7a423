#!/usr/bin/env bash
# Runs every fuzz target of the module for a while: tools/fuzz.sh 30s
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
grep -rlE '^func Fuzz' --include='*_test.go' core desktop proof wasm | sort | while read -r file; do
  grep -oE '^func Fuzz[A-Za-z0-9_]*' "$file" | while read -r _ name; do
    echo "== $name ($(dirname "$file"))"
    go test "./$(dirname "$file")" -run '^$' -fuzz "^$name\$" -fuzztime "$1"
  done
done
