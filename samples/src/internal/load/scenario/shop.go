// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

type cartLine struct {
	SKU    int    `json:"sku"`
	Pieces int    `json:"pieces"`
	Note   string `json:"note,omitempty"`
}

func checkoutAPI() Actions {
	carts := newRing[string](400)
	return Actions{
		"save-cart": func(ctx context.Context, c *Client) error {
			id := fmt.Sprintf("c%08x", c.intn(1<<31-1))
			if old, ok := carts.pick(c); ok && c.float() < 0.4 {
				id = old
			}
			lines := make([]cartLine, c.between(1, 14))
			for i := range lines {
				lines[i] = cartLine{SKU: c.intn(60_000), Pieces: c.between(1, 4)}
				if c.float() < 0.2 {
					lines[i].Note = c.words(c.between(4, 30))
				}
			}
			err := c.send(ctx, http.MethodPut, "/v1/carts/"+id, map[string]any{
				"postcode": fmt.Sprintf("%05d", c.intn(99_999)), "lines": lines,
			}, nil)
			if err == nil {
				carts.add(id)
			}
			return err
		},
		"show-cart": func(ctx context.Context, c *Client) error {
			id, _ := carts.pick(c)
			_, err := c.get(ctx, "/v1/carts/"+id)
			return err
		},
		"checkout": func(ctx context.Context, c *Client) error {
			id, _ := carts.pick(c)
			return c.send(ctx, http.MethodPost, "/v1/carts/"+id+"/checkout", nil, nil)
		},
	}
}

func catalogCache() Actions {
	const hot, all = 2000, 400_000
	pick := func(c *Client) int {
		if c.float() < 0.10 {
			return c.intn(all)
		}
		return c.skewed(hot)
	}
	several := func(c *Client) string {
		ids := make([]string, c.between(5, 40))
		for i := range ids {
			ids[i] = fmt.Sprint(c.skewed(hot))
		}
		return strings.Join(ids, ",")
	}
	return Actions{
		"product": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, fmt.Sprintf("/v1/products/%d", pick(c)))
			return err
		},
		"list": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, "/v1/lists?ids="+several(c))
			return err
		},
		"bulk": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, "/v1/bulk?ids="+several(c))
			return err
		},
		"changed": func(ctx context.Context, c *Client) error {
			_, err := c.do(ctx, http.MethodDelete, fmt.Sprintf("/v1/products/%d", pick(c)), "", nil)
			return err
		},
	}
}

func searchIndex() Actions {
	type document struct {
		ID    int    `json:"id"`
		Title string `json:"title"`
		Text  string `json:"text"`
	}
	return Actions{
		"index": func(ctx context.Context, c *Client) error {
			docs := make([]document, c.between(2, 8))
			for i := range docs {
				docs[i] = document{
					ID: c.intn(1 << 31), Title: c.words(c.between(3, 9)), Text: c.text(c.between(800, 6000)),
				}
			}
			return c.send(ctx, http.MethodPost, "/v1/documents", docs, nil)
		},
		"search": func(ctx context.Context, c *Client) error {
			words := make([]string, c.between(1, 3))
			for i := range words {
				words[i] = word(40 + c.skewed(6000))
			}
			_, err := c.get(ctx, "/v1/search?q="+strings.Join(words, "+"))
			return err
		},
	}
}

func reportWorker() Actions {
	order := func(ctx context.Context, c *Client, shards, pages, rows int) error {
		return c.send(ctx, http.MethodPost, "/v1/reports", map[string]int{
			"shards": shards, "pages": pages, "rows": rows,
		}, nil)
	}
	return Actions{
		"small": func(ctx context.Context, c *Client) error {
			return order(ctx, c, c.between(2, 8), c.between(1, 4), 200)
		},
		"medium": func(ctx context.Context, c *Client) error {
			return order(ctx, c, c.between(20, 60), c.between(6, 16), 300)
		},
		"big": func(ctx context.Context, c *Client) error {
			return order(ctx, c, c.between(140, 320), c.between(18, 45), c.between(120, 260))
		},
		"fetch": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, fmt.Sprintf("/v1/reports/%d", c.between(1, 400)))
			return err
		},
	}
}
