/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_proc.c - what /proc says of a process and of the machine (formats.md 10.1, 10.2): status,
 * stat, statm, limits, meminfo here; smaps and maps in proc_maps.c; pressure in fmt_cgroup.c.
 *
 *   1. All files but statm are known by their content; seven numbers alone need the name.
 *   2. Numbers that every program has get the names of capture.h ("process.rss"), others
 *      "process.<file>.<Key>". kB are made bytes, ticks seconds (100 a second, as Linux shows them
 *      everywhere), pages bytes (statm and stat do not say how large theirs are: smaps does).
 *   3. The name in status and stat has at most 15 bytes; it is the capture's program.
 */
#include "kernel_files.h"

enum {
	TICKS_PER_SECOND = 100,
	COMM_MAX = 64,
	STAT_FIELDS_MIN = 22,
};

struct renamed {
	const char *key, *name;
};

struct comm {
	char text[COMM_MAX]; /* keeps the name until the capture begins */
};

static void set_program(struct ll_kernel *kernel, struct ll_str name)
{
	struct comm *const comm = kernel->state;
	const struct ll_str kept = ll_str_first(name, sizeof comm->text);

	if (kept.size > 0)
		memcpy(comm->text, kept.data, kept.size);
	kernel->program = ll_str_n(comm->text, kept.size);
}

static struct ll_str find_name(const struct renamed *table, size_t count, struct ll_str key,
                               const char *prefix, char room[LL_READING_NAME_MAX])
{
	for (size_t i = 0; i < count; i++) {
		if (ll_str_equal(key, ll_str(table[i].key)))
			return ll_str(table[i].name);
	}
	return ll_reading_name(room, "%s%.*s", prefix, LL_STR_ARG(key));
}

/* ------------------------------------------------------------------- status */

/* Does the text begin with "Key:"? */
static bool begins_with_field(struct ll_str head, const char *key)
{
	return ll_str_skip(&head, key) && ll_str_starts(head, ":");
}

/* Where somebody pasted it, tabs have become blanks. */
static enum ll_bid bid_status(const struct ll_kernel_name *name, struct ll_str head)
{
	head = ll_str_trim(ll_str_first(head, 2048));
	if (!begins_with_field(head, "Name"))
		return LL_BID_NO;
	if (name->is_listed)
		return LL_BID_SHAPE;
	return ll_str_find(head, "\nState:") != SIZE_MAX && ll_str_find(head, "\nPid:") != SIZE_MAX
	               ? LL_BID_MAGIC
	               : LL_BID_NO;
}

/* The lines of status that are about memory and threads. */
static bool is_wanted(struct ll_str key)
{
	return ll_str_starts(key, "Vm") || ll_str_starts(key, "Rss") ||
	       ll_str_equal(key, ll_str("Threads")) || ll_str_equal(key, ll_str("FDSize")) ||
	       ll_str_equal(key, ll_str("Pid")) || ll_str_equal(key, ll_str("HugetlbPages"));
}

static int read_status(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	static const struct renamed names[] = {
		{"VmRSS", LL_READING_RSS},
		{"VmHWM", LL_READING_RSS_PEAK},
		{"VmSize", LL_READING_VIRTUAL},
		{"VmSwap", LL_READING_SWAP},
		{"RssAnon", LL_READING_RSS_ANON},
		{"RssFile", LL_READING_RSS_FILE},
		{"RssShmem", LL_READING_RSS_SHMEM},
		{"Threads", LL_READING_THREADS},
		{"Pid", LL_READING_PID},
	};
	char room[LL_READING_NAME_MAX];
	const size_t colon = ll_str_index(line, ':');
	struct ll_str key;
	double value;
	int rc;

	if (colon == SIZE_MAX)
		return 0;
	if (begins_with_field(line, "Name")) {
		set_program(kernel, ll_str_trim(ll_str_from(line, colon + 1)));
		return 1;
	}
	if (!is_wanted(ll_str_first(line, colon)))
		return 1;
	if (!ll_kernel_field(line, &key, &value))
		return 0;
	/* VmLib of a static program: the kernel takes one size from another without looking. */
	if (value >= 0x1p63)
		return 1;
	key = find_name(names, LL_COUNT(names), key, "process.status.", room);
	rc = ll_kernel_put(kernel, key, ll_str(""), value, err);
	return rc < 0 ? rc : 1;
}

const struct ll_kernel_file ll_kernel_status = {
	.id = "status",
	.format = "proc",
	.kind = LL_KIND_PROCESS,
	.bid = bid_status,
	.state_size = sizeof(struct comm),
	.line = read_status,
	.has_titles = true,
};

/* --------------------------------------------------------------------- stat */

/* "26231 (vim) R 5392 ...": the name may hold blanks and brackets, so the last ')' ends it. */
static bool split_stat(struct ll_str line, struct ll_str *ret_name, struct ll_str *ret_rest)
{
	const size_t open = ll_str_index(line, '('), close = ll_str_rindex(line, ')');

	if (open == SIZE_MAX || close == SIZE_MAX || close < open || open < 2 ||
	    !ll_str_is_digits(ll_str_first(line, open - 1)))
		return false;
	*ret_name = ll_str_n(line.data + open + 1, close - open - 1);
	*ret_rest = ll_str_from(line, close + 1);
	return true;
}

static enum ll_bid bid_stat(const struct ll_kernel_name *name, struct ll_str head)
{
	struct ll_str comm, rest, word;
	size_t words = 2;

	(void)name;
	if (!split_stat(ll_kernel_line(&head), &comm, &rest))
		return LL_BID_NO;
	word = ll_kernel_word(&rest);
	if (word.size != 1 || word.data[0] < 'A' || word.data[0] > 'z')
		return LL_BID_NO;
	for (; (word = ll_kernel_word(&rest)).size > 0; words++) {
		if (!memchr("-0123456789", word.data[0], 11))
			break;
	}
	return words >= STAT_FIELDS_MIN ? LL_BID_SHAPE : LL_BID_NO;
}

static int put_all(struct ll_kernel *kernel, const char *const *names, const double *values,
                   size_t count, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < count; i++)
		rc = ll_kernel_put(kernel, ll_str(names[i]), ll_str(""), values[i], err);
	return rc < 0 ? rc : 1;
}

/* Fields are counted from 1, as proc(5) counts them; the name is 2, the state 3. */
static int read_stat(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	static const char *const names[] = {LL_READING_CPU,        LL_READING_THREADS,
	                                    LL_READING_VIRTUAL,    "process.stat.minflt",
	                                    "process.stat.majflt", "process.stat.starttime",
	                                    LL_READING_PID};
	double fields[25] = {0};
	double values[LL_COUNT(names)];
	struct ll_str name, rest;
	int rc;

	if (kernel->line > 1)
		return 1; /* a file has one line; what people append is not ours */
	if (!split_stat(line, &name, &rest))
		return 0;
	(void)ll_kernel_word(&rest);
	for (size_t i = 4; i < LL_COUNT(fields); i++) {
		if (!ll_str_to_f64(ll_kernel_word(&rest), &fields[i]))
			return 0;
	}
	set_program(kernel, name);
	values[0] = (fields[14] + fields[15]) / TICKS_PER_SECOND;
	values[1] = fields[20];
	values[2] = fields[23];
	values[3] = fields[10];
	values[4] = fields[12];
	values[5] = fields[22] / TICKS_PER_SECOND; /* since boot */
	if (!ll_str_to_f64(ll_kernel_word(&line), &values[6]))
		return 0;
	rc = put_all(kernel, names, values, LL_COUNT(names), err);
	if (rc > 0 && fields[24] >= 0)
		rc = ll_kernel_put_pages(kernel, LL_READING_RSS, (uint64_t)fields[24], err);
	return rc < 0 ? rc : 1;
}

const struct ll_kernel_file ll_kernel_stat = {
	.id = "stat",
	.format = "proc",
	.kind = LL_KIND_PROCESS,
	.bid = bid_stat,
	.state_size = sizeof(struct comm),
	.line = read_stat,
};

/* -------------------------------------------------------------------- statm */

/* Rule 1: "149919 12547 18446744073709551615 19864 0 14531 0". */
static enum ll_bid bid_statm(const struct ll_kernel_name *name, struct ll_str head)
{
	struct ll_str line = ll_kernel_line(&head);
	size_t words = 0;

	for (struct ll_str word; (word = ll_kernel_word(&line)).size > 0; words++) {
		if (!ll_str_is_digits(word))
			return LL_BID_NO;
	}
	if (words != 7 || ll_str_find(name->base, "statm") == SIZE_MAX)
		return LL_BID_NO;
	return LL_BID_SHAPE;
}

static int read_statm(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	static const char *const names[] = {LL_READING_VIRTUAL, LL_READING_RSS};
	uint64_t pages[LL_COUNT(names)];
	int rc = LL_OK;

	for (size_t i = 0; i < LL_COUNT(pages); i++) {
		if (!ll_str_to_u64(ll_kernel_word(&line), &pages[i]))
			return 0;
	}
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(pages); i++)
		rc = ll_kernel_put_pages(kernel, names[i], pages[i], err);
	return rc < 0 ? rc : 1;
}

const struct ll_kernel_file ll_kernel_statm = {
	.id = "statm",
	.format = "proc",
	.kind = LL_KIND_PROCESS,
	.bid = bid_statm,
	.line = read_statm,
};

/* ------------------------------------------------------------------- limits */

static enum ll_bid bid_limits(const struct ll_kernel_name *name, struct ll_str head)
{
	const struct ll_str line = ll_kernel_line(&head);

	/* grep leaves the title out when it looks for a line. */
	if (name->is_listed && ll_str_starts(line, "Max open files "))
		return LL_BID_SHAPE;
	return ll_str_starts(line, "Limit ") && ll_str_find(line, " Soft Limit ") != SIZE_MAX
	               ? LL_BID_MAGIC
	               : LL_BID_NO;
}

/* "Max open files            1024                 4096                 files": the soft limit. */
static int read_limits(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	static const struct renamed names[] = {
		{"Max open files", LL_READING_MAX_FDS},
		{"Max address space", "process.limits.address_space"},
		{"Max data size", "process.limits.data"},
		{"Max resident set", "process.limits.resident"},
		{"Max locked memory", "process.limits.locked"},
		{"Max stack size", "process.limits.stack"},
		{"Max processes", "process.limits.processes"},
	};
	int rc = 1;

	for (size_t i = 0; i < LL_COUNT(names); i++) {
		struct ll_str rest = line;
		struct ll_str soft;
		double value;

		if (!ll_str_skip(&rest, names[i].key) || !ll_str_starts(rest, " "))
			continue;
		soft = ll_kernel_word(&rest);
		if (ll_str_equal(soft, ll_str("unlimited")))
			rc = ll_kernel_put_none(kernel, ll_str(names[i].name), err);
		else if (ll_str_to_f64(soft, &value))
			rc = ll_kernel_put(kernel, ll_str(names[i].name), ll_str(""), value, err);
		else
			return 0;
		return rc < 0 ? rc : 1;
	}
	return ll_str_starts(line, "Limit ") || ll_str_starts(line, "Max ");
}

/* Most lines begin with "Max". */
static bool limits_come_again(const struct ll_kernel *kernel, struct ll_str line)
{
	(void)kernel;
	return ll_str_starts(line, "Limit ");
}

const struct ll_kernel_file ll_kernel_limits = {
	.id = "limits",
	.format = "proc",
	.kind = LL_KIND_PROCESS,
	.bid = bid_limits,
	.line = read_limits,
	.comes_again = limits_come_again,
};

/* ------------------------------------------------------------------ meminfo */

static enum ll_bid bid_meminfo(const struct ll_kernel_name *name, struct ll_str head)
{
	size_t known = 0;

	(void)name;
	for (size_t i = 0; i < 12 && head.size > 0; i++) {
		const struct ll_str line = ll_kernel_line(&head);

		known += ll_str_starts(line, "MemTotal: ") || ll_str_starts(line, "MemFree: ") ||
		         ll_str_starts(line, "MemAvailable: ") ||
		         ll_str_starts(line, "Buffers: ") || ll_str_starts(line, "SwapCached: ");
	}
	return known >= 2 || (name->is_listed && known > 0) ? LL_BID_MAGIC : LL_BID_NO;
}

static int read_meminfo(struct ll_kernel *kernel, struct ll_str line, struct ll_error *err)
{
	char room[LL_READING_NAME_MAX];
	struct ll_str key;
	double value;
	int rc;

	if (!ll_kernel_field(line, &key, &value))
		return 0;
	rc = ll_kernel_put(kernel, ll_reading_name(room, "host.%.*s", LL_STR_ARG(key)), ll_str(""),
	                   value, err);
	return rc < 0 ? rc : 1;
}

const struct ll_kernel_file ll_kernel_meminfo = {
	.id = "meminfo",
	.format = "proc",
	.kind = LL_KIND_HOST,
	.bid = bid_meminfo,
	.line = read_meminfo,
};

/* ------------------------------------------------- known, and not about memory */

static enum ll_bid bid_io(const struct ll_kernel_name *name, struct ll_str head)
{
	(void)name;
	return ll_str_starts(head, "rchar: ") &&
	                       ll_str_find(ll_str_first(head, 256), "\nwchar: ") != SIZE_MAX
	               ? LL_BID_MAGIC
	               : LL_BID_NO;
}

const struct ll_kernel_file ll_kernel_io = {
	.id = "io",
	.format = "proc",
	.bid = bid_io,
	.refusal = "/proc/PID/io: counts what was read and written, nothing of memory",
};

/* "0.02 0.04 0.05 1/497 11947". */
static enum ll_bid bid_loadavg(const struct ll_kernel_name *name, struct ll_str head)
{
	struct ll_str line = ll_kernel_line(&head), running;
	double load;

	(void)name;
	for (size_t i = 0; i < 3; i++) {
		const struct ll_str word = ll_kernel_word(&line);

		if (ll_str_index(word, '.') == SIZE_MAX || !ll_str_to_f64(word, &load))
			return LL_BID_NO;
	}
	running = ll_kernel_word(&line);
	return ll_str_is_digits(ll_str_split(&running, '/')) && ll_str_is_digits(running) &&
	                       ll_str_is_digits(ll_kernel_word(&line)) && line.size == 0
	               ? LL_BID_SHAPE
	               : LL_BID_NO;
}

const struct ll_kernel_file ll_kernel_loadavg = {
	.id = "loadavg",
	.format = "proc",
	.bid = bid_loadavg,
	.refusal = "/proc/loadavg: the load of a machine, nothing of memory",
};

/* "23 45 0:22 / /sys rw,nosuid,nodev shared:6 - sysfs sysfs rw". */
static enum ll_bid bid_mountinfo(const struct ll_kernel_name *name, struct ll_str head)
{
	struct ll_str line = ll_kernel_line(&head), device;

	(void)name;
	if (ll_str_find(line, " - ") == SIZE_MAX || !ll_str_is_digits(ll_kernel_word(&line)) ||
	    !ll_str_is_digits(ll_kernel_word(&line)))
		return LL_BID_NO;
	device = ll_kernel_word(&line);
	return ll_str_is_digits(ll_str_split(&device, ':')) && ll_str_is_digits(device) &&
	                       ll_str_starts(ll_kernel_word(&line), "/")
	               ? LL_BID_SHAPE
	               : LL_BID_NO;
}

const struct ll_kernel_file ll_kernel_mountinfo = {
	.id = "mountinfo",
	.format = "proc",
	.bid = bid_mountinfo,
	.refusal = "/proc/PID/mountinfo: mounted file systems, nothing of memory",
};

/* -------------------------------------------------------------- registration */

static enum ll_bid bid_proc(const struct ll_peek *peek)
{
	return ll_kernel_bid(peek, "proc");
}

const struct ll_format ll_fmt_proc = {
	.id = "proc",
	.title = "file of /proc: status, smaps, maps, limits, meminfo ...",
	.bid = bid_proc,
	.read = ll_kernel_read,
};
