/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fn_text.c - SQL functions that make texts of numbers, and that read Go's symbol names.
 *
 * Numbers become texts in SQL only where a sentence is made of them; tables carry numbers, and the
 * report gives them units. Rules common to all functions are in sqlfn.h (C1 to C11).
 */
#include "judge.h"
#include "sqlfn.h"

#include <leakledger/capture.h>
#include <leakledger/hash.h>
#include <leakledger/units.h>

#include <math.h>

static void result_text(sqlite3_context *context, struct ll_str text)
{
	sqlite3_result_text64(context, text.data ? text.data : "", text.size, SQLITE_TRANSIENT,
	                      SQLITE_UTF8);
}

/* ----------------------------------------------------------- numbers with units */

static void format_whole(sqlite3_context *context, sqlite3_value **argv,
                         const char *(*format)(int64_t value, char out[LL_UNIT_TEXT]))
{
	char text[LL_UNIT_TEXT];
	int64_t value;

	if (ll_sqlfn_rounded(context, argv, 0, &value) == LL_ARG_READY)
		result_text(context, ll_str(format(value, text)));
}

/*
 * rfc3339(ns)
 *
 *   U1  The time of so many ns since 1970 in UTC, to the second: "2026-11-21T01:06:27Z". Parts of a
 *       second are cut.
 *   U2  LL_TIME_NONE, the smallest integer, is no time: NULL.
 */
static void call_rfc3339(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	char text[LL_UNIT_TEXT];
	int64_t time_ns;

	(void)argc;
	if (ll_sqlfn_rounded(context, argv, 0, &time_ns) == LL_ARG_READY && time_ns != LL_TIME_NONE)
		result_text(context, ll_str(ll_format_time(time_ns, text)));
}

const struct ll_sqlfn_body ll_fn_rfc3339 = {.call = call_rfc3339};

/*
 * bytes_text(bytes), count_text(n), duration_text(ns)
 *
 *   U3  As ll_format_bytes ("12.4 MiB"), ll_format_count ("1,234,567") and ll_format_duration
 *       ("3.5 h") write them. A REAL is rounded (C10).
 */
static void call_bytes_text(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc;
	format_whole(context, argv, ll_format_bytes);
}

const struct ll_sqlfn_body ll_fn_bytes_text = {.call = call_bytes_text};

static void call_count_text(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc;
	format_whole(context, argv, ll_format_count);
}

const struct ll_sqlfn_body ll_fn_count_text = {.call = call_count_text};

static void call_duration_text(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc;
	format_whole(context, argv, ll_format_duration);
}

const struct ll_sqlfn_body ll_fn_duration_text = {.call = call_duration_text};

/*
 * per_day_text(bytes_per_day)
 *
 *   U4  bytes_text and "/day": "38 MiB/day", "-3 B/day". A slope in bytes per ns is multiplied with
 *       86400e9 first.
 */
static void call_per_day_text(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	char number[LL_UNIT_TEXT], text[LL_UNIT_TEXT + 8];
	int64_t bytes;

	(void)argc;
	if (ll_sqlfn_rounded(context, argv, 0, &bytes) != LL_ARG_READY)
		return;
	(void)snprintf(text, sizeof text, "%s/day", ll_format_bytes(bytes, number));
	result_text(context, ll_str(text));
}

const struct ll_sqlfn_body ll_fn_per_day_text = {.call = call_per_day_text};

/*
 * file_name(text)
 *
 *   U5  A name for a file, made of a text: lower-case letters, digits, '.', '_' and '-' stay,
 *       capitals become small, every other byte becomes '-', a leading '.' too. At most 60 bytes
 *       are kept. Where that changed anything, '-' and six hex digits of the text's hash follow,
 *       so that different texts have different names. N2 holds.
 */
static void call_file_name(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	enum { KEPT = 60, HASHED = 6 };
	char name[KEPT + 1 + HASHED + 1], hex[33];
	struct ll_str text;
	size_t size = 0;
	bool is_changed;

	(void)argc;
	if (ll_sqlfn_text(context, argv, 0, &text) != LL_ARG_READY)
		return;
	is_changed = text.size > KEPT || text.size == 0;
	for (; size < text.size && size < KEPT; size++) {
		const char byte = text.data[size];
		const bool is_capital = byte >= 'A' && byte <= 'Z';
		const bool stays = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
		                   byte == '_' || byte == '-' || (byte == '.' && size > 0);

		name[size] = stays ? byte : '-';
		if (is_capital)
			name[size] = (char)(byte - 'A' + 'a');
		is_changed |= !stays;
	}
	name[size] = '\0';
	if (is_changed) {
		(void)ll_hash_to_hex(ll_hash_bytes(text.data, text.size), hex);
		(void)snprintf(name + size, sizeof name - size, "-%.*s", HASHED, hex);
	}
	result_text(context, ll_str(name));
}

const struct ll_sqlfn_body ll_fn_file_name = {.call = call_file_name};

/* The text of `out`, which is done with then. */
static void result_buf(sqlite3_context *context, struct ll_buf *out)
{
	result_text(context, ll_buf_str(out));
	ll_buf_done(out);
}

/*
 * rate_text(per_day, watched_ns, is_bytes)
 *
 *   U6  A rate as the sentences of a finding write it: "25.6 MiB an hour" of bytes, "70 a day" of
 *       what is counted; by the hour when less than a day was watched. Infinite numbers: NULL.
 */
static void call_rate_text(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct ll_buf text;
	double per_day;
	int64_t watched_ns, is_bytes;

	(void)argc;
	if (ll_sqlfn_real(context, argv, 0, &per_day) != LL_ARG_READY || !isfinite(per_day) ||
	    ll_sqlfn_rounded(context, argv, 1, &watched_ns) != LL_ARG_READY ||
	    ll_sqlfn_rounded(context, argv, 2, &is_bytes) != LL_ARG_READY)
		return;
	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_sentence_put_rate(&text, per_day, is_bytes != 0, watched_ns);
	result_buf(context, &text);
}

const struct ll_sqlfn_body ll_fn_rate_text = {.call = call_rate_text};

/*
 * chance_text(p)
 *
 *   U7  How often chance alone does something, as the sentences of a finding write it: "0.05 % of
 *       cases", "less than one case in a million".
 */
static void call_chance_text(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct ll_buf text;
	double p;

	(void)argc;
	if (ll_sqlfn_real(context, argv, 0, &p) != LL_ARG_READY || !isfinite(p))
		return;
	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_sentence_put_chance(&text, p);
	result_buf(context, &text);
}

const struct ll_sqlfn_body ll_fn_chance_text = {.call = call_chance_text};

/* ---------------------------------------------------------------- symbol names */

/* A second text argument that may be missing: a NULL file is an unknown one (N2). */
static enum ll_arg text_or_empty(sqlite3_context *context, sqlite3_value **argv, int at,
                                 struct ll_str *ret_text)
{
	const enum ll_arg state = ll_sqlfn_text(context, argv, at, ret_text);

	if (state != LL_ARG_NULL)
		return state;
	*ret_text = ll_str("");
	return LL_ARG_READY;
}

/*
 * frame_owner(function, file)
 *
 *   N1  Whose code the function is: 'runtime', 'standard', 'library', 'own' or 'unknown'
 *       (ll_frame_owner).
 *   N2  An argument must be TEXT; a number or BLOB is an error. A NULL function gives NULL (C2); a
 *       NULL file counts as unknown and is the same as ''.
 */
static void call_frame_owner(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct ll_str function, file;

	(void)argc;
	if (ll_sqlfn_text(context, argv, 0, &function) || text_or_empty(context, argv, 1, &file))
		return;
	result_text(context, ll_str(ll_owner_name(ll_frame_owner(function, file))));
}

const struct ll_sqlfn_body ll_fn_frame_owner = {.call = call_frame_owner};

/*
 * frame_name(function)
 *
 *   N3  The name to compare across builds and Go versions (ll_frame_normalize). N2 holds.
 */
static void call_frame_name(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	struct ll_str function;

	(void)argc;
	if (ll_sqlfn_text(context, argv, 0, &function) == LL_ARG_READY)
		result_text(context, ll_frame_normalize(function, &arena));
}

const struct ll_sqlfn_body ll_fn_frame_name = {.call = call_frame_name};

/*
 * frame_file(file, function)
 *
 *   N4  The part of the file's name that survives a change of build directory (ll_frame_file). A
 *       NULL file gives NULL; a NULL function counts as unknown and is the same as ''.
 */
static void call_frame_file(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct ll_str file, function;

	(void)argc;
	if (ll_sqlfn_text(context, argv, 0, &file) || text_or_empty(context, argv, 1, &function))
		return;
	result_text(context, ll_frame_file(file, function));
}

const struct ll_sqlfn_body ll_fn_frame_file = {.call = call_frame_file};

/*
 * frame_package(function)
 *
 *   N5  The package path: everything before the first dot after the last slash (ll_frame_package).
 *       A name without such a dot is its own package. N2 holds.
 */
static void call_frame_package(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct ll_str function;

	(void)argc;
	if (ll_sqlfn_text(context, argv, 0, &function) == LL_ARG_READY)
		result_text(context, ll_frame_package(function));
}

const struct ll_sqlfn_body ll_fn_frame_package = {.call = call_frame_package};
