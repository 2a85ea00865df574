/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scope_sites.c - every stack's place in the user's own code.
 *
 * Words:
 *   site          a place: function, file, line. Functions are normalized, files lose the build
 *                 directory.
 *   heap site     of a stack: its leafmost frame in the program's own code. A stack without one (a
 *                 library's background work) is charged to its leafmost library frame, then
 *                 standard, then runtime.
 *   blocked site  of a goroutine's stack: its leafmost own frame; without one the outermost frame,
 *                 because that is what a goroutine of a library is known by
 *                 (net/http.(*conn).serve).
 *   path          the own functions of a stack from the leaf outwards: how two sites are related.
 *
 * Whose code a function is follows from its name and file (ll_frame_owner). Three layouts need to
 * know where the program itself lies, which the file of package main tells:
 *   - a program installed from the module cache: everything in its own module directory is own
 *     code;
 *   - GOPATH: packages of other repositories under the same src directory are libraries. Where
 *     builds trim their paths (Debian's do) a file is named without that directory;
 *   - a library built from a directory (replace, a workspace): where import path and directory end
 *     alike, what is before that is the module's root or a directory above it. A program that lies
 *     elsewhere is another module.
 */
#include "scope.h"

#include <leakledger/vec.h>

#include <inttypes.h>

enum {
	PATH_LEVELS = 12, /* own functions of one stack that are kept */
};

struct function {
	struct ll_str raw, raw_file; /* as captures wrote them */
	struct ll_str name, file, package;
	struct ll_str root; /* directory that holds its module; empty when the file does not tell */
	enum ll_owner owner; /* by name and file alone */
	bool is_loaded, is_ready;
};

struct frame {
	uint32_t function; /* 0: not loaded yet, or not there */
	int64_t line;
	uint32_t site; /* of the service being walked, as numbered on the way; 0: not made yet */
};

/* Of the service being walked: numbered on the way, and by name when all are known. */
struct site {
	struct ll_str name, file, package;
	int64_t line, site_id;
	enum ll_owner owner;
	uint32_t number;
};

/* What a stack is charged to, by numbers on the way; the order is that of temp.stack_site. */
struct charged {
	int64_t stack_id;
	uint32_t sites[4];
};

struct sites {
	struct ll_ledger *ledger;
	sqlite3 *db;
	struct ll_arena arena;
	struct function *functions;
	size_t function_count;
	struct frame *frames;
	size_t frame_count;
	int64_t service_id;
	struct ll_str own_prefix; /* directory of the program's own code, when main's file tells */
	struct ll_str gopath_prefix; /* .../src/ of a GOPATH, when it is one */
	bool is_trimmed;             /* it is one whose builds leave that prefix out */
	struct ll_vec mains;         /* struct ll_str, directories of package main */
	struct ll_map site_map;      /* of the service being walked */
	struct ll_vec made;          /* struct site, of it */
	struct ll_vec charged;       /* struct charged, of it */
	int64_t last_site;
	sqlite3_stmt *find_frame, *put_site, *put_stack, *put_path;
	struct ll_vec stack;     /* uint32_t frame ids of the stack being walked */
	struct ll_vec used;      /* uint32_t frame ids of the service being walked */
	struct ll_error failure; /* the first of loading frames */
};

/* ------------------------------------------------------------- where a module is */

static struct ll_str directory_of(struct ll_str file)
{
	const size_t slash = ll_str_rindex(file, '/');

	return ll_str_first(file, slash == SIZE_MAX ? 0 : slash);
}

static struct ll_str last_element(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return slash == SIZE_MAX ? path : ll_str_from(path, slash + 1);
}

static bool is_absolute(struct ll_str file)
{
	return ll_str_starts(file, "/") || (file.size > 2 && file.data[1] == ':');
}

/*
 * The module's root, or a directory above it: the file's directory without the elements that end
 * the import path as well. Empty when the two have nothing in common, and for files that a trimmed
 * build or a line directive names without their root.
 */
static struct ll_str module_root(struct ll_str file, struct ll_str package)
{
	struct ll_str root = directory_of(file);
	bool is_alike = false;

	if (!is_absolute(file))
		return ll_str_n(NULL, 0);
	while (package.size > 0 && root.size > 0 &&
	       ll_str_equal(last_element(root), last_element(package))) {
		root = directory_of(root);
		package = directory_of(package);
		is_alike = true;
	}
	return ll_str_first(root, is_alike ? root.size : 0);
}

/* --------------------------------------------------------------------- loading */

static struct ll_str kept(struct sites *sites, sqlite3_stmt *stmt, int column)
{
	const char *const text = (const char *)sqlite3_column_text(stmt, column);

	return ll_arena_str(&sites->arena,
	                    ll_str_n(text, text ? (size_t)sqlite3_column_bytes(stmt, column) : 0));
}

/*
 * Loads a frame and its function. Only what the services' stacks use is loaded, so that a scope
 * over one service costs by its own size and not by that of the ledger. False when there is no such
 * frame.
 */
static bool load_frame(struct sites *sites, uint64_t id)
{
	sqlite3_stmt *const stmt = sites->find_frame;
	struct function *function;
	int64_t function_id = 0;
	int state;

	if (id >= sites->frame_count)
		return false;
	if (sites->frames[id].function != 0)
		return true;
	(void)sqlite3_bind_int64(stmt, 1, (int64_t)id);
	state = sqlite3_step(stmt);
	if (state == SQLITE_ROW)
		function_id = sqlite3_column_int64(stmt, 0);
	else if (state != SQLITE_DONE && sites->failure.code == LL_OK)
		(void)ll_sqlite_fail(sites->db, &sites->failure, "frames");
	if (function_id > 0 && (size_t)function_id < sites->function_count) {
		sites->frames[id] = (struct frame){.function = (uint32_t)function_id,
		                                   .line = sqlite3_column_int64(stmt, 1)};
		function = &sites->functions[function_id];
		if (!function->is_loaded) {
			function->raw = kept(sites, stmt, 2);
			function->raw_file = kept(sites, stmt, 3);
			function->owner = ll_frame_owner(function->raw, function->raw_file);
			function->root =
				module_root(function->raw_file, ll_frame_package(function->raw));
			function->is_loaded = true;
		}
	}
	(void)sqlite3_reset(stmt);
	return sites->frames[id].function != 0;
}

/* Room for every frame and function; untouched room costs nothing. */
static int make_room(struct sites *sites, struct ll_error *err)
{
	int64_t functions = 0, frames = 0;
	int rc = ll_sqlite_last_id(sites->db, "function", "function_id", &functions, err);

	if (rc == LL_OK)
		rc = ll_sqlite_last_id(sites->db, "frame", "frame_id", &frames, err);
	if (rc < 0)
		return rc;
	sites->function_count = (size_t)functions + 1;
	sites->frame_count = (size_t)frames + 1;
	sites->functions = ll_calloc(sites->function_count, sizeof *sites->functions);
	sites->frames = ll_calloc(sites->frame_count, sizeof *sites->frames);
	return ll_sqlite_prepare(
		sites->db,
		"SELECT fr.function_id, fr.line, fn.name, fn.file FROM frame AS fr "
		"JOIN function AS fn USING (function_id) WHERE fr.frame_id = ?1",
		&sites->find_frame, err);
}

/* ------------------------------------------------------------------- ownership */

/* Bytes of "github.com/owner/repository/" or "go.etcd.io/etcd/"; 0 when it is no such path. */
static size_t repository_size(struct ll_str path)
{
	static const char *const with_owners[] = {"github.com/",   "gitlab.com/", "bitbucket.org/",
	                                          "codeberg.org/", "gitee.com/",  "golang.org/"};
	size_t end = ll_str_index(path, '/');
	int elements = 1;

	if (end == SIZE_MAX || ll_str_index(ll_str_first(path, end), '.') == SIZE_MAX)
		return 0;
	for (size_t i = 0; i < LL_COUNT(with_owners); i++)
		elements += ll_str_starts(path, with_owners[i]);
	for (; elements > 0; elements--) {
		const size_t next = ll_str_index(ll_str_from(path, end + 1), '/');

		if (next == SIZE_MAX)
			return 0;
		end += next + 1;
	}
	return end + 1;
}

/* Bytes of "host/module@v1.2.3/"; 0 when there is no version. */
static size_t version_size(struct ll_str path)
{
	const size_t at = ll_str_index(path, '@');
	const size_t slash = at == SIZE_MAX ? SIZE_MAX : ll_str_index(ll_str_from(path, at), '/');

	return slash == SIZE_MAX ? 0 : at + slash + 1;
}

/* The directory of package main's module, as far as its file tells (see the essay). */
static void find_own_code(struct sites *sites, struct ll_str file)
{
	size_t skipped = ll_str_find(file, "/pkg/mod/"), size;

	if (skipped != SIZE_MAX) {
		skipped += strlen("/pkg/mod/");
		size = version_size(ll_str_from(file, skipped));
		sites->own_prefix = ll_str_first(file, size > 0 ? skipped + size : 0);
		return;
	}
	skipped = ll_str_find(file, "/src/");
	skipped = skipped == SIZE_MAX ? 0 : skipped + strlen("/src/");
	size = version_size(file);
	if (skipped == 0 && size > 0) {
		sites->own_prefix = ll_str_first(file, size);
		return;
	}
	size = repository_size(ll_str_from(file, skipped));
	if (size == 0)
		return;
	sites->gopath_prefix = ll_str_first(file, skipped);
	sites->is_trimmed = skipped == 0;
	sites->own_prefix = ll_str_first(file, skipped + size);
}

static bool starts_with(struct ll_str text, struct ll_str prefix)
{
	return prefix.size > 0 && text.size >= prefix.size &&
	       memcmp(text.data, prefix.data, prefix.size) == 0;
}

static bool is_of_gopath(const struct sites *sites, struct ll_str file)
{
	return sites->is_trimmed ? repository_size(file) > 0
	                         : starts_with(file, sites->gopath_prefix);
}

/* The module lies elsewhere than every program of the service. */
static bool is_of_another_module(const struct sites *sites, const struct function *function)
{
	const struct ll_str *const mains = sites->mains.items;
	const struct ll_str root = function->root;

	for (size_t i = 0; i < sites->mains.count; i++) {
		if (starts_with(mains[i], root) &&
		    (mains[i].size == root.size || mains[i].data[root.size] == '/'))
			return false;
	}
	return root.size > 0 && sites->mains.count > 0;
}

static enum ll_owner owner_of(const struct sites *sites, const struct function *function)
{
	const enum ll_owner owner = function->owner;

	if (owner == LL_OWNER_LIBRARY && starts_with(function->raw_file, sites->own_prefix))
		return LL_OWNER_OWN;
	if (owner == LL_OWNER_OWN && is_of_gopath(sites, function->raw_file) &&
	    !starts_with(function->raw_file, sites->own_prefix))
		return LL_OWNER_LIBRARY;
	if (owner == LL_OWNER_OWN && is_of_another_module(sites, function))
		return LL_OWNER_LIBRARY;
	return owner;
}

static const struct function *function_of(struct sites *sites, uint32_t frame_id)
{
	struct function *const function = &sites->functions[sites->frames[frame_id].function];

	if (!function->is_ready) {
		function->name = ll_frame_normalize(function->raw, &sites->arena);
		function->file = ll_frame_file(function->raw_file, function->raw);
		function->package = ll_frame_package(function->name);
		function->is_ready = true;
	}
	return function;
}

/* ----------------------------------------------------------------------- sites */

static void bind_text(sqlite3_stmt *stmt, int index, struct ll_str text)
{
	(void)sqlite3_bind_text64(stmt, index, text.data ? text.data : "", text.size, SQLITE_STATIC,
	                          SQLITE_UTF8);
}

static struct ll_hash site_key(const struct function *function, int64_t line)
{
	const struct ll_hash name = ll_hash_bytes(function->name.data, function->name.size);
	const struct ll_hash file = ll_hash_bytes(function->file.data, function->file.size);
	const uint64_t mixed = (uint64_t)line * 0x9e3779b97f4a7c15U;

	return (struct ll_hash){.low = name.low + 3 * file.low + mixed,
	                        .high = name.high ^ (file.high + mixed)};
}

static struct site *make_site(struct sites *sites)
{
	struct site *const site = ll_vec_push(&sites->made, sizeof *site);

	*site = (struct site){.number = (uint32_t)sites->made.count};
	return site;
}

/* Number of the frame's site on the way; made when it is new. */
static uint32_t site_of(struct sites *sites, uint32_t frame_id)
{
	struct frame *const frame = &sites->frames[frame_id];
	const struct function *const function = function_of(sites, frame_id);
	const uint32_t next = (uint32_t)sites->made.count + 1;
	struct site *site;

	if (frame->site != 0)
		return frame->site;
	*(uint32_t *)ll_vec_push(&sites->used, sizeof(uint32_t)) = frame_id;
	frame->site = ll_map_put(&sites->site_map, site_key(function, frame->line), next);
	if (frame->site != next)
		return frame->site;
	site = make_site(sites);
	site->name = function->name;
	site->file = function->file;
	site->package = function->package;
	site->line = frame->line;
	site->owner = owner_of(sites, function);
	return next;
}

static int by_name(const void *a, const void *b)
{
	const struct site *const left = *(struct site *const *)a;
	const struct site *const right = *(struct site *const *)b;
	int order = ll_str_compare(left->name, right->name);

	if (order == 0)
		order = ll_str_compare(left->file, right->file);
	if (order == 0)
		order = (left->line > right->line) - (left->line < right->line);
	return order != 0 ? order : (left->number > right->number) - (left->number < right->number);
}

static int put_site(struct sites *sites, struct site *site, struct ll_error *err)
{
	sqlite3_stmt *const stmt = sites->put_site;

	site->site_id = ++sites->last_site;
	(void)sqlite3_bind_int64(stmt, 1, site->site_id);
	(void)sqlite3_bind_int64(stmt, 2, sites->service_id);
	bind_text(stmt, 3, site->name);
	bind_text(stmt, 4, site->file);
	(void)sqlite3_bind_int64(stmt, 5, site->line);
	bind_text(stmt, 6, site->package);
	(void)sqlite3_bind_text(stmt, 7, ll_owner_name(site->owner), -1, SQLITE_STATIC);
	return ll_sqlite_run(sites->db, stmt, err);
}

/*
 * Sites are numbered by name: what is equal but for its number (two places that gained the same)
 * then stands in the same order in whichever order captures came.
 */
static int put_sites(struct sites *sites, struct ll_error *err)
{
	struct site *const made = sites->made.items;
	struct ll_vec ordered = LL_VEC_INIT;
	struct site **order;
	int rc = LL_OK;

	for (size_t i = 0; i < sites->made.count; i++)
		*(struct site **)ll_vec_push(&ordered, sizeof(struct site *)) = &made[i];
	order = ordered.items;
	if (ordered.count > 1)
		qsort(order, ordered.count, sizeof(struct site *), by_name);
	for (size_t i = 0; rc == LL_OK && i < ordered.count; i++)
		rc = put_site(sites, order[i], err);
	ll_vec_done(&ordered);
	return rc;
}

static int put_charged(struct sites *sites, struct ll_error *err)
{
	const struct charged *const charged = sites->charged.items;
	const struct site *const made = sites->made.items;
	sqlite3_stmt *const stmt = sites->put_stack;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < sites->charged.count; i++) {
		(void)sqlite3_bind_int64(stmt, 1, sites->service_id);
		(void)sqlite3_bind_int64(stmt, 2, charged[i].stack_id);
		for (int k = 0; k < (int)LL_COUNT(charged[i].sites); k++)
			(void)sqlite3_bind_int64(stmt, k + 3,
			                         made[charged[i].sites[k] - 1].site_id);
		rc = ll_sqlite_run(sites->db, stmt, err);
	}
	return rc;
}

/* ---------------------------------------------------------------------- stacks */

/* Positions of frames that stand for a stack; SIZE_MAX when there is none of the kind. */
struct marks {
	size_t own_leaf, own_root;
	size_t first[LL_OWNER_UNKNOWN + 1]; /* leafmost frame of each owner */
	size_t last_visible;                /* outermost frame outside package runtime */
};

static struct marks find_marks(const struct sites *sites)
{
	const uint32_t *const frames = sites->stack.items;
	struct marks marks = {.own_leaf = SIZE_MAX, .own_root = SIZE_MAX, .last_visible = SIZE_MAX};

	for (size_t i = 0; i < LL_COUNT(marks.first); i++)
		marks.first[i] = SIZE_MAX;
	for (size_t i = 0; i < sites->stack.count; i++) {
		const enum ll_owner owner =
			owner_of(sites, &sites->functions[sites->frames[frames[i]].function]);

		if (marks.first[owner] == SIZE_MAX)
			marks.first[owner] = i;
		if (owner != LL_OWNER_RUNTIME)
			marks.last_visible = i;
		if (owner == LL_OWNER_OWN)
			marks.own_root = i;
	}
	marks.own_leaf = marks.first[LL_OWNER_OWN];
	return marks;
}

static size_t heap_position(const struct marks *marks)
{
	static const enum ll_owner order[] = {LL_OWNER_OWN, LL_OWNER_LIBRARY, LL_OWNER_STANDARD,
	                                      LL_OWNER_UNKNOWN, LL_OWNER_RUNTIME};

	for (size_t i = 0; i < LL_COUNT(order); i++) {
		if (marks->first[order[i]] != SIZE_MAX)
			return marks->first[order[i]];
	}
	return 0;
}

static int put_path(struct sites *sites, int64_t stack_id, struct ll_error *err)
{
	const uint32_t *const frames = sites->stack.items;
	struct ll_str last = ll_str_n(NULL, 0);
	bool is_direct = true;
	int level = 0, rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < sites->stack.count && level < PATH_LEVELS; i++) {
		const struct function *const function = function_of(sites, frames[i]);

		if (owner_of(sites, function) != LL_OWNER_OWN) {
			is_direct &= level == 0;
			continue;
		}
		if (ll_str_equal(function->name, last))
			continue;
		last = function->name;
		(void)sqlite3_bind_int64(sites->put_path, 1, sites->service_id);
		(void)sqlite3_bind_int64(sites->put_path, 2, stack_id);
		(void)sqlite3_bind_int(sites->put_path, 3, level++);
		bind_text(sites->put_path, 4, function->name);
		(void)sqlite3_bind_int64(sites->put_path, 5, sites->frames[frames[i]].line);
		(void)sqlite3_bind_int(sites->put_path, 6, is_direct);
		rc = ll_sqlite_run(sites->db, sites->put_path, err);
	}
	return rc;
}

static void charge_stack(struct sites *sites, int64_t stack_id)
{
	const uint32_t *const frames = sites->stack.items;
	const struct marks marks = find_marks(sites);
	const size_t outermost =
		marks.last_visible == SIZE_MAX ? sites->stack.count - 1 : marks.last_visible;
	const size_t positions[] = {
		heap_position(&marks),
		marks.own_leaf == SIZE_MAX ? outermost : marks.own_leaf,
		0,
		marks.own_root == SIZE_MAX ? outermost : marks.own_root,
	};
	struct charged *const charged = ll_vec_push(&sites->charged, sizeof *charged);

	charged->stack_id = stack_id;
	for (size_t i = 0; i < LL_COUNT(positions); i++)
		charged->sites[i] = site_of(sites, frames[positions[i]]);
}

/* Decodes a stack. False when it has no frame that is known. */
static bool read_stack(struct sites *sites, struct ll_str bytes)
{
	size_t offset = 0;
	uint64_t id;

	sites->stack.count = 0;
	while (ll_varint_get(bytes, &offset, &id)) {
		if (load_frame(sites, id))
			*(uint32_t *)ll_vec_push(&sites->stack, sizeof(uint32_t)) = (uint32_t)id;
	}
	return sites->stack.count > 0;
}

/* -------------------------------------------------------------------- services */

/* Keeps the directory of a file of package main. */
static void put_main(struct sites *sites, struct ll_str file)
{
	const struct ll_str directory = directory_of(file);
	const struct ll_str *const mains = sites->mains.items;

	if (!is_absolute(file))
		return;
	for (size_t i = 0; i < sites->mains.count; i++) {
		if (ll_str_equal(mains[i], directory))
			return;
	}
	*(struct ll_str *)ll_vec_push(&sites->mains, sizeof directory) = directory;
}

/* First pass: where package main lies. */
static int find_main(struct sites *sites, sqlite3_stmt *stacks, struct ll_error *err)
{
	int state = SQLITE_DONE;

	sites->own_prefix = ll_str_n(NULL, 0);
	sites->gopath_prefix = ll_str_n(NULL, 0);
	sites->is_trimmed = false;
	sites->mains.count = 0;
	while (sites->own_prefix.size == 0 && (state = sqlite3_step(stacks)) == SQLITE_ROW) {
		const struct ll_str bytes = ll_str_n(sqlite3_column_blob(stacks, 1),
		                                     (size_t)sqlite3_column_bytes(stacks, 1));
		const uint32_t *frames;

		if (!read_stack(sites, bytes))
			continue;
		frames = sites->stack.items;
		for (size_t i = 0; i < sites->stack.count; i++) {
			const struct function *const function =
				&sites->functions[sites->frames[frames[i]].function];

			if (!ll_str_starts(function->raw, "main."))
				continue;
			find_own_code(sites, function->raw_file);
			put_main(sites, function->raw_file);
		}
	}
	(void)sqlite3_reset(stacks);
	return state == SQLITE_DONE || state == SQLITE_ROW
	               ? LL_OK
	               : ll_sqlite_fail(sites->db, err, "stacks");
}

static void forget_sites(struct sites *sites)
{
	const uint32_t *const used = sites->used.items;

	for (size_t i = 0; i < sites->used.count; i++)
		sites->frames[used[i]].site = 0;
	sites->used.count = 0;
	sites->made.count = 0;
	sites->charged.count = 0;
	ll_map_clear(&sites->site_map);
}

/* A stack without any frame still has memory: it gets a site of its own. */
static void charge_no_stack(struct sites *sites, int64_t stack_id)
{
	struct charged *const charged = ll_vec_push(&sites->charged, sizeof *charged);
	struct site *const site = make_site(sites);

	site->name = ll_str("(no stack)");
	site->file = ll_str("");
	site->package = ll_str("");
	site->owner = LL_OWNER_UNKNOWN;
	charged->stack_id = stack_id;
	for (size_t i = 0; i < LL_COUNT(charged->sites); i++)
		charged->sites[i] = site->number;
}

static int walk_service(struct sites *sites, sqlite3_stmt *stacks, int64_t service_id,
                        struct ll_error *err)
{
	int state = SQLITE_DONE, rc;

	sites->service_id = service_id;
	forget_sites(sites);
	(void)sqlite3_bind_int64(stacks, 1, service_id);
	rc = find_main(sites, stacks, err);
	while (rc == LL_OK && (state = sqlite3_step(stacks)) == SQLITE_ROW) {
		const int64_t stack_id = sqlite3_column_int64(stacks, 0);
		const struct ll_str bytes = ll_str_n(sqlite3_column_blob(stacks, 1),
		                                     (size_t)sqlite3_column_bytes(stacks, 1));

		if (!read_stack(sites, bytes)) {
			charge_no_stack(sites, stack_id);
			continue;
		}
		charge_stack(sites, stack_id);
		rc = put_path(sites, stack_id, err);
	}
	(void)sqlite3_reset(stacks);
	if (rc == LL_OK && state != SQLITE_DONE)
		rc = ll_sqlite_fail(sites->db, err, "stacks");
	if (rc == LL_OK && sites->failure.code != LL_OK)
		rc = ll_fail(err, sites->failure.code, "%s", sites->failure.text);
	if (rc == LL_OK)
		rc = put_sites(sites, err);
	return rc == LL_OK ? put_charged(sites, err) : rc;
}

static int prepare(struct sites *sites, struct ll_error *err)
{
	int rc = ll_sqlite_prepare(sites->db,
	                           "INSERT INTO temp.site VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	                           &sites->put_site, err);

	if (rc == LL_OK)
		rc = ll_sqlite_prepare(
			sites->db,
			"INSERT INTO temp.stack_site VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?3, ?4)",
			&sites->put_stack, err);
	if (rc == LL_OK)
		rc = ll_sqlite_prepare(
			sites->db, "INSERT INTO temp.stack_path VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
			&sites->put_path, err);
	return rc == LL_OK ? make_room(sites, err) : rc;
}

static int walk_services(struct sites *sites, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *services = NULL;
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stacks = NULL;
	int state = SQLITE_DONE;
	int rc = ll_sqlite_prepare(
		sites->db, "SELECT service_id FROM temp.scope_service ORDER BY 1", &services, err);

	if (rc == LL_OK)
		rc = ll_sqlite_prepare(sites->db,
		                       "SELECT stack_id, frames FROM stack WHERE service_id = ?1",
		                       &stacks, err);
	while (rc == LL_OK && (state = sqlite3_step(services)) == SQLITE_ROW)
		rc = walk_service(sites, stacks, sqlite3_column_int64(services, 0), err);
	if (rc == LL_OK && state != SQLITE_DONE)
		rc = ll_sqlite_fail(sites->db, err, "services");
	return rc;
}

int ll_scope_sites(struct ll_ledger *ledger, struct ll_error *err)
{
	struct sites sites = {.ledger = ledger, .db = ll_ledger_handle(ledger)};
	int rc = prepare(&sites, err);

	if (rc == LL_OK)
		rc = walk_services(&sites, err);
	(void)sqlite3_finalize(sites.find_frame);
	(void)sqlite3_finalize(sites.put_site);
	(void)sqlite3_finalize(sites.put_stack);
	(void)sqlite3_finalize(sites.put_path);
	free(sites.functions);
	free(sites.frames);
	ll_map_done(&sites.site_map);
	ll_vec_done(&sites.stack);
	ll_vec_done(&sites.used);
	ll_vec_done(&sites.made);
	ll_vec_done(&sites.mains);
	ll_vec_done(&sites.charged);
	ll_arena_done(&sites.arena);
	return rc;
}
