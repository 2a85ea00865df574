/* SPDX-License-Identifier: Apache-2.0 */
/* layers.h - the layers of the judgment in their order, for one service. */
#ifndef LL_ANALYZE_LAYERS_H
#define LL_ANALYZE_LAYERS_H

#include "rows.h"

#include <leakledger/hash.h>

enum {
	LL_LAYER_COUNT = LL_LAYER_SUMMARY + 1,
	LL_REASON_MAX = 1024, /* names in it come from strangers, and may be longer */
};

/** What is known of a layer after a run: a row of the table stage. */
struct ll_stage {
	bool has_run; /* false: there is no analyzer of this layer */
	struct ll_hash input, output;
	size_t rows;
	const char *status;         /* done, no-data, failed */
	char reason[LL_REASON_MAX]; /* what is missing, and what to capture; done: "" or a notice */
};

struct ll_layers {
	struct ll_ledger *ledger;
	const struct ll_catalog *catalog;
	struct ll_analyzers *analyzers; /* of the catalog */
	const char *rule;               /* only this analyzer, or NULL */
	struct ll_hash version;         /* of analyzers and settings */
	int64_t service_id;
	int64_t time_limit_ns; /* of one analyzer */

	/* set by ll_layers_run */
	struct ll_stage stages[LL_LAYER_COUNT];
	struct ll_hash last_input; /* of the last layer that ran */
};

/**
 * Runs every analyzer over the open scope, layer by layer, and adds their rows to `found`. Returns
 * the failure of the layer that stopped; the stages say which.
 */
int ll_layers_run(struct ll_layers *layers, struct ll_rows_found *found, struct ll_error *err);
/**
 * May a layer run? Fails when one before it failed, or ran on other facts, analyzers or rows than
 * these: what it would build on is missing or stale.
 */
int ll_layers_check(const struct ll_layers *layers, enum ll_layer layer, struct ll_hash facts,
                    struct ll_error *err);
/** Writes the stages to the ledger. */
int ll_layers_store(const struct ll_layers *layers, struct ll_error *err);

#endif
