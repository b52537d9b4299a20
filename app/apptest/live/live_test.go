package live_test

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest/live"
)

func TestAServerWithUsersIsThereInALine(t *testing.T) {
	s := live.Start(t, filepath.Join(t.TempDir(), "test.db"))
	hr := s.User("hr-1", "", live.Role{Name: "hr_admin", Unit: live.Root})
	me, err := hr.GetMeWithResponse(t.Context())
	if err != nil || me.JSON200 == nil || me.JSON200.Username != "hr-1" || len(me.JSON200.Roles) != 1 {
		t.Fatalf("%v %s", err, me.Body)
	}
	s.Pass(16 * time.Minute) // longer than a session may be idle
	if me, err = hr.GetMeWithResponse(t.Context()); err != nil || me.StatusCode() != http.StatusUnauthorized {
		t.Errorf("%v %s", err, me.Body)
	}
	if got, body := s.Ask(nil, http.MethodGet, "/readyz", nil); got.StatusCode != http.StatusOK {
		t.Errorf("%d %s", got.StatusCode, body)
	}
}
