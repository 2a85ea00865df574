// SPDX-License-Identifier: Apache-2.0

package capture

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"
)

// Options say where things are.
type Options struct {
	Src      string            // the module
	Work     string            // scratch: binaries, working directories, logs
	Out      string            // the captures
	Timeline string            // table of starts, restarts and deploys
	Tools    map[string]string // go command by version
	Port     int               // first of the ports that are used
	Seed     int64
	TextMax  int // text above this size is gzipped
	Plan     Plan
}

// slot is a place in the fleet: a pair of ports that one instance at a time
// listens on.
type slot struct {
	service  *Service
	instance string
	build    Build
	api      string
	admin    string
	proc     *process
}

// Fleet is a run.
type Fleet struct {
	o        Options
	c        *Config
	builder  builder
	out      layout
	binaries map[string]string // by service and version
	partners string            // address
	slots    []*slot
	bench    []*process // partners and load generator
	timeline *os.File
	releases *os.File        // one line for each version of a service, when it came first
	released map[string]bool // "service version"
	client   *http.Client
	slow     sync.WaitGroup // captures that take a while
}

// Run performs a whole run.
func Run(ctx context.Context, c *Config, o Options) error {
	f := &Fleet{
		o: o, c: c,
		builder:  builder{src: o.Src, dir: filepath.Join(o.Work, "app"), tools: o.Tools},
		out:      layout{root: o.Out, limit: o.TextMax},
		binaries: make(map[string]string),
		released: make(map[string]bool),
		client:   &http.Client{Timeout: time.Minute},
	}
	if err := f.builder.checkTools(c.Toolchains()); err != nil {
		return err
	}
	if err := f.buildAll(); err != nil {
		return err
	}
	var err error
	if f.timeline, err = os.Create(o.Timeline); err != nil {
		return err
	}
	defer f.timeline.Close()
	fmt.Fprintln(f.timeline, "time\tunix\tevent\tservice\tinstance\tversion\tgo")
	if f.releases, err = os.Create(filepath.Join(o.Out, "releases.csv")); err != nil {
		return err
	}
	defer f.releases.Close()
	fmt.Fprintln(f.releases, "service,time,version")

	defer f.shutDown()
	if err := f.startAll(); err != nil {
		return err
	}
	return f.follow(ctx, f.agenda())
}

func (f *Fleet) buildAll() error {
	for _, s := range f.c.Services {
		builds := []Build{s.Build}
		for _, e := range f.c.Events {
			if e.Service == s.Name && e.Build != nil {
				builds = append(builds, *e.Build)
			}
		}
		for _, b := range builds {
			binary, escapes, err := f.builder.build(s.Name, s.Go, b)
			if err != nil {
				return err
			}
			f.binaries[s.Name+" "+b.Version] = binary
			log.Printf("built %s %s with Go %s", s.Name, b.Version, s.Go)
			if err := f.out.put(s.Name, "build", "escape-"+b.Version+".log", escapes); err != nil {
				return err
			}
		}
	}
	for _, command := range []string{"partners", "loadgen"} {
		binary, _, err := f.builder.build(command, f.c.Bench, Build{Version: "bench"})
		if err != nil {
			return err
		}
		f.binaries[command] = binary
	}
	return nil
}

// startAll starts the partners, the services, and then the load.
func (f *Fleet) startAll() error {
	f.partners = fmt.Sprintf("127.0.0.1:%d", f.o.Port)
	if err := f.startBench("partners", "-listen="+f.partners, fmt.Sprintf("-seed=%d", f.o.Seed)); err != nil {
		return err
	}
	port := f.o.Port + 2
	var targets []string
	for _, s := range f.c.Services {
		for _, instance := range s.Instances {
			sl := &slot{
				service: s, instance: instance, build: s.Build,
				api:   fmt.Sprintf("127.0.0.1:%d", port),
				admin: fmt.Sprintf("127.0.0.1:%d", port+1),
			}
			port += 2
			f.slots = append(f.slots, sl)
			if err := f.launch(sl, "start"); err != nil {
				return err
			}
			targets = append(targets, s.Name+"=http://"+sl.api)
		}
	}
	return f.startBench("loadgen",
		"-targets="+strings.Join(targets, ","),
		"-duration="+(f.o.Plan.Length()).String(),
		fmt.Sprintf("-load=%g", f.o.Plan.Load),
		fmt.Sprintf("-seed=%d", f.o.Seed))
}

func (f *Fleet) startBench(command string, args ...string) error {
	p, err := start(command, filepath.Join(f.o.Work, "run", command), f.binaries[command], args, nil)
	if err == nil {
		f.bench = append(f.bench, p)
	}
	return err
}

// launch begins a lifetime of the slot's instance.
func (f *Fleet) launch(sl *slot, event string) error {
	args := []string{"-listen=" + sl.api, "-admin=" + sl.admin}
	for _, a := range sl.service.Args {
		args = append(args, strings.ReplaceAll(f.o.Plan.expand(a), "${partners}", "http://"+f.partners))
	}
	godebug := "GODEBUG=gctrace=1"
	if sl.service.Godebug != "" {
		godebug += "," + sl.service.Godebug
	}
	binary := f.binaries[sl.service.Name+" "+sl.build.Version]
	p, err := start(sl.instance, filepath.Join(f.o.Work, "run", sl.instance), binary, args, []string{godebug})
	if err != nil {
		return err
	}
	sl.proc = p
	f.note(p.started, event, sl)
	return p.ready("http://" + sl.admin + "/healthz")
}

// retire ends a lifetime and files its log.
func (f *Fleet) retire(sl *slot) {
	if sl.proc == nil {
		return
	}
	if err := sl.proc.stop(); err != nil {
		log.Printf("stop %s: %v", sl.instance, err)
	}
	body, err := os.ReadFile(sl.proc.log)
	if err == nil {
		err = f.out.put(sl.service.Name, sl.instance, fmt.Sprintf("gctrace-%d.log", sl.proc.started.Unix()), body)
	}
	if err != nil {
		log.Printf("log of %s: %v", sl.instance, err)
	}
	sl.proc = nil
}

func (f *Fleet) note(t time.Time, event string, sl *slot) {
	fmt.Fprintf(f.timeline, "%s\t%d\t%s\t%s\t%s\t%s\t%s\n", t.UTC().Format(time.RFC3339), t.Unix(),
		event, sl.service.Name, sl.instance, sl.build.Version, sl.service.Go)
	version := sl.service.Name + " " + sl.build.Version
	if event != "stop" && !f.released[version] {
		f.released[version] = true
		fmt.Fprintf(f.releases, "%s,%s,%s\n", sl.service.Name, t.UTC().Format(time.RFC3339), sl.build.Version)
	}
}

func (f *Fleet) shutDown() {
	f.slow.Wait()
	for i := len(f.bench) - 1; i >= 0; i-- {
		if err := f.bench[i].stop(); err != nil && f.bench[i].name != "partners" {
			log.Printf("stop %s: %v", f.bench[i].name, err)
		}
	}
	for _, sl := range f.slots {
		if sl.proc != nil {
			f.note(time.Now(), "stop", sl)
		}
		f.retire(sl)
	}
}

// item is a point of the agenda.
type item struct {
	at time.Duration
	do func()
}

// agenda lists all rounds and events in the order of time. The rounds lie in the
// middle of the intervals, the events usually between them.
func (f *Fleet) agenda() []item {
	var list []item
	for i := 0; i < f.o.Plan.Rounds; i++ {
		i := i
		list = append(list, item{
			at: time.Duration(i)*f.o.Plan.Interval + f.o.Plan.Interval/2,
			do: func() { f.round(i) },
		})
	}
	for _, e := range f.c.Events {
		e := e
		list = append(list, item{
			at: time.Duration(e.At * float64(f.o.Plan.Length())),
			do: func() { f.happen(e) },
		})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].at < list[j].at })
	return list
}

func (f *Fleet) follow(ctx context.Context, agenda []item) error {
	begin := time.Now()
	for _, it := range agenda {
		wait := time.NewTimer(time.Until(begin.Add(it.at)))
		select {
		case <-wait.C:
			it.do()
		case <-ctx.Done():
			wait.Stop()
			return ctx.Err()
		}
	}
	return nil
}

// happen performs an event. Instances are replaced one after the other.
func (f *Fleet) happen(e *Event) {
	if e.Build == nil {
		for _, name := range e.Restart {
			for _, sl := range f.slots {
				if sl.service.Name == e.Service && sl.instance == name {
					f.replace(sl, "restart")
				}
			}
		}
		return
	}
	n := 0
	for _, sl := range f.slots {
		if sl.service.Name != e.Service {
			continue
		}
		f.retire(sl)
		sl.build = *e.Build
		if n < len(e.Renamed) {
			sl.instance = e.Renamed[n]
		}
		n++
		f.replace(sl, "deploy")
	}
}

func (f *Fleet) replace(sl *slot, event string) {
	f.retire(sl)
	if err := f.launch(sl, event); err != nil {
		log.Printf("%s %s: %v", event, sl.instance, err)
	}
	log.Printf("%s %s, now at version %s", event, sl.instance, sl.build.Version)
}
