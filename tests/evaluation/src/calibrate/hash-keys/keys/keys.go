// SPDX-License-Identifier: Apache-2.0

// Package keys looks offers up under keys that it writes for each look.
package keys

import (
	"fmt"
	"strings"

	"example.com/harbor/internal/web"
)

type offers struct {
	app   *web.App
	byKey map[string]int
	seen  map[[3]int]int
	hits  int
}

// New returns the service.
func New(app *web.App) web.Service {
	o := &offers{app: app, byKey: map[string]int{}, seen: map[[3]int]int{}}
	for i := 0; i < 9000; i++ {
		o.byKey[key(i%30, i%300, i)] = i
		o.seen[[3]int{i % 30, i % 300, i}] = i
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*100; i++ {
			if app.Fixed {
				o.hits += o.seen[[3]int{i % 30, i % 300, i % 9000}]
				continue
			}
			o.hits += o.byKey[key(i%30, i%300, i%9000)]
		}
	}}
}

func key(region, shop, article int) string {
	parts := []string{fmt.Sprintf("region:%08d", region), fmt.Sprintf("shop:%08d", shop)} // @leak
	parts = append(parts, strings.ToUpper(fmt.Sprintf("article:%012d", article)))         // @also
	return strings.Join(parts, "/")                                                       // @also
}
