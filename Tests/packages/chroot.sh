#!/usr/bin/env bash
# Runs a command in a minimal Debian with only Python and pip.
# usage: chroot.sh SUITE CACHE FOLDER COMMAND…    FOLDER is /work inside; NETWORK=1 gives it a network
# CACHE keeps the system that debootstrap made; the command changes only a copy in memory, which is discarded.
set -euo pipefail
suite=${1:?} cache=${2:?} folder=${3:?}
shift 3
base=$cache/$suite
if [ ! -d "$base" ]; then
  echo "Creating a minimal Debian $suite in $base"
  rm -rf "$base.new"
  mkdir -p "$cache"
  debootstrap --variant=minbase --include=python3,python3-pip,python3-venv "$suite" "$base.new" >"$cache/$suite.log"
  mv "$base.new" "$base"
fi
apart=(--mount --pid --fork --kill-child)
[ -n "${NETWORK:-}" ] || apart+=(--net)
exec unshare "${apart[@]}" bash -euo pipefail -c '
  base=$1 folder=$2
  shift 2
  # Visible only in this mount namespace, which ends with the command.
  mount -t tmpfs tmpfs /mnt
  mkdir /mnt/changes /mnt/work /mnt/root
  mount -t overlay overlay -o "lowerdir=$base,upperdir=/mnt/changes,workdir=/mnt/work" /mnt/root
  mkdir -p /mnt/root/work
  mount --bind "$folder" /mnt/root/work
  mount -t proc proc /mnt/root/proc
  mount --bind /dev /mnt/root/dev
  exec chroot /mnt/root /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"
' _ "$base" "$folder" "$@"
