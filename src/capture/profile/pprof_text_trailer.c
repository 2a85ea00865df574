/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pprof_text_trailer.c - runtime.MemStats behind a heap profile (formats.md 4.3): all fields but
 * PauseTotalNs and BySize, the ring of pauses, and MaxRSS, the only resident size in any profile.
 */
#include "pprof_text.h"

static void read_ring(struct ll_str text, uint64_t ring[LL_PAUSE_RING], size_t *ret_count)
{
	*ret_count = 0;
	(void)ll_str_skip(&text, "[");
	while (*ret_count < LL_PAUSE_RING) {
		uint64_t value;
		size_t digits;

		text = ll_str_trim(text);
		digits = ll_str_lead_u64(text, &value);
		if (digits == 0)
			return;
		ring[(*ret_count)++] = value;
		text = ll_str_from(text, digits);
	}
}

/* A number without what somebody remarks behind it ("375914496   359M"). */
static struct ll_str first_word(struct ll_str text)
{
	size_t size = 0;

	while (size < text.size && text.data[size] != ' ' && text.data[size] != '\t')
		size++;
	return ll_str_first(text, size);
}

/* "# Stack = 360448 / 360448": the first is in use, the second what the system gave. */
static bool read_pair(struct ll_memstats *stats, struct ll_str key, struct ll_str text)
{
	static const struct {
		const char *key;
		enum ll_metric inuse, sys;
	} pairs[] = {
		{"Stack", LL_METRIC_STACK_INUSE, LL_METRIC_STACK_SYS},
		{"MSpan", LL_METRIC_MSPAN_INUSE, LL_METRIC_MSPAN_SYS},
		{"MCache", LL_METRIC_MCACHE_INUSE, LL_METRIC_MCACHE_SYS},
	};

	for (size_t i = 0; i < LL_COUNT(pairs); i++) {
		const size_t slash = ll_str_find(text, " / ");

		if (slash == SIZE_MAX || !ll_str_equal(key, ll_str(pairs[i].key)))
			continue;
		(void)ll_memstats_set(stats, pairs[i].inuse, first_word(text));
		(void)ll_memstats_set(stats, pairs[i].sys,
		                      first_word(ll_str_trim(ll_str_from(text, slash + 3))));
		return true;
	}
	return false;
}

void ll_text_trailer(struct ll_memstats *stats, struct ll_str line)
{
	const size_t equals = ll_str_find(line, " = ");
	struct ll_str key, value;
	enum ll_metric metric;

	if (equals == SIZE_MAX)
		return;
	key = ll_str_trim(ll_str_from(ll_str_first(line, equals), 1));
	value = ll_str_trim(ll_str_from(line, equals + 3));
	if (ll_str_equal(key, ll_str("PauseNs")))
		read_ring(value, stats->pause_ns, &stats->pause_ns_count);
	else if (ll_str_equal(key, ll_str("PauseEnd")))
		read_ring(value, stats->pause_end, &stats->pause_end_count);
	else if (!read_pair(stats, key, value) && (metric = ll_metric_find(key)) != LL_METRIC_COUNT)
		(void)ll_memstats_set(stats, metric, first_word(value));
}
