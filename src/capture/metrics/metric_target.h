/* SPDX-License-Identifier: Apache-2.0 */
/*
 * metric_target.h - of whom a series is: what its labels say of service, instance and pod, and
 * which of its labels are its own.
 */
#ifndef LL_CAPTURE_METRIC_TARGET_H
#define LL_CAPTURE_METRIC_TARGET_H

#include "exposition.h"
#include "metric_names.h"

enum ll_label_role {
	LL_LABEL_JOB,
	LL_LABEL_INSTANCE,
	LL_LABEL_POD,
	LL_LABEL_NAMESPACE,
	LL_LABEL_CONTAINER,
	LL_LABEL_ROLES, /* number of them; also: a label of the series' own */
	LL_LABEL_NOISE, /* says where it was scraped and nothing of the series */
};

/** Values as written; empty where there is no such label. */
struct ll_metric_target {
	struct ll_str role[LL_LABEL_ROLES];
	enum ll_metric_subject subject;
	bool is_named; /* the labels tell whose it is; else it is the page's own process */
};

enum {
	LL_METRIC_NAME_ROOM = 64,
};

/**
 * The name to look up. "kube_pod_container_resource_limits{resource="memory"}" was a name of its
 * own before kube-state-metrics 2.0, and becomes that again, in `room`.
 */
struct ll_str ll_metric_full_name(const struct ll_exposition *sample,
                                  char room[LL_METRIC_NAME_ROOM]);

struct ll_metric_target ll_metric_target_of(const struct ll_exposition *sample,
                                            const struct ll_metric_name *known);
/** Equal targets have equal hashes. */
struct ll_hash ll_metric_target_hash(const struct ll_metric_target *target);
/**
 * Appends the series' own labels as a JSON object with sorted keys; nothing when there are none.
 */
void ll_metric_target_labels(const struct ll_exposition *sample,
                             const struct ll_metric_target *target,
                             const struct ll_metric_name *known, struct ll_buf *out);
/**
 * Unescapes whose it is into `room`; views of it, or empty. With `has_namesake` another namespace
 * has a pod of the same name, and the instance is "namespace/pod". Returns what told them, or NULL.
 */
const char *ll_metric_target_identity(const struct ll_metric_target *target, bool has_namesake,
                                      struct ll_buf *room, struct ll_str *ret_service,
                                      struct ll_str *ret_instance);

#endif
