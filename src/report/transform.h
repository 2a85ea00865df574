/* SPDX-License-Identifier: Apache-2.0 */
/* transform.h - models to HTML by the templates of the resources. */
#ifndef LL_REPORT_TRANSFORM_H
#define LL_REPORT_TRANSFORM_H

#include "model.h"

#include <leakledger/resource.h>

struct ll_transform;

/**
 * Compiles templates/page.xsl. A template can read other templates (res:/templates/...) and nothing
 * else: no file, no network, no writing. `resources` must outlive the transform. Several may be
 * open, but they are opened and closed by one thread while no other runs one, because libxslt's
 * loader is global.
 */
int ll_transform_open(const struct ll_resources *resources, struct ll_transform **ret_transform,
                      struct ll_error *err);
/** The same with another entry, "templates/mail.xsl". */
int ll_transform_open_entry(const struct ll_resources *resources, const char *entry,
                            struct ll_transform **ret_transform, struct ll_error *err);
void ll_transform_close(struct ll_transform *transform);
void ll_transform_closep(struct ll_transform **transform);

/**
 * Checks the model against templates/model.rng, turns it into HTML and appends that to `out`. Each
 * of several threads may run a transform of its own.
 */
int ll_transform_run(struct ll_transform *transform, const struct ll_model *model,
                     struct ll_buf *out, struct ll_error *err);

#endif
