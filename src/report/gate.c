/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gate.c - does anything stand that must not?
 *
 * Rules:
 *   G1  Only open findings that no suppression puts aside, of at least the severity asked for.
 *   G2  New is what the baseline does not have, by id. An id holds no number that changes, so a
 *       leak that grows faster is the same leak.
 *   G3  Worse is a higher severity, or a growth whose interval lies wholly above 1.25 times that of
 *       the baseline: a number that only wobbles stops nobody.
 *   G4  Without a baseline the judgment's own words count: new or regressed, worse.
 *   G5  What the baseline has and is no longer found is told, so that it does not hide a relapse
 *       for ever.
 */
#include "baseline.h"

#include <inttypes.h>

enum {
	WIDTH = 78,
	INDENT = 3,
};

static const double worse_by = 1.25;

struct gate {
	const struct ll_findings_of *of;
	const struct ll_gate_options *options;
	const struct ll_output *out;
	struct ll_found_set set;
	struct ll_baseline baseline;
	size_t failing, known, stale;
};

/* --------------------------------------------------------------------- judging */

static bool is_state(const struct ll_found *found, const char *state)
{
	return ll_str_equal(found->state, ll_str(state));
}

static bool is_above(bool has_now, double now_low, bool had, double before)
{
	return has_now && had && now_low > 0 && now_low > before * worse_by;
}

/* Why it is worse than in the baseline; NULL when it is not. G3 */
static const char *worse_than(struct gate *gate, const struct ll_found *found,
                              const struct ll_known *known)
{
	char before[LL_UNIT_TEXT], now[LL_UNIT_TEXT];

	if (ll_severity_rank(found->severity) > ll_severity_rank(known->severity))
		return ll_arena_printf(&gate->set.arena,
		                       "worse: its severity was %.*s, now it is %.*s",
		                       LL_STR_ARG(known->severity), LL_STR_ARG(found->severity));
	if (is_above(found->has_bytes, (double)found->bytes_per_day_low, known->has_bytes,
	             known->bytes_per_day))
		return ll_arena_printf(&gate->set.arena,
		                       "worse: gains at least %s a day, %s in the baseline",
		                       ll_format_bytes(found->bytes_per_day_low, now),
		                       ll_format_bytes((int64_t)known->bytes_per_day, before));
	if (!found->has_bytes &&
	    is_above(found->has_count, found->per_day_low, known->has_count, known->per_day))
		return ll_arena_printf(&gate->set.arena,
		                       "worse: gains at least %s a day, %s in the baseline",
		                       ll_format_count((int64_t)found->per_day_low, now),
		                       ll_format_count((int64_t)known->per_day, before));
	return NULL;
}

/* Why it is new or worse; NULL when it is neither. G2, G4 */
static const char *changed(struct gate *gate, const struct ll_found *found)
{
	const bool counts_worse = gate->options->fail_on >= LL_GATE_WORSE;
	const struct ll_known *known;

	if (!gate->options->baseline) {
		if (is_state(found, "new") || is_state(found, "regressed"))
			return is_state(found, "new") ? "new since the judgment before"
			                              : "back again since the judgment before";
		return counts_worse && is_state(found, "worse")
		               ? "worse than at the judgment before"
		               : NULL;
	}
	known = ll_baseline_find(&gate->baseline, found->id);
	if (!known)
		return "new: the baseline does not have it";
	return counts_worse ? worse_than(gate, found, known) : NULL;
}

/* What is put aside is still there. */
static void mark_found(const struct gate *gate, const struct ll_found *found)
{
	struct ll_known *const known = ll_baseline_find(&gate->baseline, found->id);

	if (known)
		known->is_found = true;
}

static void judge(struct gate *gate, struct ll_found *found)
{
	const char *why;

	if (!found->is_open || found->is_look)
		return;
	mark_found(gate, found);
	if (found->is_suppressed)
		return;
	why = changed(gate, found);
	if (!why && gate->options->fail_on == LL_GATE_ANY)
		why = "open";
	found->fails = why && ll_severity_rank(found->severity) >=
	                              ll_severity_rank(ll_str(gate->options->severity));
	if (!found->fails)
		return;
	found->why = ll_str(why);
	gate->failing++;
}

static void judge_all(struct gate *gate)
{
	struct ll_found *const found = gate->set.found.items;
	struct ll_known *const known = gate->baseline.known.items;

	gate->set.is_gate = true;
	for (size_t i = 0; i < gate->set.found.count; i++)
		judge(gate, &found[i]);
	/* Of services that were not asked for, nothing is known. */
	for (size_t i = 0; i < gate->baseline.known.count; i++) {
		known[i].is_found |= gate->of->choice.service != NULL;
		gate->stale += !known[i].is_found;
	}
	gate->known = gate->set.open - gate->failing;
}

/* ----------------------------------------------------------------------- words */

static void put_verdict(const struct gate *gate, struct ll_buf *to)
{
	static const char *const words[] = {
		[LL_GATE_NEW] = "new",
		[LL_GATE_WORSE] = "new or worse",
		[LL_GATE_ANY] = "open",
	};
	const struct ll_gate_options *const options = gate->options;

	ll_buf_printf(to, "%s: ", gate->failing > 0 ? "FAILED" : "passed");
	if (gate->failing > 0)
		ll_buf_printf(to, "%zu of %zu open findings %s %s", gate->failing, gate->set.open,
		              gate->failing == 1 ? "is" : "are", words[options->fail_on]);
	else
		ll_buf_printf(to, "%zu open findings, none of them %s", gate->set.open,
		              options->fail_on == LL_GATE_ANY ? "counts" : words[options->fail_on]);
	if (strcmp(options->severity, "info") != 0)
		ll_buf_printf(to, " with severity %s%s", options->severity,
		              strcmp(options->severity, "error") == 0 ? "" : " or higher");
	if (options->fail_on == LL_GATE_ANY)
		return;
	if (options->baseline)
		ll_buf_printf(to, ", measured by '%s'", options->baseline);
	else
		ll_buf_puts(to, ", measured by the judgment before: there is no baseline");
}

static void put_others(const struct gate *gate, struct ll_buf *to)
{
	if (gate->set.suppressed > 0)
		ll_buf_printf(to, "%zu suppressed. ", gate->set.suppressed);
	if (gate->set.tally.unjudged > 0)
		ll_buf_printf(to, "%" PRId64 " of %" PRId64 " services not judged. ",
		              gate->set.tally.unjudged, gate->set.tally.services);
	if (gate->stale > 0)
		ll_buf_printf(
			to, "%zu of the baseline no longer found: --write-baseline forgets them. ",
			gate->stale);
}

static void put_known(const struct ll_known *known, struct ll_buf *to)
{
	ll_buf_printf(to, "%.*s %.*s: %.*s %.*s", LL_STR_ARG(known->id), LL_STR_ARG(known->service),
	              LL_STR_ARG(known->class_name), LL_STR_ARG(known->function));
}

/* ------------------------------------------------------------------------ text */

static void put_wrapped(struct ll_buf *to, struct ll_buf *line)
{
	ll_buf_printf(to, "%*s", INDENT, "");
	ll_plain_wrap(to, ll_buf_str(line), INDENT, WIDTH);
	ll_buf_clear(line);
}

static void put_text(const struct gate *gate, struct ll_buf *to)
{
	const struct ll_found *const found = ll_found_all(&gate->set);
	const struct ll_known *const known = gate->baseline.known.items;
	struct ll_buf line;
	size_t number = 0;

	ll_buf_init(&line, LL_BUF_PAGE);
	ll_buf_puts(&line, "gate ");
	put_verdict(gate, &line);
	ll_plain_wrap(to, ll_buf_str(&line), 0, WIDTH);
	ll_buf_clear(&line);
	for (size_t i = 0; i < gate->set.found.count; i++) {
		if (!found[i].fails)
			continue;
		ll_buf_printf(to, "\n%zu. ", ++number);
		ll_plain_wrap(to, found[i].summary, INDENT, WIDTH);
		ll_buf_printf(&line, "%.*s; %.*s, score %" PRId64 ", class %.*s, id %.*s",
		              LL_STR_ARG(found[i].why), LL_STR_ARG(found[i].severity),
		              found[i].score, LL_STR_ARG(found[i].class_name),
		              LL_STR_ARG(found[i].id));
		put_wrapped(to, &line);
	}
	put_others(gate, &line);
	if (line.size > 0) {
		ll_buf_putc(to, '\n');
		ll_plain_wrap(to, ll_str_trim(ll_buf_str(&line)), 0, WIDTH);
		ll_buf_clear(&line);
	}
	for (size_t i = 0; i < gate->baseline.known.count; i++) {
		if (known[i].is_found)
			continue;
		put_known(&known[i], &line);
		put_wrapped(to, &line);
	}
	ll_buf_done(&line);
}

static int write_text(struct gate *gate, struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_DOCUMENT);
	put_text(gate, &text);
	return ll_output_put(gate->out, &text, "the text", err);
}

/* -------------------------------------------------------------------- Markdown */

enum {
	BUDGET = 60 * 1000, /* bytes; see out_md.c */
	CELL = 300,
};

static void put_md_row(const struct ll_found *found, struct ll_buf *to)
{
	ll_buf_puts(to, "| ");
	ll_markdown_put(to, found->severity, CELL);
	ll_buf_puts(to, " | ");
	ll_markdown_put(to, found->summary, CELL);
	ll_buf_puts(to, " | ");
	ll_markdown_put(to, found->why, CELL);
	ll_buf_printf(to, " | %.*s |\n", LL_STR_ARG(found->id));
}

static void put_md(const struct gate *gate, struct ll_buf *to)
{
	const struct ll_found *const found = ll_found_all(&gate->set);
	struct ll_buf line;
	size_t shown = 0;

	ll_buf_init(&line, LL_BUF_PAGE);
	ll_buf_puts(to, "## leakledger gate ");
	put_verdict(gate, &line);
	ll_markdown_put(to, ll_buf_str(&line), SIZE_MAX);
	ll_buf_puts(to, "\n");
	if (gate->failing > 0)
		ll_buf_puts(to, "\n| severity | finding | why | id |\n| --- | --- | --- | --- |\n");
	for (size_t i = 0; i < gate->set.found.count; i++) {
		ll_buf_clear(&line);
		put_md_row(&found[i], &line);
		if (!found[i].fails || to->size + line.size > BUDGET)
			continue;
		ll_buf_put_str(to, ll_buf_str(&line));
		shown++;
	}
	if (shown < gate->failing)
		ll_buf_printf(to, "\n%zu more.\n", gate->failing - shown);
	ll_buf_clear(&line);
	put_others(gate, &line);
	if (line.size > 0) {
		ll_buf_putc(to, '\n');
		ll_markdown_put(to, ll_str_trim(ll_buf_str(&line)), SIZE_MAX);
		ll_buf_putc(to, '\n');
	}
	ll_buf_done(&line);
}

static int write_md(struct gate *gate, struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	put_md(gate, &text);
	return ll_output_put(gate->out, &text, "the summary", err);
}

static int write_junit(struct gate *gate, struct ll_error *err)
{
	return ll_junit_write(gate->of, &gate->set, gate->out, err);
}

static int write_sarif(struct gate *gate, struct ll_error *err)
{
	return ll_sarif_write(gate->of, &gate->set, gate->out, err);
}

/* ------------------------------------------------------------------------ gate */

const char *const ll_gate_ids[] = {"text", "md", "junit", "sarif", NULL};

static int write(struct gate *gate, struct ll_error *err)
{
	static int (*const writers[])(struct gate * gate, struct ll_error * err) = {
		write_text, write_md, write_junit, write_sarif};

	for (size_t i = 0; i < LL_COUNT(writers); i++) {
		if (strcmp(gate->options->format, ll_gate_ids[i]) == 0)
			return writers[i](gate, err);
	}
	return ll_fail(err, LL_E_INTERNAL, "no format '%s'", gate->options->format);
}

int ll_gate(const struct ll_findings_of *of, const struct ll_gate_options *options,
            const struct ll_output *out, struct ll_gate_result *ret_result, struct ll_error *err)
{
	struct gate gate = {.of = of, .options = options, .out = out};
	int rc = LL_OK;

	if (options->baseline)
		rc = ll_baseline_read(&gate.baseline, options->baseline, err);
	if (rc == LL_OK)
		rc = ll_found_load(&gate.set, of, err);
	if (rc == LL_OK) {
		judge_all(&gate);
		rc = write(&gate, err);
	}
	*ret_result = (struct ll_gate_result){
		.failing = gate.failing,
		.judged = (size_t)(gate.set.tally.services - gate.set.tally.unjudged),
	};
	ll_baseline_done(&gate.baseline);
	ll_found_done(&gate.set);
	return rc;
}
