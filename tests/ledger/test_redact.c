/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_redact.c - what a redacted copy of a ledger holds, column by column, and what pseudonyms
 * keep.
 *
 * The schema itself says which columns there are: each one of text gets a mark, unless it holds
 * words of ours, and the mark is looked for in the copy.
 */
#include "ledgers.h"

#include <leakledger/redact.h>
#include <leakledger/sqlite.h>

static const char key[] = "a key that is long enough";

/* ---------------------------------------------------------------------- columns */

/* Columns that only words of this program get into. */
static const char ours[] =
	" file.reader content.format content.reader capture.kind capture.format capture.time_source segment.kind "
	"capture.variant file_member.reader lifetime.begun_by audit.reason run.command run.version stage.layer stage.status "
	"finding.kind finding.class finding.severity finding.state finding.limit_source "
	"finding.time_to_limit_refused finding_place.kind finding_place.class evidence.analyzer "
	"evidence.term evidence.class declared.what suppression.class unfinished.work "
	"finding_history.state finding_history.severity finding_paragraph.evidence "
	"goroutine_group.ids ";

/* Columns of prose, in which names stand. */
static const char prose[] =
	" file.reason file_member.reason content.reason note.text audit.detail stage.reason "
	"finding.cap_reason finding.time_to_limit_reason finding.outlook finding.summary "
	"finding.explanation finding.remedy finding_paragraph.text evidence.detail ";

/* What a check of the schema, or a word's use, asks for. */
static const struct {
	const char *column, *value;
} needed[] = {
	{"stage.layer", "'L1'"},           {"stage.status", "'done'"},
	{"finding.kind", "'heap'"},        {"finding.severity", "'info'"},
	{"finding.state", "'new'"},        {"finding_place.kind", "'heap'"},
	{"declared.what", "'owner'"},      {"unfinished.work", "'lifetimes'"},
	{"series.label_id", "1"},          {"goroutine_group.state_id", "2"},
	{"goroutine_group.label_id", "1"}, {"alloc_entry.entry_id", "3"},
	{"reading.name_id", "4"},          {"reading.label_id", "1"},
	{"build_fact.file_id", "5"},       {"build_fact.message_id", "6"},
	{"build_fact.package_id", "7"},    {"benchmark.package_id", "7"},
	{"benchmark.name_id", "8"},        {"benchmark.unit_id", "9"},
};

static bool is_listed(const char *list, const char *column)
{
	char word[160];

	(void)snprintf(word, sizeof word, " %s ", column);
	return strstr(list, word) != NULL;
}

static void put_value(struct ll_buf *sql, const char *column, struct ll_str type)
{
	for (size_t i = 0; i < LL_COUNT(needed); i++) {
		if (strcmp(needed[i].column, column) == 0) {
			ll_buf_puts(sql, needed[i].value);
			return;
		}
	}
	if (ll_str_equal(type, ll_str("TEXT")))
		ll_buf_printf(sql, is_listed(ours, column) ? "'ours'" : "'canary.%s'", column);
	else
		ll_buf_puts(sql, ll_str_equal(type, ll_str("BLOB")) ? "x'01'" : "1");
}

/* Rows of this: table, column, type. */
static const char columns_sql[] = "SELECT m.name, c.name, c.type FROM main.sqlite_schema AS m "
				  "JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table' "
				  "AND m.name NOT GLOB 'sqlite_*' ORDER BY m.name, c.cid";

/* A row in every table; words 1 to 10, each for a use of its own, the last for none. */
static void fill(struct ll_ledger *ledger)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf script, names, values;
	char table[64] = "";

	ll_buf_init(&script, LL_BUF_SQL);
	ll_buf_init(&names, LL_BUF_SQL);
	ll_buf_init(&values, LL_BUF_SQL);
	assert_ok(ll_stmt_prepare(ledger, ll_str(columns_sql), &stmt, &err), &err);
	for (bool is_more = true; is_more;) {
		char column[128];

		is_more = ll_stmt_step(stmt, &err) > 0;
		if (!is_more || !ll_str_equal(ll_stmt_text(stmt, 0), ll_str(table))) {
			if (table[0])
				ll_buf_printf(&script, "INSERT INTO %s (%s) VALUES (%s);\n", table,
				              names.data, values.data);
			ll_buf_clear(&names);
			ll_buf_clear(&values);
		}
		if (!is_more)
			break;
		(void)snprintf(table, sizeof table, "%.*s", LL_STR_ARG(ll_stmt_text(stmt, 0)));
		(void)snprintf(column, sizeof column, "%s.%.*s", table,
		               LL_STR_ARG(ll_stmt_text(stmt, 1)));
		ll_buf_printf(&names, "%s\"%.*s\"", names.size > 0 ? "," : "",
		              LL_STR_ARG(ll_stmt_text(stmt, 1)));
		ll_buf_puts(&values, values.size > 0 ? "," : "");
		put_value(&values, column, ll_stmt_text(stmt, 2));
	}
	for (int i = 2; i <= 10; i++)
		ll_buf_printf(&script, "INSERT INTO word VALUES (%d, 'canary word %d');\n", i, i);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(ledger), script.data, &err), &err);
	ll_buf_done(&script);
	ll_buf_done(&names);
	ll_buf_done(&values);
}

/* Prose gets sentences that have every name in them, as findings have. */
static void write_prose(struct ll_ledger *ledger)
{
	static const char all[] =
		"'in ' || (SELECT name FROM service) || ', ' || (SELECT name FROM instance) || ' at ' "
		"|| (SELECT name FROM function) || ' (' || (SELECT file FROM function) || ':31) of ' "
		"|| (SELECT build FROM capture) || '; ' || (SELECT host FROM kill) || ' '"
		"|| (SELECT value FROM declared) || ', /home/canary/x.go'";
	struct ll_error err = LL_ERROR_INIT;
	struct ll_str rest = ll_str(prose);
	struct ll_buf script;

	ll_buf_init(&script, LL_BUF_SQL);
	while (rest.size > 0) {
		struct ll_str column = ll_str_split(&rest, ' ');
		struct ll_str table;

		if (column.size == 0)
			continue;
		table = ll_str_split(&column, '.');
		ll_buf_printf(&script, "UPDATE %.*s SET %.*s = %s;\n", LL_STR_ARG(table),
		              LL_STR_ARG(column), all);
	}
	ll_buf_puts(&script,
	            "UPDATE evidence SET data = json_object('canary.service.name', "
	            "'says canary.instance.name');"
	            "UPDATE note SET text = text || ' and a stranger''s ''canary quoted''';");
	assert_ok(ll_sqlite_exec(ll_ledger_handle(ledger), script.data, &err), &err);
	ll_buf_done(&script);
}

static void without_keys(struct test_ledger *t)
{
	struct ll_error err = LL_ERROR_INIT;

	test_ledger_open(t, NULL);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger), "PRAGMA foreign_keys = OFF", &err),
	          &err);
}

/* The copy, at that level; the ledger is closed before. */
static struct ll_ledger *redacted(struct test_ledger *t, struct ll_redactor *redactor)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_ledger *copy = NULL;

	ll_ledger_closep(&t->ledger);
	assert_ok(
		ll_ledger_open_redacted(t->path, t->directory, redactor, t->resources, &copy, &err),
		&err);
	return copy;
}

static size_t count_marks(struct ll_ledger *ledger)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	size_t found = 0;

	assert_ok(ll_stmt_prepare(ledger, ll_str(columns_sql), &stmt, &err), &err);
	while (ll_stmt_step(stmt, &err) > 0) {
		LL_CLEANUP(ll_stmt_freep) struct ll_stmt *look = NULL;
		char sql[512];

		(void)snprintf(sql, sizeof sql,
		               "SELECT \"%.*s\" FROM \"%.*s\" WHERE \"%.*s\" LIKE '%%canary%%'",
		               LL_STR_ARG(ll_stmt_text(stmt, 1)), LL_STR_ARG(ll_stmt_text(stmt, 0)),
		               LL_STR_ARG(ll_stmt_text(stmt, 1)));
		assert_ok(ll_stmt_prepare(ledger, ll_str(sql), &look, &err), &err);
		while (ll_stmt_step(look, &err) > 0) {
			print_error("%.*s.%.*s: %.*s\n", LL_STR_ARG(ll_stmt_text(stmt, 0)),
			            LL_STR_ARG(ll_stmt_text(stmt, 1)),
			            LL_STR_ARG(ll_stmt_text(look, 0)));
			found++;
		}
	}
	return found;
}

static void no_column_of_the_schema_keeps_a_name(void **state)
{
	LL_CLEANUP(ll_redactor_freep)
	struct ll_redactor *redactor = ll_redactor_new(LL_REDACT_NAMES, ll_str(key));
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *copy = NULL;
	struct test_ledger t;

	(void)state;
	without_keys(&t);
	fill(t.ledger);
	write_prose(t.ledger);

	copy = redacted(&t, redactor);

	assert_int_equal(count_marks(copy), 0);
	ll_ledger_closep(&copy);
	test_ledger_done(&t);
}

static void level_paths_takes_directories_and_hosts_and_leaves_names(void **state)
{
	static const char script[] =
		"UPDATE file SET root = '/home/canary/in', path = 'cart/pod-1/heap.pb.gz', "
		"reason = 'cannot read /home/canary/in/x';"
		"UPDATE function SET name = 'shop/cart.Put', file = '/home/canary/shop/cart/cart.go';"
		"UPDATE word SET value = '/home/canary/shop/cart/cart.go' WHERE word_id = 5;"
		"UPDATE word SET value = 'word ' || word_id WHERE word_id <> 5;"
		"UPDATE service SET name = 'cart'; UPDATE instance SET name = 'pod-1';"
		"UPDATE finding SET file = 'canary/cart.go', function = 'main.put';"
		"UPDATE kill SET host = 'canary-host', text = 'killed on canary-host', "
		"cgroup = '/kube/canary/pod1', limiting = '/kube/canary/pod1';"
		"UPDATE capture SET program = '/home/canary/bin/cart';"
		"UPDATE run SET options = '{\"out\":\"/home/canary\"}';";
	LL_CLEANUP(ll_redactor_freep)
	struct ll_redactor *redactor = ll_redactor_new(LL_REDACT_PATHS, ll_str(key));
	struct ll_error err = LL_ERROR_INIT;
	struct test_ledger t;

	(void)state;
	without_keys(&t);
	fill(t.ledger);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t.ledger), script, &err), &err);

	t.ledger = redacted(&t, redactor);

	assert_rows(&t, "SELECT root, path, reason FROM file",
	            "captures|cart/pod-1/heap.pb.gz|cannot read x\n");
	assert_rows(&t, "SELECT name, file FROM function", "shop/cart.Put|cart.go\n");
	assert_rows(&t, "SELECT function, file FROM finding", "main.put|cart.go\n");
	assert_rows(&t, "SELECT name FROM service", "cart\n");
	assert_rows(&t, "SELECT program FROM capture", "cart\n");
	assert_rows(&t, "SELECT options FROM run", "{}\n");
	assert_rows(&t, "SELECT value FROM word WHERE word_id = 5", "cart.go\n");
	assert_rows(&t,
	            "SELECT count(*) FROM kill WHERE host LIKE 'host-%' AND "
	            "text = 'killed on ' || host AND cgroup = 'pod1' AND limiting = 'pod1'",
	            "1\n");
	test_ledger_done(&t);
}

static void the_copy_is_gone_when_the_ledger_is_closed(void **state)
{
	LL_CLEANUP(ll_redactor_freep)
	struct ll_redactor *redactor = ll_redactor_new(LL_REDACT_NAMES, ll_str(key));
	struct ll_buf listed;
	struct test_ledger t;
	char command[256];

	(void)state;
	ll_buf_init(&listed, LL_BUF_MESSAGE);
	test_ledger_open(&t, NULL);
	t.ledger = redacted(&t, redactor);
	assert_true(ll_ledger_redactor(t.ledger) == redactor);

	ll_ledger_closep(&t.ledger);

	(void)snprintf(command, sizeof command, "ls %s", t.directory);
	assert_int_equal(ll_test_run(command, &listed), 0);
	assert_null(strstr(listed.data, "leakledger-"));
	ll_buf_done(&listed);
	test_ledger_done(&t);
}

/* ------------------------------------------------------------------- pseudonyms */

static void assert_text(struct ll_str actual, const char *expected)
{
	if (!ll_str_equal(actual, ll_str(expected)))
		fail_msg("'%.*s' is not '%s'", LL_STR_ARG(actual), expected);
}

static void the_same_key_gives_the_same_pseudonyms_and_another_others(void **state)
{
	LL_CLEANUP(ll_redactor_freep)
	struct ll_redactor *one = ll_redactor_new(LL_REDACT_NAMES, ll_str(key));
	LL_CLEANUP(ll_redactor_freep)
	struct ll_redactor *same = ll_redactor_new(LL_REDACT_NAMES, ll_str(key));
	LL_CLEANUP(ll_redactor_freep)
	struct ll_redactor *other = ll_redactor_new(LL_REDACT_NAMES, ll_str("another key"));
	const struct ll_str name = ll_redact_name(one, ll_str("checkout"));

	(void)state;
	assert_true(ll_str_equal(name, ll_redact_name(same, ll_str("checkout"))));
	assert_false(ll_str_equal(name, ll_redact_name(other, ll_str("checkout"))));
	assert_true(ll_hash_equal(ll_redactor_mark(one), ll_redactor_mark(same)));
	assert_false(ll_hash_equal(ll_redactor_mark(one), ll_redactor_mark(other)));
}

static void public_code_keeps_its_name_and_loses_strangers_types(void **state)
{
	LL_CLEANUP(ll_redactor_freep)
	struct ll_redactor *redactor = ll_redactor_new(LL_REDACT_NAMES, ll_str(key));

	(void)state;
	assert_text(ll_redact_function(redactor, ll_str("net/http.(*conn).serve"),
	                               ll_str("/usr/local/go/src/net/http/server.go")),
	            "net/http.(*conn).serve");
	assert_text(ll_redact_file(redactor, ll_str("/usr/local/go/src/net/http/server.go"),
	                           ll_str("net/http.(*conn).serve")),
	            "net/http/server.go");
	assert_text(ll_redact_function(redactor,
	                               ll_str("sync/atomic.(*Pointer[secret.example/x.T]).Load"),
	                               ll_str("")),
	            "sync/atomic.(*Pointer[...]).Load");
	assert_text(ll_redact_function(redactor, ll_str("google.golang.org/grpc.NewClient"),
	                               ll_str("/go/pkg/mod/google.golang.org/grpc@v1/c.go")),
	            "google.golang.org/grpc.NewClient");
	assert_text(ll_redact_function(redactor, ll_str("main.main"), ll_str("/src/main.go")),
	            ll_redact_function(redactor, ll_str("main.main"), ll_str("")).data);
	assert_true(ll_str_starts(
		ll_redact_function(redactor, ll_str("github.com/lib/pqx.Open"), ll_str("")),
		"mod-"));
	/* A package of one's own that is called like one of Go's. */
	assert_true(ll_str_starts(ll_redact_function(redactor, ll_str("log/secret.Put"),
	                                             ll_str("/src/shop/log/put.go")),
	                          "mod-"));
}

static void the_form_of_a_function_stays(void **state)
{
	LL_CLEANUP(ll_redactor_freep)
	struct ll_redactor *redactor = ll_redactor_new(LL_REDACT_NAMES, ll_str(key));
	const struct ll_str method = ll_redact_function(
		redactor, ll_str("a.example/shop/cart.(*Store[int]).Put.func1"), ll_str(""));
	const struct ll_str wrapped = ll_redact_function(
		redactor, ll_str("a.example/shop/cart.(*Store[int]).Put.func1.gowrap2"),
		ll_str(""));
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;

	(void)state;
	assert_true(ll_str_starts(method, "mod-"));
	assert_true(ll_str_find(method, ".(*F") != SIZE_MAX);
	assert_true(ll_str_find(method, "[...]).F") != SIZE_MAX);
	assert_true(ll_str_ends(method, ".func1"));
	/* What views normalize is the pseudonym of what they would have normalized. */
	assert_true(ll_str_equal(ll_frame_normalize(wrapped, &arena), method));
	assert_true(ll_str_equal(
		ll_redact_function(redactor,
	                           ll_frame_normalize(ll_str("a.example/shop/"
	                                                     "cart.(*Store[int]).Put.func1"),
	                                              &arena),
	                           ll_str("")),
		method));
	assert_int_equal(ll_frame_owner(method, ll_str("file-x.go")), LL_OWNER_OWN);
}

static void pods_are_named_after_their_service(void **state)
{
	LL_CLEANUP(ll_redactor_freep)
	struct ll_redactor *redactor = ll_redactor_new(LL_REDACT_NAMES, ll_str(key));
	const struct ll_str service = ll_redact_service(redactor, ll_str("checkout-api-gateway"));
	const struct ll_str pod =
		ll_redact_name(redactor, ll_str("checkout-api-gateway-7d9f5-xk2p"));

	(void)state;
	assert_true(ll_str_starts(pod, service.data));
	assert_int_equal(pod.data[service.size], '-');
	assert_true(service.size <= 15);
	/* A kernel keeps 15 bytes of a process's name. */
	assert_true(ll_str_equal(ll_redact_name(redactor, ll_str("checkout-api-ga")), service));
}

static void prose_loses_names_where_they_stand_alone(void **state)
{
	LL_CLEANUP(ll_redactor_freep)
	struct ll_redactor *redactor = ll_redactor_new(LL_REDACT_NAMES, ll_str(key));
	const char *const cart = ll_redact_service(redactor, ll_str("cart")).data;
	struct ll_buf expected;

	(void)state;
	ll_buf_init(&expected, LL_BUF_MESSAGE);
	ll_buf_printf(&expected, "%s: carts of /proc/7 in (%s), not cart_x", cart, cart);
	assert_text(
		ll_redact_text(redactor, ll_str("cart: carts of /proc/7 in (cart), not cart_x")),
		expected.data);
	assert_text(ll_redact_labels(redactor, ll_str("{\"reason\":\"OOMKilled\"}")),
	            "{\"reason\":\"OOMKilled\"}");
	assert_text(ll_redact_labels(redactor, ll_str("no json")), "{}");
	assert_text(ll_redact_types(redactor, ll_str("inuse_space,alloc_space")),
	            "inuse_space,alloc_space");
	ll_buf_done(&expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_column_of_the_schema_keeps_a_name),
		cmocka_unit_test(level_paths_takes_directories_and_hosts_and_leaves_names),
		cmocka_unit_test(the_copy_is_gone_when_the_ledger_is_closed),
		cmocka_unit_test(the_same_key_gives_the_same_pseudonyms_and_another_others),
		cmocka_unit_test(public_code_keeps_its_name_and_loses_strangers_types),
		cmocka_unit_test(the_form_of_a_function_stays),
		cmocka_unit_test(pods_are_named_after_their_service),
		cmocka_unit_test(prose_loses_names_where_they_stand_alone),
	};

	return cmocka_run_group_tests_name("ledger.redact", tests, NULL, NULL);
}
