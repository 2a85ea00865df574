// SPDX-License-Identifier: Apache-2.0

package oomkill

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// capture takes one round: profiles and MemStats over HTTP, the rest from the system.
func (o Options) capture(instance string, pid int) error {
	t := time.Now().Unix()
	for _, c := range []struct{ path, name string }{
		{"/debug/pprof/heap", "heap-%d.pb.gz"},
		{"/debug/pprof/goroutine", "goroutine-%d.pb.gz"},
		{"/debug/memstats", "memstats-%d.json.gz"},
	} {
		body, err := fetch("http://" + admin + c.path)
		if err == nil && strings.HasSuffix(c.name, ".json.gz") {
			body, err = pack(body)
		}
		if err == nil {
			err = o.put(instance, fmt.Sprintf(c.name, t), body)
		}
		if err != nil {
			return err
		}
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err == nil {
		err = o.put(instance, fmt.Sprintf("status-%d.txt", t), status)
	}
	if err == nil {
		err = o.put(instance, fmt.Sprintf("cgroup-%d.txt", t), o.cgroupFiles())
	}
	return err
}

// cgroupFiles is what head prints of several files.
func (o Options) cgroupFiles() []byte {
	var b bytes.Buffer
	for _, name := range []string{"memory.usage_in_bytes", "memory.limit_in_bytes",
		"memory.max_usage_in_bytes", "memory.oom_control", "memory.stat"} {
		body, err := os.ReadFile(filepath.Join(o.Cgroup, name))
		if err != nil {
			continue
		}
		fmt.Fprintf(&b, "==> %s <==\n%s\n", name, body)
	}
	return b.Bytes()
}

// saveLog keeps what the kernel said of the cgroup's kills.
func (o Options) saveLog() error {
	out, err := exec.Command("dmesg", "--time-format", "iso").Output()
	if err != nil {
		return err
	}
	lines := strings.SplitAfter(string(out), "\n")
	from := len(lines)
	for i, line := range lines {
		if strings.Contains(line, "invoked oom-killer") {
			from = i // the newest kill
		}
	}
	return os.WriteFile(filepath.Join(o.Out, "node", "dmesg.txt"), []byte(strings.Join(lines[from:], "")), 0o644)
}

func (o Options) put(instance, name string, body []byte) error {
	dir := filepath.Join(o.Out, service, instance)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name), body, 0o644)
}

func fetch(url string) ([]byte, error) {
	client := &http.Client{Timeout: 20 * time.Second}
	resp, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, resp.Status)
	}
	return io.ReadAll(resp.Body)
}

func pack(body []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
