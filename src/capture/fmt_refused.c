/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_refused.c - contents that are found among captures, are known for what they are, and are not
 * read: each with the sentence that `captures` shows. A recognised stranger is worth more to the
 * user than "no known capture format".
 */
#include "content/container.h"
#include "content/gzip.h"

static enum ll_bid magic_if(bool is_it)
{
	return is_it ? LL_BID_MAGIC : LL_BID_NO;
}

/* Behind a head of zeros there may be a log that was truncated under its writer: see fmt_log.c. */
static enum ll_bid bid_zeros(const struct ll_peek *peek)
{
	if (!peek->is_whole)
		return LL_BID_NO;
	for (size_t i = 0; i < peek->head.size; i++) {
		if (peek->head.data[i] != '\0')
			return LL_BID_NO;
	}
	return magic_if(peek->head.size > 0);
}

const struct ll_format ll_fmt_zeros = {
	.id = "zeros",
	.title = "a file of zero bytes",
	.bid = bid_zeros,
	.refusal = "only zero bytes: the capture failed",
};

/* "/app\0-listen\0:8080": words with a zero byte between them, and no other control character. */
static bool is_command_line(struct ll_str text)
{
	size_t zeros = 0;

	if (!memchr("/.", text.data[0], 2) || text.data[1] <= ' ')
		return false;
	for (size_t i = 0; i < text.size; i++) {
		if ((unsigned char)text.data[i] < ' ' && text.data[i] != '\0')
			return false;
		zeros += text.data[i] == '\0';
	}
	return zeros > 0;
}

static enum ll_bid bid_cmdline(const struct ll_peek *peek)
{
	return peek->is_whole && peek->head.size > 1 && is_command_line(peek->head) ? LL_BID_SHAPE
	                                                                            : LL_BID_NO;
}

const struct ll_format ll_fmt_cmdline = {
	.id = "cmdline",
	.title = "a command line",
	.bid = bid_cmdline,
	.refusal =
		"the command line of a process (/debug/pprof/cmdline, /proc/PID/cmdline): no capture",
};

/* "go 1.22 trace\0\0\0": sixteen bytes, also of flight recorder snapshots. */
static enum ll_bid bid_trace(const struct ll_peek *peek)
{
	return magic_if(ll_str_starts(peek->head, "go 1.") && peek->head.size >= 16 &&
	                ll_str_find(ll_str_first(peek->head, 16), " trace") != SIZE_MAX);
}

const struct ll_format ll_fmt_trace = {
	.id = "trace",
	.title = "Go execution trace",
	.bid = bid_trace,
	.refusal = "a Go execution trace: holds no memory data",
};

static enum ll_bid bid_heapdump(const struct ll_peek *peek)
{
	return magic_if(ll_str_starts(peek->head, "go1.7 heap dump\n"));
}

const struct ll_format ll_fmt_heapdump = {
	.id = "heapdump",
	.title = "debug.WriteHeapDump",
	.bid = bid_heapdump,
	.refusal = "a runtime heap dump (debug.WriteHeapDump): not supported, take a heap profile",
};

static enum ll_bid bid_elf(const struct ll_peek *peek)
{
	return magic_if(ll_str_starts(peek->head, "\x7f"
	                                          "ELF"));
}

const struct ll_format ll_fmt_elf = {
	.id = "elf",
	.title = "ELF file",
	.bid = bid_elf,
	.refusal = "an ELF file: a program or core dump, not a capture",
};

/*
 * What net/http/pprof and proxies answer when a capture fails, saved as if it were one. Behind it
 * may be what a collector that tries again, and appends, got at last.
 */
static enum ll_bid bid_error_body(const struct ll_peek *peek)
{
	static const char *const bodies[] = {
		"Unknown profile",
		"Could not enable CPU profiling",
		"Could not enable tracing",
		"\"seconds\" parameter is not supported",
		"seconds and debug params are incompatible",
		"invalid value for \"seconds\"",
		"failed to collect profile",
		"404 page not found",
		"403 Forbidden",
		"502 Bad Gateway",
		"503 Service Unavailable",
		"num_symbols: ",
		"upstream connect error",
		"curl: (",
	};
	const struct ll_str head = ll_str_trim(ll_str_first(peek->head, 512));
	struct ll_str behind = head;

	(void)ll_str_split(&behind, '\n');
	for (size_t i = 0; i < LL_COUNT(bodies); i++) {
		if (ll_str_starts(head, bodies[i]))
			return behind.size == 0 ? LL_BID_MAGIC : LL_BID_GUESS;
	}
	return LL_BID_NO;
}

const struct ll_format ll_fmt_error_body = {
	.id = "error-body",
	.title = "a saved error message",
	.bid = bid_error_body,
	.refusal = "an error message saved in place of a capture: the capture failed",
};

/*
 * benchstat makes tables of medians and differences: with bars between the columns, as CSV, or the
 * old form "name  old time/op  new time/op  delta". benchcmp before it: "benchmark  old ns/op ...".
 */
static bool is_benchstat_line(struct ll_str line)
{
	line = ll_str_trim(line);
	if ((ll_str_starts(line, "name ") || ll_str_starts(line, "benchmark ")) &&
	    ll_str_find(line, "/op") != SIZE_MAX && ll_str_find(line, "delta") != SIZE_MAX)
		return true;
	if (ll_str_starts(line, ",") && ll_str_find(line, ",CI") != SIZE_MAX)
		return true;
	return ll_str_find(line, "\xe2\x94\x82") != SIZE_MAX &&
	       (ll_str_find(line, "/op") != SIZE_MAX || ll_str_find(line, "vs base") != SIZE_MAX);
}

static enum ll_bid bid_benchstat(const struct ll_peek *peek)
{
	struct ll_str rest = peek->head;

	for (size_t i = 0; i < 16 && rest.size > 0; i++) {
		if (is_benchstat_line(ll_str_split(&rest, '\n')))
			return LL_BID_SHAPE;
	}
	return LL_BID_NO;
}

const struct ll_format ll_fmt_benchstat = {
	.id = "benchstat",
	.title = "benchstat's table",
	.bid = bid_benchstat,
	.is_plain = true,
	.refusal = "a table of benchstat: give the output of go test -bench that it was made of",
};

/* Of a graph for dot, in the label of its legend. */
static bool has_nodes(const struct ll_peek *peek)
{
	return ll_str_find(ll_str_first(peek->head, 4096), "Showing nodes accounting for ") !=
	       SIZE_MAX;
}

/* What go tool pprof prints for people: its profile says all of it, and more. */
static enum ll_bid bid_pprof_report(const struct ll_peek *peek)
{
	struct ll_str rest = peek->head;
	bool has_type = false;

	for (size_t i = 0; i < 16 && rest.size > 0; i++) {
		const struct ll_str line = ll_str_split(&rest, '\n');

		if (ll_str_starts(line, "Showing nodes accounting for ") ||
		    ll_str_starts(line, "ROUTINE ========") || ll_str_starts(line, "(pprof) ") ||
		    (ll_str_starts(line, "digraph \"") && has_nodes(peek)) ||
		    (ll_str_starts(ll_str_trim(line), "flat ") &&
		     ll_str_find(line, " sum% ") != SIZE_MAX &&
		     ll_str_find(line, " cum%") != SIZE_MAX))
			return LL_BID_GUESS;
		/* Of -traces; tables of others have such lines, too. */
		has_type |= ll_str_starts(line, "Type: ");
		if (has_type && ll_str_starts(line, "-----------+-----"))
			return LL_BID_GUESS;
	}
	return LL_BID_NO;
}

const struct ll_format ll_fmt_pprof_report = {
	.id = "pprof-report",
	.title = "report of go tool pprof",
	.bid = bid_pprof_report,
	.is_plain = true,
	.refusal = "a report of go tool pprof (-top, -traces, -list, -dot ...): give the profile "
		   "that it was made of",
};

/*
 * Tables that tools print on a screen, known by words of their titles. Sizes in them are rounded
 * to what fits a column, so that a leak of a day may not move a digit.
 */
static bool is_screen_title(struct ll_str line)
{
	static const char *const titles[][2] = {
		{"CPU %", "MEM USAGE"},        /* docker stats */
		{"CPU(cores)", "MEMORY(byte"}, /* kubectl top */
		{" VIRT ", " RES "},           /* top */
		{" VSZ ", " RSS "},            /* ps aux */
		{" used ", " free "},          /* free */
		{"Address  ", "Kbytes"},       /* pmap */
		{"top - ", " load average:"},
		{" Private ", "RAM used"}, /* ps_mem */
	};

	for (size_t i = 0; i < LL_COUNT(titles); i++) {
		if (ll_str_find(line, titles[i][0]) != SIZE_MAX &&
		    ll_str_find(line, titles[i][1]) != SIZE_MAX)
			return true;
	}
	return false;
}

/* "app 5900 12.4 28.7 2894112 1187200 ? Sl Feb12 102:10 /srv/cart" of ps aux, without its title. */
static bool is_process_row(struct ll_str line)
{
	static const char kinds[] = "wdffdd"; /* words, whole numbers, fractions */
	struct ll_str rest = ll_str_trim(line);

	for (size_t i = 0; kinds[i]; i++) {
		const struct ll_str word = ll_str_split(&rest, ' ');
		const size_t digits = ll_str_digits(word);
		const size_t point = ll_str_index(word, '.');

		rest = ll_str_trim(rest);
		if ((kinds[i] == 'w' && (word.size == 0 || digits > 0)) ||
		    (kinds[i] == 'd' && (digits == 0 || digits < word.size)) ||
		    (kinds[i] == 'f' && (digits == 0 || point != digits)))
			return false;
	}
	return rest.size > 2 && memchr("?pt", rest.data[0], 3); /* the terminal */
}

static enum ll_bid bid_screen(const struct ll_peek *peek)
{
	struct ll_str rest = peek->head;
	size_t rows = 0;

	for (size_t i = 0; i < 16 && rest.size > 0; i++) {
		const struct ll_str line = ll_str_first(ll_str_split(&rest, '\n'), 256);

		rows += is_process_row(line);
		if (is_screen_title(line) || rows == 2)
			return LL_BID_GUESS;
	}
	return LL_BID_NO;
}

const struct ll_format ll_fmt_screen = {
	.id = "screen",
	.title = "a table for people: docker stats, kubectl top, top, ps, pmap, free",
	.bid = bid_screen,
	.is_plain = true,
	.refusal = "a table for people (docker stats, kubectl top, top, ps, pmap, free): its sizes "
		   "are rounded; save /proc/PID/status, the cgroup's memory files or /metrics",
};

static enum ll_bid bid_html(const struct ll_peek *peek)
{
	const struct ll_str head = ll_str_trim(ll_str_first(peek->head, 512));

	return magic_if(ll_str_starts(head, "<html") || ll_str_starts(head, "<HTML") ||
	                ll_str_starts(head, "<!DOCTYPE html") ||
	                ll_str_starts(head, "<!doctype html"));
}

const struct ll_format ll_fmt_html = {
	.id = "html",
	.title = "HTML page",
	.bid = bid_html,
	.refusal = "an HTML page: an error or index page saved in place of a capture",
};

/* What the unpacker hands out as it is: an archive in an archive, or what is still compressed. */
static enum ll_bid bid_archive(const struct ll_peek *peek)
{
	const struct ll_str head = ll_str_first(peek->head, LL_CONTAINER_HEAD);

	return magic_if(ll_container_archive(head) || ll_container_packing(head) ||
	                ll_gzip_is(head));
}

const struct ll_format ll_fmt_archive = {
	.id = "archive",
	.title = "archive inside an archive",
	.bid = bid_archive,
	.refusal =
		"an archive inside an archive, or compressed too often: one level is taken apart",
};
