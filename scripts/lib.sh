# Shell functions shared by the scripts of this folder; source it, do not run it.
# Callers have `set -euo pipefail`. Sourcing moves to the repository's root, so scripts work from any folder.

# shellcheck shell=bash
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export ROOT
cd "$ROOT"
# A script that waits for an answer would hang in CI.
exec </dev/null

have() { command -v "$1" >/dev/null 2>&1; }

say() { printf '%s\n' "$*"; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

jobs_count() { nproc 2>/dev/null || echo 2; }

# Prints a script's own usage: the comment block under its first line.
usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; }

# run_as_root COMMAND...: as it is when root, else through sudo.
run_as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    die "this needs root, and there is no sudo: $*"
  fi
}

# configure PRESET [cmake arguments...]: runs CMake where needed, quietly unless it fails.
configure() {
  local preset="$1" log="$ROOT/build/configure-$1.log"
  shift
  mkdir -p "$ROOT/build"
  local generator=()
  # A folder keeps the generator that it was made with; the preset's Ninja is only a wish.
  if ! have ninja && [[ ! -f "build/$preset/CMakeCache.txt" ]]; then generator=(-G "Unix Makefiles"); fi
  cmake --preset "$preset" "${generator[@]}" "$@" >"$log" 2>&1 || {
    cat "$log" >&2
    die "cmake --preset $preset failed"
  }
}

# test_names PRESET LABELS: the CTest names (which are also target names) under a label such as "unit|integration".
test_names() {
  ctest --test-dir "build/$1" -N -L "^($2)\$" | sed -n 's/^ *Test *#[0-9]*: //p'
}

# tracked_sources: our C++ files, one a line, also those not yet added.
tracked_sources() {
  git ls-files --cached --others --exclude-standard -- '*.cc' '*.h' | while read -r file; do
    if [[ -f $file ]]; then printf '%s\n' "$file"; fi
  done
}
