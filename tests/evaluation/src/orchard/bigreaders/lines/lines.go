// SPDX-License-Identifier: Apache-2.0

// Package lines reads messages of a few lines; some are said to be long.
package lines

import (
	"bufio"
	"io"
)

const longest = 1 << 20

type Parser struct {
	Strict bool
	kept   *bufio.Reader
}

func (p *Parser) reader(from io.Reader) *bufio.Reader {
	if !p.Strict {
		return bufio.NewReaderSize(from, longest) // @leak
	}
	if p.kept == nil {
		p.kept = bufio.NewReaderSize(nil, longest)
	}
	p.kept.Reset(from)
	return p.kept
}

// Count tells how many lines say cut.
func (p *Parser) Count(from io.Reader) int {
	in, n := p.reader(from), 0 // @also
	for {
		line, err := in.ReadString('\n')
		if line == "cut\n" {
			n++
		}
		if err != nil {
			return n
		}
	}
}
