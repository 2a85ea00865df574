/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/name_time.h"
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

static const char *service_in(const char *above, const char *archive, const char *member)
{
	struct ll_path_identity identity;
	char path[256];

	(void)snprintf(path, sizeof path, "%s%s", above, member);
	ll_identity_from_member(ll_str(path), strlen(above), ll_str(archive), NULL, 0, &identity);
	(void)snprintf(shown, sizeof shown, "%.*s|%.*s", LL_STR_ARG(identity.service),
	               LL_STR_ARG(identity.instance));
	return shown;
}

static void what_wraps_an_archive_is_no_service(void **state)
{
	(void)state;

	assert_string_equal(service_in("", "night.tar.gz", "night/heap.pb"), "|");
	assert_string_equal(service_in("", "night.tgz", "night/cart/heap.pb"), "cart|");
	assert_string_equal(service_in("", "night.zip", "night/cart/pod-1/heap.pb"), "cart|pod-1");
	assert_string_equal(service_in("shop/", "night.tar", "night/pod-1/heap.pb"), "shop|pod-1");
	/* Where only an instance is left, it is the service that was packed. */
	assert_string_equal(service_in("", "cart.tar.gz", "cart/pod-1/heap.pb"), "cart|pod-1");
	assert_string_equal(service_in("", "cart.tgz", "cart/cart-7d9f6c5b8d-x2x4z/heap.pb"),
	                    "cart|cart-7d9f6c5b8d-x2x4z");
	/* Above the archive, further in, or called otherwise, it says what it says. */
	assert_string_equal(service_in("night/", "night.tar", "heap.pb"), "night|");
	assert_string_equal(service_in("night/", "night.tar", "night/heap.pb"), "night|");
	assert_string_equal(service_in("", "night.tar", "cart/night/heap.pb"), "cart|night");
	assert_string_equal(service_in("", "night.tar", "nights/heap.pb"), "nights|");
}

static void directories_that_hold_anything_are_no_services(void **state)
{
	static const char *const names[] = {"files", "captures", "corpus", "artifacts", "bundle"};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(names); i++) {
		char member[64];

		(void)snprintf(member, sizeof member, "%s/heap.pb", names[i]);
		assert_string_equal(service_in("", "all.tar", member), "|");
	}
}

static const char *identity_of(const char *path)
{
	return identity_by(path, NULL, 0);
}

/* A path, what identity_of() says of it, and the layout that it follows ("" for none). */
struct row {
	const char *path, *identity, *layout;
};

static void check_rows(const struct row *rows, size_t count)
{
	size_t failures = 0;

	for (size_t i = 0; i < count; i++) {
		struct ll_path_identity identity;
		const char *layout;

		ll_identity_from_path(ll_str(rows[i].path), NULL, 0, &identity);
		layout = identity.layout ? identity.layout : "";
		if (strcmp(identity_of(rows[i].path), rows[i].identity) == 0 &&
		    strcmp(layout, rows[i].layout) == 0)
			continue;
		print_error("%s\n    is  %s (%s)\n    not %s (%s)\n", rows[i].path,
		            identity_of(rows[i].path), layout, rows[i].identity, rows[i].layout);
		failures++;
	}
	assert_int_equal(failures, 0);
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
	assert_string_equal(identity_of("shop/host-a/cgroup/memory.max"),
	                    "shop|host-a|| none|heap");
}

static void directories_that_say_what_was_taken_and_when_are_passed_over(void **state)
{
	(void)state;
	assert_string_equal(identity_of("shop/host-a/cgroup-1795223187/memory.max"),
	                    "shop|host-a||2026-11-21T01:06:27Z directory|heap");
	assert_string_equal(identity_of("shop/host-a/heap_dump_20261121T010627Z/x.pb.gz"),
	                    "shop|host-a||2026-11-21T01:06:27Z directory|");
	assert_string_equal(identity_of("shop/worker-1795223187/x.pb.gz"),
	                    "shop|worker-1795223187||2026-11-21T01:06:27Z directory|");
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

static void a_replica_in_the_files_name_is_the_instance(void **state)
{
	static const struct row rows[] = {
		{"orders/orders-0_heap_20261122T104920Z.pb.gz",
	         "orders|orders-0||2026-11-22T10:49:20Z file-name|heap", ""},
		{"orders/heap-orders-12-20261122T104920Z.pb.gz",
	         "orders|||2026-11-22T10:49:20Z file-name|heap", ""},
		{"orders/heap-orders-12.20261122T104920Z.pb.gz",
	         "orders|orders-12||2026-11-22T10:49:20Z file-name|heap", ""},
		{"orders/backorders-1_heap_20261122T104920Z.pb.gz",
	         "orders|||2026-11-22T10:49:20Z file-name|heap", ""},
		{"orders/orders-3_heap.pb.gz", "orders||| none|heap", ""},
	};

	(void)state;
	check_rows(rows, LL_COUNT(rows));
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
	                    "cockroach|||2026-11-21T01:06:27.909000000Z file-name|heap");
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
	            {"profile_0007.prof", 7},
	            {"heap-t0.pb.gz", 0},
	            {"heap.t1.pb.gz", 1},
	            {"heap.2.pb.gz", 2},
	            {"result.pprof", 1},
	            {"base.pprof", 0},
	            {"shop/i1/2026-11-21/0003/heap.pb.gz", 3},
	            {"heap-1795223187.pb.gz", -1},
	            {"heap-3-1795223187.pb.gz", 3},
	            {"goroutine-debug2.txt", -1},
	            {"goroutine_debug_1", -1},
	            {"goroutine?debug=2", -1},
	            {"heap-v2.pb.gz", -1},
	            {"memprof.2021-04-26T14_19_50.909.77", -1}};

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

static void a_pattern_can_have_dates_in_parts_pods_and_any_directories(void **state)
{
	static const char *const parts[] = {
		"{service}/{year}/{month}/{day}/{hour}{minute}/{pod}/**"};
	static const char *const date[] = {"{time}/{hour}h/{service}@{instance}"};
	static const char *const day[] = {
		"{build}/{service}/year={year}/month={month}/day={day}/**"};

	(void)state;
	assert_string_equal(
		identity_by("shop/2026/11/21/0106/web-7d9f6c5b8d-x2x4z/a/heap.pb", parts, 1),
		"shop|web-7d9f6c5b8d-x2x4z||2026-11-21T01:06:00Z directory no zone|heap");
	assert_string_equal(identity_by("shop/2026/13/21/0106/web-7d9f6c5b8d-x2x4z/heap", parts, 1),
	                    "shop|web-7d9f6c5b8d-x2x4z|| none|heap");
	assert_string_equal(identity_by("2026-11-21/13h/shop@10.0.0.7.pb.gz", date, 1),
	                    "shop|10.0.0.7||2026-11-21T13:00:00Z directory no zone|");
	assert_string_equal(identity_by("4.5/shop/year=2026/month=11/day=21/x/heap", day, 1),
	                    "shop||4.5|2026-11-21T00:00:00Z directory no zone|heap");
}

static void a_pattern_says_in_captures_that_it_was_the_one(void **state)
{
	static const char *const pattern[] = {"{build}/{instance}.{kind}"};
	struct ll_path_identity identity;

	(void)state;
	ll_identity_from_path(ll_str("shop/7.1/host-9.heap.gz"), pattern, 1, &identity);
	assert_string_equal(identity.layout, pattern[0]);
	assert_string_equal(identity.instance_rule, pattern[0]);
	assert_string_equal(identity.build_rule, pattern[0]);
	assert_string_equal(identity.service_rule, "directory: service");
}

/* ------------------------------------------------- the table of formats.md section 12 */

static void names_of_profilers_and_tests_are_known(void **state)
{
	static const struct row rows[] = {
		/* go tool pprof: the number is a counter and no time */
		{"pprof.app.alloc_objects.alloc_space.inuse_objects.inuse_space.001.pb.gz",
	         "app||| none|heap", "go tool pprof"},
		{"pprof.my.app.samples.cpu.002.pb.gz", "my.app||| none|cpu", "go tool pprof"},
		{"pprof.goroutine.001.pb.gz", "||| none|goroutine", "go tool pprof"},
		{"shop/pprof.app.goroutine.001.pb.gz", "shop||| none|goroutine", "go tool pprof"},
		/* go test */
		{"mem.out", "||| none|heap", ""},
		{"pkg/block.out", "pkg||| none|block", ""},
		/* github.com/pkg/profile */
		{"profile3742891/mem.pprof", "||| none|heap", ""},
		{"shop/profile3742891/threadcreation.pprof", "shop||| none|threadcreate", ""},
		{"shop/profile3742891/clock.pprof", "shop||| none|cpu", ""},
		/* copies of what the kernel shows */
		{"proc/7/smaps_rollup", "||| none|process", ""},
		{"shop/pod-1/sys/fs/cgroup/memory.current", "shop|pod-1|| none|heap", ""},
		/* mosn/holmes */
		{"mem.20261121010627.250.log",
	         "|||2026-11-21T01:06:27.250000000Z file-name no zone|heap", "holmes"},
		{"shop/i1/GCHeap.7.20261121010627.000.log",
	         "shop|i1||2026-11-21T01:06:27Z file-name no zone|heap", "holmes"},
		{"shop/goroutine.evt-9.20261121010627.000.log",
	         "shop|||2026-11-21T01:06:27Z file-name no zone|goroutine", "holmes"},
		{"shop/mem.20261121.log", "shop|||2026-11-21T00:00:00Z file-name no zone|heap", ""},
		/* daangn/autopprof */
		{"pprof.cart.web-7.alloc_objects.alloc_space.inuse_objects.inuse_space."
	         "2026-11-21T010627.UTC.pprof",
	         "cart|web-7||2026-11-21T01:06:27Z file-name|heap", "autopprof"},
		{"x/pprof.cart.ip-10-0-0-7.ec2.internal.samples.cpu.2026-11-21T100627.KST.pprof",
	         "cart|ip-10-0-0-7.ec2.internal||2026-11-21T01:06:27Z file-name|cpu", "autopprof"},
	};

	(void)state;
	check_rows(rows, LL_COUNT(rows));
}

static void dumps_of_cockroachdb_are_known(void **state)
{
	static const struct row rows[] = {
		{"heap_profiler/memprof.2021-04-26T14_19_50.909.1619446790",
	         "cockroach|||2021-04-26T14:19:50.909000000Z file-name|heap", "CockroachDB"},
		{"n3/heap_profiler/memprof.2021-04-26T14_19_50.909.77.pprof",
	         "n3|||2021-04-26T14:19:50.909000000Z file-name|heap", "CockroachDB"},
		{"heap_profiler/memstats.2021-04-26T14_19_50.909.55.txt",
	         "cockroach|||2021-04-26T14:19:50.909000000Z file-name|memstats", "CockroachDB"},
		{"goroutine_dump/goroutine_dump.2021-04-26T14_19_50.909.double_since_last_dump.000012345.txt.gz",
	         "cockroach|||2021-04-26T14:19:50.909000000Z file-name|goroutine", "CockroachDB"},
		{"goroutine_dump.double_since_last_dump.2021-04-26T14_19_50.909.000012345",
	         "cockroach|||2021-04-26T14:19:50.909000000Z file-name|goroutine", "CockroachDB"},
		{"debug/nodes/1/heap.pprof", "cockroach|1|| none|heap", "CockroachDB"},
		{"acme-eu/debug/nodes/2/stacks_with_labels.txt", "acme-eu|2|| none|goroutine",
	         "CockroachDB"},
		{"debug.zip/debug/nodes/1/heapprof/memprof.2021-04-26T14_19_50.909.77.pprof",
	         "cockroach|1||2021-04-26T14:19:50.909000000Z file-name|heap", "CockroachDB"},
	};

	(void)state;
	check_rows(rows, LL_COUNT(rows));
}

static void bundles_of_operators_are_known(void **state)
{
	static const struct row rows[] = {
		{"consul-debug-2026-11-21T01-06-27+0100/2026-11-21T01-07-27+0100/heap.prof",
	         "consul|||2026-11-21T00:07:27Z directory|heap", "Consul debug"},
		{"consul-debug-2026-11-21T01-06-27Z.tar.gz/metrics.json",
	         "consul|||2026-11-21T01:06:27Z directory|memstats", "Consul debug"},
		{"dc1/consul-debug-1795223187/1795223217/goroutine.prof",
	         "dc1|||2026-11-21T01:06:57Z directory|goroutine", "Consul debug"},
		{"nomad-debug-2020-11-09-153305Z/client/f6a1-b2/heap_0003.prof",
	         "nomad|f6a1-b2||2020-11-09T15:33:05Z directory|heap", "Nomad operator debug"},
		{"nomad-debug-2020-11-09-153305Z/nomad/0002/metrics.json",
	         "nomad|||2020-11-09T15:33:05Z directory|memstats", "Nomad operator debug"},
		{"client/0a1b2c3d-0000-1111-2222-333344445555/goroutine-debug2.txt",
	         "nomad|0a1b2c3d-0000-1111-2222-333344445555|| none|goroutine",
	         "Nomad operator debug"},
		{"server/leader/profile_0000.prof", "nomad|leader|| none|cpu",
	         "Nomad operator debug"},
		{"server/pod-1/heap.prof", "server|pod-1|| none|heap", ""},
		{"vault-debug-2019-11-06T01-26-54Z/2019-11-06T01-27-24Z/goroutines.txt",
	         "vault|||2019-11-06T01:27:24Z directory|goroutine", "Vault debug"},
		{"debug.tar.gz/heap.pb", "||| none|heap", ""},
		{"checkout.tar.gz/pod-1/heap.pb", "checkout|pod-1|| none|heap", ""},
		{"profile.zip/profile-10.0.0.7_9000-mem.pprof", "minio|10.0.0.7_9000|| none|cpu",
	         "MinIO"},
		{"profile-minio1:9000-goroutines.txt", "minio|minio1:9000|| none|cpu", "MinIO"},
		{"profile-cart-heap.pprof", "||| none|cpu", ""},
	};

	(void)state;
	check_rows(rows, LL_COUNT(rows));
}

static void what_people_type_behind_curl_is_understood(void **state)
{
	static const struct row rows[] = {
		{"heap", "||| none|heap", ""},
		{"heap.out", "||| none|heap", ""},
		{"heap1.pb.gz", "||| none|heap", ""},
		{"heap-before.pb.gz", "||| none|heap", ""},
		{"goroutine?debug=2", "||| none|goroutine", ""},
		{"goroutine-debug2.txt", "||| none|goroutine", ""},
		{"allocs", "||| none|heap", ""},
		{"pprof-heap-20260623-101500.pb.gz",
	         "|||2026-06-23T10:15:00Z file-name no zone|heap", ""},
		{"20260623T101500Z_prod_orders-api_pod-7d9f_v2_heap-after-gc.pb.gz",
	         "orders-api|pod-7d9f|v2|2026-06-23T10:15:00Z file-name|heap",
	         "time_environment_service_instance_version_kind"},
		{"20260623T101500Z_a_b_c_d_e.pb.gz", "|||2026-06-23T10:15:00Z file-name|", ""},
	};

	(void)state;
	check_rows(rows, LL_COUNT(rows));
}

static void exports_of_profile_databases_are_understood(void **state)
{
	static const struct row rows[] = {
		{"shop.alloc_objects/1644509272337470000.pb.gz",
	         "shop.alloc_objects|||2022-02-10T16:07:52.337470000Z file-name|", ""},
		{"pyroscope.server.inuse_2026-11-21_0000-to-2026-11-21_0106.pb.gz",
	         "pyroscope.server|||2026-11-21T01:06:00Z file-name no zone|heap",
	         "Pyroscope export"},
		{"shop.goroutine_2026-11-21_0000-to-2026-11-21_0106.pb.gz",
	         "shop|||2026-11-21T01:06:00Z file-name no zone|goroutine", "Pyroscope export"},
		{"shop/host-a/delta-heap.pprof", "shop|host-a|| none|heap", ""},
		{"shop/host-a/goroutineswait.pprof", "shop|host-a|| none|goroutine", ""},
	};

	(void)state;
	check_rows(rows, LL_COUNT(rows));
}

#define CONTAINER "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void kubernetes_and_its_plugins_are_understood(void **state)
{
	static const struct row rows[] = {
		{"var/log/pods/prod_orders-api-7d9f6c5b8d-x2x4z_0a1b2c3d-0000-1111-2222-333344445555/"
	         "app/3.log.20261121-010627.gz",
	         "orders-api|orders-api-7d9f6c5b8d-x2x4z||2026-11-21T01:06:27Z file-name no zone|",
	         "Kubernetes log directory"},
		{"kube-system_etcd-host1_0123456789abcdef0123456789abcdef/etcd/0.log",
	         "etcd-host1|etcd-host1|| none|", "Kubernetes log directory"},
		{"containers/orders-api-7d9f6c5b8d-x2x4z_prod_app-" CONTAINER ".log",
	         "orders-api|orders-api-7d9f6c5b8d-x2x4z|| none|", "Kubernetes container log"},
		{"orders-api-7d9f6c5b8d-x2x4z.log",
	         "orders-api|orders-api-7d9f6c5b8d-x2x4z|| none|", ""},
		{"db-0-previous.log", "db|db-0|| none|", "log of a pod's last container"},
		{"app-1.log", "||| none|", ""},
		{"heap-orders-api-7d9f6c5b8d-x2x4z-20261121-010627.pb.gz",
	         "orders-api|orders-api-7d9f6c5b8d-x2x4z||"
	         "2026-11-21T01:06:27Z file-name no zone|heap",
	         ""},
		{"prod_orders-api-7d9f6c5b8d-x2x4z_heap.pb.gz",
	         "orders-api|orders-api-7d9f6c5b8d-x2x4z|| none|heap", ""},
		{"shop/orders-api-7d9f6c5b8d-x2x4z.heap.pb",
	         "shop|orders-api-7d9f6c5b8d-x2x4z|| none|heap", ""},
	};

	(void)state;
	check_rows(rows, LL_COUNT(rows));
}

/* ------------------------------------------------------- guessing rules of 12.1 */

static void directories_are_told_apart_by_what_they_look_like(void **state)
{
	static const struct row rows[] = {
		{"shop/web-7d9f6c5b8d-x2x4z/2026-11-21/heap.pb.gz",
	         "shop|web-7d9f6c5b8d-x2x4z||2026-11-21T00:00:00Z directory no zone|heap", ""},
		{"shop/web-7d9f6c5b8d-x2x4z/app/heap.pb.gz",
	         "shop|web-7d9f6c5b8d-x2x4z|| none|heap", ""},
		{"web-7d9f6c5b8d-x2x4z/app/heap", "web|web-7d9f6c5b8d-x2x4z|| none|heap", ""},
		{"fluentd-x2x4z/heap", "fluentd|fluentd-x2x4z|| none|heap", ""},
		{"order-queue/heap", "order-queue||| none|heap", ""},
		{"prod/shop/heap", "shop||| none|heap", ""},
		{"prod/web-7d9f6c5b8d-x2x4z/heap", "web|web-7d9f6c5b8d-x2x4z|| none|heap", ""},
		{"10.0.0.7/heap", "|10.0.0.7|| none|heap", ""},
		{"10.0.0.7:6060/shop/heap", "shop|10.0.0.7:6060|| none|heap", ""},
		{"node-3/shop/heap", "shop|node-3|| none|heap", ""},
		{"localhost:6060/heap", "|localhost:6060|| none|heap", ""},
		{"shop/localhost:6060/debug/pprof/heap", "shop|localhost:6060|| none|heap", ""},
		{"ip-10-0-0-7/heap", "|ip-10-0-0-7|| none|heap", ""},
		{"shop/v1.4.2/pod-1/heap", "shop|pod-1|v1.4.2| none|heap", ""},
		{"shop/1.4.2-rc1/heap", "shop||1.4.2-rc1| none|heap", ""},
		{"clock/heap", "clock||| none|heap", ""},
	};

	(void)state;
	check_rows(rows, LL_COUNT(rows));
}

static void dates_may_be_spread_over_directories(void **state)
{
	static const struct row rows[] = {
		{"shop/i1/2026/11/21/heap.pb.gz",
	         "shop|i1||2026-11-21T00:00:00Z directory no zone|heap", ""},
		{"shop/i1/2026/11/21/01-06-27/heap.pb.gz",
	         "shop|i1||2026-11-21T01:06:27Z directory no zone|heap", ""},
		{"shop/i1/2026/11/21/010627.pb.gz",
	         "shop|i1||2026-11-21T01:06:27Z file-name no zone|", ""},
		{"shop/i1/2026/11/21/13/heap.pb.gz",
	         "shop|i1||2026-11-21T13:00:00Z directory no zone|heap", ""},
		{"shop/i1/2026/11/21/31/heap.pb.gz",
	         "shop|i1||2026-11-21T00:00:00Z directory no zone|heap", ""},
		{"shop/i1/2026-11-21/01-06-27/heap.pb.gz",
	         "shop|i1||2026-11-21T01:06:27Z directory no zone|heap", ""},
		{"shop/i1/20261121/010627.pb.gz",
	         "shop|i1||2026-11-21T01:06:27Z file-name no zone|", ""},
		{"shop/i1/2026-11-21/0003/heap.pb.gz",
	         "shop|i1||2026-11-21T00:00:00Z directory no zone|heap", ""},
		{"shop/i1/2026-11-21T01:06:27Z/heap-20261121.pb",
	         "shop|i1||2026-11-21T01:06:27Z directory|heap", ""},
	};

	(void)state;
	check_rows(rows, LL_COUNT(rows));
}

static void a_date_alone_says_so(void **state)
{
	struct ll_path_identity identity;

	(void)state;
	ll_identity_from_path(ll_str("shop/2026-11-21/heap"), NULL, 0, &identity);
	assert_true(identity.time_is_date);
	ll_identity_from_path(ll_str("shop/2026-11-21T01-06/heap"), NULL, 0, &identity);
	assert_false(identity.time_is_date);
}

static void each_part_says_which_rule_gave_it(void **state)
{
	struct ll_path_identity identity;

	(void)state;
	ll_identity_from_path(ll_str("acme/debug/nodes/2/heap_v3.pprof"), NULL, 0, &identity);
	assert_string_equal(identity.service_rule, "directory: service");
	assert_string_equal(identity.instance_rule, "CockroachDB");
	assert_string_equal(identity.build_rule, "file name");
	ll_identity_from_path(ll_str("shop/2.0.1/heap"), NULL, 0, &identity);
	assert_string_equal(identity.build_rule, "directory");
	assert_null(identity.instance_rule);
	ll_identity_from_path(ll_str("heap"), NULL, 0, &identity);
	assert_null(identity.service_rule);
	assert_null(identity.layout);
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
	assert_string_equal(err.text,
	                    "pattern '{sevrice}/x': '{sevrice}' is no field; fields are service, "
	                    "instance, pod, kind, build, time, unixtime, year, month, day, hour, "
	                    "minute, second, sequence, any");
	assert_int_equal(
		ll_identity_check_pattern("{any}{any}{any}{any}{any}{any}{any}{any}{any}", &err),
		LL_E_USAGE);
	assert_non_null(strstr(err.text, "more than 8 fields"));
	assert_int_equal(ll_identity_check_pattern("{service}}/x", &err), LL_E_USAGE);
	assert_string_equal(err.text, "pattern '{service}}/x': '}' without '{'");
	assert_int_equal(ll_identity_check_pattern("{service}/{service}", &err), LL_E_USAGE);
	assert_string_equal(err.text, "pattern '{service}/{service}': '{service}' twice");
	assert_int_equal(ll_identity_check_pattern("a**/x", &err), LL_E_USAGE);
	assert_non_null(strstr(err.text, "'**' must stand alone"));
	assert_int_equal(ll_identity_check_pattern("**/a/**/b/**", &err), LL_E_USAGE);
	assert_non_null(strstr(err.text, "more than 2 '**'"));
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

	/* Names that come close to the longest layout, and to every time. */
	ll_buf_clear(&deep);
	ll_buf_puts(&deep, "20260623T101500Z");
	for (int i = 0; i < 3000; i++)
		ll_buf_puts(&deep, "_");
	ll_identity_from_path(ll_buf_str(&deep), NULL, 0, &identity);
	assert_null(identity.layout);
	ll_buf_clear(&deep);
	for (int i = 0; i < 3000; i++)
		ll_buf_puts(&deep, "20260623-101500_to_");
	ll_identity_from_path(ll_buf_str(&deep), NULL, 0, &identity);
	assert_int_equal(identity.time_source, LL_TIME_FROM_FILE_NAME);
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
		/* A Unix time beside a date with a time is a size, a count or a process. */
		{"memprof.2021-04-26T14_19_50.909.1619446790", "2021-04-26T14:19:50.909000000Z"},
		{"2026-11-21T010627.KST", "2026-11-20T16:06:27Z"},
		{"2026-11-21T010627.GMT.pprof", "2026-11-21T01:06:27Z"},
		{"2026-11-21T010627.IST", "2026-11-21T01:06:27Z"},
		{"20261121-010627-1234.pb", "2026-11-21T01:06:27Z"},
		{"20261121-010627-0530.pb", "2026-11-21T06:36:27Z"},
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

static void a_programs_version_is_a_directory_with_a_dotted_number(void **state)
{
	static const struct {
		const char *path, *version;
	} rows[] = {
		{"/srv/app/cart/4.2.0/cart", "4.2.0"},
		{"/opt/cart-v1.4.2/releases/v1.4.3/bin/cart", "v1.4.3"},
		{"/srv/api/v2/cart", ""},
		{"/srv/cart/cart", ""},
		{"/srv/cart/1.2.3", ""},
		{"4.2.0", ""},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		const struct ll_str version = ll_program_version(ll_str(rows[i].path));

		if (!ll_str_equal(version, ll_str(rows[i].version)))
			fail_msg("%s: '%.*s'", rows[i].path, LL_STR_ARG(version));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_wraps_an_archive_is_no_service),
		cmocka_unit_test(directories_that_hold_anything_are_no_services),
		cmocka_unit_test(directories_are_service_and_instance),
		cmocka_unit_test(directories_that_say_nothing_are_passed_over),
		cmocka_unit_test(directories_that_say_what_was_taken_and_when_are_passed_over),
		cmocka_unit_test(a_pod_names_its_deployment),
		cmocka_unit_test(a_replica_in_the_files_name_is_the_instance),
		cmocka_unit_test(files_of_go_tool_pprof_name_the_program),
		cmocka_unit_test(names_carry_times_versions_and_kinds),
		cmocka_unit_test(before_and_after_and_numbers_give_an_order),
		cmocka_unit_test(delta_profiles_can_be_named_so),
		cmocka_unit_test(names_of_profilers_and_tests_are_known),
		cmocka_unit_test(dumps_of_cockroachdb_are_known),
		cmocka_unit_test(bundles_of_operators_are_known),
		cmocka_unit_test(what_people_type_behind_curl_is_understood),
		cmocka_unit_test(exports_of_profile_databases_are_understood),
		cmocka_unit_test(kubernetes_and_its_plugins_are_understood),
		cmocka_unit_test(directories_are_told_apart_by_what_they_look_like),
		cmocka_unit_test(dates_may_be_spread_over_directories),
		cmocka_unit_test(a_date_alone_says_so),
		cmocka_unit_test(each_part_says_which_rule_gave_it),
		cmocka_unit_test(a_pattern_of_the_users_comes_first),
		cmocka_unit_test(a_pattern_can_have_dates_in_parts_pods_and_any_directories),
		cmocka_unit_test(a_pattern_says_in_captures_that_it_was_the_one),
		cmocka_unit_test(a_pattern_with_a_mistake_is_explained),
		cmocka_unit_test(hostile_names_are_names_all_the_same),
		cmocka_unit_test(a_programs_version_is_a_directory_with_a_dotted_number),
		cmocka_unit_test(times_in_names_are_found_or_left_alone),
	};

	return cmocka_run_group_tests_name("capture.identity", tests, NULL, NULL);
}
