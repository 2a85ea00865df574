// SPDX-License-Identifier: Apache-2.0

// Package partner speaks to the tree nursery.
package partner

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

type Plant struct {
	Name  string   `json:"name"`
	Price int      `json:"price"`
	Soils []string `json:"soils"`
}

type Client struct {
	base   string
	http   *http.Client
	strict bool
}

func New(base string, strict bool) *Client {
	return &Client{base: base, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}, strict: strict}
}

func (c *Client) Plant(name string) (Plant, error) {
	var p Plant
	res, err := c.http.Get(c.base + "/plants/" + name)
	if err != nil {
		return p, err
	}
	if res.StatusCode != http.StatusOK {
		if c.strict {
			io.Copy(io.Discard, res.Body)
			res.Body.Close()
		}
		return p, fmt.Errorf("nursery: %s", res.Status) // the body stays open
	}
	defer res.Body.Close()
	return p, json.NewDecoder(res.Body).Decode(&p)
}

// Serve stands for the nursery: every sixth plant is sold out.
func Serve() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/plants/", func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/plants/")
		var n int
		fmt.Sscanf(name, "plant-%d", &n)
		if n%6 == 0 {
			http.Error(w, "this plant is sold out, ask again in spring", http.StatusGone)
			return
		}
		json.NewEncoder(w).Encode(Plant{Name: name, Price: n * 7, Soils: []string{"loam", "sand"}})
	})
	go http.Serve(l, mux)
	return "http://" + l.Addr().String(), nil
}
