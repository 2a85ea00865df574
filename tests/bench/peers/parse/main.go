// Command parse reads every profile of a list with profile.Parse, keeps nothing, and prints what the
// samples add up to. It is the least that a Go program has to do with a heap profile.
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/google/pprof/profile"
)

func main() {
	list, err := os.Open(os.Args[1])
	if err != nil {
		fail(err)
	}
	files, samples := 0, 0
	var sums [4]int64
	paths := bufio.NewScanner(list)
	for paths.Scan() {
		p, err := parse(paths.Text())
		if err != nil {
			fail(err)
		}
		files++
		samples += len(p.Sample)
		for _, s := range p.Sample {
			for i, v := range s.Value {
				if i < len(sums) {
					sums[i] += v
				}
			}
		}
	}
	fmt.Printf("files %d\nsamples %d\n", files, samples)
	for i, v := range sums {
		fmt.Printf("v%d %d\n", i, v)
	}
}

func parse(path string) (*profile.Profile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return profile.Parse(f)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "parse:", err)
	os.Exit(1)
}
