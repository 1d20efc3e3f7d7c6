# shellcheck shell=bash
# What the scripts of this folder share. Sourced, not run; expects $name and $here.

modules='src/core src/formats src/beam pipelines runners/flink/dist runners/flink'
# shellcheck source=runners/launch.sh
. "$here/../launch.sh"
jar=$here/target/bisift-flink.jar
dist=$here/dist/target

# sets java, and has the jar built if its sources are newer
prepare() {
  mkdir -p "$state" 2>/dev/null
  find_java
  is_fresh "$jar" "$dist/lib" && return
  if [ -w "$state" ]; then
    lock
    if ! is_fresh "$jar" "$dist/lib"; then # another call may have built it meanwhile
      say "building Bisift for Flink, once ..."
      build
    fi
    unlock
  elif [ ! -f "$jar" ]; then
    fail "is not built yet, and $here cannot be written"
  fi
}
