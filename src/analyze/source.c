/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.c - see source.h.
 *
 *   S1  Candidates are the files of the same base name. Those that have more elements of the path
 *       in common, counted from the end, go first; "@v1.2.3" behind an element and the module
 *       cache's "!" before a capital do not count.
 *   S2  The first in which the function encloses the line, and in which there is code on it, is the
 *       source. Of several that have as much in common and differ in that line none is.
 *   S3  Nothing else is shown: a line of another version of the file would be read as the truth.
 *
 * Files are strangers': opened without following links, regular ones only, up to a ceiling; what is
 * kept of them is valid UTF-8 of bounded length without control characters.
 */
#include "source.h"

#include "go_scan.h"

#include <leakledger/file.h>
#include <leakledger/json.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FILE_CEILING = 4 * 1024 * 1024,
	CONTEXT_LINES = 3,  /* before and after the line */
	LINE_CEILING = 240, /* bytes of a line that are kept */
	CANDIDATES_MOST = 64,
	SITES_MOST = 1000,
};

struct source_file {
	const char *directory; /* as given */
	struct ll_str relative;
};

struct ll_sources {
	struct ll_arena arena;
	struct ll_vec files; /* struct source_file, by base name */
	struct ll_buf text;  /* of the file that is looked at */
	struct ll_buf code, best_code;
};

/* What became of a search. */
struct found {
	const char *status;  /* "shown", or why not */
	struct ll_str note;  /* a sentence part for people; empty when shown */
	struct ll_str path;  /* of the file, below its directory; empty when there is none */
	struct ll_str lines; /* JSON array; empty when nothing is shown */
	int64_t first_line;
};

/* --------------------------------------------------------------------------- paths */

static struct ll_str base_of(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return slash == SIZE_MAX ? path : ll_str_from(path, slash + 1);
}

/* "y@v1.2.3" and "y", "!azure" and "Azure" are equal. */
static bool are_equal_elements(struct ll_str a, struct ll_str b)
{
	size_t i = 0, k = 0;

	a = ll_str_first(a, ll_str_index(a, '@'));
	b = ll_str_first(b, ll_str_index(b, '@'));
	while (i < a.size && k < b.size) {
		char left = a.data[i++], right = b.data[k++];

		if (left == '!' && right != '!' && i < a.size)
			left = (char)(a.data[i++] - 'a' + 'A');
		else if (right == '!' && left != '!' && k < b.size)
			right = (char)(b.data[k++] - 'a' + 'A');
		if (left != right)
			return false;
	}
	return i == a.size && k == b.size;
}

static size_t common_elements(struct ll_str a, struct ll_str b)
{
	size_t count = 0;

	while (a.size > 0 && b.size > 0 && are_equal_elements(base_of(a), base_of(b))) {
		const size_t at_a = ll_str_rindex(a, '/'), at_b = ll_str_rindex(b, '/');

		count++;
		if (at_a == SIZE_MAX || at_b == SIZE_MAX)
			break;
		a = ll_str_first(a, at_a);
		b = ll_str_first(b, at_b);
	}
	return count;
}

static int by_base(const void *a, const void *b)
{
	const struct source_file *const left = a;
	const struct source_file *const right = b;
	const int order = ll_str_compare(base_of(left->relative), base_of(right->relative));

	return order != 0 ? order : ll_str_compare(left->relative, right->relative);
}

/* ------------------------------------------------------------------------- reading */

/* Opens a file below a directory, no part of whose path is a link. The descriptor, or -1. */
static int open_below(const char *directory, struct ll_str relative)
{
	int at = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct ll_str rest = relative;

	while (at >= 0 && rest.size > 0) {
		const struct ll_str part = ll_str_split(&rest, '/');
		const int flags = rest.size > 0 ? O_DIRECTORY : O_NONBLOCK | O_NOCTTY;
		char name[NAME_MAX + 1];
		int next = -1;

		if (part.size > 0 && part.size < sizeof name && !ll_str_equal(part, ll_str(".."))) {
			memcpy(name, part.data, part.size);
			name[part.size] = '\0';
			next = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);
		}
		(void)close(at);
		at = next;
	}
	return at;
}

static bool read_file(struct ll_sources *sources, const struct source_file *file)
{
	LL_CLEANUP(ll_file_closep) int descriptor = open_below(file->directory, file->relative);
	struct ll_error ignored = LL_ERROR_INIT;
	struct stat info;

	ll_buf_clear(&sources->text);
	if (descriptor < 0 || fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode) ||
	    info.st_size > FILE_CEILING)
		return false;
	return ll_file_read_from(descriptor, (int64_t)info.st_size, &sources->text, &ignored) ==
	       LL_OK;
}

/* ------------------------------------------------------------------------- excerpts */

/* One line, tabs as blanks, what is no text as U+FFFD. */
static void put_line(struct ll_buf *out, struct ll_str line)
{
	const size_t from = out->size;

	for (size_t i = 0; i < line.size && out->size - from < LINE_CEILING;) {
		uint32_t code;
		char bytes[4];
		const size_t size = ll_utf8_next(line, i, &code);

		i += size;
		if (code == '\t') {
			ll_buf_puts(out, "    ");
			continue;
		}
		if (code == '\r' && i == line.size)
			break;
		if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 ||
		    code == 0x2029 || (code >= 0x202a && code <= 0x202e) ||
		    (code >= 0x2066 && code <= 0x2069))
			code = 0xfffd;
		ll_buf_put_str(out, ll_str_n(bytes, ll_utf8_put(code, bytes)));
	}
}

/* The line with those around it, as a JSON array. */
static struct ll_str excerpt(struct ll_sources *sources, struct ll_arena *arena, int64_t line,
                             int64_t *ret_first)
{
	struct ll_str rest = ll_buf_str(&sources->text), kept;
	struct ll_buf out, text;
	struct ll_json_out json = {.to = &out};

	*ret_first = line > CONTEXT_LINES ? line - CONTEXT_LINES : 1;
	ll_buf_init(&out, LL_BUF_PAGE);
	ll_buf_init(&text, LL_BUF_PAGE);
	ll_json_open(&json, NULL, '[');
	for (int64_t number = 1; number <= line + CONTEXT_LINES && rest.size > 0; number++) {
		const struct ll_str bytes = ll_str_split(&rest, '\n');

		if (number < *ret_first)
			continue;
		ll_buf_clear(&text);
		put_line(&text, bytes);
		ll_json_text(&json, NULL, ll_buf_str(&text));
	}
	ll_json_close(&json, ']');
	kept = ll_arena_str(arena, ll_buf_str(&out));
	ll_buf_done(&out);
	ll_buf_done(&text);
	return kept;
}

/* ------------------------------------------------------------------------- searching */

struct search {
	struct ll_arena *arena;
	struct ll_str function, file;
	int64_t line;
	bool wants_excerpt;
	struct found found;
	size_t rank; /* of what was found */
};

/* Why the best candidate is not the source. */
static void note_misfit(struct search *search, const struct source_file *file,
                        const struct ll_go_place *place)
{
	static const char *const statuses[] = {
		[LL_GO_FITS] = "shown",
		[LL_GO_NO_LINE] = "no-line",
		[LL_GO_NO_FUNCTION] = "no-function",
		[LL_GO_OTHER_FUNCTION] = "other-function",
		[LL_GO_NO_CODE] = "no-code",
	};
	struct ll_buf note;

	ll_buf_init(&note, LL_BUF_MESSAGE);
	ll_buf_printf(&note, "%.*s ", LL_STR_ARG(file->relative));
	switch (place->fit) {
	case LL_GO_NO_LINE:
		ll_buf_printf(&note, "has %lld lines only", (long long)place->lines);
		break;
	case LL_GO_NO_FUNCTION: ll_buf_puts(&note, "has no such function"); break;
	case LL_GO_OTHER_FUNCTION:
		ll_buf_printf(&note, "has the function on lines %lld to %lld",
		              (long long)place->first, (long long)place->last);
		break;
	case LL_GO_FITS:
	case LL_GO_NO_CODE:
		ll_buf_printf(&note, "has no code on line %lld", (long long)search->line);
		break;
	}
	search->found.status = statuses[place->fit];
	search->found.note = ll_arena_str(search->arena, ll_buf_str(&note));
	search->found.path = file->relative;
	ll_buf_done(&note);
}

static void take(struct ll_sources *sources, struct search *search, const struct source_file *file,
                 size_t rank)
{
	search->rank = rank;
	search->found = (struct found){.status = "shown", .path = file->relative};
	ll_buf_clear(&sources->best_code);
	ll_buf_put_str(&sources->best_code, ll_buf_str(&sources->code));
	if (search->wants_excerpt)
		search->found.lines =
			excerpt(sources, search->arena, search->line, &search->found.first_line);
}

static bool is_shown(const struct found *found)
{
	return strcmp(found->status, "shown") == 0;
}

static void look_into(struct ll_sources *sources, struct search *search,
                      const struct source_file *file, size_t rank)
{
	struct ll_go_place place;

	if (!read_file(sources, file)) {
		if (search->found.path.size == 0) {
			search->found.status = "unreadable";
			search->found.path = file->relative;
			search->found.note = ll_str("the file cannot be read, is no regular file, "
			                            "or has more than 4 MiB");
		}
		return;
	}
	ll_buf_clear(&sources->code);
	place = ll_go_find(ll_buf_str(&sources->text), search->function, search->line,
	                   &sources->code);
	if (place.fit != LL_GO_FITS) {
		if (search->rank == 0 && search->found.path.size == 0)
			note_misfit(search, file, &place);
		return;
	}
	if (search->rank == 0) {
		take(sources, search, file, rank);
	} else if (is_shown(&search->found) &&
	           !ll_str_equal(ll_buf_str(&sources->code), ll_buf_str(&sources->best_code))) {
		search->found = (struct found){
			.status = "several",
			.note = ll_str("several files fit as well, and differ in that line"),
		};
	}
}

/* Candidates in the order of S1. */
static size_t find_candidates(const struct ll_sources *sources, struct ll_str file,
                              const struct source_file **candidates, size_t *ranks)
{
	const struct source_file *const files = sources->files.items;
	const struct ll_str base = base_of(file);
	size_t low = 0, high = sources->files.count, count = 0;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (ll_str_compare(base_of(files[middle].relative), base) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < sources->files.count && ll_str_equal(base_of(files[low].relative), base);
	     low++) {
		const size_t rank = common_elements(files[low].relative, file);
		size_t at = count < CANDIDATES_MOST ? count++ : CANDIDATES_MOST;

		for (; at > 0 && ranks[at - 1] < rank; at--) {
			if (at == CANDIDATES_MOST)
				continue;
			candidates[at] = candidates[at - 1];
			ranks[at] = ranks[at - 1];
		}
		if (at < CANDIDATES_MOST) {
			candidates[at] = &files[low];
			ranks[at] = rank;
		}
	}
	return count;
}

/* S1 to S3. The code of the line is in sources->best_code when it is shown. */
static void find(struct ll_sources *sources, struct search *search)
{
	const struct source_file *candidates[CANDIDATES_MOST];
	size_t ranks[CANDIDATES_MOST];
	const size_t count = find_candidates(sources, search->file, candidates, ranks);

	search->rank = 0;
	search->found = (struct found){
		.status = "no-file",
		.note = ll_str("no file of that name lies below the directories of --source"),
	};
	ll_buf_clear(&sources->best_code);
	for (size_t i = 0; i < count && ranks[i] >= search->rank; i++)
		look_into(sources, search, candidates[i], ranks[i]);
}

/* --------------------------------------------------------------------------- public */

static int list_directory(struct ll_sources *sources, const char *directory, struct ll_error *err)
{
	struct ll_file_list list;
	const int rc = ll_file_walk(directory, &sources->arena, &list, err);

	if (rc < 0)
		return ll_within(err, "source '%s'", directory);
	for (size_t i = 0; i < list.count; i++) {
		const struct ll_str relative = ll_str(list.items[i].relative);

		if (!list.items[i].reason && ll_str_ends(relative, ".go"))
			*(struct source_file *)ll_vec_push(&sources->files,
			                                   sizeof(struct source_file)) =
				(struct source_file){directory, relative};
	}
	return LL_OK;
}

int ll_sources_open(const char *const *directories, size_t count, struct ll_sources **ret_sources,
                    struct ll_error *err)
{
	struct ll_sources *const sources = ll_calloc(1, sizeof *sources);
	int rc = LL_OK;

	ll_buf_init(&sources->text, FILE_CEILING + 1);
	ll_buf_init(&sources->code, FILE_CEILING + 1);
	ll_buf_init(&sources->best_code, FILE_CEILING + 1);
	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		if (ll_file_is_directory(directories[i]))
			rc = list_directory(sources, directories[i], err);
		else
			rc = ll_fail(err, LL_E_USAGE, "source '%s' is no directory",
			             directories[i]);
	}
	if (rc < 0) {
		ll_sources_close(sources);
		return rc;
	}
	if (sources->files.count > 0)
		qsort(sources->files.items, sources->files.count, sizeof(struct source_file),
		      by_base);
	*ret_sources = sources;
	return LL_OK;
}

void ll_sources_close(struct ll_sources *sources)
{
	if (!sources)
		return;
	ll_vec_done(&sources->files);
	ll_buf_done(&sources->text);
	ll_buf_done(&sources->code);
	ll_buf_done(&sources->best_code);
	ll_arena_done(&sources->arena);
	free(sources);
}

int ll_sources_fill(struct ll_sources *sources, struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *sites = NULL, *put = NULL;
	struct ll_arena arena = LL_ARENA_INIT;
	int state = 0;
	int rc = ll_stmt_resource(ledger, "sql/scope/source_sites.sql", &sites, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(ledger, "sql/scope/put_source.sql", &put, err);
	if (rc == LL_OK)
		ll_stmt_bind_i64(sites, ":most", SITES_MOST);
	while (rc == LL_OK && (state = ll_stmt_step(sites, err)) > 0) {
		struct search search = {
			.arena = &arena,
			.function = ll_stmt_text(sites, 1),
			.file = ll_stmt_text(sites, 2),
			.line = ll_stmt_i64(sites, 3),
		};

		find(sources, &search);
		if (!is_shown(&search.found))
			continue;
		ll_stmt_reset(put);
		ll_stmt_bind_i64(put, ":site_id", ll_stmt_i64(sites, 0));
		ll_stmt_bind_text(put, ":code", ll_buf_str(&sources->best_code));
		rc = ll_stmt_step(put, err);
		rc = rc < 0 ? rc : LL_OK;
		ll_arena_clear(&arena);
	}
	ll_arena_done(&arena);
	return state < 0 ? state : rc;
}

int ll_sources_put(struct ll_sources *sources, struct ll_ledger *ledger,
                   const struct ll_place *place, struct ll_str id, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_arena arena = LL_ARENA_INIT;
	struct search search = {
		.arena = &arena,
		.function = place->function,
		.file = place->file,
		.line = place->line,
		.wants_excerpt = true,
	};
	int rc;

	if (!sources || place->function.size == 0 || place->file.size == 0 || place->line <= 0)
		return LL_OK;
	rc = ll_stmt_resource(ledger, "sql/judge/put_source.sql", &stmt, err);
	if (rc < 0)
		return rc;
	find(sources, &search);
	ll_stmt_bind_text(stmt, ":finding_id", id);
	ll_stmt_bind_text(stmt, ":status", ll_str(search.found.status));
	ll_stmt_bind_text(stmt, ":note", search.found.note);
	ll_stmt_bind_text(stmt, ":path", search.found.path);
	ll_stmt_bind_i64(stmt, ":first_line", search.found.first_line);
	ll_stmt_bind_text(stmt, ":lines",
	                  search.found.lines.size > 0 ? search.found.lines : ll_str("[]"));
	rc = ll_stmt_step(stmt, err);
	ll_arena_done(&arena);
	return rc < 0 ? rc : LL_OK;
}
