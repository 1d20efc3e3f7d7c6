# shellcheck shell=bash
# What the launchers share: finding Java, and building once. Sourced, not run. Expects
#   name      what messages begin with
#   here      the folder of what is started, two below the repository's
#   modules   what the build depends on, the module that is built last
#   profile   a Maven profile to build with; may be left out

say() { printf '%s\n' "$*" >&2; }
fail() { say "$name: $*"; exit 1; }

root=$(cd -P "$here/../.." && pwd) || fail "cannot find the repository above $here"
java=

# use FOLDER MODULES: what the functions below look at and build
use() {
  state=$1/target/launcher
  stamp=$state/built
  modules=$2
}
use "$here" "$modules"

# under the plain C locale Java cannot open files whose names are not ASCII
locale=C.UTF-8
if [ "$(LC_ALL=C.UTF-8 locale charmap 2>/dev/null)" = ANSI_X3.4-1968 ]; then
  locale=${LC_ALL:-${LANG:-C}} # a system without C.UTF-8
fi

is_java_17() {
  [ -x "$1" ] || return 1
  local version
  version=$("$1" -version 2>&1 </dev/null) || return 1
  version=${version#*\"}
  version=${version%%[!0-9]*}
  [ -n "$version" ] && [ "$version" -ge 17 ]
}

# sets java; what was found is remembered, because asking Java for its version takes a while
find_java() {
  local on_path key known candidate
  on_path=$(command -v java)
  key="${JAVA_HOME:-}|$on_path"
  if [ -f "$state/java" ]; then
    known=$(cat "$state/java")
    if [ "${known%%$'\n'*}" = "$key" ] && [ -x "${known#*$'\n'}" ]; then
      java=${known#*$'\n'}
      return
    fi
  fi
  for candidate in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} "$on_path" \
    "$(/usr/libexec/java_home -v 17+ 2>/dev/null)/bin/java"; do
    if is_java_17 "$candidate"; then
      java=$candidate
      { [ -w "$state" ] && printf '%s\n%s' "$key" "$java" >"$state/java"; } 2>/dev/null
      return
    fi
  done
  fail "needs Java 17 or later, and finds none by JAVA_HOME or PATH"
}

# is_fresh PRODUCT...: whether these were built from the sources as they are
is_fresh() {
  [ -f "$stamp" ] || return 1
  local product module newer
  for product in "$@"; do
    [ -e "$product" ] || return 1
  done
  set -- "$root/pom.xml"
  for module in $modules; do
    set -- "$@" "$root/$module/pom.xml" "$root/$module/src/main"
  done
  newer=$(find "$@" -newer "$stamp" 2>/dev/null | head -n 1)
  [ -z "$newer" ]
}

# one build at a time, as modules are shared: the lock is a symbolic link that names its owner's
# process, beside the module that all launchers build
lock() {
  local owner waiting=
  building=$root/src/core/target/launcher-lock
  mkdir -p "$root/src/core/target" 2>/dev/null || fail "is not built, and $root cannot be written"
  until ln -s "$$" "$building" 2>/dev/null; do
    owner=$(readlink "$building") || continue
    if ! kill -0 "$owner" 2>/dev/null; then
      [ "$(readlink "$building")" = "$owner" ] && rm -f "$building"
      continue
    fi
    [ -n "$waiting" ] || say "waiting for another call that builds Bisift ..."
    waiting=yes
    sleep 1
  done
  trap 'rm -f "$building"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

unlock() {
  rm -f "$building"
  trap - EXIT INT TERM
}

build() {
  local home=
  case $java in
    */bin/java) home=$(cd -P "$(dirname "$java")/.." && pwd) ;;
  esac
  if ! [ -x "$home/bin/javac" ]; then
    home= # /usr/bin/java and the like: Maven finds the JDK itself
    command -v javac >/dev/null || fail "needs a JDK to build itself, but $java comes without javac"
  fi
  touch "$state/built.new"
  if ! (
    cd "$root" || exit
    export LC_ALL=$locale
    [ -z "$home" ] || export JAVA_HOME=$home
    sh ./mvnw -q -B -P"fast${profile:+,$profile}" -pl "${modules##* }" -am package
  ) >"$state/build.log" 2>&1 </dev/null; then
    cat "$state/build.log" >&2
    fail "the build failed; Maven's output is above"
  fi
  mv "$state/built.new" "$stamp"
}

# ready WHAT PRODUCT...: has these built where their sources are newer; WHAT stands in the message
ready() {
  local what=$1
  shift
  mkdir -p "$state" 2>/dev/null
  is_fresh "$@" && return
  if [ -w "$state" ]; then
    lock
    if ! is_fresh "$@"; then # another call may have built it meanwhile
      say "building $what, once ..."
      build
    fi
    unlock
  elif [ ! -f "$1" ]; then
    fail "is not built yet, and ${state%/target/launcher} cannot be written"
  fi
}
