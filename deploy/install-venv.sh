#!/bin/sh
# Debian ships Python's venv module apart from Python. Called by the Makefile when it is missing.
set -eu
package="python3-venv"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq "$package"
elif command -v sudo >/dev/null && command -v apt-get >/dev/null; then
  echo "Python's venv module is missing; installing Debian's $package with sudo."
  sudo apt-get update -qq && sudo apt-get install -y -qq "$package"
else
  echo "Python's venv module is missing. As root: apt-get install $package" >&2
  exit 1
fi
