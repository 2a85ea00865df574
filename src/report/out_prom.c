/* SPDX-License-Identifier: Apache-2.0 */
/*
 * out_prom.c - numbers for Prometheus' textfile collector.
 *
 * Rules of the collector: HELP and TYPE once before each family; no timestamps, or it drops the
 * whole file; no series twice, or it does the same. Labels are services, severities, states and
 * reasons, never findings: their number stays that of services. A name that cannot be a label as it
 * is (too long, bytes that are no UTF-8, control characters) is cut or mended and gets a hash, so
 * that two names stay two.
 */
#include "outputs.h"

#include <leakledger/hash.h>

#include <inttypes.h>

enum {
	LABEL_BYTES = 128,
};

static const struct family {
	const char *name, *help;
} families[] = {
	{"captures", "Captures of files that were looked at, by what became of them."},
	{"captures_left_out", "Captures that judgments leave out, by the reason of the audit."},
	{"findings", "Open findings that are not suppressed."},
	{"service_findings_suppressed", "Open findings that a suppression puts aside."},
	{"service_growth_bytes_per_second",
         "Growth of one process at the finding that grows fastest."},
	{"service_growth_goroutines_per_second",
         "Goroutines that one process gains at the finding that grows fastest."},
	{"service_judged", "1 when there was enough evidence to judge the service."},
	{"service_last_capture_timestamp_seconds", "Time of the last capture of the service."},
	{"service_score", "Highest score of an open finding, 0 to 100; 0 without one."},
	{"service_time_to_limit_seconds",
         "Time until a process reaches its memory limit, of the finding that is nearest."},
};

/* The text as it may stand between quotes; true when that is not the text itself. */
static bool put_escaped(struct ll_buf *to, struct ll_str text)
{
	bool is_changed = false;

	for (size_t i = 0; i < text.size;) {
		uint32_t code;
		char bytes[4];
		const size_t length = ll_utf8_next(text, i, &code);

		if (i + length > LABEL_BYTES)
			return true;
		is_changed |= ll_plain_is_harmful(code) || (code == 0xfffd && length == 1);
		if (ll_plain_is_harmful(code))
			code = 0xfffd;
		if (code == '"' || code == '\\')
			ll_buf_putc(to, '\\');
		ll_buf_put(to, bytes, ll_utf8_put(code, bytes));
		i += length;
	}
	return is_changed;
}

static void put_label(struct ll_buf *to, bool *is_first, const char *name, struct ll_str value)
{
	ll_buf_printf(to, "%s%s=\"", *is_first ? "{" : ",", name);
	*is_first = false;
	if (put_escaped(to, value)) {
		uint8_t bytes[16];

		ll_hash_to_bytes(ll_hash_bytes(value.data, value.size), bytes);
		ll_buf_printf(to, "~%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
	}
	ll_buf_putc(to, '"');
}

static void put_head(struct ll_buf *to, const char *name, const char *help)
{
	ll_buf_printf(to, "# HELP leakledger_%s %s\n# TYPE leakledger_%s gauge\n", name, help,
	              name);
}

static void put_value(struct ll_buf *to, double value)
{
	char text[LL_UNIT_TEXT];

	ll_buf_printf(to, " %s\n", ll_format_real(value, 6, text));
}

/* The columns between the family and the value are labels, when they are not NULL. */
static void put_sample(struct ll_buf *to, const struct ll_stmt *stmt)
{
	const int last = ll_stmt_columns(stmt) - 1;
	bool is_first = true;

	ll_buf_printf(to, "leakledger_%.*s", LL_STR_ARG(ll_stmt_text(stmt, 0)));
	for (int i = 1; i < last; i++) {
		if (!ll_stmt_is_null(stmt, i))
			put_label(to, &is_first, ll_stmt_column_name(stmt, i),
			          ll_stmt_text(stmt, i));
	}
	ll_buf_puts(to, is_first ? "" : "}");
	put_value(to, ll_stmt_f64(stmt, last));
}

static const struct family *family_of(struct ll_str name)
{
	for (size_t i = 0; i < LL_COUNT(families); i++) {
		if (ll_str_equal(name, ll_str(families[i].name)))
			return &families[i];
	}
	return NULL;
}

static int put_samples(struct ll_buf *to, struct ll_stmt *stmt, struct ll_error *err)
{
	const struct family *family = NULL;
	int rc;

	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		const struct family *const next = family_of(ll_stmt_text(stmt, 0));

		if (!next)
			return ll_fail(err, LL_E_INTERNAL, "no family of metrics '%.*s'",
			               LL_STR_ARG(ll_stmt_text(stmt, 0)));
		if (next != family)
			put_head(to, next->name, next->help);
		family = next;
		put_sample(to, stmt);
	}
	return rc;
}

static int write_prom(const struct ll_findings_of *of, const struct ll_output *out,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	bool is_first = true;
	int rc;

	ll_buf_init(&text, LL_BUF_PAGE);
	put_head(&text, "build_info", "Version of the program that wrote this.");
	ll_buf_puts(&text, "leakledger_build_info");
	put_label(&text, &is_first, "version", ll_str(of->version));
	ll_buf_puts(&text, "} 1\n");
	rc = ll_found_list(of, "sql/reports/findings/prom.sql", &stmt, err);
	if (rc == LL_OK)
		rc = put_samples(&text, stmt, err);
	if (rc < 0)
		return rc;
	/* A file that nobody writes any more looks alive for ever: this one tells its age. */
	put_head(&text, "last_success_timestamp_seconds", "When this was written.");
	ll_buf_puts(&text, "leakledger_last_success_timestamp_seconds");
	ll_buf_printf(&text, " %" PRId64 "\n", of->now_ns / LL_NS_PER_S);
	return ll_output_put(out, &text, "the metrics", err);
}

const struct ll_output_format ll_out_prom = {
	.id = "prom",
	.title = "numbers for Prometheus' textfile collector",
	.suffix = "prom",
	.is_shared = true,
	.write = write_prom,
};
