// SPDX-License-Identifier: Apache-2.0
package kit // what every service of the quay starts with: a debug port, stock and daily traffic

import (
	"bytes"
	"encoding/json"
	"expvar"
	"flag"
	"fmt"
	"hash/crc32"
	"math/rand"
	"net/http"
	_ "net/http/pprof"
	"os"
	"runtime"
	"runtime/pprof"
	"sort"
	"strings"
	"sync"
	"time"
)

type App struct {
	Repaired bool
	Rand     *rand.Rand
	Begun    time.Time
	mu       sync.Mutex
	stock    map[string]*Article
	recent   [][]byte
	sum      uint32
}

type Article struct {
	Code   string            `json:"code"`
	Title  string            `json:"title"`
	Prices map[string]int    `json:"prices"`
	Tags   []string          `json:"tags"`
	Extra  map[string]string `json:"extra,omitempty"`
}

var served = expvar.NewInt("requests")

func Start() *App {
	addr := flag.String("addr", "127.0.0.1:6060", "debug address")
	repaired := flag.Bool("strict", false, "strict mode")
	seed := flag.Int64("seed", 1, "")
	flag.Parse()
	a := &App{Repaired: *repaired, Rand: rand.New(rand.NewSource(*seed)), Begun: time.Now()}
	http.HandleFunc("/metrics", metrics)
	http.HandleFunc("/article", a.article)
	go func() { panic(http.ListenAndServe(*addr, nil)) }()
	a.fill(6000)
	go a.visitors("http://" + *addr + "/article")
	return a
}

func (a *App) fill(n int) {
	a.stock = make(map[string]*Article, n)
	for i := 0; i < n; i++ {
		code := fmt.Sprintf("A-%06d", i)
		art := &Article{Code: code, Title: strings.Repeat("crate ", 4+a.Rand.Intn(12)), Prices: map[string]int{}}
		for j := 0; j < 6; j++ {
			art.Prices[fmt.Sprintf("zone-%d", j)] = a.Rand.Intn(900)
			art.Tags = append(art.Tags, fmt.Sprintf("tag-%d", a.Rand.Intn(500)))
		}
		a.stock[code] = art
	}
}

func (a *App) article(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	art := a.stock[r.URL.Query().Get("code")]
	a.mu.Unlock()
	if art == nil {
		http.NotFound(w, r)
		return
	}
	served.Add(1)
	json.NewEncoder(w).Encode(art)
}

// visitors ask for articles and keep the last few answers.
func (a *App) visitors(url string) {
	r := rand.New(rand.NewSource(7))
	client := &http.Client{Timeout: 5 * time.Second}
	for {
		time.Sleep(time.Duration(100+r.Intn(200)) * time.Millisecond)
		res, err := client.Get(fmt.Sprintf("%s?code=A-%06d", url, r.Intn(6100)))
		if err != nil {
			continue
		}
		var b bytes.Buffer
		b.ReadFrom(res.Body)
		res.Body.Close()
		var art Article
		if json.Unmarshal(b.Bytes(), &art) == nil {
			a.mu.Lock()
			a.recent = append(a.recent, b.Bytes())
			if len(a.recent) > 400 {
				a.recent = append([][]byte(nil), a.recent[200:]...)
			}
			a.sum = crc32.Update(a.sum, crc32.IEEETable, b.Bytes())
			a.mu.Unlock()
		}
	}
}

// Load calls work about n times a second, in bursts, with a quiet or a loud minute now and then.
func (a *App) Load(n float64, work func(i int)) {
	go func() {
		r := rand.New(rand.NewSource(int64(n*1000) + 3))
		i, owed, mood := 0, 0.0, 1.0
		for {
			time.Sleep(time.Duration(50+r.Intn(100)) * time.Millisecond)
			if r.Intn(150) == 0 {
				mood = 0.6 + r.Float64()*0.9
			}
			owed += n * 0.1 * mood * (0.5 + r.Float64())
			for ; owed >= 1; owed-- {
				work(i)
				i++
			}
		}
	}()
}

func (a *App) Wait() { select {} }

// Age is how long the service runs.
func (a *App) Age() time.Duration { return time.Since(a.Begun) }

// Text makes n bytes of text.
func (a *App) Text(n int) string {
	b := make([]byte, n)
	x := uint32(n)*2654435761 + uint32(time.Now().UnixNano())
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = 'a' + byte(x%26)
	}
	return string(b)
}

func metrics(w http.ResponseWriter, _ *http.Request) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	threads := pprof.Lookup("threadcreate").Count()
	line := func(name, kind, help string, v float64) {
		fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n%s %g\n", name, help, name, kind, name, v)
	}
	line("go_goroutines", "gauge", "Number of goroutines that currently exist.", float64(runtime.NumGoroutine()))
	fmt.Fprintf(w, "# HELP go_info Information about the Go environment.\n# TYPE go_info gauge\ngo_info{version=%q} 1\n", runtime.Version())
	rows := map[string]uint64{"alloc_bytes": m.Alloc, "sys_bytes": m.Sys, "heap_alloc_bytes": m.HeapAlloc, "heap_idle_bytes": m.HeapIdle,
		"heap_inuse_bytes": m.HeapInuse, "heap_objects": m.HeapObjects, "heap_released_bytes": m.HeapReleased, "heap_sys_bytes": m.HeapSys,
		"next_gc_bytes": m.NextGC, "stack_inuse_bytes": m.StackInuse, "stack_sys_bytes": m.StackSys, "mspan_inuse_bytes": m.MSpanInuse,
		"mspan_sys_bytes": m.MSpanSys, "mcache_inuse_bytes": m.MCacheInuse, "mcache_sys_bytes": m.MCacheSys, "buck_hash_sys_bytes": m.BuckHashSys,
		"gc_sys_bytes": m.GCSys, "other_sys_bytes": m.OtherSys}
	names := make([]string, 0, len(rows))
	for n := range rows {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		line("go_memstats_"+n, "gauge", "Number of bytes.", float64(rows[n]))
	}
	line("go_memstats_alloc_bytes_total", "counter", "Total number of bytes allocated, even if freed.", float64(m.TotalAlloc))
	line("go_memstats_frees_total", "counter", "Total number of frees.", float64(m.Frees))
	line("go_memstats_mallocs_total", "counter", "Total number of mallocs.", float64(m.Mallocs))
	line("go_memstats_last_gc_time_seconds", "gauge", "Number of seconds since 1970 of last garbage collection.", float64(m.LastGC)/1e9)
	fmt.Fprintf(w, "# HELP go_gc_duration_seconds A summary of the pause duration of garbage collection cycles.\n# TYPE go_gc_duration_seconds summary\n")
	fmt.Fprintf(w, "go_gc_duration_seconds_sum %g\ngo_gc_duration_seconds_count %d\n", float64(m.PauseTotalNs)/1e9, m.NumGC)
	line("go_threads", "gauge", "Number of OS threads created.", float64(threads))
	fds, _ := os.ReadDir("/proc/self/fd")
	line("process_open_fds", "gauge", "Number of open file descriptors.", float64(len(fds)))
	line("process_start_time_seconds", "gauge", "Start time of the process since unix epoch in seconds.", float64(begun.UnixNano())/1e9)
	var rss, pages uint64
	if b, err := os.ReadFile("/proc/self/statm"); err == nil {
		fmt.Sscan(string(b), &pages, &rss)
	}
	line("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.", float64(rss*4096))
}

var begun = time.Now()
