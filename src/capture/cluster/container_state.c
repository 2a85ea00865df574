/* SPDX-License-Identifier: Apache-2.0 */
/* container_state.c - see container_state.h. */
#include "container_state.h"

struct ll_str ll_container_service(struct ll_str name)
{
	const size_t hyphen = ll_str_rindex(name, '-');
	const size_t at = hyphen != SIZE_MAX ? hyphen : ll_str_rindex(name, '_');

	return at != SIZE_MAX && at > 0 && ll_str_is_digits(ll_str_from(name, at + 1))
	               ? ll_str_first(name, at)
	               : name;
}

struct ll_kill ll_container_kill(const char *source)
{
	return (struct ll_kill){
		.time_ns = LL_TIME_NONE,
		.source = source,
		.scope = "",
		.pid = -1,
		.total_vm = -1,
		.anon_rss = -1,
		.file_rss = -1,
		.shmem_rss = -1,
		.page_tables = -1,
		.swap = -1,
		.usage = -1,
		.limit = -1,
		.exit_code = -1,
		.restarts = -1,
		.started_ns = LL_TIME_NONE,
	};
}
