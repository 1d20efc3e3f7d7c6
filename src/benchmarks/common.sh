# shellcheck shell=bash
# Sourced by the scripts beside it: builds the benchmarks where that is needed, and starts them.

set -euo pipefail
unset CDPATH

benchmarks=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -P "$benchmarks/../.." && pwd)
jar=$benchmarks/target/benchmarks.jar

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail "needs a JDK of 17 or later, and finds none by JAVA_HOME or PATH"

build_benchmarks() {
  local module newer
  local inputs=("$root/pom.xml")
  for module in src/core src/formats src/beam src/model src/trainer src/benchmarks; do
    inputs+=("$root/$module/pom.xml" "$root/$module/src/main")
  done
  if [ -f "$jar" ]; then
    newer=$(find "${inputs[@]}" -newer "$jar" -print -quit)
    [ -n "$newer" ] || return 0
  fi
  printf 'building the benchmarks ...\n' >&2
  (cd "$root" && LC_ALL=C.UTF-8 ./mvnw -q -B -Pfast -pl src/benchmarks -am package >&2) \
    || fail "the build failed; Maven's output is above"
  touch "$jar"
}

# build_bisift: the launcher builds itself on its first call, which must not be a measured one
build_bisift() {
  "$root/runners/direct/bisift" --help >/dev/null || fail "runners/direct/bisift does not start"
}

start() {
  exec env LC_ALL=C.UTF-8 "$java" -Dbisift.root="$root" "$@"
}
