/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proc_maps.c - /proc/PID/smaps, smaps_rollup and maps: sums over all mappings of a process, and
 * what they are (formats.md 10.2).
 *
 *     c000000000-c000400000 rw-p 00000000 00:00 0      [anon: Go: heap]    a mapping
 *     Rss:                3072 kB                                          smaps only
 *
 * Rules:
 *   1. Sums of smaps keep their keys: "process.smaps.Pss"; resident, swapped and whole size have
 *      the names of capture.h.
 *   2. What is resident is also told apart: heap ([heap], of the C library), anon, file, shmem,
 *      stack, other. Go's heap is anon. Areas that have a name ("[anon: Go: heap]", Go 1.25 on
 *      Linux 5.17) also count under it.
 *   3. maps has sizes only; they are told apart the same way.
 *   4. Each mapping of smaps has the size of its pages. The smallest is that of the kernel; larger
 *      ones are of hugetlbfs.
 */
#include "kernel_files.h"

#include <leakledger/json.h>

enum {
	SUMS_MAX = 40,  /* keys of smaps; Linux 6.18 has 24 */
	NAMES_MAX = 32, /* named areas */
	KEY_BYTES = 32,
	NAME_BYTES = 80,
};

/* clang-format off */
#define LL_PARTS(X) \
	X(HEAP, "heap") \
	X(ANON, "anon") \
	X(FILE, "file") \
	X(SHMEM, "shmem") \
	X(STACK, "stack") \
	X(OTHER, "other")
/* clang-format on */

enum part {
#define LL_PART_ENUM(id, name) PART_##id,
	LL_PARTS(LL_PART_ENUM)
#undef LL_PART_ENUM
		PART_COUNT
};

struct sum {
	char key[KEY_BYTES];
	double bytes;
};

struct area {
	char name[NAME_BYTES];
	double bytes;
};

struct mappings {
	size_t count;
	uint64_t from;     /* of the mapping that is being read */
	enum part part;    /* of the mapping that is being read */
	struct area *area; /* of it, when it has a name; or NULL */
	double parts[PART_COUNT];
	struct sum sums[SUMS_MAX];
	size_t sum_count;
	struct area areas[NAMES_MAX];
	size_t area_count;
	double page_bytes; /* of the smallest pages; 0: not told */
};

static const char *part_name(enum part part)
{
	static const char *const names[] = {
#define LL_PART_NAME(id, name) [PART_##id] = (name),
		LL_PARTS(LL_PART_NAME)
#undef LL_PART_NAME
	};

	return names[part];
}

/* "c000000000-c000400000 rw-p 00000000 00:00 0   [anon: Go: heap]". */
static bool take_mapping(struct ll_str line, uint64_t *ret_from, double *ret_bytes,
                         struct ll_str *ret_name)
{
	struct ll_str range = ll_kernel_word(&line);
	struct ll_str rights, start;
	uint64_t from, to;

	start = ll_str_split(&range, '-');
	if (!ll_str_to_hex(start, &from) || !ll_str_to_hex(range, &to) || to < from)
		return false;
	rights = ll_kernel_word(&line);
	if (rights.size != 4 || !memchr("r-", rights.data[0], 2) ||
	    !memchr("ps", rights.data[3], 2))
		return false;
	for (size_t i = 0; i < 3; i++) {
		if (ll_kernel_word(&line).size == 0)
			return false;
	}
	*ret_from = from;
	*ret_bytes = (double)(to - from);
	*ret_name = ll_str_trim(line);
	return true;
}

/* Rule 2. */
static enum part part_of(struct ll_str name)
{
	static const char *const shared[] = {"/dev/zero", "/SYSV", "/memfd:", "/dev/shm/"};

	if (name.size == 0 || ll_str_starts(name, "[anon"))
		return PART_ANON;
	if (ll_str_equal(name, ll_str("[heap]")))
		return PART_HEAP;
	if (ll_str_starts(name, "[stack"))
		return PART_STACK;
	for (size_t i = 0; i < LL_COUNT(shared); i++) {
		if (ll_str_starts(name, shared[i]))
			return PART_SHMEM;
	}
	return ll_str_starts(name, "/") ? PART_FILE : PART_OTHER;
}

/* "[anon: Go: heap]" -> "Go: heap". NULL: it has no name, or there are too many. */
static struct area *find_area(struct mappings *mappings, struct ll_str name)
{
	struct area *area;

	if (!ll_str_skip(&name, "[anon:") || !ll_str_ends(name, "]"))
		return NULL;
	name.size--;
	name = ll_str_first(ll_str_trim(name), NAME_BYTES - 1);
	for (size_t i = 0; i < mappings->area_count; i++) {
		if (ll_str_equal(name, ll_str(mappings->areas[i].name)))
			return &mappings->areas[i];
	}
	if (mappings->area_count == NAMES_MAX || name.size == 0)
		return NULL;
	area = &mappings->areas[mappings->area_count++];
	memcpy(area->name, name.data, name.size);
	return area;
}

static void add_bytes(struct mappings *mappings, double bytes)
{
	mappings->parts[mappings->part] += bytes;
	if (mappings->area)
		mappings->area->bytes += bytes;
}

static void add_sum(struct mappings *mappings, struct ll_str key, double bytes)
{
	size_t i = 0;

	key = ll_str_first(key, KEY_BYTES - 1);
	while (i < mappings->sum_count && !ll_str_equal(key, ll_str(mappings->sums[i].key)))
		i++;
	if (i == SUMS_MAX)
		return;
	if (i == mappings->sum_count) {
		memcpy(mappings->sums[i].key, key.data, key.size);
		mappings->sum_count++;
	}
	mappings->sums[i].bytes += bytes;
}

static bool begin_mapping(struct mappings *mappings, struct ll_str line, double *ret_bytes)
{
	struct ll_str name;

	if (!take_mapping(line, &mappings->from, ret_bytes, &name))
		return false;
	mappings->count++;
	mappings->part = part_of(name);
	mappings->area = find_area(mappings, name);
	return true;
}

/* Page sizes are the same for every mapping: their sum means nothing. */
static bool is_summed(struct ll_str key)
{
	return !ll_str_ends(key, "PageSize") && !ll_str_equal(key, ll_str("THPeligible")) &&
	       !ll_str_equal(key, ll_str("ProtectionKey"));
}

static int read_smaps(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	struct mappings *const mappings = kernel->state;
	struct ll_str key;
	double bytes;

	(void)err;
	if (begin_mapping(mappings, line, &bytes) || ll_str_starts(line, "VmFlags:"))
		return 1;
	if (mappings->count == 0 || !ll_kernel_field(line, &key, &bytes))
		return 0;
	if (ll_str_equal(key, ll_str("Rss")))
		add_bytes(mappings, bytes);
	if (ll_str_equal(key, ll_str("KernelPageSize")) && bytes > 0 &&
	    (mappings->page_bytes <= 0 || bytes < mappings->page_bytes))
		mappings->page_bytes = bytes;
	if (is_summed(key))
		add_sum(mappings, key, bytes);
	return 1;
}

static int read_maps(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	double bytes;

	(void)err;
	if (!begin_mapping(kernel->state, line, &bytes))
		return 0;
	add_bytes(kernel->state, bytes);
	return 1;
}

/* "process.maps.anon", and the same under the names of areas. */
static int put_parts(struct ll_kernel *kernel, const char *what, struct ll_error *err)
{
	const struct mappings *const mappings = kernel->state;
	char room[LL_READING_NAME_MAX];
	struct ll_buf labels;
	int rc = LL_OK;

	ll_buf_init(&labels, LL_BUF_MESSAGE);
	for (enum part part = 0; rc == LL_OK && part < PART_COUNT; part++)
		rc = ll_kernel_put(kernel,
		                   ll_reading_name(room, "process.%s.%s", what, part_name(part)),
		                   ll_str(""), mappings->parts[part], err);
	for (size_t i = 0; rc == LL_OK && i < mappings->area_count; i++) {
		ll_buf_clear(&labels);
		ll_buf_puts(&labels, "{\"name\":");
		ll_json_put_string(&labels, ll_str(mappings->areas[i].name));
		ll_buf_putc(&labels, '}');
		rc = ll_kernel_put(kernel, ll_reading_name(room, "process.%s.named", what),
		                   ll_buf_str(&labels), mappings->areas[i].bytes, err);
	}
	ll_buf_done(&labels);
	return rc;
}

static bool is_rollup(const struct mappings *mappings)
{
	return mappings->count == 1 && mappings->part == PART_OTHER;
}

static int finish_smaps(struct ll_kernel *kernel, struct ll_error *err)
{
	static const struct {
		const char *key, *name;
	} names[] = {
		{"Rss", LL_READING_RSS}, {"Swap", LL_READING_SWAP}, {"Size", LL_READING_VIRTUAL}};
	const struct mappings *const mappings = kernel->state;
	char room[LL_READING_NAME_MAX];
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < mappings->sum_count; i++) {
		struct ll_str name =
			ll_reading_name(room, "process.smaps.%s", mappings->sums[i].key);

		for (size_t k = 0; k < LL_COUNT(names); k++) {
			if (strcmp(mappings->sums[i].key, names[k].key) == 0)
				name = ll_str(names[k].name);
		}
		rc = ll_kernel_put(kernel, name, ll_str(""), mappings->sums[i].bytes, err);
	}
	if (rc < 0 || mappings->sum_count == 0 || is_rollup(mappings))
		return rc;
	ll_kernel_page(kernel, mappings->page_bytes);
	rc = ll_kernel_put(kernel, ll_str("process.smaps.mappings"), ll_str(""),
	                   (double)mappings->count, err);
	return rc < 0 ? rc : put_parts(kernel, "smaps.rss", err);
}

static int finish_maps(struct ll_kernel *kernel, struct ll_error *err)
{
	const struct mappings *const mappings = kernel->state;
	int rc;

	if (mappings->count == 0)
		return LL_OK;
	rc = ll_kernel_put(kernel, ll_str("process.maps.mappings"), ll_str(""),
	                   (double)mappings->count, err);
	return rc < 0 ? rc : put_parts(kernel, "maps.size", err);
}

/* Mappings stand in order of their addresses, and a rollup is all of a process. */
static bool mappings_come_again(const struct ll_kernel *kernel, struct ll_str line)
{
	const struct mappings *const mappings = kernel->state;
	struct ll_str name;
	uint64_t from;
	double bytes;

	return mappings->count > 0 && take_mapping(line, &from, &bytes, &name) &&
	       (from < mappings->from || ll_str_equal(name, ll_str("[rollup]")));
}

/* The first line is a mapping, and the next tells which of the two it is. */
static enum ll_bid bid_mappings(const struct ll_kernel_name *name, struct ll_str head,
                                bool wants_fields)
{
	struct ll_str mapping = ll_kernel_line(&head), key;
	uint64_t from;
	double bytes;
	bool has_field;

	if (!take_mapping(mapping, &from, &bytes, &key))
		return LL_BID_NO;
	has_field = ll_kernel_field(ll_kernel_line(&head), &key, &bytes) ||
	            (name->is_listed && ll_str_starts(name->base, "smaps"));
	return has_field == wants_fields ? LL_BID_MAGIC : LL_BID_NO;
}

static enum ll_bid bid_smaps(const struct ll_kernel_name *name, struct ll_str head)
{
	return bid_mappings(name, head, true);
}

static enum ll_bid bid_maps(const struct ll_kernel_name *name, struct ll_str head)
{
	return bid_mappings(name, head, false);
}

const struct ll_kernel_file ll_kernel_smaps = {
	.id = "smaps",
	.format = "proc",
	.kind = LL_KIND_PROCESS,
	.bid = bid_smaps,
	.state_size = sizeof(struct mappings),
	.line = read_smaps,
	.finish = finish_smaps,
	.comes_again = mappings_come_again,
	.has_titles = true,
};

const struct ll_kernel_file ll_kernel_maps = {
	.id = "maps",
	.format = "proc",
	.kind = LL_KIND_PROCESS,
	.bid = bid_maps,
	.state_size = sizeof(struct mappings),
	.line = read_maps,
	.finish = finish_maps,
	.comes_again = mappings_come_again,
};

/* Its last line, or, behind lines of one, the first of the next. */
static bool ends_mapping(struct ll_str line, bool is_inside)
{
	struct ll_str name;
	uint64_t from;
	double bytes;

	return ll_str_starts(line, "VmFlags:") ||
	       (is_inside && take_mapping(line, &from, &bytes, &name));
}

/*
 * What somebody cut out of smaps, without the line of its first mapping: sums over the rest would
 * be taken for the process's.
 */
static enum ll_bid bid_smaps_part(const struct ll_kernel_name *name, struct ll_str head)
{
	static const char *const keys[] = {"Rss",          "Pss",           "Shared_Clean",
	                                   "Shared_Dirty", "Private_Clean", "Private_Dirty",
	                                   "Referenced"};
	size_t known = 0;

	(void)name;
	while (head.size > 0) {
		const struct ll_str line = ll_kernel_line(&head);
		struct ll_str key;
		double bytes;

		if (ends_mapping(line, known > 0))
			return LL_BID_SHAPE;
		if (!ll_kernel_field(line, &key, &bytes))
			break;
		for (size_t k = 0; k < LL_COUNT(keys); k++)
			known += ll_str_equal(key, ll_str(keys[k]));
	}
	return known >= 3 ? LL_BID_SHAPE : LL_BID_NO;
}

const struct ll_kernel_file ll_kernel_smaps_part = {
	.id = "smaps",
	.format = "proc",
	.bid = bid_smaps_part,
	.refusal = "a part of /proc/PID/smaps: it begins inside a mapping, so that its sums would "
		   "be too small; save all of it, or smaps_rollup",
};
