// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

func quoteProxy() Actions {
	symbol := func(c *Client) string { return fmt.Sprintf("S%05d", c.skewed(4000)) }
	return Actions{
		"quote": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, "/v1/quotes/"+symbol(c))
			return err
		},
		"basket": func(ctx context.Context, c *Client) error {
			symbols := make([]string, c.between(3, 12))
			for i := range symbols {
				symbols[i] = symbol(c)
			}
			_, err := c.get(ctx, "/v1/baskets?symbols="+strings.Join(symbols, ","))
			return err
		},
		"movers": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, "/v1/movers")
			return err
		},
	}
}

func ledgerSync() Actions {
	const accounts = 60_000
	account := func(c *Client) int { return 5_000_000_000 + (1+c.skewed(accounts))*7 }
	currencies := [...]string{"EUR", "EUR", "EUR", "SNR", "PDR", "CUR"}
	batch := func(ctx context.Context, c *Client, lines int) error {
		var b bytes.Buffer
		day := time.Now().Unix() / 86_400
		for ; lines > 0; lines-- {
			fmt.Fprintf(&b, "%d;%d;%d;%s;%d;E2E-%08x-%06d;%.120s\n",
				account(c), account(c), c.between(-90_000, 90_000), currencies[c.intn(len(currencies))], day,
				c.intn(1<<31-1), lines, c.words(c.between(3, 18)))
		}
		_, err := c.do(ctx, http.MethodPost, "/v1/batches", "text/csv", b.Bytes())
		return err
	}
	return Actions{
		"batch": func(ctx context.Context, c *Client) error { return batch(ctx, c, c.between(4, 44)) },
		"import": func(ctx context.Context, c *Client) error {
			return batch(ctx, c, c.between(500, 2500))
		},
		"trial-balance": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, "/v1/trial-balance")
			return err
		},
		"statement": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, fmt.Sprintf("/v1/accounts/%d", account(c)))
			return err
		},
	}
}

func ratesFeed() Actions {
	pair := func(c *Client) string {
		i := c.skewed(500)
		return fmt.Sprintf("%c%c%cEUR", 'A'+i%26, 'A'+i/26%26, 'A'+i/7%26)
	}
	return Actions{
		"stream": func(ctx context.Context, c *Client) error {
			return c.hold(ctx, "/v1/stream", c.Run/12)
		},
		"history": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, "/v1/history/"+pair(c))
			return err
		},
		"convert": func(ctx context.Context, c *Client) error {
			amounts := make([]float64, c.between(5, 300))
			for i := range amounts {
				amounts[i] = float64(c.intn(1_000_000)) / 100
			}
			return c.send(ctx, http.MethodPost, "/v1/convert", map[string]any{"pair": pair(c), "amounts": amounts}, nil)
		},
	}
}
