/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oom_context.h - what the kernel wrote before it killed: whose limit was met, and by how much, who
 * was alive, what was chosen.
 */
#ifndef LL_CAPTURE_OOM_CONTEXT_H
#define LL_CAPTURE_OOM_CONTEXT_H

#include "line_format.h"
#include "oom_lines.h"

#include <leakledger/arena.h>

enum {
	LL_OOM_STATS_MAX = 96, /* lines of memory.stat that are kept */
};

struct ll_oom_stat {
	struct ll_str name; /* of a reading: "cgroup.memory.stat.anon" */
	int64_t value;
};

/** Texts are in the arena. */
struct ll_oom_context {
	bool is_open;
	bool is_used;     /* a kill was told with it */
	bool is_group;    /* a whole cgroup is being killed */
	bool has_invoked; /* the kernel was out of memory: a kill must follow */
	bool is_named;    /* `victim` is known, from the line about the constraint */
	struct ll_oom_killed victim;
	size_t age; /* lines since its last one */
	int64_t time_ns, uptime_ns;
	const char *scope;
	struct ll_str cgroup, limiting, text;
	int64_t pid, chosen_pid;
	int64_t usage, limit, page_size;
	bool is_in_stats;
	struct ll_oom_stat stats[LL_OOM_STATS_MAX];
	size_t stat_count;
	struct ll_oom_columns columns;
	bool has_table_bytes;
	struct ll_task *tasks; /* sizes in pages */
	size_t task_count, task_capacity, tasks_lost;
	struct ll_oom_killed chosen; /* of two lines, the first */
	bool has_chosen;
	struct ll_arena arena;
};

/** Begins with cleared memory, too. */
void ll_oom_context_clear(struct ll_oom_context *context);
void ll_oom_context_done(struct ll_oom_context *context);

/** Notes that a line belongs to the context, and when it was. */
void ll_oom_context_touch(struct ll_oom_context *context, const struct ll_log_line *line);
struct ll_str ll_oom_context_keep(struct ll_oom_context *context, struct ll_str text);
void ll_oom_context_set_constraint(struct ll_oom_context *context,
                                   const struct ll_oom_constraint *constraint, struct ll_str text);
void ll_oom_context_set_chosen(struct ll_oom_context *context, const struct ll_oom_killed *chosen,
                               struct ll_str text);
/** Which cgroup met which limit, of "Task in ... killed as a result of limit of ...". */
void ll_oom_context_set_cgroups(struct ll_oom_context *context, struct ll_str cgroup,
                                struct ll_str limiting);
/** Reads a line that only means something behind "invoked oom-killer". False when it is none. */
bool ll_oom_context_detail(struct ll_oom_context *context, struct ll_str message);

/** Is the context about this process? */
bool ll_oom_context_fits(const struct ll_oom_context *context, const struct ll_oom_killed *killed,
                         const struct ll_log_line *line);
/** Too old for what may still come. */
bool ll_oom_context_is_over(const struct ll_oom_context *context, const struct ll_log_line *line);
int64_t ll_oom_context_page_size(const struct ll_oom_context *context,
                                 const struct ll_oom_killed *killed);
/** A row of the table, in bytes. */
struct ll_task ll_oom_context_task(const struct ll_oom_context *context, size_t index,
                                   int64_t page_size);

#endif
