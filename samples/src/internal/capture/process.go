// SPDX-License-Identifier: Apache-2.0

package capture

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

const (
	startPatience = 20 * time.Second
	stopPatience  = 15 * time.Second
)

// process is one lifetime of an instance.
type process struct {
	name    string
	started time.Time
	cmd     *exec.Cmd
	log     string // file that stderr goes to
	exited  chan error
}

// start runs a binary in dir, with stderr in a file there.
func start(name, dir, binary string, args, env []string) (*process, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	p := &process{name: name, started: time.Now(), exited: make(chan error, 1)}
	p.log = filepath.Join(dir, fmt.Sprintf("stderr-%d.log", p.started.Unix()))
	stderr, err := os.Create(p.log)
	if err != nil {
		return nil, err
	}
	defer stderr.Close()
	p.cmd = exec.Command(binary, args...)
	p.cmd.Dir = dir
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stderr = stderr
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.exited <- p.cmd.Wait() }()
	return p, nil
}

// ready waits until url answers.
func (p *process) ready(url string) error {
	client := &http.Client{Timeout: time.Second}
	for end := time.Now().Add(startPatience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		resp, err := client.Get(url)
		if err == nil {
			resp.Body.Close()
			return nil
		}
		select {
		case err := <-p.exited:
			p.exited <- err
			return fmt.Errorf("%s ended at once: %v, see %s", p.name, err, p.log)
		default:
		}
	}
	return fmt.Errorf("%s does not answer at %s", p.name, url)
}

// stop ends the process by SIGTERM, and by SIGKILL when that does not help.
func (p *process) stop() error {
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-p.exited:
		return err
	case <-time.After(stopPatience):
		p.cmd.Process.Kill()
		<-p.exited
		return fmt.Errorf("%s had to be killed", p.name)
	}
}
