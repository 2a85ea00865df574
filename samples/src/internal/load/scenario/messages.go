// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"context"
	"fmt"
	"net/http"
)

var tiers = [...]string{"free", "free", "free", "pro", "partner"}

func streamGateway() Actions {
	topic := func(c *Client) string { return fmt.Sprintf("room-%02d", c.skewed(60)) }
	return Actions{
		"join": func(ctx context.Context, c *Client) error {
			path := fmt.Sprintf("/v1/streams/%s?tier=%s&replay=%d", topic(c), tiers[c.intn(len(tiers))], c.intn(12))
			return c.hold(ctx, path, c.Run/240)
		},
		"replay": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, "/v1/topics/"+topic(c))
			return err
		},
		"publish": func(ctx context.Context, c *Client) error {
			_, err := c.do(ctx, http.MethodPost, "/v1/topics/"+topic(c), "text/plain", []byte(c.text(c.between(600, 6000))))
			return err
		},
	}
}

func mailRelay() Actions {
	templates := [...]string{"news", "offer", "invoice", "reminder", "welcome"}
	return Actions{
		"mailing": func(ctx context.Context, c *Client) error {
			to := make([]string, c.between(20, 70))
			for i := range to {
				to[i] = fmt.Sprintf("%s.%06d@example.net", word(c.intn(vocabulary)), c.intn(1_000_000))
			}
			return c.send(ctx, http.MethodPost, fmt.Sprintf("/v1/tenants/t%02d/mailings", c.intn(24)), map[string]any{
				"template":   templates[c.intn(len(templates))],
				"fields":     map[string]string{"name": c.words(2), "topic": c.words(4), "source": c.words(1)},
				"recipients": to,
			}, nil)
		},
	}
}

func notifyHub() Actions {
	type receipt struct {
		Push   uint64 `json:"push"`
		Device int    `json:"device"`
		State  string `json:"state"`
	}
	sent := newRing[receipt](600)
	return Actions{
		"push": func(ctx context.Context, c *Client) error {
			device := 1 + c.intn(9000)
			var reply struct {
				Push uint64 `json:"push"`
			}
			err := c.send(ctx, http.MethodPost, "/v1/push", map[string]any{
				"device": device, "priority": 5 + c.intn(6), "ttl": 3600,
				"alert": map[string]string{"title": c.words(4), "body": c.words(c.between(8, 120))},
			}, &reply)
			if err == nil && reply.Push != 0 {
				sent.add(receipt{Push: reply.Push, Device: device})
			}
			return err
		},
		"broadcast": func(ctx context.Context, c *Client) error {
			devices := make([]int, c.between(60, 300))
			for i := range devices {
				devices[i] = 1 + c.intn(9000)
			}
			return c.send(ctx, http.MethodPost, "/v1/broadcast", map[string]any{
				"devices": devices,
				"alert":   map[string]string{"title": c.words(4), "body": c.words(c.between(20, 160))},
			}, nil)
		},
		"receipts": func(ctx context.Context, c *Client) error {
			batch := make([]receipt, 0, 3)
			for i := c.between(1, 3); i > 0; i-- {
				r, ok := sent.pick(c)
				if !ok {
					return nil
				}
				r.State = "delivered"
				if c.float() < 0.04 {
					r.State = "failed"
				}
				batch = append(batch, r)
			}
			return c.send(ctx, http.MethodPost, "/v1/receipts", batch, nil)
		},
	}
}

func docPreview() Actions {
	stored := newRing[string](400)
	put := func(ctx context.Context, c *Client, kind string, body []byte) (string, error) {
		id := fmt.Sprintf("d%08x", c.intn(1<<31-1))
		_, err := c.do(ctx, http.MethodPut, "/v1/documents/"+id, kind, body)
		return id, err
	}
	return Actions{
		"text": func(ctx context.Context, c *Client) error {
			id, err := put(ctx, c, "text/markdown", []byte(c.text(c.between(6_000, 40_000))))
			if err == nil {
				stored.add(id)
			}
			return err
		},
		"binary": func(ctx context.Context, c *Client) error {
			body := make([]byte, c.between(20_000, 200_000))
			for i := 0; i < len(body); i += 16 {
				body[i] = byte(c.intn(256))
			}
			_, err := put(ctx, c, "application/pdf", body)
			return err
		},
		"preview": func(ctx context.Context, c *Client) error {
			id, _ := stored.pick(c)
			_, err := c.get(ctx, "/v1/documents/"+id+"/preview")
			return err
		},
	}
}
