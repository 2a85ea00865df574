// SPDX-License-Identifier: Apache-2.0

// Package yard is what every service of the orchard has: an own server with a debug port, a catalogue of lots,
// workers, a page, and neighbours who ask for it.
package yard

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	_ "expvar"
	"flag"
	"fmt"
	"html/template"
	"io"
	"math/rand"
	"net/http"
	_ "net/http/pprof"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

type Yard struct {
	Strict bool
	Addr   string
	Begun  time.Time
	client *http.Client

	mu    sync.Mutex
	rnd   *rand.Rand
	lots  map[int]*Lot
	names []string
	tasks chan func()
	last  [48][]byte
	turn  int
}

type Lot struct {
	ID     int               `json:"id"`
	Sort   string            `json:"sort"`
	Grower string            `json:"grower"`
	Grades map[string]int    `json:"grades"`
	Notes  []string          `json:"notes"`
	Attrs  map[string]string `json:"attrs,omitempty"`
}

var (
	sorts = []string{"boskoop", "cox", "gala", "elstar", "jonagold", "topaz", "braeburn", "idared"}
	page  = template.Must(template.New("lots").Parse(`<ul>{{range .}}<li>{{.Sort}} of {{.Grower}}: {{len .Notes}}</li>{{end}}</ul>`))
	asked atomic.Int64
)

// Open starts the companions and the server. Handlers may be added before and after.
func Open() *Yard {
	addr := flag.String("addr", "127.0.0.1:6060", "address")
	strict := flag.Bool("strict", false, "strict")
	seed := flag.Int64("seed", 1, "seed")
	flag.Parse()
	y := &Yard{Strict: *strict, Addr: *addr, Begun: time.Now(), rnd: rand.New(rand.NewSource(*seed)), tasks: make(chan func(), 64)}
	y.client = &http.Client{Timeout: 4 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second}}
	y.plant(3000)
	http.HandleFunc("/lots", y.serveLots)
	http.HandleFunc("/feed", y.serveFeed)
	http.HandleFunc("/metrics", serveMetrics)
	for i := 0; i < 3; i++ {
		go y.work()
	}
	go y.inventory()
	go func() { panic(http.ListenAndServe(*addr, nil)) }()
	time.Sleep(150 * time.Millisecond)
	y.Ask(3, func(n int) (string, []byte) { return fmt.Sprintf("/lots?from=%d", y.Intn(3000)), nil })
	y.Ask(0.2, func(int) (string, []byte) { return "/feed", nil })
	return y
}

func (y *Yard) plant(n int) {
	y.lots = make(map[int]*Lot, n)
	for i := 0; i < n; i++ {
		lot := &Lot{ID: i, Sort: sorts[y.rnd.Intn(len(sorts))], Grower: fmt.Sprintf("grower %03d", y.rnd.Intn(400)), Grades: map[string]int{}}
		for g := 'A'; g < 'E'; g++ {
			lot.Grades[string(g)] = y.rnd.Intn(1000)
		}
		for j := y.rnd.Intn(6); j >= 0; j-- {
			note := make([]byte, 20+y.rnd.Intn(60))
			y.Fill(note)
			lot.Notes = append(lot.Notes, string(note))
		}
		y.lots[i] = lot
		y.names = append(y.names, lot.Grower+"/"+lot.Sort)
	}
	sort.Strings(y.names)
}

func (y *Yard) some(from, n int) []*Lot {
	y.mu.Lock()
	defer y.mu.Unlock()
	var out []*Lot
	for i := 0; i < n; i++ {
		if lot := y.lots[(from+i)%3000]; lot != nil {
			out = append(out, lot)
		}
	}
	return out
}

func (y *Yard) serveLots(w http.ResponseWriter, r *http.Request) {
	var from int
	fmt.Sscan(r.URL.Query().Get("from"), &from)
	asked.Add(1)
	if from%2 == 0 {
		page.Execute(w, y.some(from, 5))
		return
	}
	json.NewEncoder(w).Encode(y.some(from, 3))
}

func (y *Yard) serveFeed(w http.ResponseWriter, _ *http.Request) {
	asked.Add(1)
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	json.NewEncoder(z).Encode(y.some(y.Intn(3000), 200))
	z.Close()
}

func (y *Yard) work() {
	for task := range y.tasks {
		task()
	}
}

// inventory renews some lots and keeps the last lists that were made.
func (y *Yard) inventory() {
	for range time.Tick(3 * time.Second) {
		y.tasks <- func() {
			var b bytes.Buffer
			json.NewEncoder(&b).Encode(y.some(y.Intn(3000), 40))
			var fresh []*Lot
			json.Unmarshal(b.Bytes(), &fresh)
			y.mu.Lock()
			defer y.mu.Unlock()
			for _, lot := range fresh {
				y.lots[lot.ID] = lot
			}
			y.last[y.turn%len(y.last)] = b.Bytes()
			y.turn++
		}
	}
}

// Intn is safe for several goroutines.
func (y *Yard) Intn(n int) int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.rnd.Intn(n)
}

// Age is how long the service has been running.
func (y *Yard) Age() time.Duration { return time.Since(y.Begun) }

// Pace calls do about n times a second, one after the other, a bit more on some minutes than on others.
func (y *Yard) Pace(n float64, do func(i int)) {
	go func() {
		count, due := 0, 0.0
		wind := 1.0
		for last := time.Now(); ; {
			time.Sleep(time.Duration(60+y.Intn(120)) * time.Millisecond)
			now := time.Now()
			if y.Intn(200) == 0 {
				wind = 0.7 + float64(y.Intn(70))/100
			}
			due += n * wind * now.Sub(last).Seconds()
			last = now
			for ; due >= 1; due-- {
				do(count)
				count++
			}
		}
	}()
}

// Ask sends about n requests a second to the service itself; each has a goroutine of its own and four seconds.
func (y *Yard) Ask(n float64, next func(i int) (path string, body []byte)) {
	y.Pace(n, func(i int) {
		path, body := next(i)
		go y.ask(path, body)
	})
}

// Ask1 sends one request.
func (y *Yard) Ask1(path string) { go y.ask(path, nil) }

func (y *Yard) ask(path string, body []byte) {
	method, from := http.MethodGet, io.Reader(nil)
	if body != nil {
		method, from = http.MethodPost, bytes.NewReader(body)
	}
	req, err := http.NewRequest(method, "http://"+y.Addr+path, from)
	if err != nil {
		return
	}
	res, err := y.client.Do(req)
	if err != nil {
		return
	}
	defer res.Body.Close()
	io.Copy(io.Discard, res.Body)
}

var soil = func() []byte {
	b, r := make([]byte, 1<<16), rand.New(rand.NewSource(11))
	for i := range b {
		b[i] = "abcdefghijklmnopqrstuvwxyz     "[r.Intn(31)]
	}
	return b
}()

var spade atomic.Uint32

// Fill writes words into b.
func (y *Yard) Fill(b []byte) {
	at := int(spade.Add(7919)) % (len(soil) / 2)
	for n := 0; n < len(b); {
		n += copy(b[n:], soil[at:])
	}
}

func (y *Yard) Wait() { select {} }
