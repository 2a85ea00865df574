#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# cmake --install puts everything where the FHS says, and what it puts there works.
#
#   install.sh CMAKE BUILD-DIRECTORY SOURCE-DIRECTORY
set -eu

cmake=$1 build=$2 source=$3
top=$(mktemp -d "${TMPDIR:-/tmp}/leakledger-install-XXXXXX")
trap 'rm -rf "$top"' EXIT

fail() {
	echo "install: $*" >&2
	exit 1
}

DESTDIR=$top/stage "$cmake" --install "$build" --prefix /usr >"$top/log" || fail "$(cat "$top/log")"
usr=$top/stage/usr

test -x "$usr/bin/leakledger" || fail "no bin/leakledger"
test -s "$usr/share/man/man1/leakledger.1" || fail "no manual page"
for file in README.md LICENSE CHANGELOG.md; do
	test -s "$usr/share/doc/leakledger/$file" || fail "no share/doc/leakledger/$file"
done
for folder in sql templates; do
	diff -r "$source/$folder" "$usr/share/leakledger/$folder" || fail "another $folder"
done
diff -r "$source/docs/schema" "$usr/share/leakledger/docs/schema" || fail "another docs/schema"

# Nothing else, and nothing that is of the build.
others=$(cd "$usr" && find . -type f |
	grep -v -e '^./bin/leakledger$' -e '^./share/man/man1/leakledger.1$' \
		-e '^./share/doc/leakledger/' -e '^./share/leakledger/' || true)
test -z "$others" || fail "also installed: $others"

# The installed program runs from there, and its copies of SQL and templates are what it has built in.
"$usr/bin/leakledger" version >/dev/null || fail "the installed program does not run"
"$usr/bin/leakledger" help >/dev/null || fail "the installed program has no help"
"$usr/bin/leakledger" list analyzers --resources "$usr/share/leakledger" >"$top/with" ||
	fail "the installed SQL is not accepted"
"$usr/bin/leakledger" list analyzers >"$top/without"
test "$(wc -l <"$top/with")" -eq "$(wc -l <"$top/without")" || fail "other analyzers"
