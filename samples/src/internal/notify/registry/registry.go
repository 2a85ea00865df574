// SPDX-License-Identifier: Apache-2.0

// Package registry knows the devices that notifications go to.
package registry

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"example.com/fleet/internal/platform/lru"
)

// Device is a registered phone or browser.
type Device struct {
	ID       uint64
	Token    [32]byte
	Platform string
	Locale   string
	Topics   []string
	Settings map[string]string
}

// Registry caches devices in front of the device database.
type Registry struct {
	devices *lru.Cache[uint64, *Device]
}

const deviceCost = 1400

// New returns a registry that caches up to maxBytes.
func New(maxBytes int64, ttl time.Duration) *Registry {
	return &Registry{devices: lru.New[uint64, *Device](maxBytes, ttl)}
}

// Find returns the device with the given number.
func (g *Registry) Find(id uint64) *Device {
	if d, ok := g.devices.Get(id); ok {
		return d
	}
	d := load(id)
	g.devices.Put(id, d, deviceCost)
	return d
}

// Sweep drops devices that have aged out.
func (g *Registry) Sweep(now time.Time) { g.devices.Sweep(now) }

var (
	platforms = [...]string{"ios", "android", "web"}
	locales   = [...]string{"de", "en", "fr", "nl", "pl"}
)

// load stands for the query to the device database.
func load(id uint64) *Device {
	var key [8]byte
	binary.BigEndian.PutUint64(key[:], id)
	d := &Device{
		ID:       id,
		Token:    sha256.Sum256(key[:]),
		Platform: platforms[id%3],
		Locale:   locales[id%5],
		Settings: make(map[string]string, 8),
	}
	for i := uint64(0); i < 6+id%6; i++ {
		d.Topics = append(d.Topics, fmt.Sprintf("topic/%s/%03d", d.Locale, (id>>i)%500))
	}
	for _, k := range [...]string{"badge", "sound", "quiet", "preview", "group", "ttl"} {
		d.Settings[k] = fmt.Sprintf("%s-%x", k, id%4096)
	}
	return d
}
