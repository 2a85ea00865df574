/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_csv.c - what people write down in tables: releases, limits and owners of services.
 *
 *     service,time,version,build,note            releases
 *     cart,2026-11-21T01:06:27Z,v1.4.2,abc123,"cache, larger"
 *     service,instance,name,value                limits
 *     service,team,mail                          owners
 *
 * Rules:
 *   1. The header decides which of the three it is: releases have a time and a version or build,
 *      limits a name and a value, owners a team; all have a service. Names of columns are known
 *      in any case and order and by the synonyms below.
 *   2. Cells are quoted as RFC 4180 says; the separator is the one of ',', ';' and tab that the
 *      header has most of. Lines may end in CRLF; a byte order mark, empty lines and lines that
 *      begin with '#' are passed over.
 *   3. A row that cannot be read is a note with its line and column, and costs only itself. A quote
 *      that does not end within 64 KiB costs the line in which it begins.
 *   4. Times without a zone are UTC; ten digits are seconds since 1970, 13 milliseconds, 19
 *      nanoseconds. Sizes are as ll_parse_bytes reads them; "250m" is a quarter.
 *   5. Columns that are not known go into the note of the row, by their name.
 */
#include <leakledger/capture.h>

enum {
	COLUMNS_MAX = 64,
	ROW_BYTES_MAX = 64 * 1024,
	NOTES_MAX = 20, /* notes for single rows; the rest is counted in one */
};

/* clang-format off */
#define LL_COLUMNS(X) \
	X(SERVICE, "service", "service app application job component deployment") \
	X(INSTANCE, "instance", "instance pod host node") \
	X(TIME, "time", "time when date timestamp at deployed deployed_at released released_at since") \
	X(VERSION, "version", "version release tag") \
	X(BUILD, "build", "build build_id buildid commit sha revision") \
	X(NOTE, "note", "note notes comment description message") \
	X(NAME, "name", "name limit resource setting key") \
	X(VALUE, "value", "value amount size") \
	X(TEAM, "team", "team owner group squad") \
	X(OTHER, "", "")
/* clang-format on */

enum column {
#define LL_COLUMN_ENUM(id, name, synonyms) COLUMN_##id,
	LL_COLUMNS(LL_COLUMN_ENUM)
#undef LL_COLUMN_ENUM
		COLUMN_COUNT
};

static const struct {
	const char *name, *synonyms;
} columns[] = {
#define LL_COLUMN_ROW(id, name, synonyms) {name, synonyms},
	LL_COLUMNS(LL_COLUMN_ROW)
#undef LL_COLUMN_ROW
};

enum table {
	TABLE_NONE,
	TABLE_RELEASES,
	TABLE_LIMITS,
	TABLE_OWNERS,
};

struct reader {
	const struct ll_sink *out;
	struct ll_str rest; /* what was not read yet */
	uint64_t line;      /* of the row being read */
	uint64_t next_line;
	char separator;
	enum table table;
	enum column header[COLUMNS_MAX];
	struct ll_buf titles; /* of the columns, each ended by a 0 byte */
	size_t column_count;
	struct ll_buf cells; /* of the row, each ended by a 0 byte */
	struct ll_str cell[COLUMNS_MAX];
	size_t cell_count;
	struct ll_buf note;
	size_t rows, bad_rows;
};

/* -------------------------------------------------------------------- cells */

static void next_is_line(struct reader *reader, struct ll_str taken)
{
	reader->line = reader->next_line;
	for (size_t i = 0; i < taken.size; i++)
		reader->next_line += taken.data[i] == '\n';
}

/* A 0 byte ends a cell in our buffer; in a text it is noise. */
static void put_byte(struct reader *reader, char byte)
{
	if (byte != '\0')
		ll_buf_putc(&reader->cells, byte);
}

/* One cell at *at; moves *at behind it, onto a separator or line feed. False: its quote is open. */
static bool take_cell(struct reader *reader, size_t *at)
{
	const struct ll_str rest = reader->rest;
	const bool is_quoted = *at < rest.size && rest.data[*at] == '"';

	*at += is_quoted;
	for (; *at < rest.size; (*at)++) {
		const char byte = rest.data[*at];

		if (*at > ROW_BYTES_MAX)
			return false;
		if (is_quoted && byte == '"') {
			if (*at + 1 == rest.size || rest.data[*at + 1] != '"')
				break;
			(*at)++;
		} else if (!is_quoted && (byte == reader->separator || byte == '\n')) {
			return true;
		}
		put_byte(reader, byte);
	}
	if (!is_quoted)
		return true;
	if (*at == rest.size)
		return false;
	/* What stands between the closing quote and the separator belongs to the cell. */
	for ((*at)++; *at < rest.size; (*at)++) {
		if (rest.data[*at] == reader->separator || rest.data[*at] == '\n')
			break;
		put_byte(reader, rest.data[*at]);
	}
	return true;
}

static void view_cells(struct reader *reader)
{
	struct ll_str text = ll_buf_str(&reader->cells);

	for (size_t i = 0; i < reader->cell_count; i++)
		reader->cell[i] = ll_str_trim(ll_str_split(&text, '\0'));
	for (size_t i = reader->cell_count; i < COLUMNS_MAX; i++)
		reader->cell[i] = ll_str_n(NULL, 0);
}

/* Takes a row into `cell`. False: a quote does not end; then only its line was taken. */
static bool take_row(struct reader *reader)
{
	size_t at = 0;

	ll_buf_clear(&reader->cells);
	reader->cell_count = 0;
	for (;;) {
		const bool is_whole = take_cell(reader, &at);

		ll_buf_putc(&reader->cells, '\0');
		reader->cell_count += reader->cell_count < COLUMNS_MAX;
		if (!is_whole || reader->cells.is_full) {
			const struct ll_str line = ll_str_split(&reader->rest, '\n');

			next_is_line(reader, ll_str_n(line.data, line.size));
			reader->next_line++;
			return false;
		}
		if (at >= reader->rest.size || reader->rest.data[at] == '\n')
			break;
		at++;
	}
	at += at < reader->rest.size;
	next_is_line(reader, ll_str_first(reader->rest, at));
	reader->rest = ll_str_from(reader->rest, at);
	view_cells(reader);
	return true;
}

static bool is_passed_over(struct ll_str rest)
{
	const struct ll_str line = ll_str_trim(ll_str_first(rest, ll_str_index(rest, '\n')));

	return line.size == 0 || line.data[0] == '#';
}

/* Passes over empty lines and comments. False at the end. */
static bool find_row(struct reader *reader)
{
	while (reader->rest.size > 0 && is_passed_over(reader->rest)) {
		(void)ll_str_split(&reader->rest, '\n');
		reader->next_line++;
	}
	return reader->rest.size > 0;
}

/* ------------------------------------------------------------------- header */

/* "Deployed At" and "deployed-at" are "deployed_at". */
static bool is_same_title(struct ll_str title, struct ll_str synonym)
{
	if (title.size != synonym.size)
		return false;
	for (size_t i = 0; i < title.size; i++) {
		char byte = title.data[i];

		if (byte >= 'A' && byte <= 'Z')
			byte = (char)(byte - 'A' + 'a');
		if (byte == ' ' || byte == '-')
			byte = '_';
		if (byte != synonym.data[i])
			return false;
	}
	return true;
}

static enum column find_column(struct ll_str title)
{
	for (enum column column = 0; column < COLUMN_OTHER; column++) {
		struct ll_str synonyms = ll_str(columns[column].synonyms);

		while (synonyms.size > 0) {
			if (is_same_title(title, ll_str_split(&synonyms, ' ')))
				return column;
		}
	}
	return COLUMN_OTHER;
}

static char find_separator(struct ll_str line)
{
	static const char separators[] = {',', ';', '\t'};
	size_t best = 0;
	char found = ',';

	for (size_t i = 0; i < LL_COUNT(separators); i++) {
		size_t count = 0;

		for (size_t k = 0; k < line.size; k++)
			count += line.data[k] == separators[i];
		if (count > best) {
			best = count;
			found = separators[i];
		}
	}
	return found;
}

/* Rule 1. */
static enum table find_table(const bool has[COLUMN_COUNT])
{
	if (!has[COLUMN_SERVICE])
		return TABLE_NONE;
	if (has[COLUMN_TIME] && (has[COLUMN_VERSION] || has[COLUMN_BUILD]))
		return TABLE_RELEASES;
	if (has[COLUMN_NAME] && has[COLUMN_VALUE])
		return TABLE_LIMITS;
	return has[COLUMN_TEAM] ? TABLE_OWNERS : TABLE_NONE;
}

static bool read_header(struct reader *reader)
{
	bool has[COLUMN_COUNT] = {false};

	(void)ll_str_skip(&reader->rest, "\xef\xbb\xbf");
	if (!find_row(reader))
		return false;
	reader->separator =
		find_separator(ll_str_first(reader->rest, ll_str_index(reader->rest, '\n')));
	if (!take_row(reader) || reader->cell_count < 2)
		return false;
	reader->column_count = reader->cell_count;
	for (size_t i = 0; i < reader->column_count; i++) {
		reader->header[i] = find_column(reader->cell[i]);
		/* The second of two columns with one meaning is another column. */
		if (has[reader->header[i]])
			reader->header[i] = COLUMN_OTHER;
		has[reader->header[i]] = true;
		ll_buf_put_str(&reader->titles, reader->cell[i]);
		ll_buf_putc(&reader->titles, '\0');
	}
	reader->table = find_table(has);
	return reader->table != TABLE_NONE;
}

static struct ll_str title_of(const struct reader *reader, size_t index)
{
	struct ll_str titles = ll_buf_str(&reader->titles);

	while (index-- > 0)
		(void)ll_str_split(&titles, '\0');
	return ll_str_split(&titles, '\0');
}

/* --------------------------------------------------------------------- rows */

static struct ll_str get(const struct reader *reader, enum column column)
{
	for (size_t i = 0; i < reader->column_count; i++) {
		if (reader->header[i] == column)
			return reader->cell[i];
	}
	return ll_str_n(NULL, 0);
}

static void complain(struct reader *reader, const char *text)
{
	if (reader->bad_rows++ < NOTES_MAX)
		reader->out->note(reader->out->self, reader->line, text);
}

static void complain_of(struct reader *reader, enum column column, struct ll_str value)
{
	char text[160];

	if (value.size == 0)
		(void)snprintf(text, sizeof text, "row left out: column '%s' is empty",
		               columns[column].name);
	else
		(void)snprintf(text, sizeof text,
		               "row left out: column '%s': '%.*s' cannot be read",
		               columns[column].name, LL_STR_ARG(ll_str_first(value, 60)));
	complain(reader, text);
}

/* Rule 4. */
static bool parse_time(struct ll_str text, int64_t *ret_time_ns)
{
	bool has_zone;
	int64_t number, unit;

	if (!ll_str_is_digits(text))
		return ll_parse_time(text, ret_time_ns, &has_zone);
	switch (text.size) {
	case 10: unit = LL_NS_PER_S; break;
	case 13: unit = LL_NS_PER_MS; break;
	case 16: unit = LL_NS_PER_US; break;
	case 19: unit = 1; break;
	default: return false;
	}
	return ll_str_to_i64(text, &number) && !__builtin_mul_overflow(number, unit, ret_time_ns);
}

static bool parse_number(struct ll_str text, double *ret_number)
{
	int64_t bytes;

	if (ll_str_ends(text, "m") &&
	    ll_str_to_f64(ll_str_first(text, text.size - 1), ret_number)) {
		*ret_number /= 1000;
		return true;
	}
	if (!ll_parse_bytes(text, &bytes))
		return false;
	*ret_number = (double)bytes;
	return true;
}

/* Rule 5: the note, and "Region: eu" for columns that are not known. */
static struct ll_str note_of(struct reader *reader)
{
	ll_buf_clear(&reader->note);
	ll_buf_put_str(&reader->note, get(reader, COLUMN_NOTE));
	for (size_t i = 0; i < reader->column_count; i++) {
		if (reader->header[i] != COLUMN_OTHER || reader->cell[i].size == 0)
			continue;
		if (reader->note.size > 0)
			ll_buf_puts(&reader->note, ", ");
		ll_buf_put_str(&reader->note, title_of(reader, i));
		ll_buf_puts(&reader->note, ": ");
		ll_buf_put_str(&reader->note, reader->cell[i]);
	}
	return ll_buf_str(&reader->note);
}

/* Fills what the kind of table wants. False: a column cannot be read, which was noted. */
static bool fill(struct reader *reader, struct ll_declared *fact)
{
	const struct ll_str time = get(reader, COLUMN_TIME), value = get(reader, COLUMN_VALUE);

	if (fact->service.size == 0) {
		complain_of(reader, COLUMN_SERVICE, fact->service);
		return false;
	}
	if ((time.size > 0 || reader->table == TABLE_RELEASES) &&
	    !parse_time(time, &fact->time_ns)) {
		complain_of(reader, COLUMN_TIME, time);
		return false;
	}
	if (reader->table == TABLE_RELEASES) {
		fact->what = "release";
		fact->name = get(reader, COLUMN_VERSION);
		fact->value = get(reader, COLUMN_BUILD);
		if (fact->name.size == 0 && fact->value.size == 0)
			complain_of(reader, COLUMN_VERSION, fact->name);
		return fact->name.size > 0 || fact->value.size > 0;
	}
	if (reader->table == TABLE_OWNERS) {
		fact->what = "owner";
		fact->value = get(reader, COLUMN_TEAM);
		if (fact->value.size == 0)
			complain_of(reader, COLUMN_TEAM, fact->value);
		return fact->value.size > 0;
	}
	fact->what = "limit";
	fact->name = get(reader, COLUMN_NAME);
	fact->value = value;
	if (fact->name.size == 0) {
		complain_of(reader, COLUMN_NAME, fact->name);
		return false;
	}
	if (!parse_number(value, &fact->number)) {
		complain_of(reader, COLUMN_VALUE, value);
		return false;
	}
	return true;
}

static int read_row(struct reader *reader, struct ll_error *err)
{
	struct ll_declared fact = {.time_ns = LL_TIME_NONE};
	char text[96];

	if (!take_row(reader)) {
		complain(reader, "row left out: a quote that does not end");
		return LL_OK;
	}
	while (reader->cell_count > reader->column_count &&
	       reader->cell[reader->cell_count - 1].size == 0)
		reader->cell_count--;
	if (reader->cell_count > reader->column_count) {
		(void)snprintf(text, sizeof text, "row left out: %zu columns, the header has %zu",
		               reader->cell_count, reader->column_count);
		complain(reader, text);
		return LL_OK;
	}
	fact.service = get(reader, COLUMN_SERVICE);
	fact.instance = get(reader, COLUMN_INSTANCE);
	if (!fill(reader, &fact))
		return LL_OK;
	fact.note = note_of(reader);
	reader->rows++;
	return reader->out->declared(reader->out->self, &fact, err);
}

static int read_rows(struct reader *reader, struct ll_error *err)
{
	static const char *const variants[] = {NULL, "releases", "limits", "owners"};
	const struct ll_origin origin = {
		.kind = LL_KIND_FACTS,
		.variant = variants[reader->table],
		.time_ns = LL_TIME_NONE,
		.not_before_ns = LL_TIME_NONE,
	};
	int rc = reader->out->begin(reader->out->self, &origin, err);
	char text[64];

	while (rc == LL_OK && find_row(reader))
		rc = read_row(reader, err);
	if (rc == LL_OK && reader->bad_rows > NOTES_MAX) {
		(void)snprintf(text, sizeof text, "%zu more rows left out",
		               reader->bad_rows - NOTES_MAX);
		reader->out->note(reader->out->self, 0, text);
	}
	return rc;
}

static void init_reader(struct reader *reader, struct ll_str text)
{
	memset(reader, 0, sizeof *reader);
	reader->rest = text;
	reader->next_line = 1;
	ll_buf_init(&reader->titles, ROW_BYTES_MAX + COLUMNS_MAX);
	ll_buf_init(&reader->cells, ROW_BYTES_MAX + COLUMNS_MAX);
	ll_buf_init(&reader->note, ROW_BYTES_MAX + COLUMNS_MAX);
}

static void done_reader(struct reader *reader)
{
	ll_buf_done(&reader->titles);
	ll_buf_done(&reader->cells);
	ll_buf_done(&reader->note);
}

static int read_csv(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                    struct ll_error *err)
{
	struct reader reader;
	struct ll_str text;
	int rc = ll_stream_all(in, &text, err);

	(void)peek;
	if (rc < 0)
		return rc;
	init_reader(&reader, text);
	reader.out = out;
	rc = read_header(&reader)
	             ? read_rows(&reader, err)
	             : ll_fail(err, LL_E_FORMAT, "line 1: no header of releases, limits or owners");
	done_reader(&reader);
	return rc;
}

static enum ll_bid bid_csv(const struct ll_peek *peek)
{
	struct reader reader;
	bool is_table;

	/* JSON and XML have commas, too, and a first line without end. */
	if (peek->head.size > 0 && memchr("{[<", peek->head.data[0], 3))
		return LL_BID_NO;
	init_reader(&reader, peek->head);
	is_table = read_header(&reader);
	done_reader(&reader);
	return is_table ? LL_BID_SHAPE : LL_BID_NO;
}

const struct ll_format ll_fmt_csv = {
	.id = "csv",
	.title = "table of releases, limits or owners (CSV)",
	.bid = bid_csv,
	.read = read_csv,
};
