/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redact_code.c - pseudonyms of functions and files, and what of them everybody knows.
 *
 * A function's pseudonym keeps what rules and readers need of its form: package, receiver, pointer,
 * whether it is exported, the compiler's own parts (func1, gowrap2, -fm, init). Type arguments can
 * hold anybody's types and become "[...]", as in normalized names.
 */
#include "redact.h"

/* Modules that say nothing about who uses them. */
static const char *const public_modules[] = {
	"cloud.google.com/go",
	"cuelang.org/go",
	"github.com/aws/aws-sdk-go",
	"github.com/beorn7/perks",
	"github.com/cespare/xxhash",
	"github.com/coreos/go-systemd",
	"github.com/dgraph-io/ristretto",
	"github.com/fsnotify/fsnotify",
	"github.com/gin-gonic/gin",
	"github.com/go-chi/chi",
	"github.com/go-kit/",
	"github.com/go-logr/",
	"github.com/go-redis/redis",
	"github.com/go-sql-driver/mysql",
	"github.com/gogo/protobuf",
	"github.com/golang/",
	"github.com/google/",
	"github.com/gorilla/",
	"github.com/grpc-ecosystem/",
	"github.com/hashicorp/golang-lru",
	"github.com/jackc/",
	"github.com/jmoiron/sqlx",
	"github.com/json-iterator/go",
	"github.com/julienschmidt/httprouter",
	"github.com/klauspost/",
	"github.com/labstack/echo",
	"github.com/lib/pq",
	"github.com/mattn/go-sqlite3",
	"github.com/nats-io/nats.go",
	"github.com/patrickmn/go-cache",
	"github.com/pkg/errors",
	"github.com/prometheus/",
	"github.com/redis/go-redis",
	"github.com/rs/zerolog",
	"github.com/sirupsen/logrus",
	"github.com/spf13/",
	"github.com/stretchr/testify",
	"github.com/valyala/",
	"go.etcd.io/",
	"go.mongodb.org/mongo-driver",
	"go.opencensus.io",
	"go.opentelemetry.io/",
	"go.uber.org/",
	"golang.org/x/",
	"google.golang.org/",
	"gopkg.in/yaml",
	"gorm.io/",
	"k8s.io/",
	"sigs.k8s.io/",
};

/* "github.com/lib/pq" and what is below it, not "github.com/lib/pqx". */
static bool is_in_module(struct ll_str package, const char *module)
{
	struct ll_str rest = package;

	if (!ll_str_skip(&rest, module))
		return false;
	if (rest.size == 0 || rest.data[0] == '/' || rest.data[0] == '.')
		return true;
	return module[strlen(module) - 1] == '/';
}

static bool is_public(struct ll_str package)
{
	for (size_t i = 0; i < LL_COUNT(public_modules); i++) {
		if (is_in_module(package, public_modules[i]))
			return true;
	}
	return false;
}

static bool is_compiler_made(struct ll_str function)
{
	return ll_str_starts(function, "type:") || ll_str_starts(function, "type..") ||
	       ll_str_starts(function, "go:") || ll_str_starts(function, "go.");
}

/* Does everybody know the function? Then its file says nothing about its user either. */
static bool is_known_code(struct ll_str function, struct ll_str file)
{
	const enum ll_owner owner = ll_frame_owner(function, file);

	if (is_compiler_made(function))
		return false;
	return owner == LL_OWNER_RUNTIME || owner == LL_OWNER_STANDARD ||
	       ll_str_starts(function, "0x") || is_public(ll_frame_package(function));
}

/* -------------------------------------------------------------------- functions */

/* func1, 2, gowrap1, deferwrap2, init, glob: what the compiler calls things. */
static bool is_compilers_part(struct ll_str part)
{
	static const char *const words[] = {"func", "gowrap", "deferwrap", "init", ""};

	if (ll_str_equal(part, ll_str("glob")))
		return true;
	for (size_t i = 0; i < LL_COUNT(words); i++) {
		struct ll_str rest = part;

		if (ll_str_skip(&rest, words[i]) && ll_str_digits(rest) == rest.size)
			return true;
	}
	return false;
}

static bool is_upper(struct ll_str text)
{
	return text.size > 0 && text.data[0] >= 'A' && text.data[0] <= 'Z';
}

/* One part between dots: "(*Store[...])", "Put", "Put-fm", "func1". */
static void put_part(struct ll_redactor *redactor, struct ll_str part, struct ll_buf *out)
{
	const bool is_pointer = ll_str_skip(&part, "(*");
	const bool is_bracketed = is_pointer || ll_str_skip(&part, "(");
	struct ll_str core = ll_str_first(part, ll_str_index(part, '['));
	const bool has_arguments = core.size < part.size;
	const bool is_method = ll_str_ends(core, "-fm");

	if (ll_str_ends(core, ")"))
		core.size--;
	if (is_method)
		core.size -= 3;
	if (is_bracketed)
		ll_buf_puts(out, is_pointer ? "(*" : "(");
	if (is_compilers_part(core)) {
		ll_buf_put_str(out, core);
	} else {
		ll_buf_putc(out, is_upper(core) ? 'F' : 'f');
		ll_redact_hash(redactor, "identifier", core, LL_REDACT_SHORT, out);
	}
	if (has_arguments)
		ll_buf_puts(out, "[...]");
	if (is_bracketed)
		ll_buf_putc(out, ')');
	if (is_method)
		ll_buf_puts(out, "-fm");
}

/* What follows the package: ".(*Store[...]).Put.func1"; dots inside brackets part nothing. */
static void put_rest(struct ll_redactor *redactor, struct ll_str rest, struct ll_buf *out)
{
	size_t from = 0, depth = 0;

	for (size_t i = 0; i <= rest.size; i++) {
		if (i < rest.size && (rest.data[i] == '[' || rest.data[i] == '{'))
			depth++;
		if (i < rest.size && (rest.data[i] == ']' || rest.data[i] == '}') && depth > 0)
			depth--;
		if (i < rest.size && (rest.data[i] != '.' || depth > 0))
			continue;
		if (i > from)
			put_part(redactor, ll_str_n(rest.data + from, i - from), out);
		if (i < rest.size)
			ll_buf_putc(out, '.');
		from = i + 1;
	}
}

/* Elements of the path that name the module: host and two more, or the first. */
static size_t module_size(struct ll_str package)
{
	const size_t first = ll_str_index(package, '/');
	size_t size = first;

	if (first == SIZE_MAX)
		return package.size;
	if (ll_str_index(ll_str_first(package, first), '.') == SIZE_MAX)
		return first;
	for (int i = 0; i < 2; i++) {
		const size_t next = ll_str_index(ll_str_from(package, size + 1), '/');

		if (next == SIZE_MAX)
			return package.size;
		size += 1 + next;
	}
	return size;
}

static void put_package(struct ll_redactor *redactor, struct ll_str package, struct ll_buf *out)
{
	const size_t size = module_size(package);

	/* "main_test" and the like are as public as "main". */
	if (ll_str_equal(package, ll_str("main"))) {
		ll_buf_put_str(out, package);
		return;
	}
	ll_buf_puts(out, "mod-");
	ll_redact_hash(redactor, "module", ll_str_first(package, size), LL_REDACT_LONG, out);
	if (size >= package.size)
		return;
	ll_buf_puts(out, "/pkg-");
	ll_redact_hash(redactor, "package", package, LL_REDACT_LONG, out);
}

static struct ll_str short_name(struct ll_str function)
{
	const size_t bracket = ll_str_index(function, '[');
	const size_t slash = ll_str_rindex(ll_str_first(function, bracket), '/');

	return slash == SIZE_MAX ? function : ll_str_from(function, slash + 1);
}

/* Prose has names in several forms; what is found in it must be shown in the same form. */
static void meet_forms(struct ll_redactor *redactor, struct ll_str name, struct ll_str pseudonym)
{
	const struct ll_str normal = ll_frame_normalize(name, &redactor->arena);
	const struct ll_str shown = ll_frame_normalize(pseudonym, &redactor->arena);
	const struct ll_str package = ll_frame_package(normal);

	(void)ll_redact_meet(redactor, normal, shown);
	(void)ll_redact_meet(redactor, short_name(name), short_name(pseudonym));
	(void)ll_redact_meet(redactor, short_name(normal), short_name(shown));
	if (!ll_str_equal(package, ll_str("main")))
		(void)ll_redact_meet(redactor, package, ll_frame_package(shown));
}

/* Public code with anybody's types in its brackets. */
static struct ll_str without_arguments(struct ll_redactor *redactor, struct ll_str function)
{
	return ll_str_index(function, '[') == SIZE_MAX
	               ? function
	               : ll_frame_normalize(function, &redactor->arena);
}

struct ll_str ll_redact_function(struct ll_redactor *redactor, struct ll_str name,
                                 struct ll_str file)
{
	const struct ll_redacted *known;
	struct ll_str package, pseudonym;
	struct ll_buf out;

	if (redactor->level < LL_REDACT_NAMES || name.size == 0)
		return name;
	if (is_known_code(name, file))
		return without_arguments(redactor, name);
	known = ll_redact_find(redactor, name);
	if (known)
		return known->pseudonym;
	package = ll_frame_package(name);
	ll_buf_init(&out, LL_BUF_PAGE);
	if (is_compiler_made(name)) {
		ll_buf_puts(&out, "type:.");
		ll_redact_hash(redactor, "identifier", name, LL_REDACT_LONG, &out);
	} else if (package.size == name.size && !ll_str_equal(package, ll_str("main"))) {
		ll_buf_putc(&out, 'c'); /* no package: C code */
		ll_redact_hash(redactor, "identifier", name, LL_REDACT_LONG, &out);
	} else {
		put_package(redactor, ll_frame_package(ll_frame_normalize(name, &redactor->arena)),
		            &out);
		put_rest(redactor, ll_str_from(name, package.size), &out);
	}
	pseudonym = ll_redact_meet(redactor, name, ll_redact_take(redactor, &out));
	meet_forms(redactor, name, pseudonym);
	return pseudonym;
}

/* ------------------------------------------------------------------------ files */

static const char *ending_of(struct ll_str base)
{
	static const char *const endings[] = {".go", ".s", ".c", ".cc", ".cpp", ".h"};

	for (size_t i = 0; i < LL_COUNT(endings); i++) {
		if (ll_str_ends(base, endings[i]))
			return endings[i];
	}
	return "";
}

/* A path that says nothing of its machine: the module's for libraries, else the name alone. */
static struct ll_str neutral(struct ll_str file, struct ll_str function)
{
	const struct ll_str shown = ll_frame_file(file, function);
	const enum ll_owner owner = ll_frame_owner(function, file);
	const bool is_absolute = shown.size > 0 && (shown.data[0] == '/' || shown.data[0] == '\\');
	const bool is_drive = shown.size > 1 && shown.data[1] == ':';

	if (is_absolute || is_drive || owner == LL_OWNER_OWN || owner == LL_OWNER_UNKNOWN)
		return ll_redact_base(file);
	return shown;
}

struct ll_str ll_redact_file(struct ll_redactor *redactor, struct ll_str file,
                             struct ll_str function)
{
	const struct ll_str base = ll_redact_base(file);
	struct ll_str pseudonym;
	struct ll_buf out;

	if (file.size == 0 || file.data[0] == '<')
		return file;
	if (redactor->level < LL_REDACT_NAMES || is_known_code(function, file))
		return ll_arena_str(&redactor->arena, neutral(file, function));
	ll_buf_init(&out, LL_BUF_PAGE);
	/* The '@' by which the code of a library is known. */
	if (ll_frame_owner(function, file) == LL_OWNER_LIBRARY)
		ll_buf_puts(&out, "lib@v0/");
	ll_buf_puts(&out, "file-");
	ll_redact_hash(redactor, "file", base, LL_REDACT_LONG, &out);
	ll_buf_puts(&out, ending_of(base));
	pseudonym = ll_redact_take(redactor, &out);
	(void)ll_redact_meet(redactor, file, pseudonym);
	(void)ll_redact_meet(redactor, ll_frame_file(file, function), pseudonym);
	(void)ll_redact_meet(redactor, base, ll_redact_base(pseudonym));
	return pseudonym;
}
