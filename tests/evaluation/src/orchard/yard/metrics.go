// SPDX-License-Identifier: Apache-2.0
package yard

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"runtime/pprof"
	"strings"
	"time"
)

var started = time.Now()

type exposition struct{ bytes.Buffer }

func (e *exposition) one(name, kind, help string, v float64) {
	fmt.Fprintf(e, "# HELP %s %s\n# TYPE %s %s\n%s %v\n", name, help, name, kind, name, v)
}

// serveMetrics writes what the collectors for Go and for processes of a client library write.
func serveMetrics(w http.ResponseWriter, _ *http.Request) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	e := new(exposition)
	var s debug.GCStats
	s.PauseQuantiles = make([]time.Duration, 5)
	debug.ReadGCStats(&s)
	e.WriteString("# HELP go_gc_duration_seconds A summary of the wall-time pause (stop-the-world) duration in garbage collection cycles.\n# TYPE go_gc_duration_seconds summary\n")
	for i, q := range []string{"0", "0.25", "0.5", "0.75", "1"} {
		fmt.Fprintf(e, "go_gc_duration_seconds{quantile=%q} %v\n", q, s.PauseQuantiles[i].Seconds())
	}
	fmt.Fprintf(e, "go_gc_duration_seconds_sum %v\ngo_gc_duration_seconds_count %d\n", s.PauseTotal.Seconds(), s.NumGC)
	e.tuning()
	e.one("go_goroutines", "gauge", "Number of goroutines that currently exist.", float64(runtime.NumGoroutine()))
	fmt.Fprintf(e, "# HELP go_info Information about the Go environment.\n# TYPE go_info gauge\ngo_info{version=%q} 1\n", runtime.Version())
	e.one("go_memstats_alloc_bytes", "gauge", "Number of bytes allocated in heap and currently in use.", float64(m.Alloc))
	e.one("go_memstats_alloc_bytes_total", "counter", "Total number of bytes allocated in heap until now, even if released already.", float64(m.TotalAlloc))
	e.one("go_memstats_buck_hash_sys_bytes", "gauge", "Number of bytes used by the profiling bucket hash table.", float64(m.BuckHashSys))
	e.one("go_memstats_frees_total", "counter", "Total number of heap objects frees.", float64(m.Frees))
	e.one("go_memstats_gc_sys_bytes", "gauge", "Number of bytes used for garbage collection system metadata.", float64(m.GCSys))
	e.one("go_memstats_heap_alloc_bytes", "gauge", "Number of heap bytes allocated and currently in use.", float64(m.HeapAlloc))
	e.one("go_memstats_heap_idle_bytes", "gauge", "Number of heap bytes waiting to be used.", float64(m.HeapIdle))
	e.one("go_memstats_heap_inuse_bytes", "gauge", "Number of heap bytes that are in use.", float64(m.HeapInuse))
	e.one("go_memstats_heap_objects", "gauge", "Number of currently allocated objects.", float64(m.HeapObjects))
	e.one("go_memstats_heap_released_bytes", "gauge", "Number of heap bytes released to OS.", float64(m.HeapReleased))
	e.one("go_memstats_heap_sys_bytes", "gauge", "Number of heap bytes obtained from system.", float64(m.HeapSys))
	e.one("go_memstats_last_gc_time_seconds", "gauge", "Number of seconds since 1970 of last garbage collection.", float64(m.LastGC)/1e9)
	e.one("go_memstats_mallocs_total", "counter", "Total number of heap objects allocated, both live and gc-ed.", float64(m.Mallocs))
	e.one("go_memstats_mcache_inuse_bytes", "gauge", "Number of bytes in use by mcache structures.", float64(m.MCacheInuse))
	e.one("go_memstats_mcache_sys_bytes", "gauge", "Number of bytes used for mcache structures obtained from system.", float64(m.MCacheSys))
	e.one("go_memstats_mspan_inuse_bytes", "gauge", "Number of bytes in use by mspan structures.", float64(m.MSpanInuse))
	e.one("go_memstats_mspan_sys_bytes", "gauge", "Number of bytes used for mspan structures obtained from system.", float64(m.MSpanSys))
	e.one("go_memstats_next_gc_bytes", "gauge", "Number of heap bytes when next garbage collection will take place.", float64(m.NextGC))
	e.one("go_memstats_other_sys_bytes", "gauge", "Number of bytes used for other system allocations.", float64(m.OtherSys))
	e.one("go_memstats_stack_inuse_bytes", "gauge", "Number of bytes obtained from system for stack allocator in non-CGO environments.", float64(m.StackInuse))
	e.one("go_memstats_stack_sys_bytes", "gauge", "Number of bytes obtained from system for stack allocator.", float64(m.StackSys))
	e.one("go_memstats_sys_bytes", "gauge", "Number of bytes obtained from system.", float64(m.Sys))
	e.one("go_threads", "gauge", "Number of OS threads created.", float64(pprof.Lookup("threadcreate").Count()))
	fmt.Fprintf(e, "# HELP orchard_requests_total Requests for lots.\n# TYPE orchard_requests_total counter\norchard_requests_total %d\n", asked.Load())
	e.process()
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Write(e.Bytes())
}

// tuning is there with toolchains that know it.
func (e *exposition) tuning() {
	samples := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/gomemlimit:bytes"}, {Name: "/sched/gomaxprocs:threads"}}
	metrics.Read(samples)
	if samples[0].Value.Kind() == metrics.KindBad {
		return
	}
	e.one("go_gc_gogc_percent", "gauge", "Heap size target percentage configured by the user, otherwise 100.", float64(samples[0].Value.Uint64()))
	e.one("go_gc_gomemlimit_bytes", "gauge", "Go runtime memory limit configured by the user, otherwise math.MaxInt64.", float64(samples[1].Value.Uint64()))
	e.one("go_sched_gomaxprocs_threads", "gauge", "The current runtime.GOMAXPROCS setting.", float64(samples[2].Value.Uint64()))
}

func (e *exposition) process() {
	if fds, err := os.ReadDir("/proc/self/fd"); err == nil {
		e.one("process_open_fds", "gauge", "Number of open file descriptors.", float64(len(fds)))
	}
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return
	}
	f := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+2:]))
	var user, system, virtual, resident float64
	fmt.Sscan(f[11], &user)
	fmt.Sscan(f[12], &system)
	fmt.Sscan(f[20], &virtual)
	fmt.Sscan(f[21], &resident)
	e.one("process_cpu_seconds_total", "counter", "Total user and system CPU time spent in seconds.", (user+system)/100)
	e.one("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.", resident*4096)
	e.one("process_start_time_seconds", "gauge", "Start time of the process since unix epoch in seconds.", float64(started.UnixMilli())/1000)
	e.one("process_virtual_memory_bytes", "gauge", "Virtual memory size in bytes.", virtual)
}
