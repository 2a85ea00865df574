// SPDX-License-Identifier: Apache-2.0

// Package slim is a logger with hooks.
package slim

import (
	"io"
	"strings"
	"sync"
)

type Entry struct {
	words []string
}

func (e *Entry) With(key, value string) { e.words = append(e.words, key+"="+value) }

type Logger struct {
	mu    sync.Mutex
	out   io.Writer
	hooks []func(*Entry)
}

func New() *Logger { return &Logger{out: io.Discard} }

// Fork gives a logger with the same hooks, to which more may be added.
func (l *Logger) Fork() *Logger {
	l.mu.Lock()
	defer l.mu.Unlock()
	return &Logger{out: l.out, hooks: l.hooks[:len(l.hooks):len(l.hooks)]}
}

// Hook is called for each line.
func (l *Logger) Hook(h func(*Entry)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hooks = append(l.hooks, h) // @also
}

// Print writes a line; only the newest eight hooks have a say.
func (l *Logger) Print(words ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := &Entry{words: words}
	for i := len(l.hooks) - 1; i >= 0 && i >= len(l.hooks)-8; i-- {
		l.hooks[i](e)
	}
	io.WriteString(l.out, strings.Join(e.words, " ")+"\n")
}
