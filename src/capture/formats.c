/* SPDX-License-Identifier: Apache-2.0 */
/*
 * formats.c - THE TABLE of capture formats. To add one: write fmt_x.c ending in
 * `const struct ll_format ll_fmt_x`, and put X(x) here.
 */
#include <leakledger/capture.h>

/* clang-format off */
#define LL_FORMATS(X) \
	X(archive) \
	X(bench) \
	X(benchstat) \
	X(cgroup) \
	X(cmdline) \
	X(container_part) \
	X(cpu_words) \
	X(crictl) \
	X(csv) \
	X(delve) \
	X(docker) \
	X(ecs) \
	X(elf) \
	X(error_body) \
	X(escape) \
	X(escape_json) \
	X(folded) \
	X(gcstats) \
	X(go_metrics) \
	X(go_source) \
	X(heapdump) \
	X(html) \
	X(kube) \
	X(log) \
	X(memstats) \
	X(memstats_go) \
	X(memstats_list) \
	X(metric_lines) \
	X(otlp) \
	X(pprof) \
	X(pprof_legacy) \
	X(pprof_raw) \
	X(pprof_report) \
	X(pprof_text) \
	X(proc) \
	X(prometheus) \
	X(prometheus_api) \
	X(prometheus_pb) \
	X(runtime_metrics) \
	X(screen) \
	X(trace) \
	X(zeros)
/* clang-format on */

#define LL_FORMAT_DECLARE(name) extern const struct ll_format ll_fmt_##name;
LL_FORMATS(LL_FORMAT_DECLARE)
#undef LL_FORMAT_DECLARE

static const struct ll_format *const formats[] = {
#define LL_FORMAT_ROW(name) &ll_fmt_##name,
	LL_FORMATS(LL_FORMAT_ROW)
#undef LL_FORMAT_ROW
};

const struct ll_format *const *ll_formats(size_t *ret_count)
{
	*ret_count = LL_COUNT(formats);
	return formats;
}
