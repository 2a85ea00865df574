/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail.c - the weekly and the nightly mail.
 *
 *     multipart/related
 *       multipart/alternative
 *         text/plain          mail_text.xsl: the same sentences, a report by itself
 *         text/html           mail.xsl
 *       image/png ...         one for each finding that has a course, by Content-ID
 *
 * This nesting is the one that all large mail programs show. Both texts come from one model, so
 * they say the same. The message is a function of the ledger and the options: boundaries and ids
 * are hashes of contents. All mails of one team answer one message that was never sent, so that
 * they stand in one thread.
 *
 * Delivering, signing and retrying is the work of the machine's mail program.
 */
#include "mail_lint.h"
#include "mail_picture.h"
#include "mime.h"
#include "pages.h"
#include "transform.h"

#include <leakledger/report.h>

#include <math.h>

enum {
	TEXT_WIDTH = 76,
	VALUE_MAX = 300, /* bytes of a value in a mail; longer ones are cut */
	PICTURES_MAX = 8,
};

struct picture {
	char cid[64];
	struct ll_buf png;
};

struct mail {
	struct ll_ledger *ledger;
	const struct ll_mail_options *options;
	struct ll_figure_of figure;
	struct ll_model model;
	struct picture pictures[PICTURES_MAX];
	size_t picture_count;
	struct ll_error no_pictures; /* why there are none; LL_OK when nothing is in the way */
	struct ll_buf text, html;
	char label[32], tag[16]; /* "week 47 of 2026", "W47" */
	char period[16];         /* "2026-W47", "2026-11-21" */
	char subject[256];
};

/* ------------------------------------------------------------------------- dates */

/* Week and year of ISO 8601: those of the week's Thursday. */
static void find_week(int64_t time_ns, int *ret_year, int *ret_week)
{
	const int64_t day = time_ns / LL_NS_PER_DAY; /* 1970-01-01 was a Thursday */
	const int64_t thursday = day - (day + 3) % 7 + 3;
	char text[LL_UNIT_TEXT];
	uint64_t year = 1970;
	int64_t first_ns = 0;

	(void)ll_str_lead_u64(ll_str(ll_format_time(thursday * LL_NS_PER_DAY, text)), &year);
	(void)ll_time_from_civil((int64_t)year, 1, 1, 0, 0, 0, &first_ns);
	*ret_year = (int)year;
	*ret_week = (int)((thursday - first_ns / LL_NS_PER_DAY) / 7) + 1;
}

/* The window ends before until_ns: a mail made at midnight tells of the day before. */
static void name_period(struct mail *mail)
{
	const int64_t last_ns = mail->options->until_ns - 1;
	char day[LL_UNIT_TEXT];
	int year, week;

	(void)ll_format_time(last_ns, day);
	find_week(last_ns, &year, &week);
	if (mail->options->is_weekly) {
		(void)snprintf(mail->label, sizeof mail->label, "week %d of %d", week, year);
		(void)snprintf(mail->tag, sizeof mail->tag, "W%02d", week);
		(void)snprintf(mail->period, sizeof mail->period, "%d-W%02d", year, week);
		return;
	}
	(void)snprintf(mail->label, sizeof mail->label, "night to %.10s", day);
	(void)snprintf(mail->tag, sizeof mail->tag, "%.10s", day);
	(void)snprintf(mail->period, sizeof mail->period, "%.10s", day);
}

/* "Sat, 21 Nov 2026 06:00:00 +0000" */
static void put_date(struct ll_buf *out, int64_t time_ns)
{
	static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	char text[LL_UNIT_TEXT];
	uint64_t month = 1;

	(void)ll_format_time(time_ns, text);
	(void)ll_str_to_u64(ll_str_n(text + 5, 2), &month);
	ll_buf_printf(out, "Date: %s, %.2s %s %.4s %.8s +0000\r\n",
	              days[time_ns / LL_NS_PER_DAY % 7], text + 8, months[(month - 1) % 12], text,
	              text + 11);
}

/* ------------------------------------------------------------------------- model */

static xmlNodePtr part_named(const struct mail *mail, const char *name)
{
	for (xmlNodePtr node = mail->model.page->children; node; node = node->next) {
		if (strcmp((const char *)node->name, name) == 0)
			return node;
	}
	return NULL;
}

static struct ll_str value_of(xmlNodePtr node, const char *name)
{
	for (xmlAttrPtr attr = node ? node->properties : NULL; attr; attr = attr->next) {
		if (strcmp((const char *)attr->name, name) == 0 && attr->children)
			return ll_str((const char *)attr->children->content);
	}
	return ll_str("");
}

/* A name of 10 kB is no use in a mail, and would take others' place. */
static void cut_values(xmlNodePtr node)
{
	for (xmlAttrPtr attr = node->properties; attr; attr = attr->next) {
		const struct ll_str value =
			attr->children ? ll_str((const char *)attr->children->content) : ll_str("");
		char cut[VALUE_MAX + 4];
		size_t size = VALUE_MAX;

		if (value.size <= VALUE_MAX)
			continue;
		while (size > 0 && ((unsigned char)value.data[size] & 0xc0) == 0x80)
			size--;
		(void)snprintf(cut, sizeof cut, "%.*s\xe2\x80\xa6", (int)size, value.data);
		(void)xmlSetProp(node, attr->name, ll_xml(cut));
	}
	for (xmlNodePtr child = node->children; child; child = child->next) {
		if (child->type == XML_ELEMENT_NODE)
			cut_values(child);
	}
}

/* -------------------------------------------------------------------------- pictures */

static const char *level(double value, bool is_count, char text[LL_UNIT_TEXT])
{
	return is_count ? ll_format_count(llround(value), text)
	                : ll_format_bytes(llround(value), text);
}

/* What the picture shows, for those who do not see it: the first course in numbers. */
static void put_alt(xmlNodePtr row, const struct ll_courses *courses, bool is_count)
{
	const struct ll_course *const course = courses->items.items;
	char from[LL_UNIT_TEXT], to[LL_UNIT_TEXT], span[LL_UNIT_TEXT];
	double first = 0, last = 0;
	struct ll_buf alt;

	if (!ll_course_ends(course, &first, &last))
		return;
	ll_buf_init(&alt, LL_BUF_MESSAGE);
	ll_buf_printf(&alt, "%s, %s to %s%s in %s", last > first ? "rising" : "not rising",
	              level(first, is_count, from), level(last, is_count, to),
	              is_count ? " goroutines" : "",
	              ll_format_duration(courses->to_ns - courses->from_ns, span));
	if (courses->items.count > 1)
		ll_buf_printf(&alt, " on one of %zu instances", courses->items.count);
	ll_model_text(row, "alt", ll_buf_str(&alt));
	ll_buf_done(&alt);
}

/*
 * The picture of a row, and the name by which the HTML part shows it. Where nothing can draw, the
 * mail goes out with the same in words: a message that comes is worth more than its pictures.
 */
static int draw_picture(struct mail *mail, xmlNodePtr row, struct ll_str id,
                        const struct ll_courses *courses, struct ll_error *err)
{
	struct picture *const picture = &mail->pictures[mail->picture_count];
	int rc;

	ll_buf_init(&picture->png, LL_BUF_CHART);
	rc = ll_mail_picture(courses, &picture->png, err);
	if (rc == LL_OK) {
		mail->picture_count++;
		(void)snprintf(picture->cid, sizeof picture->cid, "%.*s@leakledger",
		               LL_STR_ARG(ll_str_first(id, 32)));
		ll_model_text(row, "cid", ll_str(picture->cid));
		return LL_OK;
	}
	ll_buf_done(&picture->png);
	if (rc != LL_E_NOTFOUND)
		return rc;
	mail->no_pictures = *err;
	ll_error_clear(err);
	return LL_OK;
}

static int add_picture(struct mail *mail, xmlNodePtr row, struct ll_error *err)
{
	const struct ll_window window = {LL_TIME_NONE, LL_TIME_NONE};
	const struct ll_str id = value_of(row, "id");
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_courses courses;
	int rc = ll_stmt_resource(mail->ledger, "sql/reports/finding/series.sql", &stmt, err);

	if (rc < 0 || id.size == 0 || mail->picture_count == PICTURES_MAX)
		return rc;
	ll_stmt_bind_text(stmt, ":finding_id", id);
	rc = ll_courses_load(stmt, window, &courses, err);
	if (rc < 0)
		return rc;
	if (courses.points >= 2) {
		put_alt(row, &courses, ll_str_equal(value_of(row, "is_count"), ll_str("yes")));
		if (mail->no_pictures.code == LL_OK)
			rc = draw_picture(mail, row, id, &courses, err);
	}
	ll_courses_done(&courses);
	return rc;
}

static int add_pictures(struct mail *mail, struct ll_error *err)
{
	const xmlNodePtr findings = part_named(mail, "findings");
	int rc = LL_OK;

	for (xmlNodePtr row = findings ? findings->children : NULL; rc == LL_OK && row;
	     row = row->next)
		rc = add_picture(mail, row, err);
	return rc;
}

/* ------------------------------------------------------------------------- texts */

static int transform(const struct mail *mail, const char *entry, struct ll_buf *out,
                     struct ll_error *err)
{
	LL_CLEANUP(ll_transform_closep) struct ll_transform *sheet = NULL;
	int rc = ll_transform_open_entry(ll_ledger_resources(mail->ledger), entry, &sheet, err);

	if (rc == LL_OK)
		rc = ll_transform_run(sheet, &mail->model, out, err);
	return rc;
}

static int make_texts(struct mail *mail, struct ll_error *err)
{
	struct ll_buf raw;
	int rc;

	ll_buf_init(&raw, LL_BUF_PAGE);
	rc = transform(mail, "templates/mail_text.xsl", &raw, err);
	if (rc == LL_OK)
		ll_mime_wrap(&mail->text, ll_buf_str(&raw), TEXT_WIDTH);
	ll_buf_clear(&raw);
	if (rc == LL_OK)
		rc = transform(mail, "templates/mail.xsl", &raw, err);
	if (rc == LL_OK)
		ll_mime_quoted(&mail->html, ll_buf_str(&raw));
	if (rc == LL_OK)
		rc = ll_mail_lint(ll_buf_str(&raw), err);
	if (rc == LL_OK && mail->html.size > LL_MAIL_HTML_MAX)
		rc = ll_fail(err, LL_E_LIMIT, "the HTML part takes more than %d bytes",
		             LL_MAIL_HTML_MAX);
	ll_buf_done(&raw);
	return rc;
}

/* ----------------------------------------------------------------------- message */

static void put_hex(struct ll_buf *out, struct ll_str text)
{
	char hex[33];

	(void)ll_hash_to_hex(ll_hash_bytes(text.data ? text.data : "", text.size), hex);
	ll_buf_printf(out, "%.16s", hex);
}

static void put_thread(struct ll_buf *out, const struct mail *mail)
{
	const struct ll_mail_options *const options = mail->options;
	const char *const kind = options->is_weekly ? "weekly" : "nightly";
	const struct ll_str who = ll_str(options->team ? options->team : "");

	ll_buf_printf(out, "Message-ID: <%s.%s.", kind, mail->period);
	put_hex(out, who);
	ll_buf_printf(out, "@leakledger>\r\nIn-Reply-To: <%s.", kind);
	put_hex(out, who);
	ll_buf_printf(out, "@leakledger>\r\nReferences: <%s.", kind);
	put_hex(out, who);
	ll_buf_printf(out, "@leakledger>\r\nList-Id: <%s-", kind);
	put_hex(out, who);
	ll_buf_puts(out, ".leakledger.invalid>\r\n");
}

static void put_header(struct ll_buf *out, const struct mail *mail, const char *boundary)
{
	const struct ll_mail_options *const options = mail->options;

	if (options->from)
		ll_buf_printf(out, "From: %s\r\n", options->from);
	else
		ll_buf_puts(out, "From: leakledger <leakledger@localhost>\r\n");
	ll_buf_printf(out, "To: %s\r\n", options->to ? options->to : "undisclosed-recipients:;");
	ll_mime_field(out, "Subject", ll_str(mail->subject));
	put_date(out, options->now_ns);
	put_thread(out, mail);
	if (options->from)
		ll_buf_printf(out, "List-Unsubscribe: <mailto:%.*s?subject=unsubscribe>\r\n",
		              LL_STR_ARG(ll_str_first(ll_mime_bare(ll_str(options->from)), 200)));
	ll_buf_puts(out, "Auto-Submitted: auto-generated\r\nPrecedence: bulk\r\n");
	ll_buf_printf(out, "X-Leakledger: %s, %s, %s\r\n", options->version,
	              options->is_weekly ? "weekly" : "nightly", mail->period);
	ll_buf_printf(out,
	              "MIME-Version: 1.0\r\n"
	              "Content-Type: multipart/related; type=\"multipart/alternative\";\r\n"
	              " boundary=\"%s-r\"\r\n\r\n",
	              boundary);
}

static void put_pictures(struct ll_buf *out, const struct mail *mail, const char *boundary)
{
	for (size_t i = 0; i < mail->picture_count; i++) {
		const struct picture *const picture = &mail->pictures[i];

		ll_buf_printf(out,
		              "--%s-r\r\nContent-Type: image/png; name=\"%.12s.png\"\r\n"
		              "Content-ID: <%s>\r\n"
		              "Content-Disposition: inline; filename=\"%.12s.png\"\r\n"
		              "Content-Transfer-Encoding: base64\r\n\r\n",
		              boundary, picture->cid, picture->cid, picture->cid);
		ll_mime_base64(out, ll_buf_str(&picture->png));
	}
}

/* A boundary is a hash of what it stands between, and cannot be in quoted-printable or base64. */
static void put_message(struct ll_buf *out, const struct mail *mail)
{
	struct ll_buf boundary;

	ll_buf_init(&boundary, LL_BUF_MESSAGE);
	ll_buf_puts(&boundary, "=_");
	put_hex(&boundary, ll_buf_str(&mail->html));
	put_header(out, mail, boundary.data);
	ll_buf_printf(out,
	              "--%s-r\r\nContent-Type: multipart/alternative; boundary=\"%s-a\"\r\n\r\n"
	              "--%s-a\r\nContent-Type: text/plain; charset=utf-8\r\n"
	              "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
	              boundary.data, boundary.data, boundary.data);
	ll_mime_quoted(out, ll_buf_str(&mail->text));
	ll_buf_printf(out,
	              "--%s-a\r\nContent-Type: text/html; charset=utf-8\r\n"
	              "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
	              boundary.data);
	ll_buf_put_str(out, ll_buf_str(&mail->html));
	ll_buf_printf(out, "--%s-a--\r\n", boundary.data);
	put_pictures(out, mail, boundary.data);
	ll_buf_printf(out, "--%s-r--\r\n", boundary.data);
	ll_buf_done(&boundary);
}

/* ------------------------------------------------------------------------- making */

static bool has_rows(const struct mail *mail, const char *part)
{
	return !ll_str_equal(value_of(part_named(mail, part), "rows"), ll_str("0"));
}

static void tell(struct mail *mail, struct ll_mail_result *result)
{
	const xmlNodePtr head = part_named(mail, "head");
	const struct ll_str file = ll_str_first(value_of(head, "file"), 60);

	result->no_pictures = mail->no_pictures;
	result->is_changed = ll_str_equal(value_of(head, "is_changed"), ll_str("yes")) ||
	                     has_rows(mail, "fixed") || has_rows(mail, "incidents") ||
	                     has_rows(mail, "silent");
	(void)snprintf(result->name, sizeof result->name, "%s-%s-%.*s.eml",
	               mail->options->is_weekly ? "weekly" : "nightly", mail->period,
	               LL_STR_ARG(file));
}

static void put_words(struct mail *mail)
{
	const struct ll_mail_options *const options = mail->options;
	const xmlNodePtr head = part_named(mail, "head");
	const struct ll_str who = value_of(head, "who"), verdict = value_of(head, "verdict");
	char why[256];

	(void)snprintf(mail->subject, sizeof mail->subject, "[leakledger] %.*s: %.*s (%s)",
	               LL_STR_ARG(ll_str_first(who, 80)), LL_STR_ARG(ll_str_first(verdict, 120)),
	               mail->tag);
	(void)snprintf(why, sizeof why,
	               "You get this because somebody runs 'leakledger mail %s' for %.*s; whoever "
	               "does can stop it.",
	               options->is_weekly ? "weekly" : "nightly",
	               LL_STR_ARG(ll_str_first(who, 80)));
	ll_model_text(mail->model.page, "subject", ll_str(mail->subject));
	ll_model_text(mail->model.page, "label", ll_str(mail->label));
	ll_model_text(mail->model.page, "site", ll_str(options->site));
	ll_model_text(mail->model.page, "why", ll_str(why));
}

static int make(struct mail *mail, struct ll_buf *out, struct ll_mail_result *result,
                struct ll_error *err)
{
	const struct ll_page_of of = {
		.ledger = mail->ledger, .version = mail->options->version, .figure = mail->figure};
	int rc = ll_page_make(LL_PAGE_MAIL, &of, &mail->model, err);

	if (rc < 0)
		return rc;
	if (mail->options->team &&
	    ll_str_equal(value_of(part_named(mail, "head"), "services"), ll_str("0")))
		rc = ll_fail(err, LL_E_NOTFOUND,
		             "no service of team '%s'; a CSV of owners among the captures tells "
		             "whose a service is",
		             mail->options->team);
	if (rc == LL_OK) {
		cut_values(mail->model.page);
		put_words(mail);
		rc = add_pictures(mail, err);
	}
	if (rc == LL_OK)
		rc = make_texts(mail, err);
	if (rc == LL_OK) {
		tell(mail, result);
		put_message(out, mail);
		rc = ll_buf_check(out, "mail", err);
	}
	ll_model_done(&mail->model);
	return rc;
}

static int check_addresses(const struct ll_mail_options *options, struct ll_error *err)
{
	const char *const addresses[] = {options->from, options->to};

	for (size_t i = 0; i < LL_COUNT(addresses); i++) {
		if (addresses[i] && !ll_mime_is_address(ll_str(addresses[i])))
			return ll_fail(err, LL_E_USAGE, "'%s' is no mail address", addresses[i]);
	}
	return LL_OK;
}

int ll_mail(struct ll_ledger *ledger, const struct ll_mail_options *options, struct ll_buf *out,
            struct ll_mail_result *ret_result, struct ll_error *err)
{
	const int64_t days = options->is_weekly ? 7 : 1;
	struct mail mail = {
		.ledger = ledger,
		.options = options,
		.no_pictures = LL_ERROR_INIT,
		.figure = {.ledger = ledger,
	                   .team = options->team,
	                   .since_ns = options->until_ns - days * LL_NS_PER_DAY,
	                   .until_ns = options->until_ns},
	};
	int rc = check_addresses(options, err);

	*ret_result = (struct ll_mail_result){.is_changed = false, .no_pictures = LL_ERROR_INIT};
	if (rc < 0)
		return rc;
	name_period(&mail);
	ll_buf_init(&mail.text, LL_BUF_PAGE);
	ll_buf_init(&mail.html, LL_BUF_PAGE);
	rc = ll_scope_open(ledger, LL_SCOPE_NOTHING, false, err);
	if (rc == LL_OK)
		rc = make(&mail, out, ret_result, err);
	for (size_t i = 0; i < mail.picture_count; i++)
		ll_buf_done(&mail.pictures[i].png);
	ll_buf_done(&mail.html);
	ll_buf_done(&mail.text);
	return rc < 0 ? ll_within(err, "mail") : LL_OK;
}
