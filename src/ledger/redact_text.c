/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redact_text.c - prose, JSON and words that hold names.
 *
 * Prose is searched for everything that was met, the longest first, where a name can begin and end:
 * at the edge of what is a letter, a digit or an underscore. Names of one or two bytes and bare
 * numbers are left: they are in every sentence, and tell nobody anything.
 */
#include "redact.h"

#include <leakledger/json.h>

enum {
	PROSE_LEAST = 3, /* bytes of a name that prose is searched for */
};

/* ------------------------------------------------------------------------ search */

static int compare_texts(const void *a, const void *b)
{
	const struct ll_redacted *const left = a, *const right = b;

	return ll_str_compare(left->text, right->text);
}

static const struct ll_redacted *sorted(struct ll_redactor *redactor)
{
	const struct ll_redacted *const met = redactor->met.items;

	if (redactor->order.count != redactor->met.count) {
		ll_vec_reserve(&redactor->order, redactor->met.count, sizeof *met);
		redactor->order.count = redactor->met.count;
		if (redactor->met.count > 0)
			memcpy(redactor->order.items, met, redactor->met.count * sizeof *met);
		if (redactor->met.count > 1)
			qsort(redactor->order.items, redactor->order.count, sizeof *met,
			      compare_texts);
	}
	return redactor->order.items;
}

static bool is_word(char byte)
{
	const unsigned char c = (unsigned char)byte;

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c >= 0x80;
}

/* May a name stand between these two offsets: is it cut out of no longer word? */
static bool has_edges(struct ll_str text, size_t from, size_t to)
{
	const bool begins = from == 0 || !is_word(text.data[from - 1]) || !is_word(text.data[from]);
	const bool ends = to == text.size || !is_word(text.data[to]) || !is_word(text.data[to - 1]);

	return begins && ends;
}

static bool is_telling(struct ll_str name)
{
	return name.size >= PROSE_LEAST && !ll_str_is_digits(name);
}

/* First in [from, to) whose byte at `depth` is not below `byte`; all agree on what is before. */
static size_t lower_bound(const struct ll_redacted *order, size_t from, size_t to, size_t depth,
                          int byte)
{
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		const struct ll_str text = order[middle].text;
		const int there = depth < text.size ? (unsigned char)text.data[depth] : -1;

		if (there < byte)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* The longest name that stands at `at`; NULL when none does. */
static const struct ll_redacted *name_at(const struct ll_redacted *order, size_t count,
                                         struct ll_str text, size_t at)
{
	const struct ll_redacted *longest = NULL;
	size_t from = 0, to = count;

	for (size_t depth = 0; from < to && at + depth < text.size; depth++) {
		const int byte = (unsigned char)text.data[at + depth];

		from = lower_bound(order, from, to, depth, byte);
		to = lower_bound(order, from, to, depth, byte + 1);
		if (from < to && order[from].text.size == depth + 1 &&
		    is_telling(order[from].text) && has_edges(text, at, at + depth + 1))
			longest = &order[from];
	}
	return longest;
}

/* ------------------------------------------------------------------------- paths */

static bool ends_path(char byte)
{
	return strchr(" \t\n\r'\"`,;()[]{}<>|", byte) != NULL;
}

static bool is_public_path(struct ll_str path)
{
	static const char *const roots[] = {"/proc/",  "/sys/", "/gc/",     "/memory/",
	                                    "/sched/", "/cpu/", "/sync/",   "/cgo/",
	                                    "/debug/", "/dev/", "/godebug/"};

	for (size_t i = 0; i < LL_COUNT(roots); i++) {
		if (ll_str_starts(path, roots[i]))
			return true;
	}
	return false;
}

/* Size of an absolute path that begins at `at`; 0 when none does. */
static size_t path_at(struct ll_str text, size_t at)
{
	const bool is_drive = at + 2 < text.size && text.data[at + 1] == ':' &&
	                      text.data[at + 2] == '\\' && is_word(text.data[at]);
	const bool is_edge = at == 0 || ends_path(text.data[at - 1]) || text.data[at - 1] == '=' ||
	                     text.data[at - 1] == ':';
	size_t end = at;

	if (!is_edge || (text.data[at] != '/' && !is_drive))
		return 0;
	while (end < text.size && !ends_path(text.data[end]))
		end++;
	if (end - at < 2 || is_public_path(ll_str_n(text.data + at, end - at)))
		return 0;
	return end - at;
}

/* ------------------------------------------------------------------------- prose */

/* 'so': from the quote at `at` to the one that closes it; 0 when this is no such quote. */
static size_t quote_at(struct ll_str text, size_t at)
{
	size_t end;

	if (text.data[at] != '\'' || (at > 0 && is_word(text.data[at - 1])))
		return 0;
	end = ll_str_index(ll_str_from(text, at + 1), '\'');
	return end == SIZE_MAX ? 0 : end + 2;
}

static void put_quoted(struct ll_redactor *redactor, struct ll_str quoted, struct ll_buf *out)
{
	ll_buf_puts(out, "'");
	ll_buf_put_str(out, ll_redact_name(redactor, quoted));
	ll_buf_puts(out, "'");
}

static struct ll_str redact_prose(struct ll_redactor *redactor, struct ll_str text, bool has_quotes)
{
	const struct ll_redacted *const order = sorted(redactor);
	const size_t count = redactor->order.count;
	struct ll_buf out;

	ll_buf_init(&out, LL_BUF_PAGE);
	for (size_t i = 0; i < text.size;) {
		const struct ll_redacted *const name = name_at(order, count, text, i);
		const size_t path = name ? 0 : path_at(text, i);
		const size_t quote = has_quotes && !name ? quote_at(text, i) : 0;

		if (name) {
			ll_buf_put_str(&out, name->pseudonym);
			i += name->text.size;
		} else if (path > 0) {
			ll_buf_put_str(&out,
			               ll_redact_path(redactor, ll_str_n(text.data + i, path)));
			i += path;
		} else if (quote > 0) {
			put_quoted(redactor, ll_str_n(text.data + i + 1, quote - 2), &out);
			i += quote;
		} else {
			ll_buf_putc(&out, text.data[i++]);
		}
	}
	return ll_redact_take(redactor, &out);
}

struct ll_str ll_redact_text(struct ll_redactor *redactor, struct ll_str text)
{
	return redact_prose(redactor, text, false);
}

struct ll_str ll_redact_reason(struct ll_redactor *redactor, struct ll_str text)
{
	return redact_prose(redactor, text, redactor->level >= LL_REDACT_NAMES);
}

/* -------------------------------------------------------------------------- JSON */

typedef struct ll_str redact_value(struct ll_redactor *redactor, struct ll_str key,
                                   struct ll_str text);

static struct ll_str prose_value(struct ll_redactor *redactor, struct ll_str key,
                                 struct ll_str text)
{
	(void)key;
	return ll_redact_text(redactor, text);
}

/* Keys and values of labels that say nothing about who wrote them, and that views ask for. */
static bool is_public_label(struct ll_str text)
{
	static const char *const words[] = {
		"container", "pod",   "namespace", "reason",    "instance", "node",      "image",
		"job",       "le",    "quantile",  "OOMKilled", "Error",    "Completed", "true",
		"false",     "bytes", "service",   "request",   "handler",  "method"};

	for (size_t i = 0; i < LL_COUNT(words); i++) {
		if (ll_str_equal(text, ll_str(words[i])))
			return true;
	}
	return ll_str_is_digits(text);
}

static struct ll_str label_value(struct ll_redactor *redactor, struct ll_str key,
                                 struct ll_str text)
{
	(void)key;
	return is_public_label(text) ? text : ll_redact_name(redactor, text);
}

static void put_token(struct ll_redactor *redactor, redact_value *value,
                      const struct ll_json_token *token, struct ll_str key, struct ll_buf *out)
{
	struct ll_buf plain;

	ll_buf_init(&plain, LL_BUF_PAGE);
	ll_json_unescape(token->text, &plain);
	ll_json_put_string(out, value(redactor, key, ll_buf_str(&plain)));
	ll_buf_done(&plain);
}

static void put_comma(struct ll_buf *out)
{
	const char last = out->size > 0 ? out->data[out->size - 1] : '{';

	if (last != '{' && last != '[' && last != ':')
		ll_buf_putc(out, ',');
}

/* The same document with its texts replaced; what is no JSON becomes an empty object. */
static struct ll_str redact_document(struct ll_redactor *redactor, struct ll_str json,
                                     redact_value *value)
{
	struct ll_json in;
	struct ll_json_token token;
	struct ll_buf out;

	ll_buf_init(&out, LL_BUF_PAGE);
	ll_json_init(&in, json);
	while ((token = ll_json_next(&in)).kind != LL_JSON_END && token.kind != LL_JSON_BAD) {
		if (token.kind != LL_JSON_OBJECT_END && token.kind != LL_JSON_ARRAY_END)
			put_comma(&out);
		switch (token.kind) {
		case LL_JSON_OBJECT: ll_buf_putc(&out, '{'); break;
		case LL_JSON_OBJECT_END: ll_buf_putc(&out, '}'); break;
		case LL_JSON_ARRAY: ll_buf_putc(&out, '['); break;
		case LL_JSON_ARRAY_END: ll_buf_putc(&out, ']'); break;
		case LL_JSON_KEY:
			put_token(redactor, value, &token, token.text, &out);
			ll_buf_putc(&out, ':');
			break;
		case LL_JSON_STRING: put_token(redactor, value, &token, token.text, &out); break;
		case LL_JSON_NUMBER: ll_buf_put_str(&out, token.text); break;
		case LL_JSON_TRUE: ll_buf_puts(&out, "true"); break;
		case LL_JSON_FALSE: ll_buf_puts(&out, "false"); break;
		case LL_JSON_NULL:
		case LL_JSON_END:
		case LL_JSON_BAD: ll_buf_puts(&out, "null"); break;
		}
	}
	if (token.kind == LL_JSON_BAD) {
		ll_buf_clear(&out);
		ll_buf_puts(&out, "{}");
	}
	return ll_redact_take(redactor, &out);
}

struct ll_str ll_redact_json(struct ll_redactor *redactor, struct ll_str json)
{
	return redact_document(redactor, json, prose_value);
}

struct ll_str ll_redact_labels(struct ll_redactor *redactor, struct ll_str json)
{
	if (redactor->level < LL_REDACT_NAMES || json.size == 0)
		return json;
	return redact_document(redactor, json, label_value);
}

/* ------------------------------------------------------------------------- words */

static bool is_in(struct ll_str text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ll_str_equal(text, ll_str(words[i])))
			return true;
	}
	return false;
}

struct ll_str ll_redact_types(struct ll_redactor *redactor, struct ll_str types)
{
	static const char *const known[] = {
		"alloc_objects", "alloc_space", "inuse_objects", "inuse_space", "goroutine",
		"goroutineleak", "contentions", "delay",         "samples",     "cpu",
		"threadcreate",  "objects",     "space",         "count",       "bytes",
		"nanoseconds",   "inuse_delta", "wall",          "goroutines",  "milliseconds",
		"microseconds",  "seconds",     "sample",        "ns/op",       "B/op",
		"allocs/op",     "MB/s"};
	struct ll_str rest = types;
	struct ll_buf out;

	if (redactor->level < LL_REDACT_NAMES || types.size == 0)
		return types;
	ll_buf_init(&out, LL_BUF_PAGE);
	while (rest.size > 0) {
		const struct ll_str type = ll_str_split(&rest, ',');

		if (out.size > 0)
			ll_buf_putc(&out, ',');
		ll_buf_put_str(&out, is_in(type, known, LL_COUNT(known))
		                             ? type
		                             : ll_redact_name(redactor, type));
	}
	return ll_redact_take(redactor, &out);
}

struct ll_str ll_redact_state(struct ll_redactor *redactor, struct ll_str state)
{
	/* The runtime's words (waitReasonStrings, gStatusStrings), and ours. */
	static const char *const known[] = {
		"",
		"GC assist marking",
		"GC assist wait",
		"GC background sweeper wait",
		"GC mark assist wait for work",
		"GC mark termination",
		"GC scavenge wait",
		"GC sweep wait",
		"GC weak to strong wait",
		"GC worker (active)",
		"GC worker (idle)",
		"GC worker init",
		"GOMAXPROCS updater (idle)",
		"IO wait",
		"chan receive",
		"chan receive (nil chan)",
		"chan receive (synctest)",
		"chan receive (durable)",
		"chan send",
		"chan send (nil chan)",
		"chan send (synctest)",
		"chan send (durable)",
		"channel",
		"cleanup wait",
		"copystack",
		"coroutine",
		"dead",
		"debug call",
		"dumping heap",
		"finalizer wait",
		"flushing proc caches",
		"force gc (idle)",
		"garbage collection",
		"garbage collection scan",
		"idle",
		"leaked",
		"page trace flush",
		"panicwait",
		"preempted",
		"runnable",
		"running",
		"select",
		"select (durable)",
		"select (no cases)",
		"select (synctest)",
		"semacquire",
		"sleep",
		"stopping the world",
		"sync.Cond.Wait",
		"sync.Mutex.Lock",
		"sync.RWMutex.Lock",
		"sync.RWMutex.RLock",
		"sync.WaitGroup.Wait",
		"sync.WaitGroup.Wait (durable)",
		"synctest.Run",
		"synctest.Wait",
		"syscall",
		"system goroutine wait",
		"timer goroutine (idle)",
		"trace goroutine status",
		"trace proc status",
		"trace reader (blocked)",
		"unknown",
		"waiting",
		"waiting for cgo callback",
		"wait for GC cycle",
		"wait for debug call",
		"wait until GC ends",
	};

	if (redactor->level < LL_REDACT_NAMES || is_in(state, known, LL_COUNT(known)))
		return state;
	return ll_redact_name(redactor, state);
}
