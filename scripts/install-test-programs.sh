#!/usr/bin/env bash
# Installs the programs that some tests drive, where that is possible: on Debian and its kin, as root or with sudo.
# A test whose program is missing says that it is skipped, and why; this script says which those will be.
set -u

# Debian's packages; each brings a command of its name, but for those that say another.
packages=(tmux screen dtach vim neovim=nvim less htop fzf mc zsh fish man-db=man groff-base=groff)

missing=()
for package in "${packages[@]}"; do
  command -v "${package#*=}" >/dev/null 2>&1 || missing+=("${package%=*}")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if sudo -n true 2>/dev/null; then as_root=(sudo -n); else
    echo "Tests with ${missing[*]} are skipped: installing them needs root." >&2
    exit 0
  fi
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Tests with ${missing[*]} are skipped: install them by hand, this system has no apt-get." >&2
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq >/dev/null || true
for package in "${missing[@]}"; do
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 ||
    echo "Tests with $package are skipped: it could not be installed." >&2
done
exit 0
