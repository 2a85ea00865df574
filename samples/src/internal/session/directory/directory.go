// SPDX-License-Identifier: Apache-2.0

// Package directory looks users up and caches what it finds.
package directory

import (
	"fmt"
	"hash/fnv"
	"time"

	"example.com/fleet/internal/platform/lru"
)

// User is a directory entry.
type User struct {
	ID      uint64            `json:"id"`
	Login   string            `json:"login"`
	Display string            `json:"display"`
	Mail    string            `json:"mail"`
	Groups  []string          `json:"groups"`
	Attrs   map[string]string `json:"attrs"`
}

// Directory is the client of the user directory.
type Directory struct {
	cache *lru.Cache[string, *User]
}

// New returns a directory that caches up to maxBytes of users.
func New(maxBytes int64, ttl time.Duration) *Directory {
	return &Directory{cache: lru.New[string, *User](maxBytes, ttl)}
}

// Find returns the user with the given login name.
func (d *Directory) Find(login string) *User {
	if u, ok := d.cache.Get(login); ok {
		return u
	}
	u := fetch(login)
	d.cache.Put(login, u, u.cost())
	return u
}

// Sweep drops users that have aged out.
func (d *Directory) Sweep(now time.Time) { d.cache.Sweep(now) }

func (u *User) cost() int64 {
	n := int64(400 + len(u.Display) + len(u.Mail))
	for _, g := range u.Groups {
		n += 16 + int64(len(g))
	}
	for k, v := range u.Attrs {
		n += 48 + int64(len(k)+len(v))
	}
	return n
}

// fetch stands for the query to the directory server.
func fetch(login string) *User {
	h := fnv.New64a()
	h.Write([]byte(login))
	id := h.Sum64()
	u := &User{
		ID:      id,
		Login:   login,
		Display: "User " + login,
		Mail:    login + "@customers.example.com",
		Attrs:   make(map[string]string, 8),
	}
	for i := uint64(0); i < 4+id%12; i++ {
		u.Groups = append(u.Groups, fmt.Sprintf("cn=group-%03d,ou=groups,dc=example,dc=com", (id>>i)%300))
	}
	for _, attr := range [...]string{"locale", "timezone", "department", "costcenter", "building", "manager"} {
		u.Attrs[attr] = fmt.Sprintf("%s-%x", attr, id>>20)
	}
	return u
}
