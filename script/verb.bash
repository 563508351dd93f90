# What every verb of script/ shares: strict mode, the project's root as working folder, --help made
# of the verb's own opening comment, and how it speaks. Sourced, never run.
# shellcheck shell=bash
set -euo pipefail
shopt -s inherit_errexit

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$project"
export LC_ALL=C.UTF-8

say() { printf '==> %s\n' "$*"; }
warn() { printf 'warning: %s\n' "$*" >&2; }
fail() {
  printf '%s: %s\n' "script/$(basename "$0")" "$*" >&2
  exit 1
}

# Runs a command as root: directly, or through sudo.
as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "this needs root: install sudo, or run it as root"
  fi
}

if [[ ${1:-} == --help || ${1:-} == -h ]]; then
  sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"
  exit 0
fi
