// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"expvar"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/pprof"
	"time"
)

// writer lets the runtime write captures and moves what a stretched or standing clock got wrong.
type writer struct {
	env *Env
	exe string

	cpuProfile bytes.Buffer
	profiling  bool
	charged    usage
}

func (w *writer) capture(i int, service Service) error {
	if opt.collect {
		runtime.GC()
	}
	now := w.env.Now()
	text := opt.text > 0 && (i%opt.text == opt.text-1 || i == opt.captures-1)
	for _, kind := range []string{"heap", "goroutine", "goroutineleak", "mutex", "block", "allocs"} {
		if p := pprof.Lookup(kind); wants(kind) && p != nil {
			if err := w.profile(p, kind, now); err != nil {
				return err
			}
		}
	}
	for _, other := range []struct {
		kind string
		take func(time.Time) error
	}{
		{"memstats", w.memstats}, {"vars", w.vars}, {"prom", w.prometheus}, {"oldprom", w.prometheus},
		{"federate", w.federate}, {"metrics", w.runtimeMetrics},
		{"status", w.status}, {"cgroup", w.cgroup}, {"cpu", w.cpu},
	} {
		if !wants(other.kind) {
			continue
		}
		if err := other.take(now); err != nil {
			return err
		}
	}
	if text {
		if err := w.texts(now); err != nil {
			return err
		}
	}
	return w.account(service, now)
}

func (w *writer) put(kind, suffix string, now time.Time, data []byte) error {
	name := fmt.Sprintf("%s-%d.%s", kind, now.Unix(), suffix)
	return os.WriteFile(filepath.Join(opt.dir, name), data, 0o644)
}

func (w *writer) profile(p *pprof.Profile, kind string, now time.Time) error {
	var packed bytes.Buffer
	if err := p.WriteTo(&packed, 0); err != nil {
		return err
	}
	return w.unpack(kind, now, &packed)
}

func (w *writer) unpack(kind string, now time.Time, packed *bytes.Buffer) error {
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		return err
	}
	raw, err := io.ReadAll(unpacked)
	if err != nil {
		return err
	}
	return w.put(kind, "pb", now, w.patch(raw, now))
}

// patch copies a profile and replaces its time (field 9) and, in the string table (field 6), the path
// and the build id of the binary.
func (w *writer) patch(raw []byte, now time.Time) []byte {
	out := make([]byte, 0, len(raw)+64)
	for at := 0; at < len(raw); {
		begin := at
		key, n := varint(raw[at:])
		at += n
		value, n := varint(raw[at:])
		at += n
		if key&7 == 2 {
			at += int(value)
		}
		switch {
		case key == 9<<3:
			out = append(out, 9<<3)
			out = putVarint(out, uint64(now.UnixNano()))
		case key == 6<<3|2:
			s := w.rename(string(raw[at-int(value) : at]))
			out = append(out, 6<<3|2)
			out = putVarint(out, uint64(len(s)))
			out = append(out, s...)
		default:
			out = append(out, raw[begin:at]...)
		}
	}
	return out
}

var buildID = regexp.MustCompile(`^[0-9a-f]{40}$`)

// rename gives the binary the path it would have had, and each version its own build id.
func (w *writer) rename(s string) string {
	switch {
	case s == w.exe && opt.exe != "":
		return opt.exe
	case buildID.MatchString(s):
		return fmt.Sprintf("%x", sha256.Sum256([]byte(s+opt.version)))[:40]
	}
	return s
}

func varint(b []byte) (value uint64, size int) {
	for shift := 0; ; shift += 7 {
		value |= uint64(b[size]&0x7f) << shift
		size++
		if b[size-1] < 0x80 {
			return value, size
		}
	}
}

func putVarint(out []byte, value uint64) []byte {
	for ; value >= 0x80; value >>= 7 {
		out = append(out, byte(value)|0x80)
	}
	return append(out, byte(value))
}

// pause is made up from the time of the collection: a standing clock sees pauses of no length.
func pause(end uint64) uint64 {
	return 40000 + end/1000%9973*23
}

// moved is a time of the process, of its own clock, in simulated time.
func (w *writer) moved(ns uint64) uint64 {
	if !stretched || ns == 0 {
		return ns
	}
	age := float64(int64(ns) - born.UnixNano())
	return uint64(w.env.start.UnixNano() + int64(age*opt.stretch))
}

func (w *writer) read() *runtime.MemStats {
	ms := new(runtime.MemStats)
	runtime.ReadMemStats(ms)
	ms.LastGC = w.moved(ms.LastGC)
	for i, end := range ms.PauseEnd {
		ms.PauseEnd[i] = w.moved(end)
		if !stretched && end != 0 {
			ms.PauseNs[i] = pause(end)
			ms.PauseTotalNs += ms.PauseNs[i]
		}
	}
	if ms.GCCPUFraction != ms.GCCPUFraction { // no time has passed yet
		ms.GCCPUFraction = 0
	}
	return ms
}

func (w *writer) memstats(now time.Time) error {
	data, err := json.Marshal(w.read())
	if err != nil {
		return err
	}
	return w.put("memstats", "json", now, data)
}

var published = false

// vars is /debug/vars; its MemStats are replaced by those with moved times.
func (w *writer) vars(now time.Time) error {
	if !published {
		published = true
		expvar.NewInt("requests").Set(1)
	}
	r := httptest.NewRecorder()
	expvar.Handler().ServeHTTP(r, httptest.NewRequest("GET", "/debug/vars", nil))
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(r.Body.Bytes(), &all); err != nil {
		return err
	}
	data, err := json.Marshal(w.read())
	if err != nil {
		return err
	}
	all["memstats"] = data
	if data, err = json.Marshal(all); err != nil {
		return err
	}
	return w.put("vars", "json", now, data)
}

func (w *writer) status(now time.Time) error {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	return w.put("status", "txt", now, data)
}

var timeLine = regexp.MustCompile(`(?m)^# (PauseNs|PauseEnd|LastGC) = .*$`)

func (w *writer) texts(now time.Time) error {
	var b bytes.Buffer
	if wants("text") {
		if err := pprof.Lookup("heap").WriteTo(&b, 1); err != nil {
			return err
		}
		ms := w.read()
		lines := map[string]string{"PauseNs": fmt.Sprint(ms.PauseNs), "PauseEnd": fmt.Sprint(ms.PauseEnd),
			"LastGC": fmt.Sprint(ms.LastGC)}
		text := timeLine.ReplaceAllFunc(b.Bytes(), func(line []byte) []byte {
			key := string(timeLine.FindSubmatch(line)[1])
			return []byte("# " + key + " = " + lines[key])
		})
		if err := w.put("heap-debug1", "txt", now, text); err != nil {
			return err
		}
	}
	for _, form := range []struct {
		kind  string
		debug int
	}{{"goroutine1", 1}, {"goroutine", 2}, {"goroutine2", 2}} {
		if !wants(form.kind) {
			continue
		}
		b.Reset()
		if err := pprof.Lookup("goroutine").WriteTo(&b, form.debug); err != nil {
			return err
		}
		if err := w.put(fmt.Sprintf("goroutine-debug%d", form.debug), "txt", now, b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}
