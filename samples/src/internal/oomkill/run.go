// SPDX-License-Identifier: Apache-2.0

// Package oomkill lets the kernel kill a service at its memory limit, and takes the captures that a
// collector would have taken until then.
package oomkill

import (
	"fmt"
	"log"
	"math/rand"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Options of a run.
type Options struct {
	Cgroup, Out, First, Second string
	Limit                      int64
	Interval, Healthy          time.Duration
	Rate                       float64
}

const (
	service = "label-printer"
	public  = "127.0.0.1:18280"
	admin   = "127.0.0.1:18281"
)

// Run runs both builds; the second must end by the kernel's hand.
func Run(o Options) error {
	if err := os.Mkdir(o.Cgroup, 0o755); err != nil && !os.IsExist(err) {
		return err
	}
	defer os.Remove(o.Cgroup)
	if err := o.set("memory.limit_in_bytes", o.Limit); err != nil {
		return err
	}
	if err := o.life(o.First, service+"-6d5f8c7b94-k2wnp", o.Healthy); err != nil {
		return err
	}
	if err := o.life(o.Second, service+"-59c4d7fb86-tq8vx", 0); err != nil {
		return err
	}
	return o.saveLog()
}

func (o Options) set(name string, value int64) error {
	return os.WriteFile(filepath.Join(o.Cgroup, name), []byte(strconv.FormatInt(value, 10)), 0o644)
}

// life runs one process for a time, or until it is killed when there is none.
func (o Options) life(binary, instance string, most time.Duration) error {
	// The shell moves itself into the cgroup and becomes the service: it never runs outside.
	cmd := exec.Command("/bin/sh", "-c", `echo $$ >"$0/cgroup.procs" && exec "$@"`, o.Cgroup,
		binary, "-listen", public, "-admin", admin)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	stop := make(chan struct{})
	defer close(stop)
	go load(o.Rate, stop)

	var over <-chan time.Time
	if most > 0 {
		over = time.After(most)
	}
	tick := time.NewTicker(o.Interval)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			log.Printf("%s ended: %v", instance, err)
			if most > 0 || err == nil {
				return fmt.Errorf("%s was to end otherwise", instance)
			}
			return nil
		case <-over:
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				return err
			}
			over = nil
			return <-ended
		case <-tick.C:
			if err := o.capture(instance, cmd.Process.Pid); err != nil {
				log.Printf("capture: %v", err)
			}
		}
	}
}

// load asks for labels at random times.
func load(rate float64, stop <-chan struct{}) {
	rng := rand.New(rand.NewSource(1))
	client := &http.Client{Timeout: 2 * time.Second}
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		case <-time.After(time.Duration(rng.ExpFloat64() / rate * float64(time.Second))):
		}
		go func(n, depot int) {
			resp, err := client.Get(fmt.Sprintf("http://%s/label?parcel=P%09d&depot=D%02d", public, n, depot))
			if err == nil {
				resp.Body.Close()
			}
		}(n, rng.Intn(40))
	}
}
