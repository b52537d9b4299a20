package scenario

import (
	"net/http"
	"sync"
	"testing"

	"github.com/steelyard/steelyard/app/api/client"
)

// headOffice is the root before the units file has brought the bank's.
const headOffice = "HEAD-OFFICE"

// story is a bank on its way through a month, told by the users it has.
type story struct {
	t        *testing.T
	security *caller // security_admin
	system   *caller // system_admin
	hr       *caller // hr_admin at head office, no member of the staff
	auditor  *caller

	staff    []*member
	ratings  map[string][]rating
	managers map[string]string
	callers  sync.Map // by name: those who have signed in
}

// administrators makes the administrators and HR: the first through the
// bootstrap secret, each further one through those before.
func administrators(t *testing.T, s *server) *story {
	t.Helper()
	return administratorsAt(t, s, headOffice)
}

// administratorsAt is administrators of a bank that has a root already.
func administratorsAt(t *testing.T, s *server, root string) *story {
	t.Helper()
	b := &story{t: t}
	nobody := visitor(t, s.base, s.http)
	nobody.redeem(s.bootstrap, ptr("security"))
	again, err := nobody.RedeemSecretWithResponse(t.Context(), client.Redeem{Secret: s.bootstrap, Password: password, Username: ptr("again")})
	nobody.want(again, err, http.StatusGone)
	b.security = nobody.signIn("security")
	b.user(b.security, "sysop", "")
	b.system = nobody.signIn("sysop")
	second, err := b.security.CreateUserWithResponse(t.Context(), nil, client.NewUser{Username: "sysop2"})
	b.security.want(second, err, http.StatusForbidden)
	for name, role := range map[string]string{"hr-office": "hr_admin", "auditor-1": "auditor"} {
		b.user(b.system, name, "")
		b.grant(name, role, root)
	}
	b.hr, b.auditor = nobody.signIn("hr-office"), nobody.signIn("auditor-1")
	return b
}

// user creates a user and sets their password as they would.
func (b *story) user(by *caller, username, staffNo string) {
	b.t.Helper()
	body := client.NewUser{Username: username}
	if staffNo != "" {
		body.StaffNo = &staffNo
	}
	r, err := by.CreateUserWithResponse(b.t.Context(), nil, body)
	by.want(r, err, http.StatusCreated)
	if r.JSON201.Invitation == nil || r.JSON201.Invitation.Secret == nil {
		b.t.Fatalf("%s has no secret to sign in with: %s", username, r.Body)
	}
	visitor(b.t, by.base, by.http).redeem(*r.JSON201.Invitation.Secret, nil)
}

// grant gives a user a role at a unit, and the id of that.
func (b *story) grant(username, role, unit string) int64 {
	b.t.Helper()
	r, err := b.security.CreateGrantWithResponse(b.t.Context(), nil, client.NewGrant{
		Username: username, Role: role, Unit: unit, From: "2026-01-01", Reason: ptr("appointed"),
	})
	b.security.want(r, err, http.StatusCreated)
	return r.JSON201.Id
}

// as gives a user who has signed in.
func (b *story) as(username string) *caller {
	b.t.Helper()
	if in, ok := b.callers.Load(username); ok {
		return in.(*caller) //nolint:forcetypeassert // nothing else is stored
	}
	in := b.system.signIn(username)
	b.callers.Store(username, in)
	return in
}

// step moves a month on; what stands in the way is let pass with a reason.
func (b *story) step(period, to string) {
	b.t.Helper()
	ctx := b.t.Context()
	status, err := b.hr.GetPeriodWithResponse(ctx, period)
	b.hr.want(status, err, http.StatusOK)
	passed := map[string]bool{}
	for _, blocker := range status.JSON200.Blockers {
		if blocker.Waived != nil || passed[blocker.Blocker] {
			continue
		}
		passed[blocker.Blocker] = true
		r, err := b.hr.CreateWaiverWithResponse(ctx, period, nil, client.NewWaiver{Blocker: blocker.Blocker, Reason: "agreed by the committee"})
		b.hr.want(r, err, http.StatusCreated)
	}
	version := client.Step{Version: status.JSON200.Period.Version}
	var moved answer
	switch to {
	case "open":
		moved, err = b.hr.OpenPeriodWithResponse(ctx, period, version)
	case "score":
		moved, err = b.hr.ScorePeriodWithResponse(ctx, period, version)
	case "publish":
		moved, err = b.hr.PublishPeriodWithResponse(ctx, period, client.Publication{Version: version.Version})
	}
	b.hr.want(moved, err, http.StatusOK)
}
