# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# lib.sh - what the scripts of this folder share: messages, and the packages a build needs. Sourced,
# never run. POSIX sh.
#
# A need is there when its command is found or pkg-config knows its module, wherever it came from;
# only what is not there is installed. Nothing but apt is ever asked for a package.

say() {
	printf '== %s\n' "$*"
}

fail() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# The top of the tree; every script runs there, whatever directory it was called from.
go_to_top() {
	cd -- "$(dirname -- "$0")/.." || fail "cannot enter the source tree"
}

# needs GROUP: rows of "kind name package-of-Debian package-of-Fedora".
needs() {
	case $1 in
	build)
		cat <<'END'
compiler cc gcc gcc
header stdio.h libc6-dev glibc-devel
command make make make
command cmake cmake cmake
command pkg-config pkg-config pkgconf-pkg-config
module sqlite3 libsqlite3-dev sqlite-devel
module zlib zlib1g-dev zlib-devel
module libdeflate libdeflate-dev libdeflate-devel
module libarchive libarchive-dev libarchive-devel
module yaml-0.1 libyaml-dev libyaml-devel
module libxxhash libxxhash-dev xxhash-devel
module libxml-2.0 libxml2-dev libxml2-devel
module libxslt libxslt1-dev libxslt-devel
module libprotobuf-c libprotobuf-c-dev protobuf-c-devel
command protoc-c protobuf-c-compiler protobuf-c-compiler
module cairo-png libcairo2-dev cairo-devel
END
		;;
	test)
		cat <<'END'
module cmocka libcmocka-dev libcmocka-devel
command mandoc mandoc mandoc
END
		;;
	check)
		# What looks at our outputs from outside; a test that lacks its program says so and is skipped.
		cat <<'END'
command xmllint libxml2-utils libxml2
command msmtp msmtp msmtp
python aiosmtpd python3-aiosmtpd python3-aiosmtpd
command promtool prometheus golang-github-prometheus
python jsonschema python3-jsonschema python3-jsonschema
END
		;;
	browser)
		# The pages in a real browser; npm brings what drives it, see tests/browser.
		cat <<'END'
command node nodejs nodejs
command npm npm npm
command chromium chromium chromium
END
		;;
	lint)
		cat <<'END'
command clang clang clang
command clang-format clang-format clang-tools-extra
command clang-tidy clang-tidy clang-tools-extra
END
		;;
	peers)
		# What the benchmark compares us with; without them it skips those ratios and says so.
		cat <<'END'
command go golang-go golang
gocode github.com/google/pprof/profile golang-github-google-pprof-dev golang-github-google-pprof-devel
gocode github.com/maruel/panicparse/v2/stack golang-github-maruel-panicparse-dev golang-github-maruel-panicparse-devel
END
		;;
	*) fail "no group of needs is called '$1'" ;;
	esac
}

# is_there KIND NAME
is_there() {
	case $1 in
	compiler) command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 ;;
	command) command -v "$2" >/dev/null 2>&1 ;;
	header) echo "#include <$2>" | cc -E -x c - >/dev/null 2>&1 ;;
	python) PATH=/usr/bin:$PATH python3 -c "import $2" 2>/dev/null ;;
	gocode) [ -d "/usr/share/gocode/src/$2" ] ;;
	module) command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "$2" ;;
	esac
}

# missing COLUMN GROUP...: that column (2 name, 3 Debian's package, 4 Fedora's) of what is not there.
missing() {
	column=$1
	shift
	for group in "$@"; do
		needs "$group" | while read -r kind name debian fedora; do
			is_there "$kind" "$name" && continue
			case $column in
			2) echo "$kind $name" ;;
			3) echo "$debian" ;;
			4) echo "$fedora" ;;
			esac
		done
	done
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo -- "$@"
	else
		fail "not root, and sudo is not here; as root, run: $*"
	fi
}

apt_install() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# A list of packages may be absent (a new machine) or older than what the mirror still has: the index
# is fetched only then.
apt_install_with_update() {
	# shellcheck disable=SC2086
	if apt-cache show "$@" >/dev/null 2>&1 && apt_install "$@"; then
		return 0
	fi
	say "fetching the package index"
	as_root apt-get update -q || fail "apt-get update did not work"
	apt_install "$@" || fail "could not install: $*"
}

explain_missing() {
	{
		echo "This is not a system with apt. These are missing:"
		missing 2 "$@" | sed 's/^/  /'
		echo "Their packages on Debian 12 and Ubuntu:"
		echo "  apt-get install $(missing 3 "$@" | tr '\n' ' ')"
		echo "and on Fedora:"
		echo "  dnf install $(missing 4 "$@" | sort -u | tr '\n' ' ')"
		echo "SQLite 3.40 and CMake 3.25 are the oldest that do. Install them and run this again."
	} >&2
	exit 1
}

# install_needs GROUP...
install_needs() {
	packages=$(missing 3 "$@" | tr '\n' ' ')
	if [ -z "$packages" ]; then
		say "all that is needed is there"
		return 0
	fi
	command -v apt-get >/dev/null 2>&1 || explain_missing "$@"
	say "installing: $packages"
	# Word splitting is meant: one word is one package.
	# shellcheck disable=SC2086
	apt_install_with_update $packages
}

# want_browser: what tests/browser needs, where it can be had.
want_browser() {
	want_needs browser
	[ -d tests/browser/node_modules ] && return 0
	command -v npm >/dev/null 2>&1 || return 0
	say "installing the packages of tests/browser"
	(cd tests/browser && npm ci --silent --no-audit --no-fund) ||
		say "doing without a browser: npm ci did not work"
}

# want_needs GROUP...: as install_needs, for what can be done without; asks nobody for a password.
want_needs() {
	packages=$(missing 3 "$@" | tr '\n' ' ')
	[ -n "$packages" ] || return 0
	if ! command -v apt-get >/dev/null 2>&1 || { [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; }; then
		say "doing without: $packages"
		return 0
	fi
	say "installing: $packages"
	for package in $packages; do
		(apt_install_with_update "$package") || say "doing without: $package"
	done
}

cores() {
	getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2
}

# build DIRECTORY CMAKE-ARGUMENT...: configures and builds.
build() {
	directory=$1
	shift
	say "configuring $directory"
	cmake "$@" --log-level=WARNING || fail "configuring failed"
	say "building $directory"
	cmake --build "$directory" --parallel "$(cores)" || fail "the build failed"
}
