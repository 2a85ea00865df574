/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oom_told.h - the last kills that the kernel told of, in a log.
 *
 * The kernel and systemd write as different programs, whose lines have readers of their own, and
 * both tell of the same kill: the kernel with its sizes, systemd by the name of the unit. The
 * readers of a log share one of these.
 */
#ifndef LL_CAPTURE_OOM_TOLD_H
#define LL_CAPTURE_OOM_TOLD_H

#include <leakledger/str.h>

enum {
	LL_OOM_TOLD_MAX = 16,
	LL_OOM_TOLD_PATH = 512,
	LL_OOM_TOLD_HOST = 64,
};

struct ll_oom_told {
	struct {
		char path[LL_OOM_TOLD_PATH]; /* of the cgroup, NUL behind it */
		char host[LL_OOM_TOLD_HOST];
		int64_t time_ns;
	} items[LL_OOM_TOLD_MAX];
	size_t next;
};

/** A kill of a process in this cgroup, whose path may be empty: then nobody is told of it. */
void ll_oom_told_add(struct ll_oom_told *told, struct ll_str host, struct ll_str cgroup,
                     int64_t time_ns);

/** Was a process below this unit killed on this host, within a minute before? */
bool ll_oom_told_has(const struct ll_oom_told *told, struct ll_str host, struct ll_str unit,
                     int64_t time_ns);

#endif
