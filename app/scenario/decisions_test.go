package scenario

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/api/client"
	"github.com/steelyard/steelyard/app/apptest/live"
	casebank "github.com/steelyard/steelyard/app/apptest/world"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac/rbactest"
)

func TestTheCasesAreAnsweredOverHTTPAsTheyAreByCommand(t *testing.T) {
	cases, err := rbactest.Cases()
	if err != nil || len(cases) == 0 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		t.Run(c.File, func(t *testing.T) {
			eachServer(t, func(t *testing.T, s *server) {
				casebank.Load(t, s.App, c.World)
				asked := &asked{s: s, world: c.World, explains: s.explainer(t, c.World), callers: map[string]*caller{}}
				asked.past = strings.Contains(c.File, "02_union_and_days") || strings.Contains(c.File, "08_a_member_transfers")
				for _, stage := range c.Stages {
					casebank.Apply(t, s.App, stage)
					for _, q := range stage.Questions {
						asked.about(t, q)
						asked.oneself(t, q)
					}
				}
			})
		})
	}
}

// explainer gives a security administrator of the whole bank, who may ask about everybody.
func (s *server) explainer(t *testing.T, w rbactest.World) *caller {
	t.Helper()
	root := ""
	for _, u := range w.Units {
		if u.Parent == "" {
			root = u.Code
		}
	}
	made, err := s.Users.Create(t.Context(), live.Operator(), users.New{Username: "explainer"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Grants.Create(t.Context(), live.Operator(), grants.New{Username: "explainer", Role: "security_admin", Unit: root, From: db.NewDate(2026, 1, 1), Reason: "to ask"})
	if err != nil {
		t.Fatal(err)
	}
	nobody := visitor(t, s.base, s.http)
	nobody.redeem(made.Invitation.Secret, nil)
	return nobody.signIn("explainer")
}

// asked asks the questions of a case.
type asked struct {
	s        *server
	world    rbactest.World
	explains *caller
	callers  map[string]*caller // by the user's name in the case
	past     bool               // it is about what was: of that, one knows no more than one sees today
}

func (a *asked) params(q rbactest.Question) *client.ExplainAccessParams {
	p := &client.ExplainAccessParams{Permission: string(q.Permission), On: ptr(string(q.On))}
	if q.Unit != "" {
		p.Unit = &q.Unit
	}
	if q.Staff != "" {
		p.Staff = &q.Staff
	}
	return p
}

// about asks as somebody who may ask about everybody.
func (a *asked) about(t *testing.T, q rbactest.Question) {
	t.Helper()
	p := a.params(q)
	p.User = ptr(casebank.Username(a.world, q.User))
	r, err := a.explains.ExplainAccessWithResponse(t.Context(), p)
	a.explains.want(r, err, http.StatusOK)
	a.same(t, q, r.JSON200)
}

// oneself asks as the user. What they do not know of is answered as what is not there, and only a refusal is so.
func (a *asked) oneself(t *testing.T, q rbactest.Question) {
	t.Helper()
	as := a.user(t, q.User)
	if as == nil {
		return
	}
	r, err := as.ExplainAccessWithResponse(t.Context(), a.params(q))
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case r.StatusCode() == http.StatusOK:
		a.same(t, q, r.JSON200)
	case r.StatusCode() != http.StatusNotFound || q.Allowed && !a.past:
		t.Errorf("%s: asked by %s: %d %s", q.Why, q.User, r.StatusCode(), r.Body)
	}
}

func (a *asked) same(t *testing.T, q rbactest.Question, got *client.Decision) {
	t.Helper()
	if got.Allowed != q.Allowed || string(got.Step) != string(q.Step) {
		t.Errorf("%s: %t by %s, want %t by %s", q.Why, got.Allowed, got.Step, q.Allowed, q.Step)
	}
	if q.Owner != "" && (got.Owner == nil || string(*got.Owner) != string(q.Owner)) {
		t.Errorf("%s: the owner is not %s: %+v", q.Why, q.Owner, got)
	}
	if len(got.Explanation) == 0 {
		t.Errorf("%s: it is not explained", q.Why)
	}
}

// user signs a user of the case in; nil if they cannot be.
func (a *asked) user(t *testing.T, name string) *caller {
	t.Helper()
	if in, ok := a.callers[name]; ok {
		return in
	}
	username := casebank.Username(a.world, name)
	u, there := a.s.Guard.Snapshot().UserNamed(username)
	if !there || u.Disabled {
		return nil
	}
	var secret *auth.Secret
	err := a.s.DB.Write(t.Context(), func(ctx context.Context, tx db.Tx) (err error) {
		secret, err = a.s.Auth.Invite(ctx, tx, u.ID, "tester")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	a.explains.redeem(secret.Value, nil)
	a.callers[name] = a.explains.signIn(username)
	return a.callers[name]
}
