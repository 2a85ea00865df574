/* SPDX-License-Identifier: Apache-2.0 */
/* log_words.c - see log_words.h. */
#include "log_words.h"

static size_t pair_at(const char *bytes)
{
	const unsigned first = (unsigned char)bytes[0];
	const unsigned second = (unsigned char)bytes[1];

	return (first ^ second << 5) & (LL_LOG_PAIRS - 1);
}

void ll_log_words_add(struct ll_log_words *words, const char *word)
{
	if (words->count == LL_LOG_WORDS_MAX)
		return;
	words->words[words->count++] = ll_str(word);
	words->begins[pair_at(word)] = 1;
}

static bool begins_one(const struct ll_log_words *words, struct ll_str rest)
{
	for (size_t i = 0; i < words->count; i++) {
		const struct ll_str word = words->words[i];

		if (rest.data[0] == word.data[0] && rest.size >= word.size &&
		    memcmp(rest.data, word.data, word.size) == 0)
			return true;
	}
	return false;
}

bool ll_log_words_in(const struct ll_log_words *words, struct ll_str line)
{
	for (size_t i = 0; i + 1 < line.size; i++) {
		if (words->begins[pair_at(line.data + i)] &&
		    begins_one(words, ll_str_from(line, i)))
			return true;
	}
	return false;
}
