/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernel_files.c - see kernel_files.h.
 *
 *   1. A form is recognised on its first section that is known. Lines before it (a prompt, the
 *      date) are passed over, and so are sections of files that nobody wants. What stands behind a
 *      prompt's "cat FILE" is a section, too.
 *   2. Sections of one kind and one directory are one capture, until a file comes again: then
 *      somebody looked twice. So it is when a file's first key comes again within a section.
 *   3. What the path of a cgroup says of its owner (cgroup_path.h) is the capture's identity.
 *   4. Numbers of pages wait for the end of the capture: smaps, which may come behind stat and
 *      statm, tells how large a page is.
 *   5. A page may indent a session or a file: what stands before the prompt, or before the first
 *      line of a file, is taken off the lines that follow.
 *   6. Lines that are not understood are counted and noted once for a section; a section of which
 *      nothing is understood makes no capture, but a note where there is one.
 */
#include "kernel_files.h"

#include "cgroup_path.h"

#include <leakledger/vec.h>

/* clang-format off */
#define LL_KERNEL_FILES(X) \
	X(cgroup_membership) \
	X(cgroup_pressure) \
	X(cgroup_stray) \
	X(cgroup_value) \
	X(host_pressure) \
	X(io) \
	X(limits) \
	X(loadavg) \
	X(maps) \
	X(meminfo) \
	X(mountinfo) \
	X(nameless_pressure) \
	X(smaps) \
	X(smaps_part) \
	X(stat) \
	X(statm) \
	X(status)
/* clang-format on */

#define LL_KERNEL_FILE_DECLARE(name) extern const struct ll_kernel_file ll_kernel_##name;
LL_KERNEL_FILES(LL_KERNEL_FILE_DECLARE)
#undef LL_KERNEL_FILE_DECLARE

static const struct ll_kernel_file *const files[] = {
#define LL_KERNEL_FILE_ROW(name) &ll_kernel_##name,
	LL_KERNEL_FILES(LL_KERNEL_FILE_ROW)
#undef LL_KERNEL_FILE_ROW
};

enum {
	PATH_BYTES = 4096,
	SEEN_MAX = 256,    /* files of one capture that are remembered */
	HEAD_BYTES = 4096, /* of a section that a bid may look at */
	PAGE_BYTES = 4096, /* where nothing tells */
	KEY_BYTES = 64,
	MARGIN_MAX = 64,
	TITLE_LINES = 3,
	/* A directory of /proc or of a cgroup has less than a hundred files. */
	SECTIONS_MAX = 256,
};

enum form {
	FORM_PLAIN,
	FORM_HEADERS,
	FORM_GREP,
};

struct pages {
	const char *name;
	uint64_t count;
};

struct driver {
	struct ll_kernel kernel;
	enum form form;
	size_t margin; /* rule 5 */
	struct ll_stream *in;
	char path[PATH_BYTES]; /* of the section */
	size_t path_size;
	/* The capture that has begun. */
	bool has_capture;
	enum ll_kind kind;
	struct ll_buf directory;
	struct ll_vec seen; /* struct ll_hash of the names of its files */
	size_t captures;
	struct pages pages[LL_KERNEL_PAGES_MAX];
	size_t pages_count;
	double page_bytes;             /* 0: nothing told it yet */
	size_t lost_lines, first_lost; /* of the section; the line of the text */
	size_t lost_sections;          /* with lines of which none was understood */
	bool has_numbers;              /* the section gave some */
	bool has_fence, is_prose;      /* a block of code was seen; this is behind one */
	char first_key[KEY_BYTES];     /* of the section's lines that were understood */
	size_t first_key_size;
};

/* -------------------------------------------------------------------- words */

struct ll_str ll_kernel_word(struct ll_str *text)
{
	struct ll_str word;
	size_t size = 0;

	while (text->size > 0 && (text->data[0] == ' ' || text->data[0] == '\t'))
		*text = ll_str_from(*text, 1);
	while (size < text->size && text->data[size] != ' ' && text->data[size] != '\t')
		size++;
	word = ll_str_first(*text, size);
	*text = ll_str_from(*text, size);
	return word;
}

struct ll_str ll_kernel_line(struct ll_str *text)
{
	struct ll_str line = ll_str_split(text, '\n');

	if (ll_str_ends(line, "\r"))
		line.size--;
	return line;
}

bool ll_kernel_field(struct ll_str line, struct ll_str *ret_key, double *ret_value)
{
	const size_t colon = ll_str_index(line, ':');
	struct ll_str rest, number, unit;
	uint64_t value;

	if (colon == SIZE_MAX || colon == 0 || line.data[0] <= ' ')
		return false;
	rest = ll_str_trim(ll_str_from(line, colon + 1));
	if (ll_str_digits(rest) == 0)
		return false;
	number = ll_kernel_word(&rest);
	unit = ll_kernel_word(&rest);
	if (!ll_str_to_u64(number, &value) || ll_str_trim(rest).size > 0)
		return false;
	if (unit.size > 0 && !ll_str_equal(unit, ll_str("kB")))
		return false;
	*ret_key = ll_str_first(line, colon);
	*ret_value = unit.size > 0 ? (double)value * 1024 : (double)value;
	return true;
}

/* -------------------------------------------------------------------- forms */

static struct ll_kernel_name name_of_path(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return (struct ll_kernel_name){
		.base = ll_str_from(path, slash == SIZE_MAX ? 0 : slash + 1),
		.path = path,
		.is_listed = true,
	};
}

/* Is it the path of a file that is read here, and not just any word? */
static bool is_known_path(struct ll_str path)
{
	return ll_str_starts(path, "memory.") || ll_str_starts(path, "pids.") ||
	       ll_str_find(path, "/memory.") != SIZE_MAX ||
	       ll_str_find(path, "/pids.") != SIZE_MAX ||
	       ll_str_find(path, "/cgroup/") != SIZE_MAX ||
	       ll_str_find(path, "/pressure/") != SIZE_MAX ||
	       ll_str_find(path, "/proc/") != SIZE_MAX;
}

/* "root@app:/proc/7#", "/sys/fs/cgroup $": the directory that a prompt tells; or nothing. */
static struct ll_str directory_of_prompt(struct ll_str prompt)
{
	size_t at;

	prompt = ll_str_trim(prompt);
	if (prompt.size == 0 || !memchr("#$%>", prompt.data[prompt.size - 1], 4))
		return ll_str_n(NULL, 0);
	prompt = ll_str_trim(ll_str_first(prompt, prompt.size - 1));
	at = ll_str_find(prompt, ":/");
	if (at == SIZE_MAX)
		at = ll_str_starts(prompt, "/") ? 0 : prompt.size;
	else
		at++;
	prompt = ll_str_from(prompt, at);
	return ll_str_index(prompt, ' ') == SIZE_MAX ? prompt : ll_str_n(NULL, 0);
}

/*
 * "root@app:/# cat /sys/fs/cgroup/memory.max" of a saved session; of "/proc/7 # cat status"
 * the path is put together in `room`.
 */
static bool take_prompt(struct ll_str line, char room[PATH_BYTES], struct ll_str *ret_path)
{
	const size_t at = ll_str_find(line, "cat ");
	struct ll_str path, directory;
	int size;

	if (at == SIZE_MAX || line.size > PATH_BYTES || (at > 0 && line.data[at - 1] != ' '))
		return false;
	path = ll_str_trim(ll_str_from(line, at + 4));
	if (path.size == 0 || ll_str_index(path, ' ') != SIZE_MAX)
		return false;
	directory = directory_of_prompt(ll_str_first(line, at));
	if (directory.size > 1 && ll_str_index(path, '/') == SIZE_MAX) {
		size = snprintf(room, PATH_BYTES, "%.*s/%.*s", LL_STR_ARG(directory),
		                LL_STR_ARG(path));
		path = ll_str_n(room, size > 0 && size < PATH_BYTES ? (size_t)size : 0);
	}
	if (!is_known_path(path))
		return false;
	*ret_path = path;
	return true;
}

/* "==> /sys/fs/cgroup/memory.max <==". */
static bool take_header(struct ll_str line, char room[PATH_BYTES], struct ll_str *ret_path)
{
	if (!ll_str_starts(line, "==> "))
		return take_prompt(line, room, ret_path);
	if (!ll_str_ends(line, " <==") || line.size < 9 || line.size > PATH_BYTES)
		return false;
	*ret_path = ll_str_n(line.data + 4, line.size - 8);
	return true;
}

/* Rule 5: how much of what begins the text is blank, up to MARGIN_MAX. */
static size_t margin_of(struct ll_str text)
{
	size_t blanks = 0;

	while (blanks < text.size && blanks < MARGIN_MAX && text.data[blanks] == ' ')
		blanks++;
	return blanks;
}

static struct ll_str without_margin(struct ll_str line, size_t margin)
{
	const size_t blanks = margin_of(line);

	return ll_str_from(line, blanks < margin ? blanks : margin);
}

/* The head of a file that is indented, without that; as it is when it is not. */
static struct ll_str without_margins(struct ll_str head, char room[HEAD_BYTES])
{
	const size_t margin = margin_of(head);
	size_t size = 0;

	if (margin == 0)
		return head;
	head = ll_str_first(head, HEAD_BYTES);
	while (head.size > 0) {
		const struct ll_str line = without_margin(ll_str_split(&head, '\n'), margin);

		if (line.size > 0)
			memcpy(room + size, line.data, line.size);
		size += line.size;
		if (size < HEAD_BYTES)
			room[size++] = '\n';
	}
	return ll_str_n(room, size);
}

/* "/sys/fs/cgroup/memory.stat:anon 123", as grep prints it for several files. */
static bool take_grep(struct ll_str line, struct ll_str *ret_path, struct ll_str *ret_rest)
{
	const size_t colon = ll_str_index(line, ':');

	if (colon == SIZE_MAX || colon == 0 || colon >= PATH_BYTES)
		return false;
	*ret_path = ll_str_first(line, colon);
	*ret_rest = ll_str_from(line, colon + 1);
	return ll_str_index(*ret_path, ' ') == SIZE_MAX &&
	       ll_str_index(*ret_path, '\t') == SIZE_MAX && is_known_path(*ret_path);
}

static const struct ll_kernel_file *find_file(const struct ll_kernel_name *name, struct ll_str head,
                                              enum ll_bid *ret_bid)
{
	const struct ll_kernel_file *best = NULL;

	*ret_bid = LL_BID_NO;
	for (size_t i = 0; i < LL_COUNT(files); i++) {
		const enum ll_bid bid = files[i]->bid(name, head);

		if (bid > *ret_bid) {
			*ret_bid = bid;
			best = files[i];
		}
	}
	return best;
}

/* What a bid may see of a section that begins with `text`: not the next one. */
static struct ll_str section_head(struct ll_str text)
{
	struct ll_str rest = ll_str_first(text, HEAD_BYTES);
	char room[PATH_BYTES];
	size_t size = 0;

	text = rest;
	while (rest.size > 0) {
		struct ll_str path;

		if (take_header(ll_kernel_line(&rest), room, &path))
			return ll_str_first(text, size);
		size = text.size - rest.size;
	}
	return text;
}

/* Rule 1: a plain file behind a few lines of who saved it. */
static const struct ll_kernel_file *find_behind(const struct ll_kernel_name *name,
                                                struct ll_str head, enum ll_bid *ret_bid)
{
	const struct ll_kernel_file *file = find_file(name, head, ret_bid);

	for (size_t i = 0; !file && i < TITLE_LINES && head.size > 0; i++) {
		(void)ll_kernel_line(&head);
		file = find_file(name, head, ret_bid);
		if (file && (*ret_bid != LL_BID_MAGIC || !file->has_titles))
			file = NULL;
	}
	if (!file)
		*ret_bid = LL_BID_NO;
	return file;
}

/* The form of a text, and its first section that is known (rule 1). */
static const struct ll_kernel_file *find_form(const struct ll_peek *peek, enum form *ret_form,
                                              enum ll_bid *ret_bid)
{
	const struct ll_kernel_name plain = {.base = peek->name};
	char room[PATH_BYTES], lines[HEAD_BYTES];
	struct ll_str rest = peek->head, first = peek->head, path;
	/* Where a header comes first, the name of the whole says nothing. */
	const bool has_header = take_header(ll_kernel_line(&first), room, &path);
	const struct ll_kernel_file *file =
		has_header ? NULL
			   : find_behind(&plain, without_margins(peek->head, lines), ret_bid);
	size_t sections = 0;

	*ret_form = FORM_PLAIN;
	while (!file && rest.size > 0 && sections < SECTIONS_MAX) {
		const struct ll_str line = ll_kernel_line(&rest);
		const bool is_header = take_header(line, room, &path);
		struct ll_kernel_name name;
		struct ll_str head = {NULL, 0};

		if (!is_header && !take_grep(line, &path, &head))
			continue;
		if (is_header) {
			head = without_margins(section_head(rest), lines);
			sections++;
		}
		name = name_of_path(path);
		file = find_file(&name, head, ret_bid);
		if (file && file->line) {
			*ret_form = is_header ? FORM_HEADERS : FORM_GREP;
			/* Two names, and a content that fits them: nobody else writes this. */
			*ret_bid = LL_BID_MAGIC;
			return file;
		}
		file = NULL;
	}
	if (!file && has_header)
		file = find_file(&plain, peek->head, ret_bid);
	return file;
}

enum ll_bid ll_kernel_bid(const struct ll_peek *peek, const char *format)
{
	enum form form;
	enum ll_bid bid = LL_BID_NO;
	/* Not JSON: two dozen names need not be looked for in its one long line. */
	const struct ll_kernel_file *const file =
		ll_str_starts(peek->head, "{") ? NULL : find_form(peek, &form, &bid);

	return file && strcmp(file->format, format) == 0 ? bid : LL_BID_NO;
}

/* ----------------------------------------------------------------- captures */

static struct ll_str directory_of(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return ll_str_first(path, slash == SIZE_MAX ? 0 : slash);
}

static bool has_seen(const struct driver *driver, const struct ll_hash *hash)
{
	const struct ll_hash *const seen = driver->seen.items;

	for (size_t i = 0; i < driver->seen.count; i++) {
		if (ll_hash_equal(seen[i], *hash))
			return true;
	}
	return false;
}

/* Rule 2: is the section another part of the capture that has begun? */
static bool belongs(struct driver *driver)
{
	const struct ll_kernel *const kernel = &driver->kernel;
	const struct ll_hash hash = ll_hash_bytes(kernel->name.base.data, kernel->name.base.size);
	const bool is_same =
		driver->has_capture && driver->kind == kernel->file->kind &&
		ll_str_equal(ll_buf_str(&driver->directory), directory_of(kernel->name.path)) &&
		!has_seen(driver, &hash);

	if (!is_same)
		driver->seen.count = 0;
	if (driver->seen.count < SEEN_MAX)
		*(struct ll_hash *)ll_vec_push(&driver->seen, sizeof hash) = hash;
	return is_same;
}

/* Rule 4. */
static int put_pages(struct driver *driver, struct ll_error *err)
{
	const struct ll_kernel *const kernel = &driver->kernel;
	const bool is_told = driver->page_bytes > 0;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < driver->pages_count; i++)
		rc = ll_reading_put(kernel->out, ll_str(driver->pages[i].name), ll_str(""),
		                    (double)driver->pages[i].count *
		                            (is_told ? driver->page_bytes : PAGE_BYTES),
		                    err);
	if (rc == LL_OK && driver->pages_count > 0 && !is_told)
		kernel->out->note(
			kernel->out->self, 0,
			"counts pages and nothing tells how large they are: 4 KiB assumed");
	driver->pages_count = 0;
	driver->page_bytes = 0;
	return rc;
}

static int begin(struct driver *driver, struct ll_error *err)
{
	const struct ll_kernel *const kernel = &driver->kernel;
	struct ll_origin origin = {
		.kind = kernel->file->kind,
		.format = kernel->file->format,
		.variant = kernel->file->id,
		.time_ns = LL_TIME_NONE,
		.not_before_ns = LL_TIME_NONE,
		.program = kernel->program,
	};
	char room[LL_CGROUP_ROOM];
	int rc;

	if (driver->has_numbers)
		return LL_OK;
	driver->has_numbers = true;
	if (belongs(driver))
		return LL_OK;
	rc = put_pages(driver, err);
	if (rc < 0)
		return rc;
	if (origin.kind == LL_KIND_CGROUP &&
	    ll_cgroup_identity(kernel->name.path, room, &origin.service, &origin.instance))
		origin.identified = "cgroup path";
	ll_buf_clear(&driver->directory);
	ll_buf_put_str(&driver->directory, directory_of(kernel->name.path));
	driver->kind = origin.kind;
	driver->has_capture = true;
	driver->captures++;
	return kernel->out->begin(kernel->out->self, &origin, err);
}

int ll_kernel_put(struct ll_kernel *kernel, struct ll_str name, struct ll_str labels, double value,
                  struct ll_error *err)
{
	const int rc = begin(kernel->driver, err);

	return rc < 0 ? rc : ll_reading_put(kernel->out, name, labels, value, err);
}

int ll_kernel_put_none(struct ll_kernel *kernel, struct ll_str name, struct ll_error *err)
{
	const int rc = begin(kernel->driver, err);

	return rc < 0 ? rc : ll_reading_put_none(kernel->out, name, err);
}

int ll_kernel_put_pages(struct ll_kernel *kernel, const char *name, uint64_t pages,
                        struct ll_error *err)
{
	struct driver *const driver = kernel->driver;
	const int rc = begin(driver, err);

	if (rc == LL_OK && driver->pages_count < LL_KERNEL_PAGES_MAX)
		driver->pages[driver->pages_count++] = (struct pages){.name = name, .count = pages};
	return rc;
}

void ll_kernel_page(struct ll_kernel *kernel, double bytes)
{
	struct driver *const driver = kernel->driver;

	if (bytes > 0 && (driver->page_bytes <= 0 || bytes < driver->page_bytes))
		driver->page_bytes = bytes;
}

/* ----------------------------------------------------------------- sections */

static void note_lost_lines(const struct driver *driver)
{
	const struct ll_kernel *const kernel = &driver->kernel;
	char text[128];

	(void)snprintf(text, sizeof text, "%s: %zu lines were not understood", kernel->file->id,
	               driver->lost_lines);
	kernel->out->note(kernel->out->self, driver->first_lost, text);
}

static void note_lost_sections(const struct driver *driver)
{
	const struct ll_kernel *const kernel = &driver->kernel;
	char text[128];

	(void)snprintf(text, sizeof text, "%zu files were not understood", driver->lost_sections);
	kernel->out->note(kernel->out->self, 0, text);
}

static int finish_section(struct driver *driver, struct ll_error *err)
{
	struct ll_kernel *const kernel = &driver->kernel;
	int rc = LL_OK;

	if (kernel->file) {
		if (kernel->file->finish)
			rc = kernel->file->finish(kernel, err);
		/* Rule 6. */
		if (rc == LL_OK && driver->has_numbers && driver->lost_lines > 0)
			note_lost_lines(driver);
		driver->lost_sections += !driver->has_numbers && driver->lost_lines > 0;
	}
	free(kernel->state);
	kernel->state = NULL;
	kernel->file = NULL;
	kernel->line = 0;
	kernel->program = ll_str_n(NULL, 0);
	driver->lost_lines = 0;
	driver->has_numbers = false;
	driver->first_key_size = 0;
	return rc;
}

static void begin_section(struct driver *driver, const struct ll_kernel_file *file)
{
	struct ll_kernel *const kernel = &driver->kernel;

	kernel->file = file && file->line ? file : NULL;
	if (kernel->file && file->state_size > 0)
		kernel->state = ll_calloc(1, file->state_size);
}

/* Another path: another section. `head` is what its content begins with. */
static int change_section(struct driver *driver, struct ll_str path, struct ll_str head,
                          struct ll_error *err)
{
	const int rc = finish_section(driver, err);
	enum ll_bid bid;

	memcpy(driver->path, path.data, path.size);
	driver->path_size = path.size;
	driver->kernel.name = name_of_path(ll_str_n(driver->path, driver->path_size));
	begin_section(driver, find_file(&driver->kernel.name, head, &bid));
	return rc;
}

/* "VmRSS" of "VmRSS:  5 kB", "anon" of "anon 5"; a number is none. */
static struct ll_str key_of(struct ll_str line)
{
	size_t size = 0;

	while (size < line.size && !memchr(" \t:", line.data[size], 3))
		size++;
	if (size >= KEY_BYTES || ll_str_digits(line) > 0)
		size = 0;
	return ll_str_first(line, size);
}

/* Rule 2. */
static bool comes_again(const struct driver *driver, struct ll_str line)
{
	const struct ll_kernel *const kernel = &driver->kernel;

	if (kernel->line == 0)
		return false;
	if (kernel->file->comes_again)
		return kernel->file->comes_again(kernel, line);
	return driver->first_key_size > 0 &&
	       ll_str_equal(key_of(line), ll_str_n(driver->first_key, driver->first_key_size));
}

static void keep_first_key(struct driver *driver, struct ll_str line)
{
	const struct ll_str key = key_of(line);

	if (driver->first_key_size > 0 || key.size == 0)
		return;
	memcpy(driver->first_key, key.data, key.size);
	driver->first_key_size = key.size;
}

/*
 * Where a page begins or ends a block of code. What stands outside of such blocks is still read, as
 * the first fence may have been cut off, but is not told as not understood.
 */
static bool pass_fence(struct driver *driver, struct ll_str line)
{
	if (!ll_str_starts(line, "```") && !ll_str_starts(line, "~~~"))
		return false;
	driver->is_prose = driver->has_fence && !driver->is_prose;
	driver->has_fence = true;
	if (!driver->is_prose && !driver->has_numbers)
		driver->lost_lines = 0;
	return true;
}

static int read_section_line(struct driver *driver, struct ll_str line, struct ll_error *err)
{
	struct ll_kernel *const kernel = &driver->kernel;
	const struct ll_kernel_file *const file = kernel->file;
	int rc = LL_OK;

	if (!file || ll_str_trim(line).size == 0 || pass_fence(driver, ll_str_trim(line)))
		return LL_OK;
	if (comes_again(driver, line)) {
		rc = finish_section(driver, err);
		if (rc < 0)
			return rc;
		begin_section(driver, file);
	}
	kernel->line++;
	rc = file->line(kernel, line, err);
	if (rc > 0)
		keep_first_key(driver, line);
	if (rc == 0 && !driver->is_prose && driver->lost_lines++ == 0)
		driver->first_lost = ll_stream_line_number(driver->in);
	return rc < 0 ? rc : LL_OK;
}

/* The line with the path may be gone when what follows it is looked at. */
static int read_header(struct driver *driver, struct ll_str path, struct ll_error *err)
{
	char copy[PATH_BYTES], lines[HEAD_BYTES];
	struct ll_str head;

	memcpy(copy, path.data, path.size);
	head = section_head(ll_stream_peek(driver->in, HEAD_BYTES));
	driver->margin = margin_of(head);
	return change_section(driver, ll_str_n(copy, path.size), without_margins(head, lines), err);
}

static int read_line(struct driver *driver, struct ll_str line, struct ll_error *err)
{
	char room[PATH_BYTES];
	struct ll_str path, rest = line;
	int rc = LL_OK;

	if (driver->form != FORM_GREP)
		return take_header(line, room, &path)
		               ? read_header(driver, path, err)
		               : read_section_line(driver, without_margin(line, driver->margin),
		                                   err);
	if (!take_grep(line, &path, &rest))
		return LL_OK;
	if (!ll_str_equal(path, ll_str_n(driver->path, driver->path_size)))
		rc = change_section(driver, path, rest, err);
	return rc < 0 ? rc : read_section_line(driver, rest, err);
}

static int read_lines(struct driver *driver, struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;
	struct ll_str line;
	int state = 0, rc = LL_OK;

	while (rc == LL_OK && (state = ll_stream_line(driver->in, &line, &damage)) > 0)
		rc = read_line(driver, line, err);
	if (rc == LL_OK)
		rc = finish_section(driver, err);
	if (rc == LL_OK)
		rc = put_pages(driver, err);
	if (rc == LL_OK && driver->captures == 0)
		return state < 0 ? ll_fail(err, damage.code, "%s", damage.text)
		                 : ll_fail(err, LL_E_FORMAT,
		                           "a file of the kernel without a number in it");
	if (rc == LL_OK && driver->lost_sections > 0)
		note_lost_sections(driver);
	if (rc == LL_OK && state < 0)
		driver->kernel.out->note(driver->kernel.out->self,
		                         ll_stream_line_number(driver->in), damage.text);
	return rc;
}

int ll_kernel_read(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                   struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct driver *driver = ll_calloc(1, sizeof *driver);
	enum ll_bid bid;
	const struct ll_kernel_file *const file = find_form(peek, &driver->form, &bid);
	int rc;

	if (file && !file->line)
		return ll_fail(err, LL_E_FORMAT, "%s", file->refusal);
	driver->in = in;
	driver->kernel.out = out;
	driver->kernel.driver = driver;
	driver->kernel.name.base = peek->name;
	ll_buf_init(&driver->directory, PATH_BYTES);
	if (driver->form == FORM_PLAIN) {
		driver->margin = margin_of(peek->head);
		begin_section(driver, file);
	}
	rc = read_lines(driver, err);
	free(driver->kernel.state);
	ll_buf_done(&driver->directory);
	ll_vec_done(&driver->seen);
	return rc;
}
