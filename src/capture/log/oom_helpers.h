/* SPDX-License-Identifier: Apache-2.0 */
/* oom_helpers.h - lines of those who end processes for want of memory beside the kernel. */
#ifndef LL_CAPTURE_OOM_HELPERS_H
#define LL_CAPTURE_OOM_HELPERS_H

#include <leakledger/capture.h>

/** What one line tells; views into it. Empty or -1: it does not say. */
struct ll_oom_help {
	const char *source; /* of the kill: "systemd", "systemd-oomd", "earlyoom", "talos" */
	const char *scope;
	struct ll_str unit, cgroup, limiting, process;
	int64_t pid;
};

/** Where in a raw line such a line starts, or SIZE_MAX. */
size_t ll_oom_help_find(struct ll_str raw);
bool ll_oom_help_parse(struct ll_str message, struct ll_oom_help *ret_help);

#endif
