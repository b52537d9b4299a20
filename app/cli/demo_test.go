package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/seed"
)

func TestTheDemoSaysHowToSignInAsEachKindOfUser(t *testing.T) {
	dir := t.TempDir()
	got := steelyard(t, []string{"STEELYARD_DB=" + filepath.Join(dir, "demo.db")}, "--lang", "en", "demo", "--out", dir, "--today", "2026-11-24", "--no-serve")
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.stderr)
	}
	for _, a := range seed.Accounts() {
		found := false
		for line := range strings.Lines(got.stdout) {
			found = found || strings.Contains(line, a.Username) && strings.Contains(line, seed.Password) && strings.Contains(line, a.Sees.En)
		}
		if !found {
			t.Errorf("it does not say how to sign in as %s (%s)", a.Username, a.Role)
		}
	}
	if !strings.Contains(got.stdout, "curl -i http://127.0.0.1:8080/api/v1/sign-in") {
		t.Errorf("it shows no way to sign in:\n%s", got.stdout)
	}
}

func TestA10_NoOtherDatabaseHasTheDemosUsers(t *testing.T) {
	env := []string{"STEELYARD_DB=" + filepath.Join(t.TempDir(), "bank.db")}
	if got := steelyard(t, env, "migrate"); got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.stderr)
	}
	got := steelyard(t, env, "user", "list", "--json")
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.stderr)
	}
	for _, a := range seed.Accounts() {
		if strings.Contains(got.stdout, a.Username) {
			t.Errorf("%s is there", a.Username)
		}
	}
}
