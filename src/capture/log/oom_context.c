/* SPDX-License-Identifier: Apache-2.0 */
/* oom_context.c - see oom_context.h; the numbers of rules are those of fmt_oom.c. */
#include "oom_context.h"

enum {
	TASKS_MAX = 16384, /* rows of one table that are kept */
	CONTEXT_LINES = 600,
	LINE_BYTES = 4096,
};

#define CONTEXT_NS (5 * LL_NS_PER_S)

void ll_oom_context_clear(struct ll_oom_context *context)
{
	struct ll_task *const tasks = context->tasks;
	const size_t capacity = context->task_capacity;
	struct ll_arena arena = context->arena;

	ll_arena_clear(&arena);
	*context = (struct ll_oom_context){
		.tasks = tasks,
		.task_capacity = capacity,
		.arena = arena,
		.scope = "",
		.pid = -1,
		.chosen_pid = -1,
		.usage = -1,
		.limit = -1,
		.time_ns = LL_TIME_NONE,
		.uptime_ns = -1,
	};
}

void ll_oom_context_touch(struct ll_oom_context *context, const struct ll_log_line *line)
{
	context->is_open = true;
	context->age = 0;
	if (line->time_ns != LL_TIME_NONE)
		context->time_ns = line->time_ns;
	if (line->uptime_ns >= 0)
		context->uptime_ns = line->uptime_ns;
}

struct ll_str ll_oom_context_keep(struct ll_oom_context *context, struct ll_str text)
{
	return ll_arena_str(&context->arena, ll_str_first(text, LINE_BYTES));
}

static void add_task(struct ll_oom_context *context, const struct ll_task *task)
{
	if (context->task_count == TASKS_MAX) {
		context->tasks_lost++;
		return;
	}
	if (context->task_count == context->task_capacity) {
		context->task_capacity = context->task_capacity * 2 + 64;
		context->tasks =
			ll_realloc(context->tasks, context->task_capacity, sizeof *context->tasks);
	}
	context->tasks[context->task_count] = *task;
	context->tasks[context->task_count++].name = ll_oom_context_keep(context, task->name);
}

static void add_stat(struct ll_oom_context *context, const char *prefix, struct ll_str key,
                     int64_t value)
{
	if (context->stat_count == LL_OOM_STATS_MAX)
		return;
	context->stats[context->stat_count++] = (struct ll_oom_stat){
		.name = ll_str(ll_arena_printf(&context->arena, "%s%.*s", prefix,
	                                       (int)(key.size < 64 ? key.size : 64), key.data)),
		.value = value,
	};
}

/* "anon 4112384" of version 2, in bytes; false behind the last one. */
static bool read_stat(struct ll_oom_context *context, struct ll_str line)
{
	const struct ll_str key = ll_str_split(&line, ' ');
	int64_t value;

	for (size_t i = 0; i < key.size; i++) {
		if (!memchr("abcdefghijklmnopqrstuvwxyz_0123456789", key.data[i], 37))
			return false;
	}
	if (key.size == 0 || !ll_str_to_i64(line, &value))
		return false;
	add_stat(context, "cgroup.memory.stat.", key, value);
	return true;
}

/* "Memory cgroup stats for /p: cache:4KB rss:123KB ..." of version 1, all in one line. */
static void read_stats(struct ll_oom_context *context, struct ll_str line)
{
	struct ll_str rest = ll_str_from(line, ll_str_find(line, ": ") + 1);

	context->is_in_stats = ll_str_ends(line, ":");
	while (!context->is_in_stats && rest.size > 0) {
		struct ll_str word = ll_str_split(&rest, ' ');
		const struct ll_str key = ll_str_split(&word, ':');
		uint64_t value;

		/* Where a terminal wrapped the line, the last number may not be all there. */
		if (ll_str_ends(word, "KB") && ll_str_lead_u64(word, &value) > 0 &&
		    value < INT64_MAX >> 11)
			add_stat(context, "cgroup.memory.stat.", key, (int64_t)value << 10);
	}
}

/* The first cgroup whose statistics are told is the one that met its limit. */
static void name_limiting(struct ll_oom_context *context, struct ll_str message)
{
	const struct ll_str path = ll_str_from(message, strlen("Memory cgroup stats for "));
	size_t end = ll_str_find(path, ": ");

	if (end == SIZE_MAX && ll_str_ends(path, ":"))
		end = path.size - 1;
	if (context->limiting.size == 0 && end != SIZE_MAX)
		context->limiting = ll_oom_context_keep(context, ll_str_first(path, end));
}

void ll_oom_context_set_constraint(struct ll_oom_context *context,
                                   const struct ll_oom_constraint *constraint, struct ll_str text)
{
	if (context->is_used) /* without its header, which was dropped */
		ll_oom_context_clear(context);
	context->is_named = constraint->pid >= 0 && constraint->process.size > 0;
	if (context->is_named) {
		context->text = ll_oom_context_keep(context, text);
		context->victim = (struct ll_oom_killed){
			.pid = constraint->pid,
			.process = ll_oom_context_keep(context, constraint->process),
			.scope = constraint->scope,
			.total_vm = -1,
			.anon_rss = -1,
			.file_rss = -1,
			.shmem_rss = -1,
			.page_tables = -1,
		};
	}
	context->scope = constraint->scope;
	context->cgroup = ll_oom_context_keep(context, constraint->cgroup);
	context->limiting = ll_oom_context_keep(context, constraint->limiting);
	context->pid = constraint->pid;
}

void ll_oom_context_set_chosen(struct ll_oom_context *context, const struct ll_oom_killed *chosen,
                               struct ll_str text)
{
	if (context->is_used)
		ll_oom_context_clear(context);
	context->text = ll_oom_context_keep(context, text);
	context->chosen = *chosen;
	context->chosen.process = ll_oom_context_keep(context, chosen->process);
	context->chosen_pid = chosen->pid;
	context->has_chosen = true;
}

void ll_oom_context_set_cgroups(struct ll_oom_context *context, struct ll_str cgroup,
                                struct ll_str limiting)
{
	if (context->is_used)
		ll_oom_context_clear(context);
	context->scope = "memcg";
	context->cgroup = ll_oom_context_keep(context, cgroup);
	context->limiting = ll_oom_context_keep(context, limiting);
	context->has_invoked = true;
}

/* Lines that only mean something behind "invoked oom-killer". True when it was one. */
bool ll_oom_context_detail(struct ll_oom_context *context, struct ll_str message)
{
	struct ll_task task;
	bool has_table_bytes;
	int64_t usage, limit;

	if (context->is_in_stats) {
		context->is_in_stats = read_stat(context, message);
		if (context->is_in_stats)
			return true;
	}
	if (ll_oom_usage_parse(message, "memory", &context->usage, &context->limit))
		return true;
	if (ll_oom_usage_parse(message, "swap", &usage, &limit)) {
		add_stat(context, "cgroup.memory.swap.", ll_str("current"), usage);
		return true;
	}
	if (ll_str_starts(message, "Memory cgroup stats for ")) {
		name_limiting(context, message);
		read_stats(context, message);
		return true;
	}
	if (ll_oom_columns_parse(message, &context->columns))
		return true;
	if (ll_oom_row_parse(message, &context->columns, &task, &has_table_bytes)) {
		context->has_table_bytes = has_table_bytes;
		add_task(context, &task);
		return true;
	}
	if (context->page_size == 0)
		context->page_size = ll_oom_page_size(message);
	return false;
}

int64_t ll_oom_context_page_size(const struct ll_oom_context *context,
                                 const struct ll_oom_killed *killed)
{
	for (size_t i = 0; i < context->task_count; i++) {
		const struct ll_task *const task = &context->tasks[i];

		if (task->pid != killed->pid || task->total_vm <= 0 || killed->total_vm <= 0)
			continue;
		for (int64_t size = 4096; size <= 65536; size *= 4) {
			if (task->total_vm * size == killed->total_vm)
				return size;
		}
	}
	return context->page_size > 0 ? context->page_size : 4096;
}

static int64_t in_bytes(int64_t pages, int64_t page_size)
{
	return pages < 0 ? -1 : pages * page_size;
}

struct ll_task ll_oom_context_task(const struct ll_oom_context *context, size_t index,
                                   int64_t page_size)
{
	struct ll_task task = context->tasks[index];

	task.total_vm = in_bytes(task.total_vm, page_size);
	task.rss = in_bytes(task.rss, page_size);
	task.rss_anon = in_bytes(task.rss_anon, page_size);
	task.rss_file = in_bytes(task.rss_file, page_size);
	task.rss_shmem = in_bytes(task.rss_shmem, page_size);
	task.swap = in_bytes(task.swap, page_size);
	if (!context->has_table_bytes)
		task.page_tables = in_bytes(task.page_tables, page_size);
	return task;
}

void ll_oom_context_done(struct ll_oom_context *context)
{
	free(context->tasks);
	ll_arena_done(&context->arena);
}

bool ll_oom_context_is_over(const struct ll_oom_context *context, const struct ll_log_line *line)
{
	return context->age > CONTEXT_LINES ||
	       ll_log_line_is_far(line, context->time_ns, context->uptime_ns, CONTEXT_NS);
}

/* Rule 1. */
bool ll_oom_context_fits(const struct ll_oom_context *context, const struct ll_oom_killed *killed,
                         const struct ll_log_line *line)
{
	if (!context->is_open || (context->is_used && !context->is_group) ||
	    ll_log_line_is_far(line, context->time_ns, context->uptime_ns, CONTEXT_NS))
		return false;
	return context->is_group || context->pid < 0 || context->pid == killed->pid ||
	       context->pid == context->chosen_pid;
}
