/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log_words.h - does a line hold any of a few words? Asked of every line of logs that have nothing
 * for us but at their end, so it is one pass over the bytes: a table knows the pairs of bytes with
 * which the words begin.
 */
#ifndef LL_CAPTURE_LOG_WORDS_H
#define LL_CAPTURE_LOG_WORDS_H

#include <leakledger/str.h>

enum {
	LL_LOG_WORDS_MAX = 48,
	LL_LOG_PAIRS = 4096,
};

struct ll_log_words {
	struct ll_str words[LL_LOG_WORDS_MAX];
	size_t count;
	uint8_t begins[LL_LOG_PAIRS]; /* some word begins with a pair of this hash */
};

/** Adds a word of at least two bytes; the struct must be cleared at first. */
void ll_log_words_add(struct ll_log_words *words, const char *word);
bool ll_log_words_in(const struct ll_log_words *words, struct ll_str line);

#endif
