// SPDX-License-Identifier: Apache-2.0

// Package segment writes journal records to files of limited size and keeps a
// limited number of them; a shipper moves closed files to the archive.
package segment

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

// Writer is an io.Writer over a row of segment files.
type Writer struct {
	dir, name string
	maxBytes  int64
	keep      int

	seq     int
	file    *os.File
	buf     *bufio.Writer
	written int64
}

// NewWriter returns a writer for dir/name-NNNNNN.seg.
func NewWriter(dir, name string, maxBytes int64, keep int) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	w := &Writer{dir: dir, name: name, maxBytes: maxBytes, keep: keep}
	return w, w.rotate()
}

func (w *Writer) Write(p []byte) (int, error) {
	if w.written+int64(len(p)) > w.maxBytes {
		if err := w.rotate(); err != nil {
			return 0, err
		}
	}
	n, err := w.buf.Write(p)
	w.written += int64(n)
	return n, err
}

// Sync writes buffered records out.
func (w *Writer) Sync() error { return w.buf.Flush() }

// Close finishes the open segment.
func (w *Writer) Close() error {
	if w.file == nil {
		return nil
	}
	if err := w.buf.Flush(); err != nil {
		return err
	}
	return w.file.Close()
}

func (w *Writer) rotate() error {
	if err := w.Close(); err != nil {
		return err
	}
	w.seq++
	f, err := os.Create(filepath.Join(w.dir, fmt.Sprintf("%s-%06d.seg", w.name, w.seq)))
	if err != nil {
		return err
	}
	w.file, w.buf, w.written = f, bufio.NewWriterSize(f, 32<<10), 0
	return w.prune()
}

func (w *Writer) prune() error {
	old, err := filepath.Glob(filepath.Join(w.dir, w.name+"-*.seg"))
	if err != nil {
		return err
	}
	sort.Strings(old)
	for len(old) > w.keep {
		if err := os.Remove(old[0]); err != nil {
			return err
		}
		old = old[1:]
	}
	return nil
}
