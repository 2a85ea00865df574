// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"example.net/quay/jobdeadline/jobs"
	"example.net/quay/kit"
)

func main() {
	app := kit.Start()
	base, stop := context.WithCancel(context.Background())
	defer stop()
	r := jobs.New(base)
	r.Strict = app.Repaired
	app.Load(60, func(i int) { r.Run([]byte(app.Text(300))) }) // @also
	app.Wait()
}
