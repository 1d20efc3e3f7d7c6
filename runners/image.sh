# shellcheck shell=bash
# What the checks of images share: building one on Debian without Docker or a registry, and running
# commands in it. Sourced, after launch.sh. Expects $name of messages, and of in_image:
#   $user     number of the user, and of its group
#   $volume   where the folder $work/volume lies in the image

base=localhost/bisift-base:bookworm

# leaves with the code that says that it cannot be tried here
cannot() { say "$name: $*"; exit 3; }

expect() { "${@:2}" || fail "in the image: $1"; }

storage() { "$1" --storage-driver=vfs "${@:2}"; }

# need TOOL...: leaves where these, or what the functions below take, is missing
need() {
  local tool
  for tool in buildah podman debootstrap unshare ip "$@"; do
    command -v "$tool" >/dev/null || cannot "needs $tool"
  done
  [ "$(id -u)" = 0 ] || cannot "needs root"
  unshare --net --pid --mount --fork true 2>/dev/null || cannot "needs namespaces of its own, and root may make none here"
}

# sets work, a folder that goes in the end. To be called when nothing else cleans up in the end
open_workshop() {
  work=$(mktemp -d)
  container=
  trap '[ -z "$container" ] || storage buildah rm "$container" >/dev/null 2>&1; rm -rf "$work"' EXIT
  mkdir "$work/volume"
}

# Debian as a base image, kept for the next time
make_base() {
  [ -z "$(storage buildah images --quiet "$base" 2>/dev/null)" ] || return 0
  say "making a base image of Debian ..."
  debootstrap --variant=minbase bookworm "$work/debian" >"$work/debootstrap.log" 2>&1 || {
    tail -n 5 "$work/debootstrap.log" >&2
    cannot "debootstrap fails"
  }
  tar -C "$work/debian" -c . | storage podman import --quiet - "$base" >/dev/null
  rm -rf "$work/debian"
}

# build_image TAG DOCKERFILE CONTEXT BASE [OPTION OF BUILDAH...]
build_image() {
  local before after
  before=$(storage buildah images --no-trunc --quiet "$1" 2>/dev/null) || before=
  storage buildah bud --isolation chroot --timestamp 0 --build-arg BASE="$4" "${@:5}" -t "$1" -f "$2" "$3" >"$work/bud.log" 2>&1 || {
    tail -n 20 "$work/bud.log" >&2
    fail "the image $1 cannot be built"
  }
  after=$(storage buildah images --no-trunc --quiet "$1")
  # has no name any more
  [ -z "$before" ] || [ "$before" = "$after" ] || storage buildah rmi "$before" >/dev/null 2>&1 || true
}

# open_image TAG: in_image runs in it from now on. Sets tree, where its files are, and entry, its entry point
open_image() {
  container=$(storage buildah from "$1")
  tree=$(storage buildah mount "$container")
  storage buildah inspect --format '{{range .OCIv1.Config.Env}}{{println .}}{{end}}' "$container" | sed '/^$/d' >"$work/environment"
  mapfile -t entry < <(storage buildah inspect --format '{{range .OCIv1.Config.Entrypoint}}{{println .}}{{end}}' "$container" | sed '/^$/d')
  chown "$user:$user" "$work/volume"
}

# in_image COMMAND ARGUMENT...: runs it as the image's user with its settings, as the first process
# of its own, without a network; nothing but the volume and /tmp can be written
in_image() {
  # shellcheck disable=SC2016 # for the inner shell
  exec unshare --net --pid --mount --fork --kill-child sh -euc '
    tree=$1 outside=$2 volume=$3 user=$4 environment=$5
    shift 5
    ip link set lo up
    mount --bind "$tree" "$tree"
    mount --rbind /dev "$tree/dev"
    mount --bind "$outside" "$tree$volume"
    mount -t tmpfs tmpfs "$tree/tmp"
    mount -t proc proc "$tree/proc"
    mount -o remount,bind,ro "$tree"
    set -f
    IFS="
"
    cd "$tree$volume"
    # shellcheck disable=SC2046 # one argument a line
    exec chroot --userspec="$user:$user" "$tree" env -i $(cat "$environment") "$@"
  ' sh "$tree" "$work/volume" "$volume" "$user" "$work/environment" "$@"
}
