// SPDX-License-Identifier: Apache-2.0

package capture

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"time"
)

const textEvery = 4 // rounds

// round takes one set of captures of every instance.
func (f *Fleet) round(n int) {
	f.slow.Wait()
	began := time.Now()
	text := n%textEvery == 0 || n == f.o.Plan.Rounds-1
	for _, sl := range f.slots {
		f.captureOf(sl, n, text)
	}
	log.Printf("round %d of %d: %v", n+1, f.o.Plan.Rounds, time.Since(began).Round(time.Millisecond))
}

func (f *Fleet) captureOf(sl *slot, n int, text bool) {
	t := time.Now().Unix()
	name := func(kind, ext string) string { return fmt.Sprintf("%s-%d.%s", kind, t, ext) }

	heap := "/debug/pprof/heap"
	if sl.service.ForceGC {
		heap += "?gc=1"
	}
	f.save(sl, heap, name("heap", "pb.gz"))
	f.save(sl, "/debug/pprof/goroutine", name("goroutine", "pb.gz"))
	if sl.service.Vars {
		f.save(sl, "/debug/vars", name("vars", "json"))
	} else {
		f.save(sl, "/debug/memstats", name("memstats", "json"))
	}
	if text {
		f.save(sl, "/debug/pprof/goroutine?debug=2", name("goroutine-debug2", "txt"))
		f.save(sl, "/debug/pprof/heap?debug=1", name("heap-debug1", "txt"))
	}
	for _, x := range sl.service.Extras {
		if x.due(n, f.o.Plan.Rounds) && (x.Instance == "" || x.Instance == sl.instance) {
			f.extra(sl, x, name(x.Kind, "pb.gz"))
		}
	}
}

// extra takes a capture beside the round, because some take their time.
func (f *Fleet) extra(sl *slot, x Extra, name string) {
	path := "/debug/pprof/" + x.Kind
	if x.Query != "" {
		path += "?" + x.Query
	}
	place := *sl // a deploy may rename the slot meanwhile
	f.slow.Add(1)
	go func() {
		defer f.slow.Done()
		f.save(&place, path, name)
	}()
}

// due reports whether x is taken in round n. A negative round counts from the
// end of the run.
func (x Extra) due(n, rounds int) bool {
	for _, r := range x.Rounds {
		if r == n || r < 0 && rounds+r == n {
			return true
		}
	}
	return false
}

func (f *Fleet) save(sl *slot, path, name string) {
	body, err := f.fetch("http://" + sl.admin + path)
	if err == nil {
		err = f.out.put(sl.service.Name, sl.instance, name, body)
	}
	if err != nil {
		log.Printf("%s %s: %v", sl.instance, name, err)
	}
}

func (f *Fleet) fetch(url string) ([]byte, error) {
	resp, err := f.client.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, resp.Status)
	}
	return body, nil
}
