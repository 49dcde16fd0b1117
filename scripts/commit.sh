#!/usr/bin/env bash
# Prints the commit of this tree, with -dirty if files differ from it. In an archive from `make dist`, git has written it below.
set -euo pipefail
archived='$Format:%H$'
case $archived in
  *Format*) git -C "$(dirname "$0")" describe --always --dirty --abbrev=12 --exclude '*' 2>/dev/null || true ;;
  *) echo "${archived:0:12}" ;;
esac
