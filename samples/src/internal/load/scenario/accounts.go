// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"context"
	"fmt"
	"net/http"
)

func sessionStore() Actions {
	open := newRing[string](3000)
	type signedIn struct {
		Session string `json:"session"`
	}
	user := func(c *Client) string { return fmt.Sprintf("u%06d", c.skewed(60_000)) }
	scopes := func(c *Client) []int {
		s := make([]int, c.between(1, 12))
		for i := range s {
			s[i] = c.intn(500)
		}
		return s
	}
	keep := func(s signedIn, err error) error {
		if err == nil && s.Session != "" {
			open.add(s.Session)
		}
		return err
	}
	return Actions{
		"login": func(ctx context.Context, c *Client) error {
			var s signedIn
			err := c.send(ctx, http.MethodPost, "/v1/login", map[string]any{
				"login": user(c), "password": c.words(2), "scopes": scopes(c),
			}, &s)
			return keep(s, err)
		},
		"sso": func(ctx context.Context, c *Client) error {
			var s signedIn
			err := c.send(ctx, http.MethodPost, "/v1/sso", map[string]any{
				"subject": user(c), "issuer": "https://id.example.com", "claims": c.words(9), "scopes": scopes(c),
			}, &s)
			return keep(s, err)
		},
		"check": func(ctx context.Context, c *Client) error {
			id, _ := open.pick(c)
			_, err := c.get(ctx, "/v1/sessions/"+id)
			return err
		},
		"introspect": func(ctx context.Context, c *Client) error {
			ids := make([]string, 0, 300)
			for n := c.between(40, 300); n > 0; n-- {
				if id, ok := open.pick(c); ok {
					ids = append(ids, id)
				}
			}
			return c.send(ctx, http.MethodPost, "/v1/introspect", ids, nil)
		},
		"logout": func(ctx context.Context, c *Client) error {
			id, _ := open.pick(c)
			_, err := c.do(ctx, http.MethodDelete, "/v1/sessions/"+id, "", nil)
			return err
		},
	}
}

func featureFlags() Actions {
	visitors := newRing[string](2000)
	project := func(c *Client) string {
		if c.float() < 0.9 {
			return fmt.Sprintf("p%03d", c.intn(2))
		}
		return fmt.Sprintf("p%03d", c.intn(120))
	}
	return Actions{
		"evaluate": func(ctx context.Context, c *Client) error {
			visitor := fmt.Sprintf("v1.%012x", uint64(c.intn(1<<31))<<17|uint64(c.intn(1<<17)))
			if old, ok := visitors.pick(c); ok && c.float() < 0.25 {
				visitor = old
			}
			visitors.add(visitor)
			return c.send(ctx, http.MethodPost, "/v1/evaluate", map[string]any{
				"project": project(c), "subject": visitor,
				"attrs": map[string]string{
					"segment": fmt.Sprintf("seg-%04x", c.intn(1<<16)), "country": word(c.intn(40)), "agent": agents[c.intn(len(agents))],
				},
			}, nil)
		},
		"project": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, "/v1/projects/"+project(c))
			return err
		},
	}
}

func auditLog() Actions {
	type event struct {
		Actor  string `json:"actor"`
		Action int    `json:"action"`
		Result int    `json:"result"`
		Object string `json:"object"`
		Detail string `json:"detail"`
	}
	tenant := func(c *Client) string { return fmt.Sprintf("t%02d", c.skewed(24)) }
	return Actions{
		"events": func(ctx context.Context, c *Client) error {
			batch := make([]event, c.between(4, 26))
			for i := range batch {
				batch[i] = event{
					Actor:  fmt.Sprintf("actor-%06d@example.com", c.skewed(90_000)),
					Action: c.intn(60), Result: c.intn(3),
					Object: fmt.Sprintf("/%s/%s/%d", word(c.intn(90)), word(c.intn(900)), c.intn(1_000_000)),
					Detail: c.words(c.between(2, 7)),
				}
			}
			return c.send(ctx, http.MethodPost, "/v1/tenants/"+tenant(c)+"/events", batch, nil)
		},
		"export": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, "/v1/tenants/"+tenant(c)+"/export")
			return err
		},
		"verify": func(ctx context.Context, c *Client) error {
			_, err := c.get(ctx, "/v1/tenants/"+tenant(c)+"/verify")
			return err
		},
	}
}
