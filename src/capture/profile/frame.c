/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frame.c - what a function's name and file say: its package, whose code it is, the name to compare
 * across builds, and what a goroutine parked there is waiting for.
 *
 * Go's symbol names look like
 *
 *     github.com/acme/shop/cart.(*Store[go.shape.string]).Put.func1
 *     |------- package ------|
 *
 * The package ends at the first dot after the last slash. Type arguments can themselves contain
 * slashes and dots, so everything from the first '[' on is ignored while looking for that dot.
 */
#include <leakledger/capture.h>

#include <ctype.h>

static struct ll_str before_type_arguments(struct ll_str function)
{
	return ll_str_first(function, ll_str_index(function, '['));
}

/* Offset of the dot that ends the package path, or the size when there is none. */
static size_t package_end(struct ll_str function)
{
	const struct ll_str plain = before_type_arguments(function);
	const size_t slash = ll_str_rindex(plain, '/');
	const size_t from = slash == SIZE_MAX ? 0 : slash + 1;
	const size_t dot = ll_str_index(ll_str_from(plain, from), '.');

	return dot == SIZE_MAX ? plain.size : from + dot;
}

struct ll_str ll_frame_package(struct ll_str function)
{
	return ll_str_first(function, package_end(function));
}

/*
 * The first path elements of Go's standard library, with what may follow. Modules can begin so,
 * too ("image/thumbs" of a module "image"), but no package of theirs can be called as one of the
 * library: the go command would take the library's. NULL: families that new versions of Go add to.
 */
static const struct family {
	const char *name, *children;
} families[] = {
	{"archive", "tar zip"},
	{"arena", ""},
	{"bufio", ""},
	{"builtin", ""},
	{"bytes", ""},
	{"cmd", NULL},
	{"cmp", ""},
	{"compress", NULL},
	{"container", NULL},
	{"context", ""},
	{"crypto", NULL},
	{"database", "sql"},
	{"debug", NULL},
	{"embed", ""},
	{"encoding", NULL},
	{"errors", ""},
	{"expvar", ""},
	{"flag", ""},
	{"fmt", ""},
	{"go", NULL},
	{"hash", NULL},
	{"html", "template"},
	{"image", "color draw gif jpeg png"},
	{"index", "suffixarray"},
	{"internal", NULL},
	{"io", "fs ioutil"},
	{"iter", ""},
	{"log", "slog syslog"},
	{"maps", ""},
	{"math", NULL},
	{"mime", "multipart quotedprintable"},
	{"net", NULL},
	{"os", "exec signal user"},
	{"path", "filepath"},
	{"plugin", ""},
	{"reflect", ""},
	{"regexp", "syntax"},
	{"runtime", NULL},
	{"simd", "archsimd"},
	{"slices", ""},
	{"sort", ""},
	{"strconv", ""},
	{"strings", ""},
	{"structs", ""},
	{"sync", "atomic"},
	{"syscall", "js"},
	{"testing", NULL},
	{"text", "scanner tabwriter template"},
	{"time", "tzdata"},
	{"unicode", "utf8 utf16"},
	{"unique", ""},
	{"unsafe", ""},
	{"uuid", ""},
	{"vendor", NULL},
	{"weak", ""},
};

static const struct family *family_of(struct ll_str element)
{
	for (size_t i = 0; i < LL_COUNT(families); i++) {
		if (ll_str_equal(element, ll_str(families[i].name)))
			return &families[i];
	}
	return NULL;
}

/* May the library have such a package? `rest` is what follows the family's name. */
static bool has_child(const struct family *family, struct ll_str rest)
{
	const struct ll_str child = ll_str_split(&rest, '/');
	struct ll_str known = ll_str(family->children);

	/* "math/rand/v2", "image/internal/imageutil": every package may have those. */
	if (child.size == 0 || !family->children || ll_str_equal(child, ll_str("internal")) ||
	    (child.data[0] == 'v' && ll_str_is_digits(ll_str_from(child, 1))))
		return true;
	while (known.size > 0) {
		if (ll_str_equal(child, ll_str_split(&known, ' ')))
			return true;
	}
	return false;
}

static bool contains(struct ll_str text, const char *part)
{
	return ll_str_find(text, part) != SIZE_MAX;
}

/*
 * A standard package's file lies in .../src/<package>/ or, trimmed, in <package>/. What other
 * packages get from the runtime by linking (sync.runtime_Semacquire, time.Sleep) lies in the
 * runtime's directory; until Go 1.4 all of them lay below src/pkg.
 */
static bool lies_in_package(struct ll_str file, struct ll_str package)
{
	const size_t slash = ll_str_rindex(file, '/');
	struct ll_str directory = ll_str_first(file, slash == SIZE_MAX ? 0 : slash);

	if (file.size == 0 || ll_str_starts(file, "<") ||
	    ll_str_equal(directory, ll_str("runtime")) || ll_str_ends(directory, "/src/runtime") ||
	    ll_str_ends(directory, "/src/pkg/runtime"))
		return true;
	if (directory.size < package.size)
		return false;
	directory = ll_str_from(directory, directory.size - package.size);
	return ll_str_equal(directory, package);
}

/* Does what lies there as the library's packages do belong to the library? */
static bool is_standard(struct ll_str package, struct ll_str file)
{
	struct ll_str rest = package;
	const struct family *const family = family_of(ll_str_split(&rest, '/'));
	const size_t slash = ll_str_rindex(file, '/');
	const struct ll_str directory = ll_str_first(file, slash == SIZE_MAX ? 0 : slash);

	if (!family || !lies_in_package(file, package))
		return false;
	if (has_child(family, rest))
		return true;
	/* One that we do not know yet: of Go's own tree, or of a module that is called so. */
	return directory.size > package.size &&
	       ll_str_ends(ll_str_first(directory, directory.size - package.size), "/src/");
}

static bool is_runtime_package(struct ll_str package)
{
	return ll_str_equal(package, ll_str("runtime")) ||
	       ll_str_starts(package, "internal/runtime/") ||
	       ll_str_starts(package, "runtime/internal/");
}

/* The host of a module's path as in "go.uber.org/zap.New"; empty when there is none. */
static struct ll_str host_of(struct ll_str function)
{
	const size_t slash = ll_str_index(function, '/');

	for (size_t i = 0; slash != SIZE_MAX && i < slash; i++) {
		const char c = function.data[i];

		if (!isalnum((unsigned char)c) && c != '.' && c != '-')
			return ll_str_n(NULL, 0);
	}
	return ll_str_first(function, slash == SIZE_MAX ? 0 : slash);
}

/*
 * Names that the compiler makes: "type:.eq.T", "go.buildid", "go.itab.*os.File,io.Reader",
 * "_rt0_amd64_linux"; and cgo, for each function of C that is called: "main._Cfunc_read" in
 * _cgo_gotypes.go. Modules at go.uber.org, go.etcd.io and the like are none.
 */
static bool is_compiler_made(struct ll_str function)
{
	if (contains(function, "._Cfunc_"))
		return true;
	return ll_str_starts(function, "type:") || ll_str_starts(function, "type..") ||
	       ll_str_starts(function, "go:") || ll_str_starts(function, "_rt0_") ||
	       (ll_str_starts(function, "go.") && host_of(function).size == 0);
}

enum ll_owner ll_frame_owner(struct ll_str function, struct ll_str file)
{
	const struct ll_str package = ll_frame_package(function);

	if (function.size == 0 || ll_str_starts(function, "0x"))
		return LL_OWNER_UNKNOWN;
	if (is_runtime_package(package) || is_compiler_made(function))
		return LL_OWNER_RUNTIME;
	if (is_standard(package, file))
		return LL_OWNER_STANDARD;
	if (contains(file, "/pkg/mod/") || contains(file, "@v") || contains(file, "/vendor/") ||
	    ll_str_starts(file, "vendor/") || ll_str_starts(file, "external/"))
		return LL_OWNER_LIBRARY;
	if (package.size == function.size && !ll_str_ends(file, ".go"))
		return LL_OWNER_UNKNOWN; /* no dot at all: C code behind cgo */
	return LL_OWNER_OWN;
}

/* Length of the balanced [...] group that starts at `from`; to the end when it is not balanced. */
static size_t group_size(struct ll_str text, size_t from)
{
	size_t depth = 0;

	for (size_t i = from; i < text.size; i++) {
		if (text.data[i] == '[')
			depth++;
		else if (text.data[i] == ']' && --depth == 0)
			return i - from + 1;
	}
	return text.size - from;
}

/* Bytes of ".gowrap1", ".deferwrap2", "-fm" or 1.17's "·dwrap·1" (the dot is U+00B7) at the end. */
static size_t wrapper_size(struct ll_str name)
{
	static const char *const wrappers[] = {".gowrap", ".deferwrap", "\302\267dwrap\302\267"};
	size_t digits = name.size;

	if (ll_str_ends(name, "-fm"))
		return 3;
	while (digits > 0 && name.data[digits - 1] >= '0' && name.data[digits - 1] <= '9')
		digits--;
	for (size_t i = 0; digits < name.size && i < LL_COUNT(wrappers); i++) {
		if (ll_str_ends(ll_str_first(name, digits), wrappers[i]))
			return name.size - digits + strlen(wrappers[i]);
	}
	return 0;
}

/* A wrapper may wrap another one. */
static struct ll_str cut_wrappers(struct ll_str name)
{
	for (size_t cut = wrapper_size(name); cut > 0; cut = wrapper_size(name))
		name.size -= cut;
	return name;
}

struct ll_str ll_frame_normalize(struct ll_str function, struct ll_arena *arena)
{
	const struct ll_str name = cut_wrappers(function);
	const size_t package = package_end(name);
	/* A "[T]" of three bytes becomes "[...]" of five. */
	char *const out = ll_arena_alloc(arena, name.size * 2 + 8);
	size_t used = 0;

	for (size_t i = 0; i < name.size;) {
		uint64_t code;

		if (name.data[i] == '[') {
			memcpy(out + used, "[...]", 5);
			used += 5;
			i += group_size(name, i);
		} else if (name.data[i] == '%' && i < package &&
		           ll_str_to_hex(ll_str_first(ll_str_from(name, i + 1), 2), &code) &&
		           code >= 0x20) {
			out[used++] = (char)code;
			i += 3;
		} else if (i == package && ll_str_starts(ll_str_from(name, i), ".glob..func")) {
			memcpy(out + used, ".init", 5);
			used += 5;
			i += 6;
		} else {
			out[used++] = name.data[i++];
		}
	}
	out[used] = '\0';
	return ll_str_n(out, used);
}

/* The part of `file` behind the last occurrence of `mark`, or an empty view. */
static struct ll_str behind(struct ll_str file, const char *mark)
{
	const size_t size = strlen(mark);

	for (size_t at = file.size; at >= size; at--) {
		if (memcmp(file.data + at - size, mark, size) == 0)
			return ll_str_from(file, at);
	}
	return ll_str_n(NULL, 0);
}

/* The last `keep` elements of a path. */
static struct ll_str last_elements(struct ll_str path, size_t keep)
{
	for (size_t i = path.size; i > 0; i--) {
		if (path.data[i - 1] == '/' && --keep == 0)
			return ll_str_from(path, i);
	}
	return path;
}

/* How many trailing elements of the two paths are equal. */
static size_t common_elements(struct ll_str a, struct ll_str b)
{
	size_t count = 0;

	while (a.size > 0 && b.size > 0) {
		const size_t at_a = ll_str_rindex(a, '/');
		const size_t at_b = ll_str_rindex(b, '/');
		const struct ll_str last_a = at_a == SIZE_MAX ? a : ll_str_from(a, at_a + 1);
		const struct ll_str last_b = at_b == SIZE_MAX ? b : ll_str_from(b, at_b + 1);

		if (!ll_str_equal(last_a, last_b))
			break;
		count++;
		if (at_a == SIZE_MAX || at_b == SIZE_MAX)
			break;
		a.size = at_a;
		b.size = at_b;
	}
	return count;
}

struct ll_str ll_frame_file(struct ll_str file, struct ll_str function)
{
	const struct ll_str package = ll_frame_package(function);
	const bool is_windows = file.size > 2 && file.data[1] == ':';
	const size_t slash = ll_str_rindex(file, '/');
	struct ll_str cut;

	if (file.size == 0 || (file.data[0] != '/' && !is_windows))
		return file;
	cut = behind(file, "/pkg/mod/");
	if (cut.size == 0)
		cut = behind(file, "/vendor/");
	if (cut.size == 0 && ll_frame_owner(function, file) <= LL_OWNER_STANDARD)
		cut = behind(file, "/src/");
	if (cut.size > 0)
		return cut;
	if (ll_str_equal(package, ll_str("main")))
		return last_elements(file, 3);
	cut = ll_str_first(file, slash == SIZE_MAX ? 0 : slash);
	return last_elements(file, common_elements(cut, package) + 1);
}
