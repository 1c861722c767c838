#!/usr/bin/env bash
# make-venv.sh PYTHON DIR: make a virtual environment, installing Debian's venv package first where it is missing.
set -euo pipefail
python=$1 dir=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "marsad needs Python 3.11 or newer; $python is $("$python" --version 2>&1). Name another: make PYTHON=python3.11" >&2
    exit 1
}
[ -x "$dir/bin/python" ] && "$dir/bin/python" -m pip --version >/dev/null 2>&1 && exit 0

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian ships these two apart from Python itself.
    if [ "$(id -u)" = 0 ]; then
        apt-get update -q && apt-get install -qy python3-venv
    else
        echo "Python's venv module is missing. Once, as root: apt-get install python3-venv" >&2
        exit 1
    fi
fi
echo "Making $dir with $("$python" --version)"
"$python" -m venv "$dir"
