# What the scripts of this folder share: finding Java, and building the jar once. Sourced, not run.
# Expects $name, which messages begin with.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$name: $*"; exit 1; }

root=$(cd -P "$here/../.." && pwd)
jar=$here/target/bisift-flink.jar
dist=$here/dist/target
state=$here/target/launcher
stamp=$state/built
java=

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

find_java() {
  local candidate
  for candidate in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} "$(command -v java)" \
    "$(/usr/libexec/java_home -v 17+ 2>/dev/null)/bin/java"; do
    if is_java_17 "$candidate"; then
      java=$candidate
      return
    fi
  done
  fail "needs Java 17 or later, and finds none by JAVA_HOME or PATH"
}

is_fresh() {
  [ -f "$stamp" ] && [ -f "$jar" ] && [ -d "$dist/lib" ] || return 1
  local module newer
  set -- "$root/pom.xml" "$here/dist/pom.xml"
  for module in src/core src/formats src/beam pipelines runners/flink; do
    set -- "$@" "$root/$module/pom.xml" "$root/$module/src/main"
  done
  newer=$(find "$@" -newer "$stamp" 2>/dev/null | head -n 1)
  [ -z "$newer" ]
}

# one build at a time: the lock is a symbolic link that names its owner's process
lock() {
  local owner waiting=
  until ln -s "$$" "$state/lock" 2>/dev/null; do
    owner=$(readlink "$state/lock") || continue
    if ! kill -0 "$owner" 2>/dev/null; then
      [ "$(readlink "$state/lock")" = "$owner" ] && rm -f "$state/lock"
      continue
    fi
    [ -n "$waiting" ] || say "waiting for another call that builds Bisift ..."
    waiting=yes
    sleep 1
  done
  trap 'rm -f "$state/lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

unlock() {
  rm -f "$state/lock"
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
    sh ./mvnw -q -B -Pfast -pl runners/flink -am package
  ) >"$state/build.log" 2>&1 </dev/null; then
    cat "$state/build.log" >&2
    fail "the build failed; Maven's output is above"
  fi
  mv "$state/built.new" "$stamp"
}

# sets java, and has the jar built if its sources are newer
prepare() {
  find_java
  is_fresh && return
  mkdir -p "$state" 2>/dev/null
  if [ -w "$state" ]; then
    lock
    if ! is_fresh; then # another call may have built it meanwhile
      say "building Bisift for Flink, once ..."
      build
    fi
    unlock
  elif [ ! -f "$jar" ]; then
    fail "is not built yet, and $here cannot be written"
  fi
}
