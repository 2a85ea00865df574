// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"bytes"
	"fmt"
	"math"
	"os"
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

// cgroup is what "head -v memory.max ..." prints.
func (w *writer) cgroup(now time.Time) error {
	anon := resident()
	text := fmt.Sprintf("==> memory.max <==\n%d\n\n==> memory.current <==\n%d\n\n"+
		"==> memory.events <==\nlow 0\nhigh 0\nmax 0\noom 0\noom_kill 0\n\n"+
		"==> memory.stat <==\nanon %d\nfile %d\nkernel_stack 180224\nslab 1204224\nsock 0\n"+
		"inactive_file %d\nactive_file %d\n",
		w.env.limit, anon+w.env.files+1384448, anon, w.env.files, w.env.files*3/4, w.env.files/4)
	return w.put("cgroup", "txt", now, []byte(text))
}

// prometheus is /metrics as client_golang fills it without options.
func (w *writer) prometheus(now time.Time) error {
	ms := w.read()
	var b strings.Builder
	put := func(kind, name string, v float64) {
		fmt.Fprintf(&b, "# TYPE %s %s\n%s %s\n", name, kind, name, strconv.FormatFloat(v, 'g', -1, 64))
	}
	fmt.Fprintf(&b, "# TYPE go_gc_duration_seconds summary\ngo_gc_duration_seconds_sum %g\ngo_gc_duration_seconds_count %d\n",
		float64(ms.PauseTotalNs)/1e9, ms.NumGC)
	settings := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/gomemlimit:bytes"}}
	metrics.Read(settings)
	for i, name := range []string{"go_gc_gogc_percent", "go_gc_gomemlimit_bytes"} {
		if settings[i].Value.Kind() == metrics.KindUint64 {
			put("gauge", name, float64(settings[i].Value.Uint64()))
		}
	}
	put("gauge", "go_goroutines", float64(runtime.NumGoroutine()))
	fmt.Fprintf(&b, "# TYPE go_info gauge\ngo_info{version=%q} 1\n", runtime.Version())
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
	return w.put("metrics", "prom", now, []byte(b.String()))
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
