/* SPDX-License-Identifier: Apache-2.0 */
/* profile.h - filling a profile, for those that read captures. */
#ifndef LL_REPORT_PROFILE_H
#define LL_REPORT_PROFILE_H

#include <leakledger/profile.h>

/**
 * A capture begins: the first one decides kind and value types. ret_columns[i] is where the
 * profile's value type i stands among the capture's. LL_E_FORMAT when it has not all of them.
 */
int ll_profile_begin(struct ll_profile *profile, enum ll_kind kind,
                     const struct ll_value_type *types, size_t count,
                     size_t ret_columns[LL_VALUE_TYPES_MAX], struct ll_error *err);
/** Number of a function, a frame; what is new is added. Texts are copied. */
uint32_t ll_profile_function_put(struct ll_profile *profile, struct ll_str name, struct ll_str file,
                                 int64_t start_line);
uint32_t ll_profile_frame_put(struct ll_profile *profile, uint32_t function, int64_t line);
/** Adds values, one for each type of the profile, to the sample of these frames, leaf first. */
int ll_profile_sample_put(struct ll_profile *profile, const struct ll_profile_sample *sample,
                          const uint32_t *frames, const int64_t *values, struct ll_error *err);
/** Hash of texts and numbers, each text by its own. */
struct ll_hash ll_profile_hash(const struct ll_str *texts, size_t text_count,
                               const int64_t *numbers, size_t number_count);

#endif
