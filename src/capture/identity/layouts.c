/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layouts.c - THE TABLE of layouts: one row for each way in which a tool names its captures.
 *
 * All rows are tried in order, and each that fits fills in what the ones before it left open: a
 * file of CockroachDB's inside its debug zip takes the time from one row and the node from another.
 * A layout that only has plain names ("heap.pprof", "cpu.out": pkg/profile, go test, promtool,
 * Datadog, Parca) needs no row: kinds are told from content, and its directories are among the
 * words of name_words.c that say nothing.
 *
 * To add one, add a row. Patterns are described in path_pattern.h.
 */
#include "layouts.h"

#include "name_words.h"

/* "shop.alloc_objects": the application, then the kind of its profile. */
static bool cut_kind(struct ll_path_match *match)
{
	struct ll_str *const value = &match->fields[0].value;
	const size_t dot = ll_str_rindex(*value, '.');
	struct ll_str rest = ll_str_from(*value, dot == SIZE_MAX ? value->size : dot + 1);

	if (ll_name_kind(ll_name_next_word(&rest)))
		value->size = dot;
	return !ll_name_kind(*value);
}

/* Kubernetes itself says that it is a pod, whatever its name looks like. */
static bool instance_is_pod(struct ll_path_match *match)
{
	for (size_t i = 0; i < match->count; i++) {
		if (match->fields[i].id == LL_PATH_FIELD_INSTANCE)
			match->fields[i].id = LL_PATH_FIELD_POD;
	}
	return true;
}

static bool uid_is_instance(struct ll_path_match *match)
{
	match->fields[0].id = LL_PATH_FIELD_INSTANCE;
	return true;
}

static bool build_is_version(struct ll_path_match *match)
{
	for (size_t i = 0; i < match->count; i++) {
		if (match->fields[i].id == LL_PATH_FIELD_BUILD)
			return ll_name_is_version(match->fields[i].value);
	}
	return false;
}

/* clang-format off */
static const struct ll_layout layouts[] = {
	{"Kubernetes log directory", "{any}_{instance}_{uid}/{any}/{sequence}.log", NULL, false,
	 instance_is_pod},
	{"Kubernetes container log", "{instance}_{any}_{any}-{container id}.log", NULL, false,
	 instance_is_pod},
	{"log of a pod's last container", "{pod}-previous.log", NULL, false, NULL},

	{"go tool pprof", "pprof.{types}.{sequence}.pb.gz", NULL, false, NULL},
	{"go tool pprof", "pprof.{program}.{types}.{sequence}.pb.gz", NULL, false, NULL},
	{"autopprof", "pprof.{application}.{host}.{types}.{time}", NULL, false, NULL},
	{"holmes", "{kind word}.{stamp}.log", NULL, false, NULL},
	{"holmes", "{kind word}.{any}.{stamp}.log", NULL, false, NULL},

	{"CockroachDB", "debug/nodes/{instance}/**", "cockroach", true, NULL},
	{"CockroachDB", "memprof.{time}.{number}", "cockroach", true, NULL},
	{"CockroachDB", "memstats.{time}.{number}", "cockroach", true, NULL},
	{"CockroachDB", "goroutine_dump.{time}.{any}.{number}", "cockroach", true, NULL},
	{"CockroachDB", "goroutine_dump.{any}.{time}.{number}", "cockroach", true, NULL},

	{"Consul debug", "consul-debug-{time}/{time}/**", "consul", false, NULL},
	{"Consul debug", "consul-debug-{time}/**", "consul", false, NULL},
	{"Vault debug", "vault-debug-{time}/{time}/**", "vault", false, NULL},
	{"Vault debug", "vault-debug-{time}/**", "vault", false, NULL},
	{"Nomad operator debug", "nomad-debug-{time}/nomad/{sequence}/**", "nomad", false, NULL},
	{"Nomad operator debug", "nomad-debug-{time}/client/{instance}/**", "nomad", false, NULL},
	{"Nomad operator debug", "nomad-debug-{time}/server/{instance}/**", "nomad", false, NULL},
	{"Nomad operator debug", "client/{uid}/{kind word}_{sequence}.prof", "nomad", false,
	 uid_is_instance},
	{"Nomad operator debug", "client/{uid}/**", "nomad", false, uid_is_instance},
	{"Nomad operator debug", "server/{instance}/{kind word}_{sequence}.prof", "nomad", false, NULL},
	{"Nomad operator debug", "server/{instance}/goroutine-debug{number}.txt", "nomad", false, NULL},
	{"Nomad operator debug", "nomad/{sequence}/metrics.json", "nomad", false, NULL},

	{"MinIO", "profile-{address}-{any}", "minio", false, NULL},
	{"Pyroscope export", "{service}_{time}-to-{time}", NULL, false, cut_kind},
	{"time_environment_service_instance_version_kind",
	 "{time}_{any}_{service}_{instance}_{build}_{any}", NULL, false, build_is_version},
};
/* clang-format on */

const struct ll_layout *ll_layouts(size_t *ret_count)
{
	*ret_count = LL_COUNT(layouts);
	return layouts;
}
