/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pprof_writer.h - a profile.proto made from another form of the same data.
 *
 * The old forms of pprof and the text of `go tool pprof -raw` say what a profile.proto says, in
 * other words. Their readers write one, and fmt_pprof.c reads it, so that what a profile means is
 * decided in one place. Strings and functions are written once, wherever they come first; the
 * format does not care for order.
 */
#ifndef LL_CAPTURE_PPROF_WRITER_H
#define LL_CAPTURE_PPROF_WRITER_H

#include <leakledger/capture.h>

struct ll_pprof_writer {
	struct ll_buf body;
	struct ll_buf message; /* the sub-message that is being written */
	struct ll_map strings, functions, addresses;
	uint32_t string_count, function_count, address_count;
};

struct ll_pprof_label {
	struct ll_str key, text; /* text empty: a number */
	int64_t number;
};

struct ll_pprof_sample {
	const uint64_t *locations; /* leaf first */
	size_t location_count;
	const int64_t *values;
	size_t value_count;
	const struct ll_pprof_label *labels;
	size_t label_count;
};

void ll_pprof_writer_init(struct ll_pprof_writer *writer);
void ll_pprof_writer_done(struct ll_pprof_writer *writer);

void ll_pprof_put_type(struct ll_pprof_writer *writer, struct ll_str type, struct ll_str unit);
void ll_pprof_put_default_type(struct ll_pprof_writer *writer, struct ll_str type);
void ll_pprof_put_period(struct ll_pprof_writer *writer, struct ll_str type, struct ll_str unit,
                         int64_t period);
void ll_pprof_put_times(struct ll_pprof_writer *writer, int64_t time_ns, int64_t duration_ns);
void ll_pprof_put_mapping(struct ll_pprof_writer *writer, uint64_t id, const uint64_t range[3],
                          struct ll_str file, struct ll_str build_id);
/** `lines` innermost inlined function first; none: an address without a symbol. */
void ll_pprof_put_location(struct ll_pprof_writer *writer, uint64_t id, uint64_t mapping,
                           uint64_t address, const struct ll_frame *lines, size_t line_count);
void ll_pprof_put_sample(struct ll_pprof_writer *writer, const struct ll_pprof_sample *sample);

/**
 * The location of an address, for forms that have nothing else; it is written when it is new.
 * `symbol` may be NULL. Not to be mixed with ll_pprof_put_location.
 */
uint64_t ll_pprof_address(struct ll_pprof_writer *writer, uint64_t address,
                          const struct ll_frame *symbol);

/**
 * Reads what was written, as if it had been the file. `variant` is told of the capture: "raw",
 * "legacy". Fails with LL_E_LIMIT when it has become too large.
 */
int ll_pprof_writer_read(struct ll_pprof_writer *writer, struct ll_str name, const char *variant,
                         const struct ll_sink *out, struct ll_error *err);

/** Reads a profile.proto (fmt_pprof.c). */
int ll_pprof_read(struct ll_str content, struct ll_str name, const char *variant,
                  const struct ll_sink *out, struct ll_error *err);

#endif
