// SPDX-License-Identifier: Apache-2.0
package main

import (
	"sync"

	"example.net/quay/kit"
)

type route struct {
	stops [40]int
	cost  int
}

var routes sync.Map

func between(a, b int) *route {
	k := a*1000 + b
	if r, ok := routes.Load(k); ok {
		return r.(*route)
	}
	r := &route{cost: a ^ b}
	for i := range r.stops {
		r.stops[i] = (a*i + b) % 997
	}
	routes.Store(k, r)
	return r
}

func main() {
	app := kit.Start()
	app.Load(220, func(i int) { between(app.Rand.Intn(200), app.Rand.Intn(150)) })
	app.Wait()
}
