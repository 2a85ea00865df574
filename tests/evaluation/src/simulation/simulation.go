// SPDX-License-Identifier: Apache-2.0

// Package simulation drives a service through weeks within seconds and has the Go runtime write
// captures of it. See README.md of the evaluation for what is real in them.
package simulation

import (
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

// Service is a program under load.
type Service interface {
	// Tick handles about so many requests.
	Tick(requests int)
	// Held is what the fault keeps by the program's own account; zero where there is none.
	Held() (count, bytes int64)
}

// Env is what a service may know of the run.
type Env struct {
	Fixed bool // this build has the fault repaired
	Rand  *rand.Rand
	start time.Time
	// of the container: bytes allowed, bytes above which it is slowed down, bytes of files in its pages
	limit, high, files int64
}

// Now is the simulated time.
func (e *Env) Now() time.Time {
	return clock(e.start)
}

// source is safe for goroutines.
type source struct {
	mu  sync.Mutex
	one rand.Source
}

func (s *source) Int63() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.one.Int63()
}

func (s *source) Seed(seed int64) {
	s.one.Seed(seed)
}

type options struct {
	dir, exe, version, kinds, truth string
	start, seed                     int64
	captures, ticks, text, rate     int
	instance                        int
	every                           time.Duration
	wave, load, stretch             float64
	fixed, collect                  bool
}

var opt options

var born = time.Now()

// clock turns the time of the process into that of the simulation.
func clock(start time.Time) time.Time {
	if !stretched {
		return time.Now()
	}
	return start.Add(time.Duration(float64(time.Since(born)) * opt.stretch))
}

func parse() {
	flag.StringVar(&opt.dir, "dir", "", "where captures go")
	flag.StringVar(&opt.truth, "truth", "", "where the program's own account goes")
	flag.StringVar(&opt.exe, "exe", "", "path of the binary that profiles shall name")
	flag.StringVar(&opt.version, "version", "1.0.0", "version of the build")
	flag.StringVar(&opt.kinds, "kinds", "heap,goroutine,memstats", "captures to take")
	flag.Int64Var(&opt.start, "start", 0, "start of the process, seconds since 1970")
	flag.Int64Var(&opt.seed, "seed", 1, "of the traffic")
	flag.IntVar(&opt.captures, "captures", 24, "how many")
	flag.IntVar(&opt.ticks, "ticks", 5, "portions of load between two captures")
	flag.IntVar(&opt.text, "text", 4, "take text forms every so many captures; 0: never")
	flag.IntVar(&opt.instance, "instance", 0, "which of the service's processes this is")
	flag.IntVar(&opt.rate, "rate", 120, "mean requests of a portion")
	flag.DurationVar(&opt.every, "every", time.Hour, "between two captures")
	flag.Float64Var(&opt.wave, "wave", 0.5, "height of the daily wave, 0 to 1")
	flag.Float64Var(&opt.load, "load", 1, "factor of the load")
	flag.Float64Var(&opt.stretch, "stretch", 1, "speed of a stretched clock")
	flag.BoolVar(&opt.fixed, "fixed", false, "the fault is repaired")
	flag.BoolVar(&opt.collect, "gc1", false, "collect before a heap profile, as heap?gc=1 does")
	flag.Parse()
}

// requests is the load of one portion: a daily wave, quieter weekends, noise.
func requests(e *Env) int {
	now := e.Now()
	hour := float64(now.Hour()) + float64(now.Minute())/60
	load := 1 + opt.wave*math.Cos(2*math.Pi*(hour-15)/24)
	if day := now.Weekday(); day == time.Saturday || day == time.Sunday {
		load *= 1 - 0.4*opt.wave
	}
	load *= opt.load * math.Exp(0.15*e.Rand.NormFloat64())
	return 1 + int(load*float64(opt.rate))
}

// Main runs the service that build makes, as the flags say.
func Main(build func(*Env) Service) {
	parse()
	start := time.Unix(opt.start, 0).UTC()
	setClock(start.UnixNano())
	time.Local = time.UTC
	exe, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	if opt.exe != "" {
		os.Args = []string{opt.exe, "-config=/etc/" + filepath.Base(opt.exe) + ".json"}
	}
	env := &Env{Fixed: opt.fixed, Rand: rand.New(&source{one: rand.NewSource(opt.seed)}), start: start}
	w := &writer{env: env, exe: exe}
	service := build(env)
	for i := 0; i < opt.captures; i++ {
		interval(env, service)
		if err := w.capture(i, service); err != nil {
			log.Fatal(err)
		}
	}
	runtime.KeepAlive(service)
}

// interval lets the time between two captures pass, in uneven portions.
func interval(e *Env, service Service) {
	portion := float64(opt.every) / float64(opt.ticks)
	if stretched {
		portion /= opt.stretch
	}
	for i := 0; i < opt.ticks; i++ {
		service.Tick(requests(e))
		jitter := 1 + 0.02*(e.Rand.Float64()-0.5)
		time.Sleep(time.Duration(portion * jitter))
	}
}

func (w *writer) account(service Service, now time.Time) error {
	if opt.truth == "" {
		return nil
	}
	f, err := os.OpenFile(opt.truth, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	count, bytes := service.Held()
	_, err = fmt.Fprintf(f, "%d\t%d\t%d\n", now.Unix(), count, bytes)
	return err
}

func wants(kind string) bool {
	return strings.Contains(","+opt.kinds+",", ","+kind+",")
}
