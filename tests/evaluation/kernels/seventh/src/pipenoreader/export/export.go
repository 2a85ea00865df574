// SPDX-License-Identifier: Apache-2.0

// Package export uploads what it encodes meanwhile.
package export

import (
	"encoding/json"
	"errors"
	"io"

	"example.com/flock/rig"
)

// Upload encodes into a pipe and uploads from it.
func Upload(value any) error {
	reader, writer := io.Pipe()
	go encode(writer, value)
	err := put(reader)
	if rig.Repaired {
		reader.CloseWithError(err)
	}
	return err
}

func encode(writer *io.PipeWriter, value any) {
	err := json.NewEncoder(writer).Encode(value) // <- here
	writer.CloseWithError(err)
}

func put(io.Reader) error { return errors.New("no such bucket") }
