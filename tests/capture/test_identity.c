/* SPDX-License-Identifier: Apache-2.0 */
#include "name_time.h"
#include "support.h"

#include <leakledger/capture.h>

static char shown[1024];

/* "service|instance|build|time source|kind", empty where the path does not say. */
static const char *identity_by(const char *path, const char *const *patterns, size_t count)
{
	struct ll_path_identity identity;
	char time[LL_UNIT_TEXT];

	ll_identity_from_path(ll_str(path), patterns, count, &identity);
	(void)snprintf(shown, sizeof shown, "%.*s|%.*s|%.*s|%s %s%s|%.*s",
	               LL_STR_ARG(identity.service), LL_STR_ARG(identity.instance),
	               LL_STR_ARG(identity.build), ll_format_time_exact(identity.time_ns, time),
	               ll_time_source_name(identity.time_source),
	               identity.time_ns != LL_TIME_NONE && !identity.time_has_zone ? " no zone"
	                                                                           : "",
	               LL_STR_ARG(identity.kind_word));
	return shown;
}

static const char *identity_of(const char *path)
{
	return identity_by(path, NULL, 0);
}

static void directories_are_service_and_instance(void **state)
{
	(void)state;
	assert_string_equal(identity_of("shop/pod-1/heap.pb.gz"), "shop|pod-1|| none|heap");
	assert_string_equal(identity_of("shop/heap.pb.gz"), "shop||| none|heap");
	assert_string_equal(identity_of("heap.pb.gz"), "||| none|heap");
	assert_string_equal(identity_of("eu/shop/10.0.0.7/goroutine.txt"),
	                    "shop|10.0.0.7|| none|goroutine");
	assert_string_equal(identity_of("./shop//node-3/./x"), "shop|node-3|| none|");
	assert_string_equal(identity_of(""), "||| none|");
}

static void directories_that_say_nothing_are_passed_over(void **state)
{
	(void)state;
	assert_string_equal(identity_of("shop/debug/pprof/heap"), "shop||| none|heap");
	assert_string_equal(identity_of("shop/host-a/2026-11-21/0003/heap.pb.gz"),
	                    "shop|host-a||2026-11-21T00:00:00Z directory no zone|heap");
	assert_string_equal(identity_of("captures/profiles/goroutines/x"), "||| none|");
}

static void a_pod_names_its_deployment(void **state)
{
	(void)state;
	assert_string_equal(identity_of("orders-api-7d9f6c5b8d-x2x4z/heap"),
	                    "orders-api|orders-api-7d9f6c5b8d-x2x4z|| none|heap");
	assert_string_equal(identity_of("db-0/heap"), "db|db-0|| none|heap");
	assert_string_equal(identity_of("order-service/heap"), "order-service||| none|heap");
	assert_string_equal(identity_of("prod_orders-api-7d9f6c5b8d-x2x4z_"
	                                "0a1b2c3d-0000-1111-2222-333344445555/app/0.log"),
	                    "orders-api|orders-api-7d9f6c5b8d-x2x4z|| none|");
	assert_string_equal(
		identity_of("prod_standalone_0a1b2c3d-0000-1111-2222-333344445555/app/0.log"),
		"standalone|standalone|| none|");
}

static void files_of_go_tool_pprof_name_the_program(void **state)
{
	(void)state;
	assert_string_equal(
		identity_of(
			"pprof.app.alloc_objects.alloc_space.inuse_objects.inuse_space.001.pb.gz"),
		"app||| none|heap");
	assert_string_equal(identity_of("shop/pprof.app.goroutine.001.pb.gz"),
	                    "shop||| none|goroutine");
}

static void names_carry_times_versions_and_kinds(void **state)
{
	(void)state;
	assert_string_equal(identity_of("shop/i1/heap-1795223187.pb.gz"),
	                    "shop|i1||2026-11-21T01:06:27Z file-name|heap");
	assert_string_equal(identity_of("shop/20261121T010627Z_v1.4.2_heap-after-gc.pb.gz"),
	                    "shop||v1.4.2|2026-11-21T01:06:27Z file-name|heap");
	assert_string_equal(identity_of("mem.20261121010627.250.log"),
	                    "|||2026-11-21T01:06:27.250000000Z file-name no zone|heap");
	assert_string_equal(identity_of("memprof.2026-11-21T01_06_27.909.12345678"),
	                    "|||2026-11-21T01:06:27.909000000Z file-name no zone|heap");
	assert_string_equal(identity_of("consul-debug-2026-11-21T01-06-27+0100/heap.prof"),
	                    "consul-debug-2026-11-21T01-06-27+0100|||2026-11-21T00:06:27Z "
	                    "directory|heap");
}

static void before_and_after_and_numbers_give_an_order(void **state)
{
	static const struct {
		const char *name;
		int64_t sequence;
	} rows[] = {{"heap.pb.gz", -1},
	            {"heap2.pb.gz", 2},
	            {"heap-before.pb.gz", 0},
	            {"heap_after.gz", 1},
	            {"profile_0007.prof", 7}};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_path_identity identity;

		ll_identity_from_path(ll_str(rows[i].name), NULL, 0, &identity);
		assert_int_equal(identity.sequence, rows[i].sequence);
	}
}

static void delta_profiles_can_be_named_so(void **state)
{
	struct ll_path_identity identity;

	(void)state;
	ll_identity_from_path(ll_str("delta-heap.pprof"), NULL, 0, &identity);
	assert_true(identity.is_delta_named);
}

static void a_pattern_of_the_users_comes_first(void **state)
{
	static const char *const patterns[] = {"{service}/{instance}/{kind}-{unixtime}",
	                                       "{build}/{any}-{service}"};

	(void)state;
	assert_string_equal(identity_by("x/debug/data/heap-1795223187.pb.gz", patterns, 2),
	                    "debug|data||2026-11-21T01:06:27Z file-name|heap");
	assert_string_equal(identity_by("1.2.3/eu-west-shop.pb.gz", patterns, 2),
	                    "shop||1.2.3| none|");
	assert_string_equal(identity_by("shop/i/heap", patterns, 1), "shop|i|| none|heap");
	assert_string_equal(identity_by("heap-1795223187", patterns, 1),
	                    "|||2026-11-21T01:06:27Z file-name|heap");
}

static void a_pattern_with_a_mistake_is_explained(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_ok(ll_identity_check_pattern("{service}/{instance}/{kind}-{time}", &err), &err);
	assert_int_equal(ll_identity_check_pattern("", &err), LL_E_USAGE);
	assert_string_equal(err.text, "empty pattern");
	assert_int_equal(ll_identity_check_pattern("{service", &err), LL_E_USAGE);
	assert_string_equal(err.text, "pattern '{service': '{' without '}'");
	assert_int_equal(ll_identity_check_pattern("{sevrice}/x", &err), LL_E_USAGE);
	assert_non_null(strstr(err.text, "'{sevrice}' is no field; fields are service, "));
	assert_int_equal(ll_identity_check_pattern("{any}{any}{any}{any}", &err), LL_E_USAGE);
	assert_non_null(strstr(err.text, "more than 3 fields"));
}

static void hostile_names_are_names_all_the_same(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf deep;
	static const char *const pattern = "{any}-{any}-{any}";
	struct ll_path_identity identity;

	(void)state;
	assert_string_equal(identity_of("<script>/'; DROP TABLE x; --/heap"),
	                    "<script>|'; DROP TABLE x; --|| none|heap");
	assert_string_equal(identity_of("\xff\xfe/\x1b[2J/heap"), "\xff\xfe|\x1b[2J|| none|heap");
	assert_string_equal(identity_of("../../etc/passwd"), "..|etc|| none|");
	assert_string_equal(identity_of("-/-/-"), "-|-|| none|");
	assert_string_equal(identity_of("v/v1./heap"), "v|v1.|| none|heap");

	/* Thousands of elements, and a name on which a pattern could try for ever. */
	ll_buf_init(&deep, LL_BUF_PAGE);
	for (int i = 0; i < 5000; i++)
		ll_buf_puts(&deep, "d/");
	for (int i = 0; i < 250; i++)
		ll_buf_puts(&deep, "-9");
	ll_buf_putc(&deep, '/');
	ll_identity_from_path(ll_buf_str(&deep), &pattern, 1, &identity);
	assert_true(identity.service.size > 0);
}

static void times_in_names_are_found_or_left_alone(void **state)
{
	static const struct {
		const char *name;
		const char *time;
	} rows[] = {
		{"heap-1795223187123.pb", "2026-11-21T01:06:27.123000000Z"},
		{"1795223187123456", "2026-11-21T01:06:27.123456000Z"},
		{"1795223187123456789", "2026-11-21T01:06:27.123456789Z"},
		{"2026-11-21_01-06-27.gz", "2026-11-21T01:06:27Z"},
		{"20261121-0106", "2026-11-21T01:06:00Z"},
		{"2026-11-21T01:06:27-05:00", "2026-11-21T06:06:27Z"},
		{"2026_11_21", "2026-11-21T00:00:00Z"},
		{"x-20261121-y-1795223187", "2026-11-21T01:06:27Z"},
		{"1795223187-on-20250101", "2026-11-21T01:06:27Z"},
		{"99999999", ""},
		{"20261321", ""},
		{"12345678901234567", ""},
		{"9999999999", ""},
		{"12345", ""},
		{"2026-1-2", ""},
		{"20261121-256199", "2026-11-21T00:00:00Z"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_name_time found = {.time_ns = LL_TIME_NONE};
		char time[LL_UNIT_TEXT];

		if (!ll_name_time_find(ll_str(rows[i].name), &found))
			found.time_ns = LL_TIME_NONE;
		if (strcmp(ll_format_time_exact(found.time_ns, time), rows[i].time) != 0)
			fail_msg("'%s' is '%s', not '%s'", rows[i].name, time, rows[i].time);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(directories_are_service_and_instance),
		cmocka_unit_test(directories_that_say_nothing_are_passed_over),
		cmocka_unit_test(a_pod_names_its_deployment),
		cmocka_unit_test(files_of_go_tool_pprof_name_the_program),
		cmocka_unit_test(names_carry_times_versions_and_kinds),
		cmocka_unit_test(before_and_after_and_numbers_give_an_order),
		cmocka_unit_test(delta_profiles_can_be_named_so),
		cmocka_unit_test(a_pattern_of_the_users_comes_first),
		cmocka_unit_test(a_pattern_with_a_mistake_is_explained),
		cmocka_unit_test(hostile_names_are_names_all_the_same),
		cmocka_unit_test(times_in_names_are_found_or_left_alone),
	};

	return cmocka_run_group_tests_name("capture.identity", tests, NULL, NULL);
}
