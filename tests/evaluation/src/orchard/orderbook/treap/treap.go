// SPDX-License-Identifier: Apache-2.0

// Package treap is a sorted tree. What is cancelled is only marked, which is quick.
package treap

import "math/rand"

type Tree[V any] struct {
	root   *node[V]
	Live   int
	dead   int
	strict bool
}

type node[V any] struct {
	key         uint64
	rank        uint32
	dead        bool
	left, right *node[V]
	value       V
}

func New[V any](strict bool) *Tree[V] { return &Tree[V]{strict: strict} }

func (t *Tree[V]) Put(key uint64, v V) {
	t.root = t.put(t.root, key, v)
	t.Live++
}

func (t *Tree[V]) put(n *node[V], key uint64, v V) *node[V] {
	if n == nil {
		return &node[V]{key: key, rank: rand.Uint32(), value: v} // @leak
	}
	if key < n.key {
		n.left = t.put(n.left, key, v) // @also
		if l := n.left; l.rank > n.rank {
			n.left, l.right = l.right, n
			return l
		}
		return n
	}
	n.right = t.put(n.right, key, v) // @also
	if r := n.right; r.rank > n.rank {
		n.right, r.left = r.left, n
		return r
	}
	return n
}

// Cancel marks a node as dead.
func (t *Tree[V]) Cancel(key uint64) {
	for n := t.root; n != nil; {
		if n.key == key {
			n.dead = true
			t.Live--
			t.dead++
			break
		}
		if key < n.key {
			n = n.left
		} else {
			n = n.right
		}
	}
	if t.strict && t.dead > t.Live {
		t.rebuild()
	}
}

func (t *Tree[V]) rebuild() {
	fresh := New[V](t.strict)
	t.walk(t.root, func(n *node[V]) bool {
		fresh.Put(n.key, n.value)
		return true
	})
	*t = *fresh
}

// Each goes through the live ones by key.
func (t *Tree[V]) Each(f func(V) bool) {
	t.walk(t.root, func(n *node[V]) bool { return f(n.value) })
}

func (t *Tree[V]) walk(n *node[V], f func(*node[V]) bool) bool {
	if n == nil {
		return true
	}
	return t.walk(n.left, f) && (n.dead || f(n)) && t.walk(n.right, f)
}
