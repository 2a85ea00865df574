/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.h - a pull parser for JSON that strangers wrote, and a writer for ours.
 *
 * The writer puts commas where they belong; what is nested is the caller's business.
 *
 * The reader walks a buffer once, allocates nothing and keeps no tree: the caller asks for the next
 * token and skips what it does not want. It is strict (RFC 8259) with two tolerances that Go's
 * expvar needs: \x.. and \a style escapes in strings, and NaN / Inf as numbers.
 */
#ifndef LEAKLEDGER_JSON_H
#define LEAKLEDGER_JSON_H

#include <leakledger/buf.h>
#include <leakledger/error.h>

enum ll_json_kind {
	LL_JSON_END, /* nothing but white space is left */
	LL_JSON_OBJECT,
	LL_JSON_OBJECT_END,
	LL_JSON_ARRAY,
	LL_JSON_ARRAY_END,
	LL_JSON_KEY,    /* text = the raw key, between its quotes */
	LL_JSON_STRING, /* text = the raw string, between its quotes */
	LL_JSON_NUMBER, /* text = the number as written */
	LL_JSON_TRUE,
	LL_JSON_FALSE,
	LL_JSON_NULL,
	LL_JSON_BAD, /* not JSON at `offset`; the reader stays here */
};

enum {
	LL_JSON_DEPTH = 64, /* deeper nesting is refused */
};

struct ll_json {
	struct ll_str text;
	size_t offset;
	size_t depth;
	uint8_t state[LL_JSON_DEPTH + 1]; /* what may come next on each level */
};

struct ll_json_token {
	enum ll_json_kind kind;
	struct ll_str text;
};

void ll_json_init(struct ll_json *json, struct ll_str text);
/** The next token; END at the end, and BAD from the first error on. */
struct ll_json_token ll_json_next(struct ll_json *json);
/**
 * After a KEY: passes over its value, however deep. After anything else: nothing. False when bad.
 */
bool ll_json_skip(struct ll_json *json);
/**
 * After a KEY: takes its value when that is an integer from 0 to 2^64 - 1, without sign, point or
 * exponent. False, with nothing taken, when it is something else: ask for the token.
 */
bool ll_json_number(struct ll_json *json, uint64_t *ret_value);
/**
 * After a KEY: takes its value when that is an array of at most `room` unsigned integers, and
 * returns how many; SIZE_MAX, with nothing taken, when it is something else. The same as asking for
 * token after token, at a fifth of the cost.
 */
size_t ll_json_numbers(struct ll_json *json, uint64_t *out, size_t room);
/** Unescapes a raw string or key into `out` (appended). Lone surrogates become U+FFFD. */
void ll_json_unescape(struct ll_str raw, struct ll_buf *out);
/** After BAD: is it only that levels are nested deeper than LL_JSON_DEPTH? */
bool ll_json_is_too_deep(const struct ll_json *json);
/** 1-based line of the reader's position, for messages. */
size_t ll_json_line(const struct ll_json *json);

/**
 * Appends a quoted JSON string; invalid UTF-8 becomes U+FFFD. Control characters, marks that turn
 * the direction of text, and what matters inside HTML are escaped.
 */
void ll_json_put_string(struct ll_buf *out, struct ll_str text);
/**
 * Appends a number in the shortest form that reads back the same; NaN and infinities become null.
 */
void ll_json_put_real(struct ll_buf *out, double value);

/** A document that is being written. Begin with {.to = buf}. */
struct ll_json_out {
	struct ll_buf *to;
	bool has_item;  /* what comes next is parted by a comma */
	bool is_broken; /* and stands on a line of its own */
};

/** '{' or '['; `key` is NULL in an array and at the top, also below. */
void ll_json_open(struct ll_json_out *out, const char *key, char bracket);
/** '}' or ']'. */
void ll_json_close(struct ll_json_out *out, char bracket);
/** The next item stands on a line of its own. */
void ll_json_break(struct ll_json_out *out);
void ll_json_text(struct ll_json_out *out, const char *key, struct ll_str value);
void ll_json_i64(struct ll_json_out *out, const char *key, int64_t value);
void ll_json_real(struct ll_json_out *out, const char *key, double value);
void ll_json_bool(struct ll_json_out *out, const char *key, bool value);
/** JSON that is there already; bytes that are no UTF-8 become U+FFFD. "null" when it is empty. */
void ll_json_raw(struct ll_json_out *out, const char *key, struct ll_str json);
/** The same without key or comma. */
void ll_json_put_raw(struct ll_buf *out, struct ll_str json);

#endif
