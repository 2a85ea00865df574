/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oom_lines.h - single lines that the kernel writes when it kills for want of memory (formats.md
 * section 9), taken apart. All views point into the line. Sizes are bytes, -1 where there is none.
 */
#ifndef LL_CAPTURE_OOM_LINES_H
#define LL_CAPTURE_OOM_LINES_H

#include <leakledger/capture.h>

/** "Memory cgroup out of memory: Killed process 22609 (node) total-vm:9923620kB, anon-rss:..." */
struct ll_oom_killed {
	int64_t pid;
	struct ll_str process;
	const char *scope; /* "memcg", "global", or "" when the line does not say */
	int64_t total_vm, anon_rss, file_rss, shmem_rss, page_tables;
};
bool ll_oom_killed_parse(struct ll_str line, struct ll_oom_killed *ret_killed);

/**
 * "Killed process 1234 (cart)" and nothing else, of Linux 2.6: anybody may have written that, but
 * for what stands before it. Sizes are -1.
 */
bool ll_oom_killed_bare_parse(struct ll_str line, struct ll_oom_killed *ret_killed);

/**
 * "Out of memory: Kill process 6576 (mysqld) score 812 or sacrifice child": what was chosen; a
 * child of it may be what was killed. Sizes are -1.
 */
bool ll_oom_chosen_parse(struct ll_str line, struct ll_oom_killed *ret_chosen);

/** "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=...,oom_memcg=/p,..." */
struct ll_oom_constraint {
	const char *scope;
	struct ll_str limiting, cgroup, process;
	int64_t pid;
};
bool ll_oom_constraint_parse(struct ll_str line, struct ll_oom_constraint *ret_constraint);

/** "Task in /a killed as a result of limit of /b", before Linux 5.0. */
bool ll_oom_task_in_parse(struct ll_str line, struct ll_str *ret_cgroup,
                          struct ll_str *ret_limiting);

/** "memory: usage 980kB, limit 980kB, failcnt 4152239"; *ret_limit is -1 for no limit. */
bool ll_oom_usage_parse(struct ll_str line, const char *what, int64_t *ret_usage,
                        int64_t *ret_limit);

/** Columns of the table of tasks, in their order. */
enum ll_oom_column {
	LL_OOM_OTHER,
	LL_OOM_UID,
	LL_OOM_TOTAL_VM,
	LL_OOM_RSS,
	LL_OOM_RSS_ANON,
	LL_OOM_RSS_FILE,
	LL_OOM_RSS_SHMEM,
	LL_OOM_TABLE_PAGES, /* nr_ptes, nr_pmds, nr_puds: add up */
	LL_OOM_TABLE_BYTES,
	LL_OOM_SWAP,
	LL_OOM_ADJ,
};
enum {
	LL_OOM_COLUMNS_MAX = 16,
};
struct ll_oom_columns {
	enum ll_oom_column items[LL_OOM_COLUMNS_MAX]; /* between pid and name */
	size_t count;
};
/** "[  pid  ]   uid  tgid total_vm ... oom_score_adj name" */
bool ll_oom_columns_parse(struct ll_str line, struct ll_oom_columns *ret_columns);
/**
 * A row of that table. Sizes are pages still, but for page_tables where the kernel counts bytes
 * (*ret_has_table_bytes).
 */
bool ll_oom_row_parse(struct ll_str line, const struct ll_oom_columns *columns,
                      struct ll_task *ret_task, bool *ret_has_table_bytes);

/** The smallest block in "Node 0 DMA: 1*4kB (U) 0*8kB ...": a page, in bytes; or 0. */
int64_t ll_oom_page_size(struct ll_str line);

#endif
