// SPDX-License-Identifier: Apache-2.0

// Package api is the HTTP surface of session-store.
package api

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"example.com/fleet/internal/platform/httpx"
	"example.com/fleet/internal/session/directory"
	"example.com/fleet/internal/session/store"
)

// API answers sign-in and session requests.
type API struct {
	sessions *store.Store
	users    *directory.Directory
	lifetime time.Duration
}

// New wires the handlers. Sessions live for lifetime unless they are ended.
func New(st *store.Store, users *directory.Directory, lifetime time.Duration) http.Handler {
	a := &API{sessions: st, users: users, lifetime: lifetime}
	mux := http.NewServeMux()
	mux.Handle("/v1/login", httpx.Handler(a.login))
	mux.Handle("/v1/sso", httpx.Handler(a.sso))
	mux.Handle("/v1/sessions/", httpx.Handler(a.session))
	mux.Handle("/v1/introspect", httpx.Handler(a.introspect))
	return mux
}

type credentials struct {
	Login    string   `json:"login"`
	Password string   `json:"password"`
	Scopes   []uint32 `json:"scopes"`
}

type signedIn struct {
	Session string   `json:"session"`
	CSRF    string   `json:"csrf"`
	Display string   `json:"display"`
	Groups  []string `json:"groups"`
}

// login signs a user in by password.
func (a *API) login(w http.ResponseWriter, r *http.Request) error {
	var c credentials
	if err := httpx.ReadJSON(r, 16<<10, &c); err != nil {
		return err
	}
	if c.Password == "" {
		return httpx.Errorf(http.StatusUnauthorized, "wrong login or password")
	}
	u := a.users.Find(c.Login)
	s := open(r, u, c.Scopes)
	s.Expires = s.Created + int64(a.lifetime/time.Second)
	return a.finish(w, u, s)
}

type assertion struct {
	Subject string   `json:"subject"`
	Issuer  string   `json:"issuer"`
	Claims  string   `json:"claims"`
	Scopes  []uint32 `json:"scopes"`
}

// sso signs a user in by an identity provider's assertion.
func (a *API) sso(w http.ResponseWriter, r *http.Request) error {
	var as assertion
	if err := httpx.ReadJSON(r, 16<<10, &as); err != nil {
		return err
	}
	u := a.users.Find(as.Subject)
	s := open(r, u, as.Scopes)
	copy(s.Claims[:], as.Claims)
	return a.finish(w, u, s)
}

func open(r *http.Request, u *directory.User, scopes []uint32) store.Session {
	now := time.Now().Unix()
	s := store.Session{User: u.ID, Created: now, LastSeen: now}
	seed := make([]byte, 32)
	rand.Read(seed)
	s.CSRF = sha256.Sum256(seed)
	copy(s.Agent[:], r.UserAgent())
	copy(s.Address[:], r.RemoteAddr)
	copy(s.Scopes[:], scopes)
	return s
}

func (a *API) finish(w http.ResponseWriter, u *directory.User, s store.Session) error {
	id := store.NewID()
	a.sessions.Put(id, s)
	return httpx.WriteJSON(w, http.StatusCreated, signedIn{
		Session: id.String(), CSRF: hex.EncodeToString(s.CSRF[:]), Display: u.Display, Groups: u.Groups,
	})
}

type introspected struct {
	Session string   `json:"session"`
	Active  bool     `json:"active"`
	User    uint64   `json:"user,omitempty"`
	Scopes  []uint32 `json:"scopes,omitempty"`
}

// introspect tells a gateway which of its sessions are still good.
func (a *API) introspect(w http.ResponseWriter, r *http.Request) error {
	var ids []string
	if err := httpx.ReadJSON(r, 64<<10, &ids); err != nil {
		return err
	}
	now := time.Now()
	rows := make([]introspected, len(ids))
	scopes := make([]uint32, 0, len(ids)*len(store.Session{}.Scopes))
	for i, text := range ids {
		rows[i].Session = text
		id, err := store.ParseID(text)
		if err != nil {
			continue
		}
		s, ok := a.sessions.Touch(id, now)
		if !ok {
			continue
		}
		from := len(scopes)
		scopes = append(scopes, s.Scopes[:]...)
		rows[i].Active, rows[i].User, rows[i].Scopes = true, s.User, scopes[from:len(scopes):len(scopes)]
	}
	return httpx.WriteJSON(w, http.StatusOK, rows)
}

// session serves GET and DELETE /v1/sessions/{id}.
func (a *API) session(w http.ResponseWriter, r *http.Request) error {
	id, err := store.ParseID(httpx.Tail(r, "/v1/sessions/")[0])
	if err != nil {
		return httpx.Errorf(http.StatusBadRequest, "%v", err)
	}
	if r.Method == http.MethodDelete {
		a.sessions.Delete(id)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	s, ok := a.sessions.Touch(id, time.Now())
	if !ok {
		return httpx.Errorf(http.StatusNotFound, "no such session")
	}
	return httpx.WriteJSON(w, http.StatusOK, map[string]any{
		"user": s.User, "created": s.Created, "scopes": s.Scopes[:],
	})
}
