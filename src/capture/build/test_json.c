/* SPDX-License-Identifier: Apache-2.0 */
/* test_json.c - see test_json.h. */
#include "test_json.h"

#include <leakledger/json.h>

void ll_test_json_init(struct ll_test_json *json)
{
	memset(json, 0, sizeof *json);
	for (size_t i = 0; i < LL_TEST_OPEN_MAX; i++) {
		ll_buf_init(&json->open[i].package, LL_BUF_MESSAGE);
		ll_buf_init(&json->open[i].test, LL_BUF_MESSAGE);
		ll_buf_init(&json->open[i].text, LL_BUF_MESSAGE);
	}
	ll_buf_init(&json->package, LL_BUF_MESSAGE);
	ll_buf_init(&json->test, LL_BUF_MESSAGE);
	ll_buf_init(&json->output, LL_BUF_MESSAGE);
}

void ll_test_json_done(struct ll_test_json *json)
{
	for (size_t i = 0; i < LL_TEST_OPEN_MAX; i++) {
		ll_buf_done(&json->open[i].package);
		ll_buf_done(&json->open[i].test);
		ll_buf_done(&json->open[i].text);
	}
	ll_buf_done(&json->package);
	ll_buf_done(&json->test);
	ll_buf_done(&json->output);
}

/* Reads the fields that matter. False when the text is no object with an "Action". */
static bool read_event(struct ll_test_json *json, struct ll_str text, int64_t *ret_time_ns)
{
	struct {
		const char *key;
		struct ll_buf *value;
	} const fields[] = {
		{"Package", &json->package}, {"Test", &json->test}, {"Output", &json->output}};
	bool has_action = false, has_zone;
	struct ll_json_token token;
	struct ll_json reader;

	*ret_time_ns = LL_TIME_NONE;
	for (size_t i = 0; i < LL_COUNT(fields); i++)
		ll_buf_clear(fields[i].value);
	ll_json_init(&reader, text);
	if (ll_json_next(&reader).kind != LL_JSON_OBJECT)
		return false;
	while ((token = ll_json_next(&reader)).kind == LL_JSON_KEY) {
		const struct ll_str key = token.text;
		const struct ll_json before = reader;

		token = ll_json_next(&reader);
		if (token.kind != LL_JSON_STRING) {
			reader = before;
			if (!ll_json_skip(&reader))
				return false;
			continue;
		}
		has_action |= ll_str_equal(key, ll_str("Action"));
		if (ll_str_equal(key, ll_str("Time")))
			(void)ll_parse_time(token.text, ret_time_ns, &has_zone);
		for (size_t i = 0; i < LL_COUNT(fields); i++) {
			if (ll_str_equal(key, ll_str(fields[i].key)))
				ll_json_unescape(token.text, fields[i].value);
		}
	}
	return has_action && token.kind == LL_JSON_OBJECT_END;
}

static int close_line(struct ll_test_open *open, ll_test_line take, void *self,
                      struct ll_error *err)
{
	const struct ll_test_event event = {
		.time_ns = open->time_ns,
		.package = ll_buf_str(&open->package),
		.test = ll_buf_str(&open->test),
	};
	const int rc = take(self, &event, ll_buf_str(&open->text), err);

	ll_buf_clear(&open->text);
	return rc;
}

/* The open line of the event's test, or a free place for one. */
static int find_open(struct ll_test_json *json, struct ll_test_open **ret_open, ll_test_line take,
                     void *self, struct ll_error *err)
{
	struct ll_test_open *open = NULL;
	int rc = LL_OK;

	for (size_t i = 0; i < LL_TEST_OPEN_MAX; i++) {
		struct ll_test_open *const one = &json->open[i];

		if (one->text.size > 0 &&
		    ll_str_equal(ll_buf_str(&one->package), ll_buf_str(&json->package)) &&
		    ll_str_equal(ll_buf_str(&one->test), ll_buf_str(&json->test))) {
			*ret_open = one;
			return LL_OK;
		}
		if (one->text.size == 0 && !open)
			open = one;
	}
	if (!open) {
		open = &json->open[json->oldest++ % LL_TEST_OPEN_MAX];
		rc = close_line(open, take, self, err);
	}
	ll_buf_clear(&open->package);
	ll_buf_clear(&open->test);
	ll_buf_put_str(&open->package, ll_buf_str(&json->package));
	ll_buf_put_str(&open->test, ll_buf_str(&json->test));
	*ret_open = open;
	return rc;
}

int ll_test_json_line(struct ll_test_json *json, struct ll_str text, ll_test_line take, void *self,
                      struct ll_error *err)
{
	struct ll_test_open *open;
	struct ll_str rest;
	int64_t time_ns;
	int rc;

	if (!read_event(json, text, &time_ns))
		return 0;
	rest = ll_buf_str(&json->output);
	if (rest.size == 0)
		return 1;
	rc = find_open(json, &open, take, self, err);
	if (rc < 0)
		return rc;
	open->time_ns = time_ns;
	while (rest.size > 0) {
		const bool is_complete = ll_str_index(rest, '\n') != SIZE_MAX;

		ll_buf_put_str(&open->text, ll_str_split(&rest, '\n'));
		rc = is_complete ? close_line(open, take, self, err) : LL_OK;
		if (rc < 0)
			return rc;
	}
	return 1;
}

int ll_test_json_finish(struct ll_test_json *json, ll_test_line take, void *self,
                        struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc >= 0 && i < LL_TEST_OPEN_MAX; i++) {
		if (json->open[i].text.size > 0)
			rc = close_line(&json->open[i], take, self, err);
	}
	return rc < 0 ? rc : LL_OK;
}
