// SPDX-License-Identifier: Apache-2.0

// Package lines puts its answer together by adding to a string, field by field.
package lines

import (
	"strconv"
	"strings"

	"example.org/meadow/internal/broker"
)

// New returns the service.
func New(node *broker.Node) broker.Work {
	sent := 0
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*2; i++ {
			if node.Fixed {
				sent += short(i)
			} else {
				sent += long(i)
			}
		}
	}}
}

func long(i int) int {
	line := "reading"
	for j := 0; j < 160; j++ {
		line += ",field" + strconv.Itoa(j) + "=" + strconv.Itoa(i*j)
	}
	return len(line)
}

func short(i int) int {
	var line strings.Builder
	line.Grow(4 << 10)
	for j := 0; j < 160; j++ {
		line.WriteString(",field")
		line.WriteString(strconv.Itoa(j))
		line.WriteString(strconv.Itoa(i * j))
	}
	return line.Len()
}
