package auth_test

import (
	"slices"
	"testing"
)

func TestAUserSetsTheFirstPasswordSignsInAndOut(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		in := w.signIn("Li.Na", at("10.0.0.2"))
		w.is(in.Token, "li.na")
		if err := w.SignOut(t.Context(), in.Identity); err != nil {
			t.Fatal(err)
		}
		w.is(in.Token, "")
		trail := []string{"li.na secret.redeem done li.na first_password", "li.na sign_in done li.na ", "li.na sign_out done li.na "}
		if got := w.trail(); !slices.Equal(got, trail) {
			t.Errorf("the trail is %q, want %q", got, trail)
		}
	})
}
