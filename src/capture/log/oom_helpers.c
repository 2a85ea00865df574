/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oom_helpers.c - see oom_helpers.h.
 *
 *     shop.service: A process of this unit has been killed by the OOM killer.        systemd
 *     Killed /user.slice/... due to memory pressure for /user.slice being ...        systemd-oomd
 *     sending SIGTERM to process 4711 uid 1000 "node": badness 1012, VmRSS 3211 MiB  earlyoom
 */
#include "oom_helpers.h"

enum {
	NAME_BYTES = 256, /* of a unit */
};

/* "shop.service: A process of this unit has been killed by the OOM killer." */
static bool parse_systemd(struct ll_str message, struct ll_oom_help *help)
{
	const size_t colon = ll_str_find(message, ": ");

	if (colon == SIZE_MAX || colon > NAME_BYTES ||
	    ll_str_index(ll_str_first(message, colon), ' ') != SIZE_MAX ||
	    ll_str_index(ll_str_first(message, colon), '.') == SIZE_MAX)
		return false;
	help->source = "systemd";
	help->unit = ll_str_first(message, colon);
	message = ll_str_from(message, colon + 2);
	return ll_str_find(message, "killed by the OOM killer") != SIZE_MAX ||
	       ll_str_find(message, "Failed with result 'oom-kill'") != SIZE_MAX ||
	       ll_str_find(message, "Failed with result oom-kill") != SIZE_MAX;
}

/* Where the unit's name starts in a line of systemd's. */
static size_t find_unit(struct ll_str raw)
{
	size_t end = ll_str_find(raw, "killed by the OOM killer");
	struct ll_oom_help help;

	if (end == SIZE_MAX)
		end = ll_str_find(raw, "Failed with result");
	if (end == SIZE_MAX)
		return SIZE_MAX;
	while (end > 1 && (raw.data[end - 1] != ' ' || raw.data[end - 2] != ':'))
		end--;
	end = end > 1 ? end - 2 : 0;
	while (end > 0 && raw.data[end - 1] != ' ')
		end--;
	return parse_systemd(ll_str_from(raw, end), &help) ? end : SIZE_MAX;
}

/* "Killed /user.slice/... due to memory pressure for /user.slice being 63.42% > 60.00% ..." */
static bool parse_oomd(struct ll_str message, struct ll_oom_help *help)
{
	size_t due;

	if (!ll_str_starts(message, "Killed /"))
		return false;
	message = ll_str_from(message, strlen("Killed "));
	due = ll_str_find(message, " due to memory ");
	if (due == SIZE_MAX)
		return false;
	help->source = "systemd-oomd";
	help->scope = "global";
	help->cgroup = ll_str_first(message, due);
	message = ll_str_from(message, due);
	if (ll_str_skip(&message, " due to memory pressure for ")) {
		help->limiting = ll_str_first(message, ll_str_find(message, " being "));
		help->scope = "memcg";
	}
	return true;
}

/* Where the quoted name ends: what follows it may be quoted, too. */
static size_t name_end(struct ll_str text)
{
	const size_t end = ll_str_find(text, "\": ");

	return end != SIZE_MAX ? end : ll_str_rindex(text, '"');
}

/* '4711 uid 1000 "node": badness 1012, VmRSS 3211 MiB' */
static bool parse_process(struct ll_str text, struct ll_oom_help *help)
{
	const size_t open = ll_str_index(text, '"');
	const size_t close = name_end(text);
	uint64_t pid;

	if (ll_str_lead_u64(text, &pid) == 0 || pid > INT32_MAX)
		return false;
	help->source = "earlyoom";
	help->scope = "global";
	help->pid = (int64_t)pid;
	if (open != SIZE_MAX && close > open)
		help->process = ll_str_first(ll_str_from(text, open + 1), close - open - 1);
	return true;
}

/* 'sending SIGTERM to process 4711 uid 1000 "node": ...', also "Sending". */
static bool parse_earlyoom(struct ll_str message, struct ll_oom_help *help)
{
	static const char *const signals[] = {"ending SIGTERM to process ",
	                                      "ending SIGKILL to process "};

	for (size_t i = 0; i < LL_COUNT(signals); i++) {
		const size_t at = ll_str_find(message, signals[i]);

		if (at <= 1)
			return parse_process(ll_str_from(message, at + strlen(signals[i])), help);
	}
	return false;
}

size_t ll_oom_help_find(struct ll_str raw)
{
	static const char *const starts[] = {"sending SIGTERM to process ",
	                                     "sending SIGKILL to process "};
	const size_t killed = ll_str_find(raw, "Killed /");

	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		const size_t at = ll_str_find(raw, starts[i]);

		if (at != SIZE_MAX && ll_str_digits(ll_str_from(raw, at + strlen(starts[i]))) > 0)
			return at;
	}
	if (killed != SIZE_MAX && ll_str_find(raw, " due to memory ") != SIZE_MAX)
		return killed;
	return find_unit(raw);
}

bool ll_oom_help_parse(struct ll_str message, struct ll_oom_help *ret_help)
{
	struct ll_oom_help help = {.scope = "", .pid = -1};

	if (!parse_systemd(message, &help)) {
		help = (struct ll_oom_help){.scope = "", .pid = -1};
		if (!parse_oomd(message, &help) && !parse_earlyoom(message, &help))
			return false;
	}
	*ret_help = help;
	return true;
}
