/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log_export.c - the export form of journald:
 *
 *     __REALTIME_TIMESTAMP=1795223187123456     one field a line
 *     _HOSTNAME=node-3
 *     MESSAGE                                   a value with line feeds or other bytes: its size in
 *     <8 bytes, little-endian><value>           8 bytes, then the value, then a line feed
 *     (empty line)                              ends the entry
 */
#include "log_export.h"

#include "content/stream.h"

enum {
	FIELD_MAX = 4 * 1024 * 1024, /* of one value that is kept */
	WORD_BYTES = 256,            /* of a host, a program ... */
};

void ll_journal_entry_init(struct ll_journal_entry *entry)
{
	ll_buf_init(&entry->message, FIELD_MAX);
	ll_buf_init(&entry->host, WORD_BYTES);
	ll_buf_init(&entry->program, WORD_BYTES);
	ll_buf_init(&entry->process, WORD_BYTES);
	ll_buf_init(&entry->unit, WORD_BYTES);
}

void ll_journal_entry_done(struct ll_journal_entry *entry)
{
	ll_buf_done(&entry->message);
	ll_buf_done(&entry->host);
	ll_buf_done(&entry->program);
	ll_buf_done(&entry->process);
	ll_buf_done(&entry->unit);
}

bool ll_journal_is_export(struct ll_str head)
{
	return ll_str_starts(head, "__CURSOR=") || ll_str_starts(head, "__REALTIME_TIMESTAMP=");
}

static void clear(struct ll_journal_entry *entry)
{
	ll_buf_clear(&entry->message);
	ll_buf_clear(&entry->host);
	ll_buf_clear(&entry->program);
	ll_buf_clear(&entry->process);
	ll_buf_clear(&entry->unit);
	entry->record = (struct ll_record){.time_ns = LL_TIME_NONE, .uptime_ns = -1};
}

/* Where the value of a field is kept, or NULL. */
static struct ll_buf *buffer_of(struct ll_journal_entry *entry, struct ll_str name)
{
	const struct {
		const char *name;
		struct ll_buf *to;
	} fields[] = {
		{"MESSAGE", &entry->message},           {"_HOSTNAME", &entry->host},
		{"SYSLOG_IDENTIFIER", &entry->program}, {"_PID", &entry->process},
		{"_SYSTEMD_UNIT", &entry->unit},
	};

	for (size_t i = 0; i < LL_COUNT(fields); i++) {
		if (ll_str_equal(name, ll_str(fields[i].name)))
			return fields[i].to;
	}
	return NULL;
}

static void read_field(struct ll_journal_entry *entry, struct ll_str line)
{
	const size_t cut = ll_str_index(line, '=');
	const struct ll_str name = ll_str_first(line, cut);
	const struct ll_str value = ll_str_from(line, cut + 1);
	struct ll_buf *const to = buffer_of(entry, name);
	uint64_t number;

	if (to) {
		ll_buf_clear(to);
		ll_buf_put_str(to, value);
	} else if (ll_str_equal(name, ll_str("__REALTIME_TIMESTAMP")) &&
	           ll_str_to_u64(value, &number) && number < INT64_MAX / 1000) {
		entry->record.time_ns = (int64_t)number * LL_NS_PER_US;
	}
}

/* Takes exactly `size` bytes, into `to` when it is not NULL. False when there are fewer. */
static bool take_bytes(struct ll_stream *in, uint64_t size, struct ll_buf *to)
{
	struct ll_error err = LL_ERROR_INIT;
	char block[4096];

	while (size > 0) {
		const size_t want = size < sizeof block ? (size_t)size : sizeof block;
		const int64_t got = ll_stream_take(in, block, want, &err);

		if (got <= 0)
			return false;
		if (to)
			ll_buf_put(to, block, (size_t)got);
		size -= (uint64_t)got;
	}
	return true;
}

/* Behind the line with a field's name alone: size, value and a line feed. */
static bool read_bytes_field(struct ll_journal_entry *entry, struct ll_stream *in,
                             struct ll_buf *to)
{
	uint64_t size = 0;

	(void)entry;
	for (unsigned i = 0; i < 8; i++) {
		struct ll_error err = LL_ERROR_INIT;
		char byte;

		if (ll_stream_take(in, &byte, 1, &err) != 1)
			return false;
		size |= (uint64_t)(unsigned char)byte << (8 * i);
	}
	if (to)
		ll_buf_clear(to);
	return take_bytes(in, size, to) && take_bytes(in, 1, NULL);
}

static void finish_record(struct ll_journal_entry *entry)
{
	struct ll_record *const record = &entry->record;

	record->text = ll_buf_str(&entry->message);
	record->host = ll_buf_str(&entry->host);
	record->program = ll_buf_str(&entry->program);
	record->process = ll_buf_str(&entry->process);
	record->unit = ll_buf_str(&entry->unit);
	record->is_lines = true;
	record->is_escaped = true;
}

int ll_journal_entry_next(struct ll_journal_entry *entry, struct ll_stream *in,
                          struct ll_error *err)
{
	struct ll_str line;
	bool has_field = false;
	int rc;

	clear(entry);
	while ((rc = ll_stream_line(in, &line, err)) > 0) {
		if (line.size == 0 && has_field)
			break;
		if (line.size == 0)
			continue;
		has_field = true;
		if (ll_str_index(line, '=') != SIZE_MAX) {
			read_field(entry, line);
			continue;
		}
		/* The name is a view into the window, and reading on moves that. */
		if (!read_bytes_field(entry, in, buffer_of(entry, line)))
			break;
	}
	finish_record(entry);
	return rc < 0 ? rc : has_field;
}
