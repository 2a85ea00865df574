/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bar.c - how far a run has come, redrawn on one line of stderr at most ten times a second.
 *
 *     [##########..........]  51%  1,020 / 2,000 files  310 files/s  3 s left
 */
#include "cli.h"

#include <leakledger/units.h>

enum {
	BAR_WIDTH = 24,
	REDRAW_NS = 100 * 1000 * 1000,
};

static int64_t monotonic_ns(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return ll_time_from_timespec(now);
}

void ll_bar_init(struct ll_bar *bar, const struct ll_cli *cli)
{
	const char *const when = cli->settings.progress;
	const char *const terminal = getenv("TERM");
	const bool is_dumb = terminal && strcmp(terminal, "dumb") == 0;

	*bar = (struct ll_bar){.started_ns = monotonic_ns()};
	if (strcmp(when, "always") == 0)
		bar->is_shown = true;
	else if (strcmp(when, "auto") == 0)
		bar->is_shown = cli->is_err_terminal && !cli->settings.quiet && !is_dumb;
}

static void draw(struct ll_bar *bar, const char *text)
{
	const size_t width = strlen(text);

	(void)fprintf(stderr, "\r%s", text);
	for (size_t i = width; i < bar->drawn_width; i++)
		(void)fputc(' ', stderr);
	bar->drawn_width = width;
	(void)fflush(stderr);
}

static void show_files(void *self, size_t done, size_t total, int64_t bytes_done,
                       int64_t bytes_total)
{
	struct ll_bar *const bar = self;
	const int64_t now_ns = monotonic_ns();
	const int64_t elapsed_ns = now_ns - bar->started_ns;
	const double share = bytes_total > 0 ? (double)bytes_done / (double)bytes_total : 0;
	char done_text[LL_UNIT_TEXT], total_text[LL_UNIT_TEXT], rate[LL_UNIT_TEXT],
		left[LL_UNIT_TEXT];
	char cells[BAR_WIDTH + 1], text[200];

	if (!bar->is_shown || (done < total && now_ns - bar->drawn_ns < REDRAW_NS))
		return;
	bar->drawn_ns = now_ns;
	for (size_t i = 0; i < BAR_WIDTH; i++)
		cells[i] = (double)i < share * BAR_WIDTH ? '#' : '.';
	cells[BAR_WIDTH] = '\0';
	left[0] = '\0';
	if (share > 0.02 && done < total)
		(void)ll_format_duration((int64_t)((double)elapsed_ns * (1 - share) / share), left);
	(void)snprintf(text, sizeof text, "[%s] %3.0f%%  %s / %s files  %s files/s%s%s%s", cells,
	               share * 100, ll_format_count((int64_t)done, done_text),
	               ll_format_count((int64_t)total, total_text),
	               ll_format_short((double)done * 1e9 / (double)(elapsed_ns + 1), rate),
	               left[0] ? "  " : "", left, left[0] ? " left" : "");
	draw(bar, text);
}

struct ll_progress ll_bar_progress(struct ll_bar *bar)
{
	return (struct ll_progress){.self = bar, .files = show_files};
}

void ll_bar_done(struct ll_bar *bar)
{
	if (bar->drawn_width == 0)
		return;
	draw(bar, "");
	(void)fputc('\r', stderr);
	bar->drawn_width = 0;
}
