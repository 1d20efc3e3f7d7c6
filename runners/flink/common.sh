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
  ready "Bisift for Flink" "$jar" "$dist/lib"
}
