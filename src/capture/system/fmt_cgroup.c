/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_cgroup.c - files of a memory cgroup, version 1 and 2, and pressure stall information of
 * cgroups and of the machine (formats.md 10.3, 10.4).
 *
 *     1215860736                                        memory.current: the file's name says what
 *     max                                               memory.max: no limit
 *     anon 1119465472                                   memory.stat, memory.events
 *     anon N0=1330585600 N1=1141161984                  memory.numa_stat
 *     some avg10=0.00 avg60=0.00 avg300=0.00 total=0    memory.pressure
 *
 * Rules:
 *   1. A lone number means what the file's name says. A file somebody saved may be called
 *      "memory.max.txt" or "pod7-memory.current"; a name that is not in our table is not guessed.
 *   2. Files of version 1 get the names of version 2 where they mean the same; what version 2 does
 *      not have keeps its name.
 *   3. Version 1's memory.stat counts a cgroup alone ("rss") and with those below it ("total_rss");
 *      version 2 always includes those below. The latter is kept when it is there.
 *   4. "max", and from 2^63 - 64 KiB on, is no limit.
 *   5. PSI: percentages as they are, total in seconds. All resources have the same lines, so the
 *      name must tell which it is.
 */
#include "kernel_files.h"

#include <leakledger/json.h>

enum {
	KEYS_MAX = 96,  /* of version 1's memory.stat; it has about 40 */
	BARE_MAX = 256, /* memory.events has about 100 bytes, memory.stat more than 1,000 */
	KEY_BYTES = 48,
};

struct renamed {
	const char *old, *name; /* `name` NULL: the same in version 2, or not there */
};

/* Longer names before those that they begin with. */
static const struct renamed file_names[] = {
	{"memory.current", NULL},
	{"memory.peak", NULL},
	{"memory.max_usage_in_bytes", "memory.peak"},
	{"memory.max", NULL},
	{"memory.high", NULL},
	{"memory.low", NULL},
	{"memory.min", NULL},
	{"memory.oom.group", NULL},
	{"memory.oom_control", "memory.events"},
	{"memory.swap.current", NULL},
	{"memory.swap.peak", NULL},
	{"memory.swap.max", NULL},
	{"memory.swap.high", NULL},
	{"memory.swap.events", NULL},
	{"memory.zswap.current", NULL},
	{"memory.zswap.max", NULL},
	{"memory.zswap.writeback", NULL},
	{"memory.events.local", NULL},
	{"memory.events", NULL},
	{"memory.numa_stat", NULL},
	{"memory.stat", NULL},
	{"memory.usage_in_bytes", "memory.current"},
	{"memory.limit_in_bytes", "memory.max"},
	{"memory.soft_limit_in_bytes", NULL},
	{"memory.failcnt", "memory.events.max"},
	{"memory.memsw.usage_in_bytes", NULL},
	{"memory.memsw.limit_in_bytes", NULL},
	{"memory.memsw.max_usage_in_bytes", NULL},
	{"memory.memsw.failcnt", NULL},
	{"memory.kmem.tcp.usage_in_bytes", NULL},
	{"memory.kmem.tcp.limit_in_bytes", NULL},
	{"memory.kmem.tcp.max_usage_in_bytes", NULL},
	{"memory.kmem.tcp.failcnt", NULL},
	{"memory.kmem.usage_in_bytes", NULL},
	{"memory.kmem.limit_in_bytes", NULL},
	{"memory.kmem.max_usage_in_bytes", NULL},
	{"memory.kmem.failcnt", NULL},
	{"memory.swappiness", NULL},
	{"memory.use_hierarchy", NULL},
	{"memory.move_charge_at_immigrate", NULL},
	{"pids.current", NULL},
	{"pids.peak", NULL},
	{"pids.max", NULL},
	{"pids.events", NULL},
};

/* Keys of version 1's memory.stat, without "total_". */
static const struct renamed stat_names[] = {
	{"rss", "anon"},          {"cache", "file"},       {"mapped_file", "file_mapped"},
	{"rss_huge", "anon_thp"}, {"dirty", "file_dirty"}, {"writeback", "file_writeback"},
	{"swap", "swap"},
};

/* ---------------------------------------------------------------- file names */

static bool is_word(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

/* Does the name stand in the file's name, not as part of a longer one? */
static bool is_called(struct ll_str base, const char *name)
{
	const size_t at = ll_str_find(base, name), end = at + strlen(name);

	if (at == SIZE_MAX || (at > 0 && is_word(base.data[at - 1]) && base.data[at - 1] != '_'))
		return false;
	return end == base.size || !is_word(base.data[end]);
}

/* Rule 1 and 2: the name of version 2, without "cgroup."; empty when it is none of ours. */
static struct ll_str canonical_name(const struct ll_kernel_name *name)
{
	const bool is_ours =
		ll_str_starts(name->base, "memory.") || ll_str_starts(name->base, "pids.");

	for (size_t i = 0; i < LL_COUNT(file_names); i++) {
		const struct renamed *const row = &file_names[i];

		if (name->is_listed ? ll_str_equal(name->base, ll_str(row->old))
		                    : is_called(name->base, row->old))
			return ll_str(row->name ? row->name : row->old);
	}
	/* A kernel newer than our table. */
	return name->is_listed && is_ours ? name->base : ll_str_n(NULL, 0);
}

bool ll_capture_is_bare(struct ll_str name, int64_t size)
{
	const struct ll_kernel_name kernel = {.base = name};

	return size <= BARE_MAX && canonical_name(&kernel).size > 0;
}

/* What a plain file without a telling name begins with; the last two have lost their beginning. */
static const struct {
	const char *first, *second, *name;
} begins[] = {
	{"anon ", "file ", "memory.stat"},
	{"cache ", "rss ", "memory.stat"},
	{"low ", "high ", "memory.events"},
	{"oom_kill_disable ", "under_oom ", "memory.events"},
	{"inactive_anon ", "active_anon ", "memory.stat"},
	{"total_cache ", "total_rss ", "memory.stat"},
};

/* By its first two lines. */
static struct ll_str name_by_keys(struct ll_str head)
{
	struct ll_str first = ll_kernel_line(&head), second = ll_kernel_line(&head);

	for (size_t i = 0; i < LL_COUNT(begins); i++) {
		if (ll_str_skip(&first, begins[i].first) &&
		    ll_str_skip(&second, begins[i].second) && ll_str_is_digits(first) &&
		    ll_str_is_digits(second))
			return ll_str(begins[i].name);
	}
	return ll_str_n(NULL, 0);
}

/* Of a file that was known by its first two lines: by the first one. */
static const char *name_by_line(struct ll_str line)
{
	for (size_t i = 0; i < LL_COUNT(begins); i++) {
		if (ll_str_starts(line, begins[i].first))
			return begins[i].name;
	}
	return "memory.events";
}

/* ------------------------------------------------------------------- values */

/* A number, or "max" (rule 4). The kernel counts nothing below zero. */
static bool take_value(struct ll_str text, double *ret_value, bool *ret_is_none)
{
	uint64_t value;

	*ret_value = 0;
	*ret_is_none = ll_str_equal(text, ll_str("max"));
	if (*ret_is_none)
		return true;
	if (!ll_str_to_u64(text, &value))
		return false;
	*ret_is_none = value >= UINT64_C(0x7fffffffffff0000);
	*ret_value = *ret_is_none ? 0 : (double)value;
	return true;
}

static int put_value(struct ll_kernel *kernel, struct ll_str name, double value, bool is_none,
                     struct ll_error *err)
{
	return is_none ? ll_kernel_put_none(kernel, name, err)
	               : ll_kernel_put(kernel, name, ll_str(""), value, err);
}

/* ------------------------------------------------------------- memory.*, pids.* */

/* Keys of memory.stat wait until it is known whether they have a "total_". */
struct stat_key {
	char key[KEY_BYTES];
	double value;
	bool is_none;
};

struct values {
	char name[LL_READING_NAME_MAX];
	struct stat_key keys[KEYS_MAX];
	size_t key_count;
	bool has_totals, has_number;
};

/* "anon N0=1330585600 N1=1141161984", "total=858067 N0=858067" (in pages: version 1). */
static int read_nodes(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	const struct values *const values = kernel->state;
	char room[LL_READING_NAME_MAX], labels[64];
	struct ll_str key = ll_kernel_word(&line), word;
	const size_t equals = ll_str_index(key, '=');
	const char *const unit = equals == SIZE_MAX ? "" : ".pages";

	key = ll_str_first(key, equals);
	while ((word = ll_kernel_word(&line)).size > 0) {
		struct ll_str node = ll_str_split(&word, '=');
		uint64_t value;
		int rc;

		if (!ll_str_skip(&node, "N") || !ll_str_is_digits(node) || node.size > 8 ||
		    !ll_str_to_u64(word, &value))
			return 0;
		(void)snprintf(labels, sizeof labels, "{\"node\":\"%.*s\"}", LL_STR_ARG(node));
		rc = ll_kernel_put(kernel,
		                   ll_reading_name(room, "cgroup.%s.%.*s%s", values->name,
		                                   LL_STR_ARG(key), unit),
		                   ll_str(labels), (double)value, err);
		if (rc < 0)
			return rc;
	}
	return 1;
}

static void keep_key(struct values *values, struct ll_str key, double value, bool is_none)
{
	struct stat_key *kept;

	if (values->key_count == KEYS_MAX || key.size >= KEY_BYTES)
		return;
	kept = &values->keys[values->key_count++];
	memcpy(kept->key, key.data, key.size);
	kept->key[key.size] = '\0';
	kept->value = value;
	kept->is_none = is_none;
	values->has_totals |= ll_str_starts(key, "total_");
}

/* "low 10", "oom_kill 1", "anon 411045888". */
static int read_key(struct ll_kernel *kernel, struct ll_str key, struct ll_str text,
                    struct ll_error *err)
{
	struct values *const values = kernel->state;
	char room[LL_READING_NAME_MAX];
	double value;
	bool is_none;
	int rc;

	/* What a page comments ("# 512") is no key. */
	if (!is_word(key.data[0]) || !take_value(text, &value, &is_none))
		return 0;
	if (strcmp(values->name, "memory.stat") == 0 && values->key_count < KEYS_MAX) {
		keep_key(values, key, value, is_none);
		return 1;
	}
	rc = put_value(kernel,
	               ll_reading_name(room, "cgroup.%s.%.*s", values->name, LL_STR_ARG(key)),
	               value, is_none, err);
	return rc < 0 ? rc : 1;
}

static int read_value(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	struct values *const values = kernel->state;
	char room[LL_READING_NAME_MAX];
	struct ll_str rest = line;
	struct ll_str first, second;
	double value;
	bool is_none;
	int rc;

	if (values->name[0] == '\0') {
		struct ll_str name = canonical_name(&kernel->name);

		if (name.size == 0)
			name = ll_str(name_by_line(line));
		(void)ll_reading_name(values->name, "%.*s", LL_STR_ARG(name));
	}
	first = ll_kernel_word(&rest);
	second = ll_kernel_word(&rest);
	if (ll_str_index(second, '=') != SIZE_MAX)
		return read_nodes(kernel, line, err);
	if (ll_str_trim(rest).size > 0)
		return 0;
	if (second.size > 0)
		return read_key(kernel, first, second, err);
	/* A lone number; there is one in a file. */
	if (values->has_number || !take_value(first, &value, &is_none))
		return 0;
	values->has_number = true;
	rc = put_value(kernel, ll_reading_name(room, "cgroup.%s", values->name), value, is_none,
	               err);
	return rc < 0 ? rc : 1;
}

/* Rule 3. */
static int finish_value(struct ll_kernel *kernel, struct ll_error *err)
{
	const struct values *const values = kernel->state;
	char room[LL_READING_NAME_MAX];
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < values->key_count; i++) {
		struct ll_str key = ll_str(values->keys[i].key);
		const bool is_total = ll_str_skip(&key, "total_");

		if (values->has_totals && !is_total && !ll_str_starts(key, "hierarchical_"))
			continue;
		for (size_t k = 0; k < LL_COUNT(stat_names); k++) {
			if (ll_str_equal(key, ll_str(stat_names[k].old)))
				key = ll_str(stat_names[k].name);
		}
		rc = put_value(kernel,
		               ll_reading_name(room, "cgroup.memory.stat.%.*s", LL_STR_ARG(key)),
		               values->keys[i].value, values->keys[i].is_none, err);
	}
	return rc;
}

static bool is_pressure(struct ll_str head)
{
	struct ll_str line = ll_kernel_line(&head);

	return (ll_str_skip(&line, "some ") || ll_str_skip(&line, "full ")) &&
	       ll_str_starts(line, "avg10=");
}

/* Does the first line have the shape of a cgroup's file? */
static bool has_shape(struct ll_str head)
{
	struct ll_str line = ll_kernel_line(&head);
	struct ll_str first = ll_kernel_word(&line);
	const struct ll_str second = ll_kernel_word(&line);
	double value;
	bool is_none;

	/* A number below zero is a damaged one, and still of such a file. */
	(void)ll_str_skip(&first, "-");
	if (second.size == 0)
		return take_value(first, &value, &is_none) || ll_str_digits(first) > 0;
	return take_value(second, &value, &is_none) || ll_str_index(second, '=') != SIZE_MAX;
}

static enum ll_bid bid_value(const struct ll_kernel_name *name, struct ll_str head)
{
	if (is_pressure(head))
		return LL_BID_NO;
	if (canonical_name(name).size > 0 && has_shape(head))
		return LL_BID_MAGIC;
	return name_by_keys(head).size > 0 ? LL_BID_MAGIC : LL_BID_NO;
}

const struct ll_kernel_file ll_kernel_cgroup_value = {
	.id = "memory",
	.format = "cgroup",
	.kind = LL_KIND_CGROUP,
	.bid = bid_value,
	.state_size = sizeof(struct values),
	.line = read_value,
	.finish = finish_value,
};

/* ----------------------------------------------------------------- pressure */

/* "some avg10=0.00 avg60=0.00 avg300=0.00 total=1736583" under "host.pressure.memory". */
static int read_stalls(struct ll_kernel *kernel, struct ll_str line, const char *prefix,
                       struct ll_str resource, const char *suffix, struct ll_error *err)
{
	const struct ll_str share = ll_kernel_word(&line);
	struct ll_str word;

	if (!ll_str_equal(share, ll_str("some")) && !ll_str_equal(share, ll_str("full")))
		return 0;
	while ((word = ll_kernel_word(&line)).size > 0) {
		const struct ll_str key = ll_str_split(&word, '=');
		char room[LL_READING_NAME_MAX];
		double value;
		int rc;

		if (key.size == 0 || !ll_str_to_f64(word, &value))
			return 0;
		if (ll_str_equal(key, ll_str("total")))
			value /= 1e6;
		rc = ll_kernel_put(kernel,
		                   ll_reading_name(room, "%s%.*s%s.%.*s.%.*s", prefix,
		                                   LL_STR_ARG(resource), suffix, LL_STR_ARG(share),
		                                   LL_STR_ARG(key)),
		                   ll_str(""), value, err);
		if (rc < 0)
			return rc;
	}
	return 1;
}

/* "memory", "cpu" or "io" when the name has it as a word, else empty. */
static struct ll_str resource_of(struct ll_str base)
{
	static const char *const resources[] = {"memory", "cpu", "io", "irq"};

	for (size_t i = 0; i < LL_COUNT(resources); i++) {
		const size_t at = ll_str_find(base, resources[i]);
		const size_t end = at + strlen(resources[i]);

		if (at != SIZE_MAX &&
		    (at == 0 || !is_word(base.data[at - 1]) || base.data[at - 1] == '_') &&
		    (end == base.size || base.data[end] == '_' || !is_word(base.data[end])))
			return ll_str(resources[i]);
	}
	return ll_str_n(NULL, 0);
}

static bool is_of_cgroup(struct ll_str base)
{
	return ll_str_find(base, ".pressure") != SIZE_MAX;
}

static enum ll_bid bid_pressure(const struct ll_kernel_name *name, struct ll_str head,
                                bool wants_cgroup)
{
	return is_pressure(head) && resource_of(name->base).size > 0 &&
	                       is_of_cgroup(name->base) == wants_cgroup
	               ? LL_BID_MAGIC
	               : LL_BID_NO;
}

static enum ll_bid bid_cgroup_pressure(const struct ll_kernel_name *name, struct ll_str head)
{
	return bid_pressure(name, head, true);
}

static int read_cgroup_pressure(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	return read_stalls(kernel, line, "cgroup.", resource_of(kernel->name.base), ".pressure",
	                   err);
}

static enum ll_bid bid_host_pressure(const struct ll_kernel_name *name, struct ll_str head)
{
	return bid_pressure(name, head, false);
}

static int read_host_pressure(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	return read_stalls(kernel, line, "host.pressure.", resource_of(kernel->name.base), "", err);
}

static enum ll_bid bid_nameless_pressure(const struct ll_kernel_name *name, struct ll_str head)
{
	return is_pressure(head) && resource_of(name->base).size == 0 ? LL_BID_SHAPE : LL_BID_NO;
}

const struct ll_kernel_file ll_kernel_cgroup_pressure = {
	.id = "pressure",
	.format = "cgroup",
	.kind = LL_KIND_CGROUP,
	.bid = bid_cgroup_pressure,
	.line = read_cgroup_pressure,
};

const struct ll_kernel_file ll_kernel_host_pressure = {
	.id = "pressure",
	.format = "proc",
	.kind = LL_KIND_HOST,
	.bid = bid_host_pressure,
	.line = read_host_pressure,
};

const struct ll_kernel_file ll_kernel_nameless_pressure = {
	.id = "pressure",
	.format = "proc",
	.bid = bid_nameless_pressure,
	.refusal = "pressure stall information, but of what? call the file memory.pressure (a "
		   "cgroup's) or memory (the machine's)",
};

/* --------------------------------------------------------------- membership */

/* "5:memory:/docker/123", "0::/system.slice/app.service". */
static bool take_membership(struct ll_str line, struct ll_str *ret_controllers,
                            struct ll_str *ret_path)
{
	if (!ll_str_is_digits(ll_str_split(&line, ':')) || !line.data)
		return false;
	*ret_controllers = ll_str_split(&line, ':');
	*ret_path = line;
	return ll_str_starts(line, "/");
}

static enum ll_bid bid_membership(const struct ll_kernel_name *name, struct ll_str head)
{
	struct ll_str controllers, path;

	(void)name;
	return take_membership(ll_kernel_line(&head), &controllers, &path) ? LL_BID_MAGIC
	                                                                   : LL_BID_NO;
}

static int read_membership(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	struct ll_str controllers, path, word;
	bool is_wanted;
	struct ll_buf labels;
	int rc = LL_OK;

	if (!take_membership(line, &controllers, &path))
		return 0;
	is_wanted = controllers.size == 0;
	while ((word = ll_str_split(&controllers, ',')).size > 0)
		is_wanted |= ll_str_equal(word, ll_str("memory"));
	if (!is_wanted)
		return 1;
	ll_buf_init(&labels, LL_BUF_MESSAGE);
	ll_buf_puts(&labels, "{\"path\":");
	ll_json_put_string(&labels, path);
	ll_buf_putc(&labels, '}');
	/* The path inside, not that of the file, says whose cgroup it is. */
	kernel->name.path = path;
	rc = ll_kernel_put(kernel, ll_str("cgroup.path"), ll_buf_str(&labels), 1, err);
	ll_buf_done(&labels);
	return rc < 0 ? rc : 1;
}

const struct ll_kernel_file ll_kernel_cgroup_membership = {
	.id = "membership",
	.format = "cgroup",
	.kind = LL_KIND_CGROUP,
	.bid = bid_membership,
	.line = read_membership,
};

/* ------------------------------------------------------- other controllers */

static enum ll_bid bid_stray(const struct ll_kernel_name *name, struct ll_str head)
{
	static const char *const starts[] = {
		"cpu.stat", "cpu.max", "cpu.weight", "cpu.cfs_",     "cpuacct.",      "cpuset.",
		"io.stat",  "io.max",  "blkio.",     "cgroup.procs", "cgroup.events", "hugetlb."};

	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		if (ll_str_starts(name->base, starts[i]) && has_shape(head))
			return LL_BID_GUESS;
	}
	return LL_BID_NO;
}

const struct ll_kernel_file ll_kernel_cgroup_stray = {
	.id = "other",
	.format = "cgroup",
	.bid = bid_stray,
	.refusal = "a cgroup file of another controller: nothing of memory",
};

/* -------------------------------------------------------------- registration */

static enum ll_bid bid_cgroup(const struct ll_peek *peek)
{
	return ll_kernel_bid(peek, "cgroup");
}

const struct ll_format ll_fmt_cgroup = {
	.id = "cgroup",
	.title = "file of a memory cgroup: memory.current, memory.stat, memory.pressure ...",
	.bid = bid_cgroup,
	.read = ll_kernel_read,
};
