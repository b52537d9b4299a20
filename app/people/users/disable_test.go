package users_test

import (
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest/world"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
)

const password = "plum harbour violet 27 kites"

// held is what a user has who is signed in: a session and an API token; and a secret that is open.
type held struct{ session, token, secret string }

// letIn gives somebody with a user all that lets them in.
func (b bank) letIn(name string) held {
	b.Helper()
	client := auth.Client{Address: "10.0.0.1"}
	invited, err := b.Users.Invite(b.Context(), b.as("sys"), name)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := b.Auth.Redeem(b.Context(), invited.Secret, "", password, client); err != nil {
		b.Fatal(err)
	}
	in, err := b.Auth.SignIn(b.Context(), name, password, client)
	if err != nil {
		b.Fatal(err)
	}
	token, _, err := b.Auth.CreateToken(b.Context(), in.Identity, b.as(name), auth.NewToken{
		Name: "t", Permissions: []rbac.Permission{rbac.UserRead}, ExpiresAt: today.Add(24 * time.Hour),
	})
	if err != nil {
		b.Fatal(err)
	}
	open, err := b.Users.Invite(b.Context(), b.as("sys"), name)
	if err != nil {
		b.Fatal(err)
	}
	return held{in.Token, token, open.Secret}
}

// letsIn lists what of that still lets somebody in.
func (b bank) letsIn(h held) string {
	var still []string
	if _, err := b.Auth.Authenticate(b.Context(), h.session, auth.Polling); err == nil {
		still = append(still, "session")
	}
	if _, err := b.Auth.AuthenticateToken(b.Context(), h.token); err == nil {
		still = append(still, "token")
	}
	if _, err := b.Auth.Redeem(b.Context(), h.secret, "", password, auth.Client{Address: "10.0.0.2"}); err == nil {
		still = append(still, "secret")
	}
	return strings.Join(still, " ")
}

func (b bank) undo(batchID int64) {
	b.Helper()
	if _, err := b.Imports.Undo(b.Context(), world.Operator(), batchID); err != nil {
		b.Fatal(err)
	}
}

func TestWhoWasDisabledAndIsEnabledAgainSignsInAnewHoweverTheyWereDisabled(t *testing.T) {
	imported := func(state string) func(b bank) {
		return func(b bank) { world.Import(b, b.App, "users", "username,state", "local,"+state) }
	}
	set := func(state users.State) func(b bank) {
		return func(b bank) {
			if _, err := b.Users.SetState(b.Context(), b.as("sys"), "local", state); err != nil {
				b.Fatal(err)
			}
		}
	}
	for name, way := range map[string]func(b bank) (disable, enable func(b bank)){
		"by hand":         func(bank) (disable, enable func(bank)) { return set(users.Disabled), set(users.Active) },
		"by a file":       func(bank) (disable, enable func(bank)) { return imported("disabled"), imported("active") },
		"a file, by hand": func(bank) (disable, enable func(bank)) { return imported("disabled"), set(users.Active) },
		"by the undoing of the file that had enabled them": func(b bank) (disable, enable func(bank)) {
			imported("disabled")(b)
			s := world.Import(b, b.App, "users", "username,state", "local,active")
			return func(b bank) { b.undo(s.BatchID) }, imported("active")
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachBank(t, func(b bank) {
				disable, enable := way(b)
				held := b.letIn("local")
				disable(b)
				enable(b)
				if still := b.letsIn(held); still != "" {
					b.Errorf("enabled again, they are let in by: %s", still)
				}
			})
		})
	}
}

func TestAFileThatDisablesNobodyEndsNothing(t *testing.T) {
	eachBank(t, func(b bank) {
		held := b.letIn("local")
		world.Import(b, b.App, "users", "username,email,state", "local,l@bank.example,active", "a1,,disabled")
		if still := b.letsIn(held); still != "session token secret" {
			b.Errorf("they are let in by: %s", still)
		}
	})
}
