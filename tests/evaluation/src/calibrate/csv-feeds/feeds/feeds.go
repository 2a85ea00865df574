// SPDX-License-Identifier: Apache-2.0

// Package feeds reads what suppliers send: lines with many fields, of which one is wanted.
package feeds

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"example.com/harbor/internal/web"
)

type feeds struct {
	app   *web.App
	mu    sync.Mutex
	codes []string
}

// New returns the service.
func New(app *web.App) web.Service {
	f := &feeds{app: app}
	app.Handle("/feed", f.read)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/12; i++ {
				app.Call("PUT", "/feed", f.document(30))
			}
		},
		Held: func() (int64, int64) { return int64(len(f.codes)), int64(len(f.codes)) * 432 },
	}
}

func (f *feeds) document(lines int) string {
	var b strings.Builder
	for i := 0; i < lines; i++ {
		fmt.Fprintf(&b, "%d;%012x;%s;%d\n", i, f.app.Rand.Int63n(1<<48), strings.Repeat("about ", 40+f.app.Rand.Intn(30)), i%7)
	}
	return b.String()
}

func (f *feeds) read(w http.ResponseWriter, r *http.Request) {
	lines := bufio.NewScanner(r.Body)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), ";") // @leak
		f.note(fields[1])
	}
	w.WriteHeader(http.StatusAccepted)
}

func (f *feeds) note(code string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.app.Fixed {
		code = strings.Clone(code)
		if len(f.codes) > 5000 {
			f.codes = f.codes[:0]
		}
	}
	f.codes = append(f.codes, code) // @also
}
