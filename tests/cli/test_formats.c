/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_formats.c - findings and report in every format, looked at by programs of others where they
 * are installed: xmllint, promtool, and Python's jsonschema.
 */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

/* A ledger with one leak. */
static void fill(struct shop *shop)
{
	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);
	assert_exit(shop, "run in -q", 0);
}

static void every_format_of_findings_can_be_asked_for(void **state)
{
	struct shop *const shop = *state;
	static const struct {
		const char *format, *has;
	} formats[] = {
		{"table", "severity  score"},
		{"text", "leakledger: 1 open finding"},
		{"json", "\"format\":\"leakledger-findings\""},
		{"jsonl", "{\"id\":\""},
		{"csv", "id,class,service,"},
		{"md", "| severity | score |"},
		{"sarif", "\"version\":\"2.1.0\""},
		{"junit", "<testsuites name=\"leakledger\""},
		{"prom", "leakledger_findings{service=\"cart\""},
		{"xml", "<page kind=\"finding\""},
	};
	char arguments[64];

	fill(shop);
	for (size_t i = 0; i < LL_COUNT(formats); i++) {
		(void)snprintf(arguments, sizeof arguments, "findings --format %s",
		               formats[i].format);
		assert_exit(shop, arguments, 0);
		assert_has(shop->out, formats[i].has);
	}
	assert_exit(shop, "findings --format sariff", 2);
	assert_has(shop->err, "did you mean 'sarif'?");
}

static void a_document_of_a_report_is_a_file_or_standard_output(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "report --format json", 0);
	assert_has(shop->out, "\"format\":\"leakledger-findings\"");
	assert_exit(shop, "report --format json -o leaks.json", 0);
	assert_int_equal(shop->out.size, 0);
	shop_do(shop, "test -s leaks.json");
	assert_exit(shop, "report --format json -o leakledger-report", 2);
	assert_has(shop->err, "is a directory");
	assert_exit(shop, "report --format json -o nowhere/leaks.json", 73);
}

/* The directory of the configuration is the site's. */
static void a_document_does_not_go_where_the_site_goes(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	free(ll_test_write(shop->directory, "leakledger.conf",
	                   ll_str("out = leakledger-report\n")));

	assert_exit(shop, "report --format csv", 0);

	assert_has(shop->out, "id,class,service,");
}

static void metrics_can_be_read_by_all_whatever_the_umask(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	shop_do(shop, "umask 077; \"$LEAKLEDGER\" report --format prom -o x.prom && "
	              "test \"$(stat -c %a x.prom)\" = 644 && test \"$(ls x.prom*)\" = x.prom");
}

static void sarif_takes_the_module_off_file_names(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "findings --format sarif --strip shop", 0);

	assert_has(shop->out, "\"uri\":\"cart/store.go\"");
}

static void xml_is_valid_by_the_schema_that_is_shipped(void **state)
{
	struct shop *const shop = *state;
	char command[1200];

	shop_need("command -v xmllint", "xmllint");
	fill(shop);
	assert_exit(shop, "report --format xml -o all.xml", 0);
	assert_exit(shop, "report --format junit -o junit.xml", 0);

	(void)snprintf(command, sizeof command,
	               "xmllint --noout --relaxng '%s' all.xml && xmllint --noout junit.xml",
	               ll_test_source("templates/model.rng"));
	shop_do(shop, command);
	shop_do(shop, "grep -c '<page kind=\"service\"' all.xml | grep -qx 2");
}

static void json_is_valid_by_the_schema_that_is_shipped(void **state)
{
	struct shop *const shop = *state;
	static const char check[] =
		"import json, sys, jsonschema\n"
		"schema = json.load(open(sys.argv[1]))\n"
		"jsonschema.Draft202012Validator.check_schema(schema)\n"
		"jsonschema.Draft202012Validator(schema).validate(json.load(open('leaks.json')))\n"
		"line = dict(schema, **{'$ref': '#/$defs/finding'})\n"
		"[line.pop(k) for k in ('type', 'required', 'properties')]\n"
		"for text in open('leaks.jsonl'):\n"
		"    jsonschema.Draft202012Validator(line).validate(json.loads(text))\n";
	char command[1200];

	shop_need(SHOP_PYTHON " -c 'import jsonschema'", "Python's jsonschema");
	fill(shop);
	assert_exit(shop, "report --format json -o leaks.json", 0);
	assert_exit(shop, "report --format jsonl -o leaks.jsonl", 0);
	free(ll_test_write(shop->directory, "check.py", ll_str(check)));

	(void)snprintf(command, sizeof command, SHOP_PYTHON " check.py '%s'",
	               ll_test_source("docs/schema/findings.schema.json"));
	shop_do(shop, command);
}

static void csv_is_what_another_program_reads(void **state)
{
	struct shop *const shop = *state;

	shop_need("command -v python3", "python3");
	fill(shop);
	assert_exit(shop, "report --format csv -o leaks.csv", 0);

	shop_do(shop, SHOP_PYTHON
	        " -c \"import csv; rows = list(csv.DictReader(open('leaks.csv', "
	        "newline=''))); assert len(rows) == 1 and rows[0]['service'] == 'cart' and "
	        "rows[0]['line'] == '31', rows\"");
}

static void metrics_please_promtool(void **state)
{
	struct shop *const shop = *state;

	shop_need("command -v promtool", "promtool");
	fill(shop);
	assert_exit(shop, "report --format prom -o x.prom", 0);

	shop_do(shop, "promtool check metrics <x.prom");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(every_format_of_findings_can_be_asked_for),
		TEST(a_document_of_a_report_is_a_file_or_standard_output),
		TEST(a_document_does_not_go_where_the_site_goes),
		TEST(metrics_can_be_read_by_all_whatever_the_umask),
		TEST(sarif_takes_the_module_off_file_names),
		TEST(xml_is_valid_by_the_schema_that_is_shipped),
		TEST(json_is_valid_by_the_schema_that_is_shipped),
		TEST(csv_is_what_another_program_reads),
		TEST(metrics_please_promtool),
	};

	return cmocka_run_group_tests_name("cli.formats", tests, NULL, NULL);
}
