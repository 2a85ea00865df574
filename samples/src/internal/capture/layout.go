// SPDX-License-Identifier: Apache-2.0

package capture

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
)

// layout writes files below root as service/instance/name. Text above limit is
// stored gzipped, under its name with .gz at the end.
type layout struct {
	root  string
	limit int
}

func (l layout) put(service, instance, name string, body []byte) error {
	dir := filepath.Join(l.root, service, instance)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if len(body) > l.limit && filepath.Ext(name) != ".gz" {
		packed, err := pack(body)
		if err != nil {
			return err
		}
		name, body = name+".gz", packed
	}
	return os.WriteFile(filepath.Join(dir, name), body, 0o644)
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
