/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <leakledger/json.h>

#include <math.h>

static char seen[4096];

/* The tokens of a text, one character each; strings, keys and numbers with their text. */
static const char *tokens(const char *source)
{
	static const char names[] = ".{}[]ksntf0!";
	LL_CLEANUP(ll_buf_done) struct ll_buf out;
	struct ll_json json;
	struct ll_json_token token;

	ll_buf_init(&out, sizeof seen - 1);
	ll_json_init(&json, ll_str(source));
	do {
		token = ll_json_next(&json);
		ll_buf_putc(&out, names[token.kind]);
		if (token.kind == LL_JSON_KEY || token.kind == LL_JSON_STRING ||
		    token.kind == LL_JSON_NUMBER)
			ll_buf_printf(&out, "<%.*s>", LL_STR_ARG(token.text));
	} while (token.kind != LL_JSON_END && token.kind != LL_JSON_BAD);
	memcpy(seen, out.data, out.size + 1);
	return seen;
}

static void tokens_come_in_the_order_of_the_text(void **state)
{
	(void)state;
	assert_string_equal(tokens("{\"a\": [1, -2.5e3, \"x\"], \"b\":{}, \"c\" : null}"),
	                    "{k<a>[n<1>n<-2.5e3>s<x>]k<b>{}k<c>0}.");
	assert_string_equal(tokens(" true "), "t.");
	assert_string_equal(tokens("[false,[]]"), "[f[]].");
	assert_string_equal(tokens("\xef\xbb\xbf{}"), "{}.");
	assert_string_equal(tokens("\"\\\"}\""), "s<\\\"}>.");
}

static void nothing_is_the_end_and_blanks_alone_are_nothing(void **state)
{
	(void)state;
	assert_string_equal(tokens(""), ".");
}

static void go_s_words_for_what_json_cannot_say_are_numbers(void **state)
{
	(void)state;
	assert_string_equal(tokens("[NaN,+Inf,-Inf,Infinity,-Infinity]"),
	                    "[n<NaN>n<+Inf>n<-Inf>n<Infinity>n<-Infinity>].");
}

static void what_is_not_json_is_bad_where_it_stands(void **state)
{
	static const char *const bad[] = {
		"{",      "[",          "[1",       "[1,",        "[1,]",  "[,1]",
		"[1 2]",  "{\"a\"}",    "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":1 \"b\":2}",
		"}",      "]",          "[}",       "{]",         "1 2",   "{} x",
		"\"open", "\"line\n\"", "'single'", "tru",        "truex", "nul",
		"\"a\\",  "{\"a\":1]",  "[1}",      ":",          ",",     "{\"a\",1}",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(bad); i++) {
		const char *const all = tokens(bad[i]);

		if (all[strlen(all) - 1] != '!')
			fail_msg("'%s' was read as %s", bad[i], all);
	}
}

static void numbers_are_as_rfc_8259_writes_them(void **state)
{
	static const char *const good[] = {"0",   "-0",  "10",   "1.5",
	                                   "0.5", "1e5", "1E+5", "-1.25e-7"};
	static const char *const bad[] = {"01",  "-01", "1.", ".5",  "-.5", "+1",   "1e",
	                                  "1e+", "--1", "-",  "0x1", "1_0", "1.e5", "1.5.2"};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(good); i++)
		assert_int_equal(tokens(good[i])[0], 'n');
	for (size_t i = 0; i < LL_COUNT(bad); i++) {
		if (tokens(bad[i])[0] != '!')
			fail_msg("'%s' was read as a number", bad[i]);
	}
}

static void a_bad_reader_stays_bad(void **state)
{
	struct ll_json json;

	(void)state;
	ll_json_init(&json, ll_str("[x"));
	(void)ll_json_next(&json);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(ll_json_next(&json).kind, LL_JSON_BAD);
}

static void nesting_has_a_ceiling(void **state)
{
	char text[2 * LL_JSON_DEPTH + 8];
	struct ll_json json;

	(void)state;
	memset(text, '[', LL_JSON_DEPTH);
	memset(text + LL_JSON_DEPTH, ']', LL_JSON_DEPTH);
	text[sizeof text - 8] = '\0';
	ll_json_init(&json, ll_str(text));
	for (size_t i = 0; i < (size_t)2 * LL_JSON_DEPTH; i++)
		assert_int_not_equal(ll_json_next(&json).kind, LL_JSON_BAD);
	assert_int_equal(ll_json_next(&json).kind, LL_JSON_END);

	memset(text, '[', LL_JSON_DEPTH + 1);
	ll_json_init(&json, ll_str(text));
	for (size_t i = 0; i < LL_JSON_DEPTH; i++)
		assert_int_equal(ll_json_next(&json).kind, LL_JSON_ARRAY);
	assert_int_equal(ll_json_next(&json).kind, LL_JSON_BAD);
}

/* What ll_json_numbers makes of the value of {"a":VALUE}, and whether the object goes on behind. */
static size_t numbers_of(const char *value, uint64_t *out, size_t room)
{
	char text[256];
	struct ll_json json;
	size_t count;

	(void)snprintf(text, sizeof text, "{\"a\":%s,\"b\":1}", value);
	ll_json_init(&json, ll_str(text));
	(void)ll_json_next(&json);
	(void)ll_json_next(&json);
	count = ll_json_numbers(&json, out, room);
	if (count == SIZE_MAX)
		assert_string_equal(json.text.data + json.offset, strchr(text, ':') + 1);
	else
		assert_int_equal(ll_json_next(&json).kind, LL_JSON_KEY);
	return count;
}

/* A short cut passes over plain values, the usual reader over the others: the ends must agree. */
static void what_is_skipped_ends_where_its_last_token_ends(void **state)
{
	static const char *const values[] = {
		"1",          "0",
		"\"a\\\"b\"", "[]",
		"{}",         "[1,[2,{\"a\":[]}]]",
		"1.5",        "-1",
		"true",       "[1,2.5,null]",
		"[ 1 , 2 ]",  "{\"a\" : {\"b\":1} }",
		"1e5",        "[\"\\u00e9\"]",
	};
	static const char *const bad[] = {
		"01", "[1,]",  "[1 2]", "{\"a\"}", "{\"a\":1,}", "{1:2}",
		"[1", "[\"a]", "1x",    "[01]",    "}",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(values); i++) {
		char text[128];
		struct ll_json json;

		(void)snprintf(text, sizeof text, "{\"a\":%s,\"b\":1}", values[i]);
		ll_json_init(&json, ll_str(text));
		(void)ll_json_next(&json);
		(void)ll_json_next(&json);
		assert_true(ll_json_skip(&json));
		assert_int_equal(ll_json_next(&json).kind, LL_JSON_KEY);
	}
	for (size_t i = 0; i < LL_COUNT(bad); i++) {
		char text[128];
		struct ll_json json;
		bool is_good;

		(void)snprintf(text, sizeof text, "{\"a\":%s,\"b\":1}", bad[i]);
		ll_json_init(&json, ll_str(text));
		(void)ll_json_next(&json);
		(void)ll_json_next(&json);
		is_good = ll_json_skip(&json) && ll_json_next(&json).kind == LL_JSON_KEY;
		if (is_good)
			fail_msg("'%s' was skipped", bad[i]);
	}
}

static void an_array_of_unsigned_integers_is_taken_at_once(void **state)
{
	uint64_t out[4] = {0};

	(void)state;
	assert_int_equal(numbers_of("[]", out, 4), 0);
	assert_int_equal(numbers_of(" [ 1 ,\n2, 18446744073709551615 ]", out, 4), 3);
	assert_int_equal(out[0], 1);
	assert_int_equal(out[1], 2);
	assert_true(out[2] == UINT64_MAX);
	assert_int_equal(numbers_of("[0,0,0,0]", out, 4), 4);
}

static void other_values_are_left_for_the_usual_reader(void **state)
{
	static const char *const values[] = {
		"7",       "[1,2,3,4,5]", "[1.5]", "[-1]",    "[01]", "[18446744073709551616]",
		"[1,]",    "[,1]",        "[1 2]", "[\"1\"]", "[1",   "{}",
		"[[1],2]", "[1e3]",
	};
	uint64_t out[4];

	(void)state;
	for (size_t i = 0; i < LL_COUNT(values); i++) {
		if (numbers_of(values[i], out, 4) != SIZE_MAX)
			fail_msg("'%s' was taken", values[i]);
	}
}

static void a_plain_number_is_taken_and_nothing_else(void **state)
{
	static const struct {
		const char *text;
		bool is_taken;
		uint64_t value;
	} rows[] = {
		{"{\"a\":0}", true, 0},
		{"{\"a\": 7 ,\"b\":1}", true, 7},
		{"{\"a\":18446744073709551615}", true, UINT64_MAX},
		{"{\"a\":1234567890123456789,\"b\":\"01234567890\"}", true, 1234567890123456789},
		{"{\"a\":18446744073709551616}", false, 0},
		{"{\"a\":007}", false, 0},
		{"{\"a\":-1}", false, 0},
		{"{\"a\":1.0}", false, 0},
		{"{\"a\":1e3}", false, 0},
		{"{\"a\":1x}", false, 0},
		{"{\"a\":1]}", false, 0},
		{"{\"a\":\"1\"}", false, 0},
		{"{\"a\":", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_json json;
		uint64_t value = 0;
		size_t before;

		ll_json_init(&json, ll_str(rows[i].text));
		(void)ll_json_next(&json);
		assert_false(ll_json_number(&json, &value)); /* a key comes first */
		(void)ll_json_next(&json);
		before = json.offset;
		assert_int_equal(ll_json_number(&json, &value), rows[i].is_taken);
		assert_true(value == rows[i].value);
		if (rows[i].is_taken)
			assert_int_not_equal(ll_json_next(&json).kind, LL_JSON_BAD);
		else
			assert_int_equal(json.offset, before);
	}
}

/* Passes over the value of "a" token by token. */
static bool skip_plainly(struct ll_json *json)
{
	const size_t depth = json->depth;

	do {
		if (ll_json_next(json).kind == LL_JSON_BAD)
			return false;
	} while (json->depth > depth);
	return true;
}

/* Passes over the value of "a" in both ways; returns whether it is good. */
static bool skip_both_ways(struct ll_str text)
{
	struct ll_json fast, plain;
	bool is_good;

	ll_json_init(&fast, text);
	(void)ll_json_next(&fast);
	(void)ll_json_next(&fast);
	plain = fast;
	is_good = skip_plainly(&plain);
	assert_int_equal(ll_json_skip(&fast), is_good);
	assert_int_equal(fast.offset, plain.offset);
	assert_int_equal(fast.state[fast.depth], plain.state[plain.depth]);
	return is_good;
}

/* Short cuts look at eight bytes at a time: damage may be at any of them. */
static void short_cuts_and_tokens_agree_about_damaged_texts(void **state)
{
	static const char *const wholes[] = {
		"{\"a\":[{\"Size\":16,\"Mallocs\":1234567,\"A key of some length\":\"and a "
		"\\\"text\"},{},[1,22,333,17672256001234567890,4444]],\"b\":1}",
		/* Objects that have the shape of the first, and some that have not. */
		"{\"a\":[{\"Size\":8,\"Frees\":0},{\"Size\":16,\"Frees\":123456789},{\"Size\":24,"
		"\"Frees\":7},{\"Size\":24,\"Frees\":\"\"},{\"Size\":24},{}],\"b\":1}",
	};
	static const char bytes[] = "\"\\,:[]{}0-. \n\x01\xff";
	size_t good = 0, bad = 0;

	(void)state;
	for (size_t k = 0; k < LL_COUNT(wholes); k++) {
		const size_t size = strlen(wholes[k]);

		for (size_t at = 6; at < size; at++) {
			for (size_t i = 0; i + 1 < sizeof bytes; i++) {
				LL_CLEANUP(ll_freep) char *text = ll_strdup(wholes[k]);
				bool is_good;

				text[at] = bytes[i];
				is_good = skip_both_ways(ll_str_n(text, size));
				good += is_good;
				bad += !is_good;
			}
			assert_false(skip_both_ways(ll_str_n(wholes[k], at)) && at < size - 7);
		}
	}
	assert_true(good > 200 && bad > 200);
}

/* A list of more members than a shape has room for. */
static void objects_with_many_members_are_skipped(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	(void)state;
	for (size_t members = 1; members < 20; members++) {
		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_puts(&text, "{\"a\":[");
		for (size_t i = 0; i < 3; i++) {
			ll_buf_puts(&text, i == 0 ? "{" : ",{");
			for (size_t k = 0; k < members; k++)
				ll_buf_printf(&text, "%s\"key%zu\":%zu", k == 0 ? "" : ",", k,
				              i * k);
			ll_buf_putc(&text, '}');
		}
		ll_buf_puts(&text, "],\"b\":1}");
		assert_true(skip_both_ways(ll_buf_str(&text)));
		ll_buf_done(&text);
	}
}

/* The same as ll_json_numbers, by tokens. */
static size_t numbers_by_tokens(struct ll_str text, uint64_t *out, size_t room)
{
	struct ll_json json;
	struct ll_json_token token;
	size_t count = 0;

	ll_json_init(&json, text);
	(void)ll_json_next(&json);
	(void)ll_json_next(&json);
	if (ll_json_next(&json).kind != LL_JSON_ARRAY)
		return SIZE_MAX;
	while ((token = ll_json_next(&json)).kind == LL_JSON_NUMBER) {
		if (count == room || !ll_str_to_u64(token.text, &out[count++]))
			return SIZE_MAX;
	}
	return token.kind == LL_JSON_ARRAY_END ? count : SIZE_MAX;
}

/* Reads the ring "a" of up to 32 numbers in both ways; returns whether it is good. */
static bool read_ring_both_ways(struct ll_str text)
{
	uint64_t fast[32], plain[32];
	struct ll_json json;
	const size_t count = numbers_by_tokens(text, plain, LL_COUNT(plain));

	ll_json_init(&json, text);
	(void)ll_json_next(&json);
	(void)ll_json_next(&json);
	assert_int_equal(ll_json_numbers(&json, fast, LL_COUNT(fast)), count);
	if (count != SIZE_MAX)
		assert_memory_equal(fast, plain, count * sizeof *fast);
	return count != SIZE_MAX;
}

static const char *const rings[] = {
	/* Times, which all have 19 digits. */
	"{\"a\":[1767225600123456789,1767225601000000000,1767225602987654321,0,"
	"1767225603111111111,9999999999999999999,186249]}",
	/* Pauses, whose ends are looked for 64 bytes at a time, longer numbers among them. */
	"{\"a\":[60001,123456,7,99999999,100000000,1234567890123456,12345678,0,87654321,"
	"1234567,9876543210987654,12345678901234567,18446744073709551615,5,60001,77777,"
	"186249,999,1000,1000000000,60001,123456,71234]}",
	/* A ring that is not full. */
	"{\"a\":[186249,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}",
	"{\"a\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}",
};

/* With each of some bytes at a place: how many of them leave a good ring. */
static size_t count_good(const char *ring, size_t at)
{
	static const char bytes[] = "\"\\,:[]{}0-. \n\x01\xff/;7";
	const size_t size = strlen(ring);
	size_t good = 0;

	for (size_t i = 0; i + 1 < sizeof bytes; i++) {
		/* Of its own size, so that a byte read behind the end is seen. */
		LL_CLEANUP(ll_freep) char *text = ll_malloc(size);

		memcpy(text, ring, size);
		text[at] = bytes[i];
		good += read_ring_both_ways(ll_str_n(text, size));
	}
	return good;
}

static void rings_are_read_as_by_tokens_also_when_damaged(void **state)
{
	(void)state;
	for (size_t k = 0; k < LL_COUNT(rings); k++) {
		size_t good = 0;

		assert_true(read_ring_both_ways(ll_str(rings[k])));
		for (size_t at = 5; rings[k][at] != '\0'; at++)
			good += count_good(rings[k], at);
		assert_true(good > 50 && good < 10 * strlen(rings[k]));
	}
}

static void rings_that_are_cut_are_none(void **state)
{
	(void)state;
	for (size_t k = 0; k < LL_COUNT(rings); k++) {
		for (size_t size = 5; size < strlen(rings[k]) - 1; size++) {
			/* Of its own size, so that a byte read behind the end is seen. */
			LL_CLEANUP(ll_freep) char *text = ll_malloc(size);

			memcpy(text, rings[k], size);
			assert_false(read_ring_both_ways(ll_str_n(text, size)));
		}
	}
}

static void a_ring_with_more_numbers_than_there_is_room_for_is_left(void **state)
{
	static const char *const numbers[] = {"0", "186249", "1767225600123456789"};
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	uint64_t out[64];

	(void)state;
	ll_buf_init(&text, LL_BUF_PAGE);
	for (size_t k = 0; k < LL_COUNT(numbers); k++) {
		for (size_t room = 1; room < LL_COUNT(out); room++) {
			struct ll_json json;

			ll_buf_clear(&text);
			ll_buf_puts(&text, "{\"a\":[");
			for (size_t i = 0; i < 40; i++)
				ll_buf_printf(&text, "%s%s", i > 0 ? "," : "", numbers[k]);
			ll_buf_puts(&text, "]}");
			ll_json_init(&json, ll_buf_str(&text));
			(void)ll_json_next(&json);
			(void)ll_json_next(&json);
			assert_true(ll_json_numbers(&json, out, room) ==
			            (room < 40 ? SIZE_MAX : 40));
		}
	}
}

static void values_are_skipped_however_deep(void **state)
{
	struct ll_json json;
	struct ll_json_token token;

	(void)state;
	ll_json_init(&json, ll_str("{\"skip\": {\"a\":[1,{\"b\":[]}]}, \"keep\": 7}"));
	(void)ll_json_next(&json);
	(void)ll_json_next(&json);
	assert_true(ll_json_skip(&json));
	token = ll_json_next(&json);
	assert_true(ll_str_equal(token.text, ll_str("keep")));
	assert_int_equal(ll_json_next(&json).kind, LL_JSON_NUMBER);
	assert_true(ll_json_skip(&json)); /* after a value there is nothing to skip */
	assert_int_equal(ll_json_next(&json).kind, LL_JSON_OBJECT_END);

	ll_json_init(&json, ll_str("{\"a\": [1, oops]}"));
	(void)ll_json_next(&json);
	(void)ll_json_next(&json);
	assert_false(ll_json_skip(&json));
}

static void the_line_of_a_fault_is_known(void **state)
{
	struct ll_json json;

	(void)state;
	ll_json_init(&json, ll_str("{\n\"a\":\n\n!"));
	while (ll_json_next(&json).kind != LL_JSON_BAD)
		continue;

	assert_int_equal(ll_json_line(&json), 4);
}

static const char *unescaped(const char *raw)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf out;

	ll_buf_init(&out, sizeof seen - 1);
	ll_json_unescape(ll_str(raw), &out);
	memcpy(seen, out.data, out.size + 1);
	return seen;
}

static void escapes_become_what_they_stand_for(void **state)
{
	(void)state;
	assert_string_equal(unescaped("a\\\"\\\\\\/\\b\\f\\n\\r\\t"), "a\"\\/\b\f\n\r\t");
	assert_string_equal(unescaped("\\u0041\\u20ac"), "A\xe2\x82\xac");
	assert_string_equal(unescaped("\\ud83d\\ude00"), "\xf0\x9f\x98\x80");
	/* What expvar's %q writes. */
	assert_string_equal(unescaped("\\x41\\a\\v"), "A\a\v");
}

static void half_an_escape_does_no_harm(void **state)
{
	(void)state;
	assert_string_equal(unescaped("\\ud83dx"), "\xef\xbf\xbdx");
	assert_string_equal(unescaped("\\ude00"), "\xef\xbf\xbd");
	assert_string_equal(unescaped("\\ud83d\\u0041"), "\xef\xbf\xbd"
	                                                 "A");
	assert_string_equal(unescaped("\\u12"), "\xef\xbf\xbd"
	                                        "12");
	assert_string_equal(unescaped("\\u"), "\xef\xbf\xbd");
	assert_string_equal(unescaped("\\xg"), "xg");
	assert_string_equal(unescaped("end\\"), "end\\");
}

static const char *written(struct ll_str text)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf out;

	ll_buf_init(&out, sizeof seen - 1);
	ll_json_put_string(&out, text);
	memcpy(seen, out.data, out.size + 1);
	return seen;
}

static void written_strings_are_safe_in_html_and_scripts(void **state)
{
	(void)state;
	assert_string_equal(written(ll_str("a\"b\\c\n\t")), "\"a\\\"b\\\\c\\n\\t\"");
	assert_string_equal(written(ll_str("</script>&")), "\"\\u003c/script\\u003e\\u0026\"");
	assert_string_equal(written(ll_str_n("\x00\x1f\x7f", 3)), "\"\\u0000\\u001f\\u007f\"");
	assert_string_equal(written(ll_str("\xe2\x80\xa8")), "\"\\u2028\"");
	assert_string_equal(written(ll_str("\xe2\x82\xac")), "\"\xe2\x82\xac\"");
}

static void bytes_that_are_no_utf8_are_replaced(void **state)
{
	(void)state;
	assert_string_equal(written(ll_str("a\xff\xc3(")), "\"a\xef\xbf\xbd\xef\xbf\xbd(\"");
}

static void numbers_are_written_as_short_as_they_read_back(void **state)
{
	static const struct {
		double value;
		const char *text;
	} rows[] = {
		{0, "0"},
		{1, "1"},
		{0.1, "0.1"},
		{-2.5, "-2.5"},
		{1e21, "1e+21"},
		{1.0 / 3, "0.3333333333333333"},
		{(double)NAN, "null"},
		{(double)INFINITY, "null"},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf out;

		ll_buf_init(&out, 100);
		ll_json_put_real(&out, rows[i].value);
		assert_string_equal(out.data, rows[i].text);
	}
}

static void a_document_has_its_commas_and_lines(void **state)
{
	struct ll_buf text;
	struct ll_json_out json = {.to = &text};

	(void)state;
	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_json_open(&json, NULL, '{');
	ll_json_text(&json, "a\"b", ll_str("x\n"));
	ll_json_open(&json, "empty", '[');
	ll_json_close(&json, ']');
	ll_json_open(&json, "list", '[');
	ll_json_i64(&json, NULL, -5);
	ll_json_break(&json);
	ll_json_real(&json, NULL, 0.5);
	ll_json_bool(&json, NULL, true);
	ll_json_raw(&json, NULL, ll_str("{\"k\":[]}"));
	ll_json_raw(&json, NULL, ll_str(""));
	ll_json_break(&json);
	ll_json_close(&json, ']');
	ll_json_close(&json, '}');

	assert_string_equal(text.data, "{\"a\\\"b\":\"x\\n\",\"empty\":[],\"list\":[-5,\n0.5,true,"
	                               "{\"k\":[]},null\n]}");
	ll_buf_done(&text);
}

static void what_turns_text_around_is_escaped_also_in_json_that_is_there(void **state)
{
	struct ll_buf text;

	(void)state;
	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_json_put_string(&text, ll_str("a\xe2\x80\xae\xc2\x9b\xef\xbb\xbf"));
	assert_string_equal(text.data, "\"a\\u202e\\u009b\\ufeff\"");
	ll_buf_clear(&text);
	ll_json_put_raw(&text, ll_str("[\"\xe2\x81\xa6\xff\"]"));
	assert_string_equal(text.data, "[\"\\u2066\xef\xbf\xbd\"]");
	ll_buf_done(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_has_its_commas_and_lines),
		cmocka_unit_test(what_turns_text_around_is_escaped_also_in_json_that_is_there),
		cmocka_unit_test(tokens_come_in_the_order_of_the_text),
		cmocka_unit_test(nothing_is_the_end_and_blanks_alone_are_nothing),
		cmocka_unit_test(go_s_words_for_what_json_cannot_say_are_numbers),
		cmocka_unit_test(what_is_not_json_is_bad_where_it_stands),
		cmocka_unit_test(numbers_are_as_rfc_8259_writes_them),
		cmocka_unit_test(a_bad_reader_stays_bad),
		cmocka_unit_test(nesting_has_a_ceiling),
		cmocka_unit_test(what_is_skipped_ends_where_its_last_token_ends),
		cmocka_unit_test(an_array_of_unsigned_integers_is_taken_at_once),
		cmocka_unit_test(other_values_are_left_for_the_usual_reader),
		cmocka_unit_test(a_plain_number_is_taken_and_nothing_else),
		cmocka_unit_test(short_cuts_and_tokens_agree_about_damaged_texts),
		cmocka_unit_test(objects_with_many_members_are_skipped),
		cmocka_unit_test(rings_are_read_as_by_tokens_also_when_damaged),
		cmocka_unit_test(rings_that_are_cut_are_none),
		cmocka_unit_test(a_ring_with_more_numbers_than_there_is_room_for_is_left),
		cmocka_unit_test(values_are_skipped_however_deep),
		cmocka_unit_test(the_line_of_a_fault_is_known),
		cmocka_unit_test(escapes_become_what_they_stand_for),
		cmocka_unit_test(half_an_escape_does_no_harm),
		cmocka_unit_test(written_strings_are_safe_in_html_and_scripts),
		cmocka_unit_test(bytes_that_are_no_utf8_are_replaced),
		cmocka_unit_test(numbers_are_written_as_short_as_they_read_back),
	};

	return cmocka_run_group_tests_name("base.json", tests, NULL, NULL);
}
