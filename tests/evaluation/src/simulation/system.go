// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/metrics"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"
)

// Container says what the service's container is allowed, and how many pages of files are in it.
func (e *Env) Container(limit, files int64) {
	e.limit, e.files = limit, files
}

// High says from where on the kernel slows the container down (memory.high).
func (e *Env) High(bytes int64) {
	e.high = bytes
}

// Instance is the number of this process among those of its service, from 0.
func (e *Env) Instance() int {
	return opt.instance
}

var residentLine = regexp.MustCompile(`(?m)^VmRSS:\s+(\d+) kB`)

func resident() int64 {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	found := residentLine.FindSubmatch(data)
	if found == nil {
		return 0
	}
	kib, _ := strconv.ParseInt(string(found[1]), 10, 64)
	return kib << 10
}

const kernelPages = 1384448

// usage is what a container is charged with. The kernel gives pages of files back rather than let it
// exceed its limit, and counts how often it had to; above memory.high it makes the program wait.
type usage struct {
	anon, file, current, peak, high, max, stalled int64
	pressure                                      float64
}

func (u *usage) update(e *Env) {
	u.anon, u.file = resident(), e.files
	if over := u.anon + u.file + kernelPages - e.limit; e.limit > 0 && over > 0 {
		u.file = max64(0, u.file-over)
		u.max += 1 + over>>17
	}
	u.current = u.anon + u.file + kernelPages
	u.peak = max64(u.peak, u.current)
	u.pressure *= 0.3
	if e.high > 0 && u.current > e.high {
		u.high += 900 + (u.current-e.high)>>12
		u.pressure += 8 + 60*float64(u.current-e.high)/float64(e.high)
		u.stalled += int64(u.pressure / 100 * opt.every.Seconds() * 1e6)
	}
}

func max64(a, b int64) int64 {
	if a > b {
		return a
	}
	return b
}

// cgroup is what "head -v memory.max ..." prints.
func (w *writer) cgroup(now time.Time) error {
	u := &w.charged
	u.update(w.env)
	high := "max"
	if w.env.high > 0 {
		high = strconv.FormatInt(w.env.high, 10)
	}
	text := fmt.Sprintf("==> memory.max <==\n%d\n\n==> memory.high <==\n%s\n\n==> memory.current <==\n%d\n\n"+
		"==> memory.peak <==\n%d\n\n"+
		"==> memory.events <==\nlow 0\nhigh %d\nmax %d\noom 0\noom_kill 0\n\n"+
		"==> memory.pressure <==\nsome avg10=%.2f avg60=%.2f avg300=%.2f total=%d\n"+
		"full avg10=%.2f avg60=%.2f avg300=%.2f total=%d\n\n"+
		"==> memory.stat <==\nanon %d\nfile %d\nkernel_stack 180224\nslab 1204224\nsock 0\n"+
		"inactive_file %d\nactive_file %d\n",
		w.env.limit, high, u.current, u.peak, u.high, u.max,
		u.pressure, 0.8*u.pressure, 0.5*u.pressure, u.stalled,
		0.6*u.pressure, 0.5*u.pressure, 0.3*u.pressure, u.stalled*6/10,
		u.anon, u.file, u.file*3/4, u.file/4)
	return w.put("cgroup", "txt", now, []byte(text))
}

// prometheus is /metrics as client_golang fills it without options.
func (w *writer) prometheus(now time.Time) error {
	var b strings.Builder
	w.goMetrics(&b, "", "", !wants("oldprom"))
	return w.put("metrics", "prom", now, []byte(b.String()))
}

// goMetrics writes Go's and the process' numbers. Clients of before 2023 have no settings and the
// collector's share of the processor instead.
func (w *writer) goMetrics(b *strings.Builder, labels, tail string, isNew bool) {
	ms := w.read()
	put := func(kind, name string, v float64) {
		fmt.Fprintf(b, "# TYPE %s %s\n%s%s %s%s\n", name, kind, name, labels, strconv.FormatFloat(v, 'g', -1, 64), tail)
	}
	fmt.Fprintf(b, "# TYPE go_gc_duration_seconds summary\ngo_gc_duration_seconds_sum%s %g%s\n"+
		"go_gc_duration_seconds_count%s %d%s\n",
		labels, float64(ms.PauseTotalNs)/1e9, tail, labels, ms.NumGC, tail)
	if isNew {
		settings(put)
	} else {
		put("gauge", "go_memstats_gc_cpu_fraction", ms.GCCPUFraction)
	}
	put("gauge", "go_goroutines", float64(runtime.NumGoroutine()))
	if labels == "" {
		fmt.Fprintf(b, "# TYPE go_info gauge\ngo_info{version=%q} 1\n", runtime.Version())
	}
	for _, m := range []struct {
		name  string
		value uint64
	}{
		{"alloc_bytes", ms.Alloc}, {"buck_hash_sys_bytes", ms.BuckHashSys}, {"gc_sys_bytes", ms.GCSys},
		{"heap_alloc_bytes", ms.HeapAlloc}, {"heap_idle_bytes", ms.HeapIdle}, {"heap_inuse_bytes", ms.HeapInuse},
		{"heap_objects", ms.HeapObjects}, {"heap_released_bytes", ms.HeapReleased}, {"heap_sys_bytes", ms.HeapSys},
		{"mcache_inuse_bytes", ms.MCacheInuse}, {"mcache_sys_bytes", ms.MCacheSys},
		{"mspan_inuse_bytes", ms.MSpanInuse}, {"mspan_sys_bytes", ms.MSpanSys}, {"next_gc_bytes", ms.NextGC},
		{"other_sys_bytes", ms.OtherSys}, {"stack_inuse_bytes", ms.StackInuse},
		{"stack_sys_bytes", ms.StackSys}, {"sys_bytes", ms.Sys},
	} {
		put("gauge", "go_memstats_"+m.name, float64(m.value))
	}
	put("counter", "go_memstats_alloc_bytes_total", float64(ms.TotalAlloc))
	put("counter", "go_memstats_frees_total", float64(ms.Frees))
	put("counter", "go_memstats_mallocs_total", float64(ms.Mallocs))
	put("gauge", "go_memstats_last_gc_time_seconds", math.Round(float64(ms.LastGC)/1e6)/1e3)
	put("gauge", "go_threads", float64(pprof.Lookup("threadcreate").Count()))
	put("gauge", "process_resident_memory_bytes", float64(resident()))
	put("gauge", "process_start_time_seconds", float64(opt.start))
}

func settings(put func(kind, name string, v float64)) {
	both := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/gomemlimit:bytes"}}
	metrics.Read(both)
	for i, name := range []string{"go_gc_gogc_percent", "go_gc_gomemlimit_bytes"} {
		if both[i].Value.Kind() == metrics.KindUint64 {
			put("gauge", name, float64(both[i].Value.Uint64()))
		}
	}
}

// federate is what a Prometheus server hands on about one pod: its own scrape, cAdvisor's, and the
// limit as kube-state-metrics tells it. Its client is an old one.
func (w *writer) federate(now time.Time) error {
	pod := filepath.Base(opt.dir)
	service := filepath.Base(filepath.Dir(opt.dir))
	tail := fmt.Sprintf(" %d", now.UnixNano()/1e6)
	u := &w.charged
	u.update(w.env)
	var b strings.Builder
	w.goMetrics(&b, fmt.Sprintf(`{job=%q,namespace="prod",pod=%q}`, service, pod), tail, false)
	of := fmt.Sprintf(`{container=%q,namespace="prod",pod=%q}`, service, pod)
	for _, m := range []struct {
		name  string
		value int64
	}{
		{"container_memory_working_set_bytes", u.current - u.file*3/4}, {"container_memory_usage_bytes", u.current},
		{"container_memory_rss", u.anon}, {"container_memory_cache", u.file},
		{"container_memory_max_usage_bytes", u.peak}, {"container_spec_memory_limit_bytes", w.env.limit},
	} {
		fmt.Fprintf(&b, "# TYPE %s gauge\n%s%s %d%s\n", m.name, m.name, of, m.value, tail)
	}
	fmt.Fprintf(&b, "# TYPE kube_pod_container_resource_limits gauge\nkube_pod_container_resource_limits"+
		"{container=%q,namespace=\"prod\",pod=%q,resource=\"memory\",unit=\"byte\"} %d%s\n",
		service, pod, w.env.limit, tail)
	return w.put("federate", "prom", now, []byte(b.String()))
}

// runtimeMetrics is runtime/metrics as JSON, histograms left out.
func (w *writer) runtimeMetrics(now time.Time) error {
	all := metrics.All()
	samples := make([]metrics.Sample, len(all))
	for i := range all {
		samples[i].Name = all[i].Name
	}
	metrics.Read(samples)
	values := map[string]interface{}{"time": now.Format(time.RFC3339)}
	for _, s := range samples {
		if !stretched && strings.HasPrefix(s.Name, "/cpu/classes/") {
			continue // a standing clock makes nonsense of them
		}
		switch s.Value.Kind() {
		case metrics.KindUint64:
			values[s.Name] = s.Value.Uint64()
		case metrics.KindFloat64:
			values[s.Name] = s.Value.Float64()
		}
	}
	data, err := json.Marshal(values)
	if err != nil {
		return err
	}
	return w.put("runtime-metrics", "json", now, data)
}

// cpu ends the profile of the time since the capture before, and begins the next.
func (w *writer) cpu(now time.Time) error {
	if w.cpuProfile.Len() == 0 && !w.profiling {
		w.profiling = true
		return pprof.StartCPUProfile(&w.cpuProfile)
	}
	pprof.StopCPUProfile()
	if err := w.unpack("cpu", now, &w.cpuProfile); err != nil {
		return err
	}
	w.cpuProfile = bytes.Buffer{}
	return pprof.StartCPUProfile(&w.cpuProfile)
}
