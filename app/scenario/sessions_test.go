package scenario

import (
	"net/http"
	"testing"
)

func TestEndingAllOtherSessionsEndsThemAndNotThisOne(t *testing.T) {
	eachServer(t, func(t *testing.T, s *server) {
		b := administrators(t, s)
		first := b.hr
		second := first.signIn("hr-office")
		ended, err := second.EndOtherSessionsWithResponse(t.Context())
		second.want(ended, err, http.StatusNoContent)
		r, err := first.GetMeWithResponse(t.Context())
		first.want(r, err, http.StatusUnauthorized)
		r, err = second.GetMeWithResponse(t.Context())
		second.want(r, err, http.StatusOK)
	})
}
