/* SPDX-License-Identifier: Apache-2.0 */
/* log_text.c - see log_text.h. */
#include "log_text.h"

#include "log_export.h"

enum {
	TASTE = 1024,  /* bytes that are enough to tell text from others */
	CONTROLS = 32, /* one control character among so many others is no reason to doubt */
};

bool ll_log_text_is_utf16(struct ll_str head)
{
	return ll_str_starts(head, "\xff\xfe") || ll_str_starts(head, "\xfe\xff");
}

static uint32_t unit_at(struct ll_str bytes, size_t at, bool is_big)
{
	const unsigned char first = (unsigned char)bytes.data[at];
	const unsigned char second = (unsigned char)bytes.data[at + 1];

	return is_big ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

/* The code point at *at, which is moved behind it. */
static uint32_t next_code(struct ll_str bytes, size_t *at, bool is_big)
{
	const uint32_t code = unit_at(bytes, *at, is_big);
	uint32_t low;

	*at += 2;
	if (code < 0xd800 || code >= 0xdc00 || *at + 1 >= bytes.size)
		return code;
	low = unit_at(bytes, *at, is_big);
	if (low < 0xdc00 || low >= 0xe000)
		return code;
	*at += 2;
	return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
}

void ll_log_text_from_utf16(struct ll_str bytes, struct ll_buf *out)
{
	const bool is_big = ll_str_starts(bytes, "\xfe\xff");
	size_t at = 2;

	while (at + 1 < bytes.size) {
		char text[4];
		const size_t size = ll_utf8_put(next_code(bytes, &at, is_big), text);

		ll_buf_put(out, text, size);
	}
}

struct ll_str ll_log_text_behind_zeros(struct ll_str text)
{
	size_t zeros = 0;

	while (zeros < text.size && text.data[zeros] == '\0')
		zeros++;
	return ll_str_from(text, zeros);
}

bool ll_log_text_is_text(struct ll_str head)
{
	size_t controls = 0, others = 0;

	if (ll_journal_is_export(head))
		return true;
	head = ll_str_first(ll_log_text_behind_zeros(head), TASTE);
	for (size_t i = 0; i < head.size; i++) {
		const unsigned char byte = (unsigned char)head.data[i];

		if (byte == '\0')
			continue;
		if (byte < 0x20 && !memchr("\t\n\r\x1b\f\b", byte, 6))
			controls++;
		else
			others++;
	}
	return others > controls * CONTROLS;
}

/* Words that start a line, or stand anywhere in one, and what the whole is then. */
static const struct {
	const char *words;
	bool is_start;
	const char *nature;
} natures[] = {
	{"WARNING: DATA RACE", false,
         "a report of the race detector: no goroutine dump, GC trace or kill in it"},
	{"fatal error: ", true, "a Go crash without its goroutines: nothing in it to count"},
	{"panic: ", true, "a Go crash without its goroutines: nothing in it to count"},
	{"Kernel panic - not syncing", false, "a crash of the kernel: no OOM kill in it"},
	{"--- FAIL: ", true, "a build or test log: no goroutine dump, GC trace or kill in it"},
	{"FAIL\t", true, "a build or test log: no goroutine dump, GC trace or kill in it"},
	{"ok  \t", true, "a build or test log: no goroutine dump, GC trace or kill in it"},
	{"Building Go ", true, "a build or test log: no goroutine dump, GC trace or kill in it"},
	{"go: downloading ", true,
         "a build or test log: no goroutine dump, GC trace or kill in it"},
	{"exit status ", true, "a build or test log: no goroutine dump, GC trace or kill in it"},
	{"FATAL ERROR: ", false, "a crash report without a goroutine dump: nothing in it to count"},
	{"FATAL: ", false, "a crash report without a goroutine dump: nothing in it to count"},
};

static bool has_words(struct ll_str text, const char *words, bool is_start)
{
	for (;;) {
		const size_t at = ll_str_find(text, words);

		if (at == SIZE_MAX)
			return false;
		if (!is_start || at == 0 || text.data[at - 1] == '\n')
			return true;
		text = ll_str_from(text, at + 1);
	}
}

const char *ll_log_text_nature(struct ll_str head, const struct ll_prefix *prefix)
{
	for (size_t i = 0; i < LL_COUNT(natures); i++) {
		if (has_words(head, natures[i].words, natures[i].is_start))
			return natures[i].nature;
	}
	if (prefix && prefix->layer_count > 0)
		return "a log: no goroutine dump, GC trace or kill in it";
	return NULL;
}

/* A document of JSON that does not end in its first line is nobody's log. */
static bool is_one_document(struct ll_str head)
{
	const struct ll_str line = ll_str_trim(ll_str_first(head, ll_str_index(head, '\n')));

	return ll_str_starts(line, "{") && !ll_str_ends(line, "}");
}

bool ll_log_text_is_worth_reading(struct ll_str head, bool is_whole)
{
	if (!is_whole)
		return !is_one_document(head);
	return ll_log_text_nature(head, NULL) != NULL;
}
