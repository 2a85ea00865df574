// SPDX-License-Identifier: Apache-2.0

// Package serve runs a fleet service: the public listener, the admin listener
// with the profiling endpoints, the background tasks, and an orderly stop.
package serve

import (
	"context"
	"encoding/json"
	"errors"
	"expvar"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"

	"example.com/fleet/internal/platform/buildinfo"
)

// Options are the settings every service has in common.
type Options struct {
	Listen        string
	Admin         string
	Drain         time.Duration
	BlockRate     int
	MutexFraction int
}

// BindFlags declares the common flags on fs.
func BindFlags(fs *flag.FlagSet) *Options {
	o := &Options{}
	fs.StringVar(&o.Listen, "listen", "127.0.0.1:8080", "address of the public API")
	fs.StringVar(&o.Admin, "admin", "127.0.0.1:8081", "address of the admin and profiling endpoints")
	fs.DurationVar(&o.Drain, "drain", 5*time.Second, "how long open requests may take after SIGTERM")
	fs.IntVar(&o.BlockRate, "block-profile-rate", 0, "argument of runtime.SetBlockProfileRate, in nanoseconds")
	fs.IntVar(&o.MutexFraction, "mutex-profile-fraction", 0, "argument of runtime.SetMutexProfileFraction")
	return o
}

// Task is a background loop of a service. It returns when ctx is done.
type Task func(ctx context.Context)

// Every wraps fn into a Task that runs it at a fixed interval.
func Every(interval time.Duration, fn func(now time.Time)) Task {
	return func(ctx context.Context) {
		tick := time.NewTicker(interval)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case now := <-tick.C:
				fn(now)
			}
		}
	}
}

// Service is what a main function hands to Run.
type Service struct {
	Name    string
	Handler http.Handler
	Tasks   []Task
}

// Run serves until SIGTERM or SIGINT, then drains and returns.
func Run(o *Options, s Service) error {
	log.SetFlags(log.LstdFlags | log.LUTC)
	log.SetPrefix(s.Name + ": ")
	buildinfo.Publish(s.Name)
	runtime.SetBlockProfileRate(o.BlockRate)
	runtime.SetMutexProfileFraction(o.MutexFraction)

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	public := &http.Server{
		Addr:              o.Listen,
		Handler:           count(s.Handler),
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       2 * time.Minute,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	admin := &http.Server{Addr: o.Admin, Handler: adminMux(), ReadHeaderTimeout: 5 * time.Second}

	failed := make(chan error, 2)
	for _, srv := range []*http.Server{public, admin} {
		go func(srv *http.Server) {
			if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
				failed <- fmt.Errorf("listen on %s: %w", srv.Addr, err)
			}
		}(srv)
	}

	var tasks sync.WaitGroup
	for _, task := range s.Tasks {
		tasks.Add(1)
		go func(task Task) {
			defer tasks.Done()
			task(ctx)
		}(task)
	}

	log.Printf("version %s (%s) serving on %s, admin on %s", buildinfo.Version, runtime.Version(), o.Listen, o.Admin)

	var err error
	select {
	case err = <-failed:
		stop()
	case <-ctx.Done():
		log.Print("stopping")
	}

	drain, cancel := context.WithTimeout(context.Background(), o.Drain)
	defer cancel()
	if cerr := public.Shutdown(drain); cerr != nil {
		log.Printf("drain: %v", cerr)
		public.Close()
	}
	admin.Close()
	tasks.Wait()
	log.Print("stopped")
	return err
}

var requests = expvar.NewMap("requests")

// count keeps the request counters that the dashboards read from /debug/vars.
func count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(r.Method, 1)
		requests.Add("in_flight", 1)
		defer requests.Add("in_flight", -1)
		next.ServeHTTP(w, r)
	})
}

func adminMux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	mux.Handle("/debug/vars", expvar.Handler())
	mux.HandleFunc("/debug/memstats", memstats)
	return mux
}

func memstats(w http.ResponseWriter, _ *http.Request) {
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	body, err := json.Marshal(&ms)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(body)
}
