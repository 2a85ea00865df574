// SPDX-License-Identifier: Apache-2.0

// Package web is the frame of a service: routes, middleware, workers, and the usual companions.
package web

import (
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"example.com/harbor/internal/stock"
	"example.net/simulation"
)

// App is one service.
type App struct {
	*simulation.Env
	mux      *http.ServeMux
	handler  http.Handler
	catalog  *stock.Catalog
	tariffs  *stock.Tariffs
	sessions *stock.Sessions
	index    *stock.Index
	pages    *stock.Pages
	logs     ring
	metrics  metrics
	jobs     chan func()
	loaded   time.Time
	settings map[string]interface{}
}

// Service is what a program adds to its App.
type Service struct {
	Tick func(requests int)
	Held func() (count, bytes int64)
}

type runner struct {
	app     *App
	service Service
}

// Main builds the App and runs the service.
func Main(size int, build func(*App) Service) {
	simulation.Main(func(env *simulation.Env) simulation.Service {
		app := newApp(env, size)
		return &runner{app: app, service: build(app)}
	})
}

func newApp(env *simulation.Env, size int) *App {
	app := &App{Env: env, mux: http.NewServeMux(), tariffs: new(stock.Tariffs), jobs: make(chan func(), 64)}
	app.catalog = stock.NewCatalog(900*size, env.Rand)
	app.sessions = stock.NewSessions(3 * time.Hour)
	app.index = stock.NewIndex(9000 * size)
	pages, err := stock.NewPages(40)
	if err != nil {
		panic(err)
	}
	app.pages = pages
	app.logs.lines = make([]string, 1200*size)
	app.metrics.series = make(map[string]*histogram)
	app.tariffs.Load(140*size, 256)
	app.settings = settings(60 * size)
	app.handler = app.logged(app.signedIn(app.mux))
	app.Handle("/browse", app.browse)
	for i := 0; i < 6; i++ {
		go app.work()
	}
	go app.janitor()
	return app
}

// Handle adds a route.
func (a *App) Handle(path string, h func(http.ResponseWriter, *http.Request)) {
	a.mux.HandleFunc(path, h)
}

// Call sends a request through the middleware and returns the answer's status.
func (a *App) Call(method, target, body string) int {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("X-User", fmt.Sprintf("user-%d", a.Rand.Intn(4000)))
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, r)
	_, _ = io.Copy(io.Discard, w.Body)
	return w.Code
}

// Go runs a job on one of the workers and waits for it.
func (a *App) Go(job func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	a.jobs <- func() {
		defer wg.Done()
		job()
	}
	wg.Wait()
}

func (a *App) work() {
	for job := range a.jobs {
		job()
	}
}

func (a *App) janitor() {
	for range time.Tick(10 * time.Minute) {
		a.sessions.Sweep(a.Now())
	}
}

func (a *App) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := a.Now()
		next.ServeHTTP(w, r)
		a.logs.add(fmt.Sprintf("%s %s %s took %s", began.Format(time.RFC3339), r.Method, r.URL, a.Now().Sub(began)))
		a.metrics.observe(r.URL.Path, float64(len(r.URL.String())))
	})
}

func (a *App) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.sessions.Touch(r.Header.Get("X-User"), a.Now())
		next.ServeHTTP(w, r)
	})
}

func (a *App) browse(w http.ResponseWriter, r *http.Request) {
	var items []*stock.Product
	for i := 0; i < 3; i++ {
		p, err := a.catalog.Get(int(rand.ExpFloat64() * 3000))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		items = append(items, p)
	}
	n, err := a.pages.Render(len(r.URL.RawQuery)%40, items)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintln(w, n)
}

// Tick serves ordinary pages, then what the service itself does.
func (r *runner) Tick(requests int) {
	for i := 0; i < requests/2; i++ {
		r.app.Call("GET", "/browse?q="+strings.Repeat("a", i%40), "")
	}
	if now := r.app.Now(); now.Sub(r.app.loaded) > 6*time.Hour {
		r.app.loaded = now
		r.app.tariffs.Load(140+r.app.Rand.Intn(40), 256)
	}
	r.service.Tick(requests)
}

// Held is the service's own account.
func (r *runner) Held() (count, bytes int64) {
	if r.service.Held == nil {
		return 0, 0
	}
	return r.service.Held()
}
