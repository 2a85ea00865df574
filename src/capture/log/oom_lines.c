/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oom_lines.c - see oom_lines.h.
 *
 * Kernels have changed these lines often, and vendors more so: numbers are looked for by their
 * names, parts may be missing, and the name of a process, which may hold anything, ends at the last
 * ')' before the numbers.
 */
#include "oom_lines.h"

/* "123" at the start of the text; -1 when there is none or it is too large for bytes of KiB. */
static int64_t lead_number(struct ll_str text)
{
	uint64_t value;

	if (ll_str_lead_u64(text, &value) == 0 || value > INT64_MAX >> 11)
		return -1;
	return (int64_t)value;
}

/*
 * The number behind "total-vm:", in bytes: "kB" are KiB; without a unit it is bytes. What the end
 * of the line cut off may have been digits, too: no number.
 */
static int64_t amount(struct ll_str line, const char *key)
{
	const size_t at = ll_str_find(line, key);
	struct ll_str text = ll_str_from(line, at == SIZE_MAX ? line.size : at + strlen(key));
	const int64_t value = lead_number(text);

	text = ll_str_from(text, ll_str_digits(text));
	if (value < 0 || text.size == 0)
		return -1;
	if (ll_str_starts(text, "kB"))
		return value << 10;
	return ll_str_starts(text, "k") ? -1 : value;
}

static const char *scope_of(struct ll_str message)
{
	if (ll_str_find(message, "emory cgroup out of memory") != SIZE_MAX)
		return "memcg";
	if (ll_str_find(message, "ut of memory") != SIZE_MAX ||
	    ll_str_find(message, "ut of Memory") != SIZE_MAX)
		return "global";
	return "";
}

/* "123 (name)", of RHEL 6 "123, UID 0, (name)"; the name ends at the last ')' before `end`. */
static bool read_process(struct ll_str text, size_t end, struct ll_oom_killed *killed)
{
	const size_t open = ll_str_index(text, '(');
	const size_t digits = ll_str_digits(text);
	size_t close;

	killed->pid = lead_number(text);
	text = ll_str_first(text, end);
	close = ll_str_rindex(text, ')');
	if (killed->pid < 0 || open == SIZE_MAX || close == SIZE_MAX || close < open)
		return false;
	if (open > digits + 1 && !ll_str_starts(ll_str_from(text, digits), ", UID "))
		return false;
	killed->process = ll_str_first(ll_str_from(text, open + 1), close - open - 1);
	return true;
}

bool ll_oom_killed_parse(struct ll_str line, struct ll_oom_killed *ret_killed)
{
	static const char words[] = "Killed process ";
	const size_t at = ll_str_find(line, words);
	struct ll_oom_killed killed = {0};
	struct ll_str text;
	size_t end;

	if (at == SIZE_MAX)
		return false;
	text = ll_str_from(line, at + strlen(words));
	end = ll_str_find(text, "total-vm:");
	if (end == SIZE_MAX)
		end = ll_str_find(text, "vsz:"); /* 2.6 */
	if (end == SIZE_MAX)
		end = ll_str_find(text, "anon-rss:"); /* who copied it left the rest out */
	killed.scope = scope_of(ll_str_first(line, at));
	if (end == SIZE_MAX && killed.scope[0] == '\0')
		return false; /* anybody may have written that */
	if (!read_process(text, end, &killed))
		return false;
	text = ll_str_from(text, end == SIZE_MAX ? text.size : end);
	killed.total_vm = amount(text, "total-vm:");
	if (killed.total_vm < 0)
		killed.total_vm = amount(text, "vsz:");
	killed.anon_rss = amount(text, "anon-rss:");
	killed.file_rss = amount(text, "file-rss:");
	killed.shmem_rss = amount(text, "shmem-rss:");
	killed.page_tables = amount(text, "pgtables:");
	*ret_killed = killed;
	return true;
}

bool ll_oom_killed_bare_parse(struct ll_str line, struct ll_oom_killed *ret_killed)
{
	struct ll_oom_killed killed = {
		.scope = "",
		.total_vm = -1,
		.anon_rss = -1,
		.file_rss = -1,
		.shmem_rss = -1,
		.page_tables = -1,
	};

	line = ll_str_trim(line);
	if (ll_str_ends(line, "."))
		line.size--;
	if (!ll_str_skip(&line, "Killed process ") || !ll_str_ends(line, ")") ||
	    !read_process(line, line.size, &killed))
		return false;
	*ret_killed = killed;
	return true;
}

bool ll_oom_chosen_parse(struct ll_str line, struct ll_oom_killed *ret_chosen)
{
	static const char words[] = "ill process "; /* of 2.6.24 without the capital */
	const size_t at = ll_str_find(line, words);
	struct ll_oom_killed chosen = {
		.total_vm = -1,
		.anon_rss = -1,
		.file_rss = -1,
		.shmem_rss = -1,
		.page_tables = -1,
	};
	struct ll_str text;
	size_t end;

	if (at == SIZE_MAX)
		return false;
	text = ll_str_from(line, at + strlen(words));
	end = ll_str_find(text, ") score ");
	chosen.scope = scope_of(ll_str_first(line, at));
	if (end == SIZE_MAX || !read_process(text, end + 1, &chosen))
		return false;
	*ret_chosen = chosen;
	return true;
}

/* The value of ",key=", up to the next comma. */
static struct ll_str value_of(struct ll_str line, const char *key)
{
	const size_t at = ll_str_find(line, key);
	const struct ll_str text = ll_str_from(line, at == SIZE_MAX ? line.size : at + strlen(key));

	return ll_str_first(text, ll_str_index(text, ','));
}

bool ll_oom_constraint_parse(struct ll_str line, struct ll_oom_constraint *ret_constraint)
{
	const size_t at = ll_str_find(line, "oom-kill:constraint=");
	struct ll_oom_constraint constraint = {0};
	size_t task, pid;

	if (at == SIZE_MAX)
		return false;
	line = ll_str_from(line, at);
	constraint.limiting = value_of(line, ",oom_memcg=");
	constraint.scope =
		constraint.limiting.size > 0 || ll_str_starts(line, "oom-kill:constraint="
	                                                            "CONSTRAINT_MEMCG")
			? "memcg"
			: "global";
	constraint.cgroup = value_of(line, ",task_memcg=");
	constraint.pid = lead_number(value_of(line, ",pid="));
	/* A name may hold commas; what follows it is known. */
	task = ll_str_find(line, ",task=");
	pid = ll_str_find(line, ",pid=");
	if (task != SIZE_MAX && pid != SIZE_MAX && pid > task + 6)
		constraint.process = ll_str_first(ll_str_from(line, task + 6), pid - task - 6);
	*ret_constraint = constraint;
	return true;
}

bool ll_oom_task_in_parse(struct ll_str line, struct ll_str *ret_cgroup,
                          struct ll_str *ret_limiting)
{
	static const char words[] = " killed as a result of limit of ";
	size_t middle;

	if (!ll_str_skip(&line, "Task in ") || !ll_str_starts(line, "/"))
		return false;
	middle = ll_str_find(line, words);
	if (middle == SIZE_MAX)
		return false;
	*ret_cgroup = ll_str_first(line, middle);
	*ret_limiting = ll_str_trim(ll_str_from(line, middle + strlen(words)));
	return true;
}

bool ll_oom_usage_parse(struct ll_str line, const char *what, int64_t *ret_usage,
                        int64_t *ret_limit)
{
	if (!ll_str_skip(&line, what) || !ll_str_skip(&line, ": usage "))
		return false;
	*ret_usage = amount(line, "");
	*ret_limit = amount(line, ", limit ");
	return *ret_usage >= 0;
}

/* ------------------------------------------------------------------------ tasks */

static enum ll_oom_column column_of(struct ll_str name)
{
	static const struct {
		const char *name;
		enum ll_oom_column column;
	} columns[] = {
		{"uid", LL_OOM_UID},
		{"total_vm", LL_OOM_TOTAL_VM},
		{"rss", LL_OOM_RSS},
		{"rss_anon", LL_OOM_RSS_ANON},
		{"rss_file", LL_OOM_RSS_FILE},
		{"rss_shmem", LL_OOM_RSS_SHMEM},
		{"nr_ptes", LL_OOM_TABLE_PAGES},
		{"nr_pmds", LL_OOM_TABLE_PAGES},
		{"nr_puds", LL_OOM_TABLE_PAGES},
		{"pgtables_bytes", LL_OOM_TABLE_BYTES},
		{"swapents", LL_OOM_SWAP},
		{"oom_score_adj", LL_OOM_ADJ},
	};

	for (size_t i = 0; i < LL_COUNT(columns); i++) {
		if (ll_str_equal(name, ll_str(columns[i].name)))
			return columns[i].column;
	}
	return LL_OOM_OTHER;
}

static struct ll_str next_word(struct ll_str *rest)
{
	struct ll_str word;
	size_t size;

	while (ll_str_skip(rest, " "))
		;
	size = ll_str_index(*rest, ' ');
	word = ll_str_first(*rest, size);
	*rest = ll_str_from(*rest, word.size);
	return word;
}

bool ll_oom_columns_parse(struct ll_str line, struct ll_oom_columns *ret_columns)
{
	struct ll_oom_columns columns = {.count = 0};
	const size_t end = ll_str_index(line, ']');
	struct ll_str word;

	if (!ll_str_starts(line, "[") || end == SIZE_MAX ||
	    !ll_str_equal(ll_str_trim(ll_str_first(ll_str_from(line, 1), end - 1)), ll_str("pid")))
		return false;
	line = ll_str_from(line, end + 1);
	while ((word = next_word(&line)).size > 0) {
		if (ll_str_equal(word, ll_str("name"))) {
			*ret_columns = columns;
			return true;
		}
		if (columns.count == LL_OOM_COLUMNS_MAX)
			return false;
		columns.items[columns.count++] = column_of(word);
	}
	return false;
}

static void set_cell(struct ll_task *task, enum ll_oom_column column, int64_t value)
{
	switch (column) {
	case LL_OOM_UID: task->uid = value; break;
	case LL_OOM_TOTAL_VM: task->total_vm = value; break;
	case LL_OOM_RSS: task->rss = value; break;
	case LL_OOM_RSS_ANON: task->rss_anon = value; break;
	case LL_OOM_RSS_FILE: task->rss_file = value; break;
	case LL_OOM_RSS_SHMEM: task->rss_shmem = value; break;
	case LL_OOM_TABLE_PAGES:
		task->page_tables = (task->page_tables < 0 ? 0 : task->page_tables) + value;
		break;
	case LL_OOM_TABLE_BYTES: task->page_tables = value; break;
	case LL_OOM_SWAP: task->swap = value; break;
	case LL_OOM_ADJ: task->oom_score_adj = value; break;
	case LL_OOM_OTHER: break;
	}
}

bool ll_oom_row_parse(struct ll_str line, const struct ll_oom_columns *columns,
                      struct ll_task *ret_task, bool *ret_has_table_bytes)
{
	struct ll_task task = {
		.uid = -1,
		.total_vm = -1,
		.rss = -1,
		.rss_anon = -1,
		.rss_file = -1,
		.rss_shmem = -1,
		.page_tables = -1,
		.swap = -1,
	};
	const size_t end = ll_str_index(line, ']');
	bool has_table_bytes = false;

	if (columns->count == 0 || !ll_str_starts(line, "[") || end == SIZE_MAX)
		return false;
	task.pid = lead_number(ll_str_trim(ll_str_first(ll_str_from(line, 1), end - 1)));
	if (task.pid < 0)
		return false;
	line = ll_str_from(line, end + 1);
	for (size_t i = 0; i < columns->count; i++) {
		int64_t value;

		/* Pages are multiplied by at most 64 KiB later. */
		if (!ll_str_to_i64(next_word(&line), &value) || value > INT64_MAX >> 17 ||
		    value < -1000)
			return false;
		has_table_bytes |= columns->items[i] == LL_OOM_TABLE_BYTES;
		set_cell(&task, columns->items[i], value);
	}
	task.name = ll_str_trim(line);
	*ret_task = task;
	*ret_has_table_bytes = has_table_bytes;
	return true;
}

int64_t ll_oom_page_size(struct ll_str line)
{
	const size_t colon = ll_str_index(line, ':');
	struct ll_str text = ll_str_from(line, colon == SIZE_MAX ? line.size : colon + 2);
	int64_t size;

	if (!ll_str_starts(line, "Node ") || ll_str_digits(text) == 0)
		return 0;
	text = ll_str_from(text, ll_str_digits(text));
	if (!ll_str_skip(&text, "*"))
		return 0;
	size = amount(text, "");
	return size == 4096 || size == 16384 || size == 65536 ? size : 0;
}
