// SPDX-License-Identifier: Apache-2.0
package frames

import "io"

type Head struct {
	Kind byte
	ID   []byte
}

// Read takes one frame and gives its head.
func Read(r io.Reader, copied bool) (Head, error) {
	buf := make([]byte, 16<<10) // @leak
	n, err := io.ReadFull(r, buf)
	if err != nil && n < 32 {
		return Head{}, err
	}
	if copied {
		return Head{buf[0], append([]byte(nil), buf[1:17]...)}, nil
	}
	return Head{buf[0], buf[1:17]}, nil
}
