/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_site.c - the site as a browser gets it: parsed by libxml2's HTML parser, every link
 * followed, nothing in it that could run or be fetched, every number of a finding on its page.
 */
#include "case_file.h"
#include "ledgers.h"

#include <leakledger/file.h>
#include <leakledger/report.h>

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

#include <unistd.h>

enum {
	PAGES_MAX = 64,
	INDEX_BUDGET = 200 * 1024,
	PAGE_BUDGET = 500 * 1024,
};

struct sited {
	struct test_ledger ledger;
	char *site;
	struct ll_file_list files;
	struct ll_arena arena;
};

/* A kill that the carts' node tells of. */
static const char kernel_log[] =
	"2026-03-01T23:30:00,000000+00:00 Memory cgroup out of memory: Killed process 7 (cart) "
	"total-vm:1751260kB, anon-rss:190000kB, file-rss:2000kB, shmem-rss:0kB, UID:0 "
	"pgtables:216kB oom_score_adj:0\n";

/* One of the menus, later. */
static const char later_log[] =
	"2026-03-01T23:40:00,000000+00:00 Memory cgroup out of memory: Killed process 8 (menu) "
	"total-vm:1751260kB, anon-rss:190000kB, file-rss:2000kB, shmem-rss:0kB, UID:0 "
	"pgtables:216kB oom_score_adj:0\n";

/* Two leaks, one healthy service, one with too little, and names as strangers choose them. */
static const char fleet[] =
	"service cart\n"
	"escape ./shop/cart/store.go:31:12: make(map[string]*Item) escapes to heap\n"
	"process pod-1 captures=24 build=b1\n"
	"heap example.com/shop/cart.(*Store).Put@/src/shop/cart/store.go:31 < "
	"main.main@/src/shop/main.go:9 | size=4096; live=10+5\n"
	"memstats live=32M+2M\n"
	"process pod-2 captures=24 build=b1\n"
	"heap example.com/shop/cart.(*Store).Put@/src/shop/cart/store.go:31 < "
	"main.main@/src/shop/main.go:9 | size=4096; live=10+6\n"
	"memstats live=32M+2M\n"
	"service <i>\"hub\"&co\n"
	"process pod-1 captures=24 build=b2\n"
	"goroutines main.<b>(*Hub).pump@/src/hub/\"hub\".go:75 | by=main.New@/src/hub/hub.go:20; "
	"count=9+4; state=chan receive; minutes=0+60\n"
	"service menu\n"
	"process pod-1 captures=24 build=b1\n"
	"heap main.list@/src/menu/main.go:40 | size=4096; live=30~3; born=30+40\n"
	"service once\n"
	"process pod-1 captures=1 build=b1\n"
	"heap main.list@/src/menu/main.go:40 | size=4096; live=30\n";

static struct ll_report_result make_site_with(struct sited *s, size_t jobs)
{
	const struct ll_report_options options = {
		.directory = s->site,
		.version = "test",
		.jobs = jobs,
		.since_ns = LL_TIME_NONE,
		.until_ns = LL_TIME_NONE,
	};
	struct ll_report_result result;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_report_site(s->ledger.ledger, &options, &result, &err), &err);
	return result;
}

static void make_site(struct sited *s)
{
	(void)make_site_with(s, 1);
}

static int set_up(void **state)
{
	struct sited *const s = ll_calloc(1, sizeof *s);
	struct test_case test_case;
	struct ll_error err = LL_ERROR_INIT;
	char site[1024];

	test_ledger_open(&s->ledger, NULL);
	assert_ok(test_case_parse(ll_str(fleet), &test_case, &err), &err);
	test_case_write(&test_case, s->ledger.root);
	test_case_done(&test_case);
	test_ledger_write(&s->ledger, "<u>junk</u>.txt", ll_str("no capture"));
	test_ledger_write(&s->ledger, "owners.csv",
	                  ll_str("service,team\ncart,\"pay<b>ments\"\nmenu,kitchen\n"));
	test_ledger_write(&s->ledger, "node/kern.log", ll_str(kernel_log));
	(void)test_ledger_ingest(&s->ledger, 1);
	(void)test_ledger_analyze(&s->ledger);
	(void)snprintf(site, sizeof site, "%s/site", s->ledger.directory);
	s->site = ll_strdup(site);
	make_site(s);
	*state = s;
	return 0;
}

static int tear_down(void **state)
{
	struct sited *const s = *state;

	free(s->site);
	test_ledger_done(&s->ledger);
	free(s);
	return 0;
}

/* ------------------------------------------------------------------------- pages */

struct page {
	char path[512]; /* below the site */
	htmlDocPtr doc;
};

struct pages {
	struct page items[PAGES_MAX];
	size_t count;
};

static void add_page(struct pages *pages, const struct sited *s, const char *path)
{
	struct page *const page = &pages->items[pages->count++];
	char full[1280];

	assert_true(pages->count <= PAGES_MAX);
	(void)snprintf(page->path, sizeof page->path, "%s", path);
	(void)snprintf(full, sizeof full, "%s/%s", s->site, path);
	page->doc = htmlReadFile(full, "UTF-8",
	                         HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
	assert_non_null(page->doc);
}

static void open_pages(struct pages *pages, const struct sited *s)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf list;
	char command[1280];
	struct ll_str rest;

	*pages = (struct pages){.count = 0};
	ll_buf_init(&list, LL_BUF_PAGE);
	(void)snprintf(command, sizeof command, "cd '%s' && find . -name '*.html' | sort", s->site);
	assert_int_equal(ll_test_run(command, &list), 0);
	rest = ll_buf_str(&list);
	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');
		char path[256];

		(void)snprintf(path, sizeof path, "%.*s", LL_STR_ARG(ll_str_from(line, 2)));
		add_page(pages, s, path);
	}
}

static void close_pages(struct pages *pages)
{
	for (size_t i = 0; i < pages->count; i++)
		xmlFreeDoc(pages->items[i].doc);
}

/* Number of nodes that an XPath finds. */
static int count_nodes(const struct page *page, const char *path)
{
	const xmlXPathContextPtr context = xmlXPathNewContext(page->doc);
	const xmlXPathObjectPtr found = xmlXPathEvalExpression((const xmlChar *)path, context);
	int count;

	assert_non_null(found);
	count = found->nodesetval ? found->nodesetval->nodeNr : 0;
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return count;
}

typedef void visit_fn(const struct page *page, const char *value, void *data);

/* Calls `visit` with the text of every attribute that an XPath finds. */
static void each_value(const struct page *page, const char *path, visit_fn *visit, void *data)
{
	const xmlXPathContextPtr context = xmlXPathNewContext(page->doc);
	const xmlXPathObjectPtr found = xmlXPathEvalExpression((const xmlChar *)path, context);

	assert_non_null(found);
	for (int i = 0; found->nodesetval && i < found->nodesetval->nodeNr; i++) {
		xmlChar *const value = xmlNodeGetContent(found->nodesetval->nodeTab[i]);

		visit(page, (const char *)value, data);
		xmlFree(value);
	}
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
}

/* A page of the site that is known to be there. */
static void open_page(struct pages *pages, const struct sited *s, const char *path)
{
	*pages = (struct pages){.count = 0};
	add_page(pages, s, path);
}

/* ------------------------------------------------------------------------- tests */

static void each_service_and_finding_has_a_page(void **state)
{
	struct sited *const s = *state;
	struct pages pages;
	size_t services = 0, findings = 0;

	open_pages(&pages, s);
	for (size_t i = 0; i < pages.count; i++) {
		services += strncmp(pages.items[i].path, "service/", 8) == 0;
		findings += strncmp(pages.items[i].path, "finding/", 8) == 0;
		assert_int_equal(
			count_nodes(&pages.items[i], "//dl/div[dt][not(normalize-space(dd))]"), 0);
	}
	assert_int_equal(services, 4);
	assert_int_equal(findings,
	                 test_ledger_i64(&s->ledger, "SELECT count(*) FROM v_finding_or_look"));
	assert_int_equal(findings, 3); /* one of them where to look in "once" */
	close_pages(&pages);
}

static void assert_has_id(const struct page *page, const char *id)
{
	char query[1024];

	(void)snprintf(query, sizeof query, "//*[@id='%s']", id);
	if (count_nodes(page, query) != 1)
		fail_msg("%s: a link leads to '%s', which is not there once", page->path, id);
}

static void follow(const struct page *page, const char *href, void *data)
{
	const struct sited *const s = data;
	const char *const slash = strrchr(page->path, '/');
	const char *const id = strchr(href, '#');
	const struct ll_str file = ll_str_n(href, id ? (size_t)(id - href) : strlen(href));
	char path[512], full[2048];
	struct pages target;

	if (file.size == 0) {
		assert_has_id(page, id + 1);
		return;
	}
	(void)snprintf(path, sizeof path, "%.*s%.*s", slash ? (int)(slash + 1 - page->path) : 0,
	               page->path, LL_STR_ARG(file));
	(void)snprintf(full, sizeof full, "%s/%s", s->site, path);
	if (access(full, R_OK) != 0)
		fail_msg("%s: a link leads nowhere: %s", page->path, href);
	if (!id)
		return;
	open_page(&target, s, path);
	assert_has_id(target.items, id + 1);
	close_pages(&target);
}

static void every_link_has_a_target_in_the_site(void **state)
{
	struct sited *const s = *state;
	struct pages pages;

	open_pages(&pages, s);

	for (size_t i = 0; i < pages.count; i++) {
		assert_true(count_nodes(&pages.items[i], "//a[@href]") > 2);
		each_value(&pages.items[i], "//@href", follow, s);
	}
	close_pages(&pages);
}

static void nothing_in_a_page_runs_or_is_fetched(void **state)
{
	struct sited *const s = *state;
	struct pages pages;

	open_pages(&pages, s);

	for (size_t i = 0; i < pages.count; i++) {
		const struct page *const page = &pages.items[i];

		assert_int_equal(count_nodes(page, "//iframe|//object|//embed|//form"), 0);
		assert_int_equal(count_nodes(page, "//img|//@style|//style|//base"), 0);
		/* The one script is a file of the site, and lies only where it has a picture. */
		assert_int_equal(count_nodes(page, "//@src"), count_nodes(page, "//script"));
		assert_int_equal(count_nodes(page, "//script[not(@src='../flame.js')] | "
		                                   "//script[text()]"),
		                 0);
		assert_int_equal(count_nodes(page, "//script"),
		                 count_nodes(page, "//*[@class='flame-boxes']"));
		assert_int_equal(count_nodes(page, "//script"),
		                 count_nodes(page, "//meta[contains(@content, 'script-src')]"));
		assert_int_equal(count_nodes(page, "//@*[starts-with(name(), 'on')]"), 0);
		assert_int_equal(count_nodes(page, "//link[@rel!='stylesheet']"), 0);
		/* Names of strangers are text, never elements. */
		assert_int_equal(count_nodes(page, "//i|//b|//u"), 0);
	}
	close_pages(&pages);
}

static void services_and_findings_show_their_calls(void **state)
{
	struct sited *const s = *state;
	struct pages pages;
	int pictures = 0;

	open_pages(&pages, s);

	for (size_t i = 0; i < pages.count; i++)
		pictures += count_nodes(&pages.items[i],
		                        "//section[@aria-labelledby='icicle'][h3[@id='icicle']]"
		                        "//*[@class='flame-boxes']");
	assert_in_range(pictures, 4, 6);
	close_pages(&pages);
}

static void every_page_says_where_it_is_and_what_it_concludes(void **state)
{
	struct sited *const s = *state;
	struct pages pages;

	open_pages(&pages, s);

	for (size_t i = 0; i < pages.count; i++) {
		const struct page *const page = &pages.items[i];

		assert_int_equal(count_nodes(page, "/html[@lang='en']/head/title[text()]"), 1);
		assert_int_equal(count_nodes(page, "//h1[normalize-space()]"), 1);
		assert_int_equal(count_nodes(page, "//main"), 1);
		assert_int_equal(count_nodes(page, "//header/nav[@aria-label]"), 1);
		assert_int_equal(
			count_nodes(page, "//section[not(@aria-labelledby or @aria-label)]"), 0);
		assert_int_equal(count_nodes(page, "//table[not(thead/tr/th[@scope='col'])]"), 0);
		assert_int_equal(count_nodes(page, "//tbody/tr[not(th[@scope='row'])]"), 0);
	}
	close_pages(&pages);
}

static void unique(const struct page *page, const char *id, void *data)
{
	char query[1024];

	(void)data;
	(void)snprintf(query, sizeof query, "//*[@id='%s']", id);
	if (count_nodes(page, query) != 1)
		fail_msg("%s: id '%s' is there more than once", page->path, id);
}

static void no_id_is_there_twice(void **state)
{
	struct sited *const s = *state;
	struct pages pages;

	open_pages(&pages, s);

	for (size_t i = 0; i < pages.count; i++)
		each_value(&pages.items[i], "//@id", unique, NULL);
	close_pages(&pages);
}

static void pictures_have_a_title_and_their_numbers_beside_them(void **state)
{
	struct sited *const s = *state;
	struct pages pages;

	open_pages(&pages, s);

	for (size_t i = 0; i < pages.count; i++) {
		const struct page *const page = &pages.items[i];

		assert_int_equal(count_nodes(page, "//figure[.//svg and not(.//table)]"), 0);
		assert_int_equal(count_nodes(page, "//svg[not(@role) or not(.//title)]"), 0);
		assert_int_equal(
			count_nodes(page, "//figure[not(figcaption/*[normalize-space()])]"), 0);
	}
	close_pages(&pages);
}

static void the_first_screen_answers_in_the_order_of_the_questions(void **state)
{
	struct sited *const s = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	struct ll_error err = LL_ERROR_INIT;
	char path[1280];
	static const char *const order[] = {"<h1>2 of 4 services leak</h1>",
	                                    "Can this be trusted?",
	                                    "1</strong> of ",
	                                    "What changed",
	                                    ">new</span>",
	                                    "What hurts first",
	                                    "Needs attention",
	                                    ">Services</h2>",
	                                    "not enough evidence"};
	size_t last = 0;

	ll_buf_init(&text, LL_BUF_PAGE);
	(void)snprintf(path, sizeof path, "%s/index.html", s->site);
	assert_ok(ll_file_read(path, &text, &err), &err);

	for (size_t i = 0; i < LL_COUNT(order); i++) {
		const size_t at = ll_str_find(ll_buf_str(&text), order[i]);

		if (at == SIZE_MAX || at < last)
			fail_msg("'%s' is not where it should be", order[i]);
		last = at;
	}
}

static void a_kill_has_a_page_that_index_and_service_lead_to(void **state)
{
	struct sited *const s = *state;
	struct pages pages;

	open_page(&pages, s, "index.html");
	assert_int_equal(
		count_nodes(pages.items,
	                    "//a[@href='incidents/cart-20260301T233000Z.html'][contains(., "
	                    "'2026-03-01 23:30:00 UTC')]"),
		2);
	close_pages(&pages);

	open_page(&pages, s, "service/cart.html");
	assert_int_equal(
		count_nodes(pages.items, "//a[@href='../incidents/cart-20260301T233000Z.html']"),
		1);
	close_pages(&pages);

	open_page(&pages, s, "incidents/cart-20260301T233000Z.html");
	assert_int_equal(count_nodes(pages.items, "//h1[contains(., 'cart was killed for its "
	                                          "memory')]"),
	                 1);
	assert_int_equal(count_nodes(pages.items, "//a[@href='../service/cart.html']"), 1);
	close_pages(&pages);
}

static void every_team_has_a_page_and_services_without_one_are_listed(void **state)
{
	struct sited *const s = *state;
	struct pages teams, kitchen;

	open_page(&teams, s, "teams.html");
	open_page(&kitchen, s, "team/kitchen.html");

	assert_int_equal(count_nodes(teams.items, "//h1[.='2 of 4 services have no owner']"), 1);
	assert_int_equal(count_nodes(teams.items, "//a[.='pay<b>ments']"), 1);
	assert_int_equal(count_nodes(teams.items, "//a[.='once']"), 1);
	assert_int_equal(count_nodes(teams.items, "//a[.='menu']"), 0);
	assert_int_equal(count_nodes(kitchen.items, "//tbody/tr/th/a[.='menu']"), 1);
	assert_int_equal(count_nodes(kitchen.items, "//tbody/tr"), 1);
	close_pages(&teams);
	close_pages(&kitchen);
}

/* A policy of the page's own: nothing is loaded but the style, even where names hold markup. */
static void every_page_carries_its_own_policy(void **state)
{
	struct sited *const s = *state;
	struct pages pages;

	open_pages(&pages, s);

	for (size_t i = 0; i < pages.count; i++)
		assert_int_equal(count_nodes(&pages.items[i],
		                             "//head/meta[@http-equiv='Content-Security-Policy']"
		                             "[starts-with(@content, \"default-src 'none'; "
		                             "style-src 'self'\")]"),
		                 1);
	close_pages(&pages);
}

static void a_service_that_fell_silent_is_crossed_out(void **state)
{
	struct sited *const s = *state;
	struct pages index;

	open_page(&index, s, "index.html");

	assert_int_equal(count_nodes(index.items, "//figure[@id='coverage']//svg"), 2);
	assert_true(count_nodes(index.items, "//figure[@id='coverage']//td[not(node())]") > 0);
	assert_int_equal(count_nodes(index.items, "//figure[@id='coverage']//tbody/tr"), 4);
	close_pages(&index);
}

static void the_archive_has_a_page_for_each_iso_week(void **state)
{
	struct sited *const s = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf week;
	struct pages weeks, page;
	char path[64], query[256];

	ll_buf_init(&week, LL_BUF_MESSAGE);
	test_ledger_rows(&s->ledger, "SELECT week FROM v_week ORDER BY week DESC LIMIT 1", &week);
	(void)snprintf(path, sizeof path, "week/%.8s.html", week.data);
	open_page(&weeks, s, "weeks.html");
	open_page(&page, s, path);

	(void)snprintf(query, sizeof query, "//table[@class='calendar']//a[@href='%s']", path);
	assert_int_equal(count_nodes(weeks.items, query), 1);
	assert_true(count_nodes(weeks.items, "//span[.='nothing came']") > 0);
	(void)snprintf(query, sizeof query, "//h1[contains(., 'new findings in week %.8s')]",
	               week.data);
	assert_int_equal(count_nodes(page.items, query), 1);
	assert_int_equal(
		count_nodes(page.items, "//section[@aria-labelledby='findings']//tbody/tr"), 2);
	close_pages(&weeks);
	close_pages(&page);
}

/* What a person on call asks first is there, with its source; what is missing is said. */
static void a_service_page_has_its_numbers_and_says_what_is_missing(void **state)
{
	struct sited *const s = *state;
	struct pages cart, once;

	open_page(&cart, s, "service/cart.html");
	open_page(&once, s, "service/once.html");

	assert_int_equal(count_nodes(cart.items, "//dl[@class='facts memory']//dt[.='Live heap']"),
	                 1);
	assert_int_equal(count_nodes(cart.items, "//section/p/code[contains(., 'memstats')]"), 1);
	assert_int_equal(count_nodes(cart.items, "//figure[@id='ledger']/*[name()='svg']"), 2);
	assert_int_equal(count_nodes(cart.items, "//figure[@id='slope']/*[name()='svg']"), 2);
	assert_int_equal(count_nodes(once.items, "//dl[@class='facts memory']"), 0);
	assert_int_equal(
		count_nodes(once.items, "//figure[@id='ledger']//p[contains(., 'No MemStats')]"),
		1);
	close_pages(&cart);
	close_pages(&once);
}

#define CART " FROM v_evidence JOIN v_finding AS f USING (id) WHERE f.service = 'cart'"
static void a_finding_page_has_the_sentences_and_terms_of_the_ledger(void **state)
{
	struct sited *const s = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf id;
	struct pages pages = {.count = 0};
	char path[256];
	const int64_t evidence = test_ledger_i64(&s->ledger, "SELECT count(*)" CART);
	const int64_t terms = test_ledger_i64(
		&s->ledger,
		"SELECT count(DISTINCT analyzer || place || detail || is_counted)" CART);

	ll_buf_init(&id, LL_BUF_MESSAGE);
	test_ledger_rows(&s->ledger, "SELECT id FROM v_finding WHERE service = 'cart'", &id);
	(void)snprintf(path, sizeof path, "finding/%.12s.html", id.data);
	add_page(&pages, s, path);

	/* What several classes have in common is said once, with all its numbers. */
	assert_int_equal(count_nodes(pages.items, "//ol[@class='evidence']/li"), terms);
	assert_int_equal(count_nodes(pages.items, "//*[starts-with(@id, 'evidence-')]"), evidence);
	assert_int_equal(
		count_nodes(pages.items, "//h1[contains(., 'cart.(*Store).Put (store.go:31)')]"),
		1);
	assert_int_equal(count_nodes(pages.items, "//dd[contains(., 'pod-1, pod-2')]"), 1);
	assert_int_equal(count_nodes(pages.items, "//pre[contains(., 'go tool pprof')]"), 1);
	/* What can be pasted stands by itself. */
	assert_int_equal(count_nodes(pages.items,
	                             "//pre[@class='ticket'][contains(., 'cart.(*Store).Put') and "
	                             "contains(., 'store.go:31') and contains(., 'pod-1, pod-2') "
	                             "and contains(., 'Confidence: ') and contains(., 'To do: ')]"),
	                 1);
	/* Every point of evidence has the query behind it, and the score adds up on the page. */
	assert_int_equal(count_nodes(pages.items, "//ol[@class='evidence']/li//pre[@class='sql']"),
	                 terms);
	assert_true(count_nodes(pages.items, "//h3[@id='score']/following::tbody[1]/tr") > 2);
	assert_int_equal(
		count_nodes(pages.items, "//section[@aria-labelledby='counter']//tbody/tr"), 5);
	assert_int_equal(count_nodes(pages.items, "//section[@aria-labelledby='counter']"
	                                          "//code[.='timer.not_stopped']"),
	                 1);
	assert_int_equal(
		count_nodes(pages.items, "//section[@aria-labelledby='history']//tbody/tr"), 1);
	/* Who calls the line, each with all of its growth: there is one stack. */
	assert_true(count_nodes(pages.items, "//section[@aria-labelledby='callers']//tbody/tr") >
	            0);
	assert_int_equal(count_nodes(pages.items, "//section[@aria-labelledby='callers']//tbody/tr"
	                                          "[td[last()]!='100 %']"),
	                 0);
	assert_int_equal(count_nodes(pages.items, "//a[@href='../service/cart.html']"), 1);
	close_pages(&pages);
}

static void pages_keep_to_their_budgets(void **state)
{
	struct sited *const s = *state;
	struct pages pages;
	int64_t size;

	open_pages(&pages, s);

	for (size_t i = 0; i < pages.count; i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;
		struct ll_error err = LL_ERROR_INIT;
		char path[1536];

		ll_buf_init(&text, LL_BUF_PAGE);
		(void)snprintf(path, sizeof path, "%s/%s", s->site, pages.items[i].path);
		assert_ok(ll_file_read(path, &text, &err), &err);
		size = (int64_t)text.size;
		assert_true(size < (strcmp(pages.items[i].path, "index.html") == 0 ? INDEX_BUDGET
		                                                                   : PAGE_BUDGET));
	}
	close_pages(&pages);
}

static void assert_same_files(const char *first, const char *second)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf output;
	char command[2200];

	ll_buf_init(&output, LL_BUF_PAGE);
	(void)snprintf(command, sizeof command, "diff -r '%s' '%s'", first, second);
	assert_int_equal(ll_test_run(command, &output), 0);
	assert_int_equal(output.size, 0);
}

static void several_makers_make_the_same_site_as_one(void **state)
{
	struct sited *const s = *state;
	char *const first = s->site;
	char second[1024];

	(void)snprintf(second, sizeof second, "%s-of-several", first);
	s->site = second;
	assert_true(make_site_with(s, 4).written > 8);
	s->site = first;

	assert_same_files(first, second);
}

static void a_second_time_nothing_is_written(void **state)
{
	struct sited *const s = *state;
	const struct ll_report_result result = make_site_with(s, 2);

	assert_int_equal(result.written, 0);
	assert_int_equal(result.removed, 0);
	assert_true(result.unchanged > 8);
}

/* Rules are replayed over the service that has news; the page of all rules speaks of all. */
static void a_site_with_one_service_made_again_is_the_same_as_a_new_one(void **state)
{
	void *own = NULL;
	struct sited *s;
	struct ll_report_result again;
	struct pages rules;
	char *site;
	char anew[1024];
	(void)state;

	assert_int_equal(set_up(&own), 0);
	s = own;
	test_ledger_write(&s->ledger, "node/later.log", ll_str(later_log));
	(void)test_ledger_ingest(&s->ledger, 1);
	(void)test_ledger_analyze(&s->ledger);
	again = make_site_with(s, 1);
	site = s->site;
	(void)snprintf(anew, sizeof anew, "%s-anew", site);
	s->site = anew;
	make_site(s);
	s->site = site;

	assert_true(again.unchanged > 8);
	assert_same_files(site, anew);
	open_page(&rules, s, "rules.html");
	assert_int_equal(count_nodes(rules.items, "//p[contains(., 'captures of 4')]"), 1);
	assert_true(count_nodes(rules.items, "//td[contains(., ' of 2')]") > 1);
	close_pages(&rules);
	assert_int_equal(tear_down(&own), 0);
}

/* One log tells of a cart, and of a process of which nothing was captured. */
static const char mixed_log[] =
	"2026-03-01T23:30:00,000000+00:00 Memory cgroup out of memory: Killed process 7 (cart) "
	"total-vm:1751260kB, anon-rss:190000kB, file-rss:2000kB, shmem-rss:0kB, UID:0 "
	"pgtables:216kB oom_score_adj:0\n"
	"2026-03-01T23:50:00,000000+00:00 Out of memory: Killed process 9 (<i>no</i>) "
	"total-vm:900000kB, anon-rss:650000kB, file-rss:2000kB, shmem-rss:0kB, UID:0 "
	"pgtables:216kB oom_score_adj:0\n";

static void a_kill_of_what_was_never_captured_has_its_place_and_says_what_is_not_known(void **state)
{
	void *own = NULL;
	struct sited *s;
	struct pages page;
	(void)state;

	assert_int_equal(set_up(&own), 0);
	s = own;
	test_ledger_write(&s->ledger, "node/kern.log", ll_str(mixed_log));
	(void)test_ledger_ingest(&s->ledger, 1);
	(void)test_ledger_analyze(&s->ledger);
	make_site(s);

	open_page(&page, s, "index.html");
	assert_int_equal(
		count_nodes(page.items, "//a[@href='kills.html'][contains(., 'One more')]"), 1);
	close_pages(&page);
	open_page(&page, s, "kills.html");
	assert_int_equal(count_nodes(page.items, "//h1[.='2 processes were killed for their "
	                                         "memory']"),
	                 1);
	assert_int_equal(count_nodes(page.items, "//section[@aria-labelledby='kills']//tbody/tr"),
	                 1);
	assert_int_equal(
		count_nodes(page.items, "//h3[contains(., '<i>no</i>, 2026-03-01 23:50:00')]"), 1);
	assert_int_equal(count_nodes(page.items, "//dd[contains(., '637 MiB')]"), 1);
	assert_int_equal(count_nodes(page.items, "//li/strong[contains(., 'not known')]"), 4);
	close_pages(&page);
	assert_int_equal(tear_down(&own), 0);
}

static void the_list_of_kills_has_their_verdicts_also_of_those_that_stand(void **state)
{
	struct sited *const s = *state;
	struct pages page;

	assert_int_equal(make_site_with(s, 1).written, 0);

	open_page(&page, s, "kills.html");
	assert_int_equal(count_nodes(page.items, "//td[@data-label='Verdict']/strong"), 1);
	close_pages(&page);
}

/* Paths of 440 bytes, each of a file that holds nothing readable. */
static void a_page_beyond_its_budget_ends_early_and_says_so(void **state)
{
	enum { MANY = 1100 };
	struct sited s = {.arena = LL_ARENA_INIT};
	struct ll_report_result result;
	struct pages captures;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	struct ll_error err = LL_ERROR_INIT;
	char path[1280], site[1024];
	(void)state;

	test_ledger_open(&s.ledger, NULL);
	for (int i = 0; i < MANY; i++) {
		(void)snprintf(path, sizeof path, "%0200d/%0240d.txt", 7, i);
		test_ledger_write(&s.ledger, path, ll_str("no capture"));
	}
	(void)test_ledger_ingest(&s.ledger, 1);
	(void)snprintf(site, sizeof site, "%s/site", s.ledger.directory);
	s.site = site;
	result = make_site_with(&s, 1);
	open_page(&captures, &s, "captures.html");
	ll_buf_init(&text, LL_BUF_PAGE);
	(void)snprintf(path, sizeof path, "%s/captures.html", site);
	assert_ok(ll_file_read(path, &text, &err), &err);

	assert_int_equal(result.shortened, 1);
	assert_true(text.size < PAGE_BUDGET);
	assert_int_equal(count_nodes(captures.items, "//p[@class='shortened']"), 1);
	assert_int_equal(count_nodes(captures.items, "//p[contains(., 'more, not shown here')]"),
	                 1);
	close_pages(&captures);
	test_ledger_done(&s.ledger);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_service_and_finding_has_a_page),
		cmocka_unit_test(a_kill_has_a_page_that_index_and_service_lead_to),
		cmocka_unit_test(every_link_has_a_target_in_the_site),
		cmocka_unit_test(nothing_in_a_page_runs_or_is_fetched),
		cmocka_unit_test(services_and_findings_show_their_calls),

		cmocka_unit_test(every_team_has_a_page_and_services_without_one_are_listed),
		cmocka_unit_test(several_makers_make_the_same_site_as_one),
		cmocka_unit_test(a_second_time_nothing_is_written),
		cmocka_unit_test(
			a_kill_of_what_was_never_captured_has_its_place_and_says_what_is_not_known),
		cmocka_unit_test(the_list_of_kills_has_their_verdicts_also_of_those_that_stand),
		cmocka_unit_test(a_site_with_one_service_made_again_is_the_same_as_a_new_one),
		cmocka_unit_test(a_page_beyond_its_budget_ends_early_and_says_so),
		cmocka_unit_test(every_page_carries_its_own_policy),
		cmocka_unit_test(the_archive_has_a_page_for_each_iso_week),
		cmocka_unit_test(a_service_page_has_its_numbers_and_says_what_is_missing),
		cmocka_unit_test(a_service_that_fell_silent_is_crossed_out),
		cmocka_unit_test(every_page_says_where_it_is_and_what_it_concludes),
		cmocka_unit_test(no_id_is_there_twice),
		cmocka_unit_test(pictures_have_a_title_and_their_numbers_beside_them),
		cmocka_unit_test(the_first_screen_answers_in_the_order_of_the_questions),
		cmocka_unit_test(a_finding_page_has_the_sentences_and_terms_of_the_ledger),
		cmocka_unit_test(pages_keep_to_their_budgets),
	};

	return cmocka_run_group_tests_name("report site", tests, set_up, tear_down);
}
