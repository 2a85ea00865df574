/* SPDX-License-Identifier: Apache-2.0 */
/* log_quote.c - see log_quote.h. */
#include "log_quote.h"

enum {
	NAMES_MAX = 2048, /* bytes of all names of a record */
	NAMES = 7,
};

void ll_log_quote_init(struct ll_log_quote *quote, size_t text_max)
{
	quote->is_open = false;
	ll_buf_init(&quote->text, text_max);
	ll_buf_init(&quote->names, NAMES_MAX);
}

void ll_log_quote_done(struct ll_log_quote *quote)
{
	ll_buf_done(&quote->text);
	ll_buf_done(&quote->names);
}

/* The names that tell writers apart, as log_origins.c does it. */
static void names_of(struct ll_record *record, struct ll_str *names[NAMES])
{
	struct ll_str *const all[NAMES] = {
		&record->host, &record->program,   &record->process, &record->stream,
		&record->pod,  &record->container, &record->unit,
	};

	memcpy(names, all, sizeof all);
}

void ll_log_quote_open(struct ll_log_quote *quote, const struct ll_record *record,
                       struct ll_str text)
{
	struct ll_str *names[NAMES];
	size_t from = 0;

	quote->record = *record;
	quote->record.text = ll_str_n(NULL, 0);
	names_of(&quote->record, names);
	ll_buf_clear(&quote->names);
	for (size_t i = 0; i < NAMES; i++)
		ll_buf_put_str(&quote->names, *names[i]);
	for (size_t i = 0; i < NAMES; i++) {
		const size_t size = names[i]->size;

		/* All of them, or none: half a name would be another writer's. */
		*names[i] = quote->names.is_full ? ll_str_n(NULL, 0)
		                                 : ll_str_n(quote->names.data + from, size);
		from += size;
	}
	ll_buf_clear(&quote->text);
	ll_buf_put_str(&quote->text, text);
	quote->is_open = true;
}

bool ll_log_quote_is_by(const struct ll_log_quote *quote, const struct ll_record *record)
{
	struct ll_record own = quote->record, other = *record;
	struct ll_str *names[NAMES], *others[NAMES];

	names_of(&own, names);
	names_of(&other, others);
	for (size_t i = 0; i < NAMES; i++) {
		if (!ll_str_equal(*names[i], *others[i]))
			return false;
	}
	return true;
}
