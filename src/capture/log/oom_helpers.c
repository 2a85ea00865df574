/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oom_helpers.c - see oom_helpers.h.
 *
 *     shop.service: A process of this unit has been killed by the OOM killer.        systemd
 *     shop.service: systemd-oomd killed 2 process(es) in this unit.                  systemd
 *     Killed /user.slice/... due to memory pressure for /user.slice being ...        systemd-oomd
 *     Marked /shop.slice/... for killing due to memory pressure for /shop.slice ...  since 258
 *     sending SIGTERM to process 4711 uid 1000 "node": badness 1012, VmRSS 3211 MiB  earlyoom
 *     killing process 4711 "node" with signal 15: badness 550, VmRSS 3211 MiB        before 1.3
 *     Killing process 'node' with signal 15, pid: 4711, badness: 538, VmRSS: ...     before 1.2
 *     Sending SIGKILL to cgroup {..., "cgroup": "/sys/fs/cgroup/kubepods/..."}       Talos
 *     System OOM encountered, victim process: node, pid: 4711                        kubelet
 *     pid 4711 (node), jid 0, uid 1001, was killed: failed to reclaim memory         FreeBSD
 */
#include "oom_helpers.h"

enum {
	NAME_BYTES = 256, /* of a unit */
};

/*
 * "shop.service: A process of this unit has been killed by the OOM killer." The same of a slice
 * only says that one was killed somewhere below it, which has a line of its own.
 */
static bool parse_systemd(struct ll_str message, struct ll_oom_help *help)
{
	const size_t colon = ll_str_find(message, ": ");

	if (colon == SIZE_MAX || colon > NAME_BYTES ||
	    ll_str_index(ll_str_first(message, colon), ' ') != SIZE_MAX ||
	    ll_str_index(ll_str_first(message, colon), '.') == SIZE_MAX ||
	    ll_str_ends(ll_str_first(message, colon), ".slice"))
		return false;
	help->source = "systemd";
	help->unit = ll_str_first(message, colon);
	message = ll_str_from(message, colon + 2);
	if (ll_str_starts(message, "systemd-oomd killed ")) {
		help->source = "systemd-oomd";
		return true;
	}
	return ll_str_find(message, "killed by the OOM killer") != SIZE_MAX ||
	       ll_str_find(message, "Failed with result 'oom-kill'") != SIZE_MAX ||
	       ll_str_find(message, "Failed with result oom-kill") != SIZE_MAX;
}

/* Where the unit's name starts in a line of systemd's. */
static size_t find_unit(struct ll_str raw)
{
	static const char *const words[] = {"killed by the OOM killer", "Failed with result",
	                                    "systemd-oomd killed "};
	size_t end = SIZE_MAX;
	struct ll_oom_help help;

	for (size_t i = 0; end == SIZE_MAX && i < LL_COUNT(words); i++)
		end = ll_str_find(raw, words[i]);
	if (end == SIZE_MAX)
		return SIZE_MAX;
	while (end > 1 && (raw.data[end - 1] != ' ' || raw.data[end - 2] != ':'))
		end--;
	end = end > 1 ? end - 2 : 0;
	while (end > 0 && raw.data[end - 1] != ' ')
		end--;
	return parse_systemd(ll_str_from(raw, end), &help) ? end : SIZE_MAX;
}

/*
 * "Killed /user.slice/... due to memory pressure for /user.slice being 63.42% > 60.00% ..."; newer
 * ones mark what they kill: "Marked /shop.slice/... for killing due to memory pressure for ...".
 */
static bool parse_oomd(struct ll_str message, struct ll_oom_help *help)
{
	const char *words = " due to memory ";
	size_t due;

	if (ll_str_starts(message, "Marked /"))
		words = " for killing due to memory ";
	else if (!ll_str_starts(message, "Killed /"))
		return false;
	message = ll_str_from(message, strlen("Killed "));
	due = ll_str_find(message, words);
	if (due == SIZE_MAX)
		return false;
	help->source = "systemd-oomd";
	help->scope = "global";
	help->cgroup = ll_str_first(message, due);
	message = ll_str_from(message, due + strlen(words));
	if (ll_str_skip(&message, "pressure for ")) {
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

/* "node' with signal 15, pid: 4711, badness: 538, VmRSS: 3160 MiB", before earlyoom 1.2. */
static bool parse_name_first(struct ll_str text, struct ll_oom_help *help)
{
	const size_t end = ll_str_find(text, "' with signal ");
	const size_t pid = ll_str_find(text, ", pid: ");

	if (end == SIZE_MAX || pid == SIZE_MAX || pid < end ||
	    !parse_process(ll_str_from(text, pid + 7), help))
		return false;
	help->process = ll_str_first(text, end);
	return true;
}

/* 'sending SIGTERM to process 4711 uid 1000 "node": ...', also "Sending"; and older words. */
static bool parse_earlyoom(struct ll_str message, struct ll_oom_help *help)
{
	static const char *const signals[] = {"ending SIGTERM to process ",
	                                      "ending SIGKILL to process "};

	for (size_t i = 0; i < LL_COUNT(signals); i++) {
		const size_t at = ll_str_find(message, signals[i]);

		if (at <= 1)
			return parse_process(ll_str_from(message, at + strlen(signals[i])), help);
	}
	if (ll_str_skip(&message, "Killing process '"))
		return parse_name_first(message, help);
	return ll_str_skip(&message, "killing process ") &&
	       ll_str_find(message, "\" with signal ") != SIZE_MAX && parse_process(message, help);
}

/* 'Sending SIGKILL to cgroup {"component": ..., "cgroup": "/sys/fs/cgroup/kubepods/..."}' */
static bool parse_talos(struct ll_str message, struct ll_oom_help *help)
{
	static const char key[] = "\"cgroup\": \"";
	size_t at;

	if (!ll_str_skip(&message, "Sending SIGKILL to cgroup {"))
		return false;
	at = ll_str_find(message, key);
	if (at == SIZE_MAX)
		return false;
	message = ll_str_from(message, at + strlen(key));
	help->cgroup = ll_str_first(message, ll_str_index(message, '"'));
	(void)ll_str_skip(&help->cgroup, "/sys/fs/cgroup");
	help->source = "talos";
	help->scope = "global";
	return help->cgroup.size > 0;
}

/* "System OOM encountered, victim process: node, pid: 4711", in a log or in a table of events. */
static bool parse_kubelet(struct ll_str message, struct ll_oom_help *help)
{
	static const char words[] = " OOM encountered, victim process: ";
	const size_t at = ll_str_find(message, words);
	const struct ll_str name = ll_str_from(message, at + strlen(words));
	const size_t comma = ll_str_find(name, ", pid: ");
	uint64_t pid;

	if (at == SIZE_MAX || comma == SIZE_MAX ||
	    ll_str_lead_u64(ll_str_from(name, comma + 7), &pid) == 0 || pid > INT32_MAX)
		return false;
	help->source = "kubelet";
	help->scope = ll_str_ends(ll_str_first(message, at), "System") ? "global" : "memcg";
	help->process = ll_str_first(name, comma);
	help->pid = (int64_t)pid;
	return true;
}

/* Other reasons why FreeBSD kills have nothing to do with memory. */
static bool is_want_of_memory(struct ll_str reason)
{
	static const char *const reasons[] = {"out of swap space", "failed to reclaim memory",
	                                      "a thread waited too long to allocate a page"};

	for (size_t i = 0; i < LL_COUNT(reasons); i++) {
		if (ll_str_starts(reason, reasons[i]))
			return true;
	}
	return false;
}

/* "pid 4711 (node), jid 0, uid 1001, was killed: failed to reclaim memory" */
static bool parse_freebsd(struct ll_str message, struct ll_oom_help *help)
{
	static const char words[] = ", was killed: ";
	const size_t killed = ll_str_find(message, words);
	const struct ll_str head = ll_str_first(message, killed);
	const size_t close = ll_str_rindex(head, ')');
	struct ll_str name = head;
	uint64_t pid;

	if (killed == SIZE_MAX || close == SIZE_MAX || !ll_str_skip(&name, "pid ") ||
	    !is_want_of_memory(ll_str_from(message, killed + strlen(words))))
		return false;
	name = ll_str_from(name, ll_str_lead_u64(name, &pid));
	if (!ll_str_skip(&name, " (") || name.data > head.data + close || pid > INT32_MAX)
		return false;
	help->source = "freebsd";
	help->scope = "global";
	help->process = ll_str_n(name.data, (size_t)(head.data + close - name.data));
	help->pid = (int64_t)pid;
	return true;
}

/* The parts of lines by which they are found, and what must stand behind them in the line. */
static const struct {
	const char *start, *behind;
} marks[] = {
	{"Killed /", " due to memory "},
	{"Marked /", " for killing due to memory "},
	{"Killing process '", "' with signal "},
	{"killing process ", "\" with signal "},
	{"Sending SIGKILL to cgroup {", "\"cgroup\": \""},
};

/* A kubelet's event as an object of JSON or YAML is read as such: see fmt_kube.c. */
static bool is_member(struct ll_str before)
{
	static const char *const ends[] = {":\"", ": \"", ": '"};

	for (size_t i = 0; i < LL_COUNT(ends); i++) {
		if (ll_str_ends(before, ends[i]))
			return true;
	}
	return false;
}

static size_t find_kubelet(struct ll_str raw)
{
	const size_t at = ll_str_find(raw, " OOM encountered, victim process: ");
	struct ll_oom_help help;
	size_t word = at;

	if (at == SIZE_MAX || !parse_kubelet(raw, &help))
		return SIZE_MAX;
	while (word > 0 && !strchr(" \"'", raw.data[word - 1]))
		word--;
	return is_member(ll_str_first(raw, word)) ? SIZE_MAX : word;
}

static size_t find_bsd(struct ll_str raw)
{
	const size_t killed = ll_str_find(raw, ", was killed: ");
	const size_t at = ll_str_find(ll_str_first(raw, killed), "pid ");
	struct ll_oom_help help;

	if (killed == SIZE_MAX || at == SIZE_MAX)
		return SIZE_MAX;
	return parse_freebsd(ll_str_from(raw, at), &help) ? at : SIZE_MAX;
}

size_t ll_oom_help_find(struct ll_str raw)
{
	static const char *const starts[] = {"sending SIGTERM to process ",
	                                     "sending SIGKILL to process "};
	static size_t (*const others[])(struct ll_str) = {find_unit, find_bsd, find_kubelet};

	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		const size_t at = ll_str_find(raw, starts[i]);

		if (at != SIZE_MAX && ll_str_digits(ll_str_from(raw, at + strlen(starts[i]))) > 0)
			return at;
	}
	for (size_t i = 0; i < LL_COUNT(marks); i++) {
		const size_t at = ll_str_find(raw, marks[i].start);

		if (at != SIZE_MAX &&
		    ll_str_find(ll_str_from(raw, at), marks[i].behind) != SIZE_MAX)
			return at;
	}
	for (size_t i = 0; i < LL_COUNT(others); i++) {
		const size_t at = others[i](raw);

		if (at != SIZE_MAX)
			return at;
	}
	return SIZE_MAX;
}

bool ll_oom_help_parse(struct ll_str message, struct ll_oom_help *ret_help)
{
	static bool (*const parsers[])(struct ll_str, struct ll_oom_help *) = {
		parse_systemd, parse_oomd,    parse_earlyoom,
		parse_talos,   parse_kubelet, parse_freebsd,
	};

	for (size_t i = 0; i < LL_COUNT(parsers); i++) {
		struct ll_oom_help help = {.scope = "", .pid = -1};

		if (!parsers[i](message, &help))
			continue;
		*ret_help = help;
		return true;
	}
	return false;
}
