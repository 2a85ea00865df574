// SPDX-License-Identifier: Apache-2.0

// Package blocks renders pages from a tree of nodes, and grows the tree anew for each reader.
package blocks

import (
	"strconv"

	"example.net/lantern/internal/press"
)

type attribute struct {
	key, value string
}

type node struct {
	tag        string
	attributes []attribute
	parent     *node
	children   []*node
}

type pages struct {
	desk    *press.Desk
	archive []*node
	kept    *node
	tags    []string
	written int
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	p := &pages{desk: desk}
	for i := 0; i < 300; i++ {
		p.tags = append(p.tags, "block-"+strconv.Itoa(i))
	}
	for i := 0; i < 160; i++ { // what was published this week stays at hand
		p.archive = append(p.archive, p.grow(nil, 4))
	}
	p.kept = p.grow(nil, 4)
	return press.Job{Tick: func(n int) {
		for i := 0; i < n; i++ {
			p.render()
		}
	}}
}

func (p *pages) render() {
	page := p.kept
	if !p.desk.Fixed {
		page = p.grow(nil, 4)
	}
	p.write(page)
}

func (p *pages) grow(parent *node, depth int) *node {
	n := &node{tag: p.tags[depth*7], parent: parent, attributes: make([]attribute, 0, 2)} // @leak
	n.attributes = append(n.attributes, attribute{key: "id", value: p.tags[depth]})
	if depth == 0 {
		return n
	}
	for i := 0; i < 4; i++ {
		n.children = append(n.children, p.grow(n, depth-1)) // @also
	}
	return n
}

func (p *pages) write(n *node) {
	p.written += len(n.tag)
	for _, a := range n.attributes {
		p.written += len(a.key) + len(a.value)
	}
	for _, child := range n.children {
		p.write(child)
	}
}
