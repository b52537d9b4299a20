package audit_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/lang"
)

// Where the program names what it puts on the trail.
var (
	named   = regexp.MustCompile(`(?:Action: |About\(|\.with\(ctx, actor, \w+, (?:\w+, )?|entry\(|changed\(b, |action (?::?)= )"([a-z_]+(?:\.[a-z_]+)?)"`)
	listed  = regexp.MustCompile(`\.Listed\(ctx, actor, "([a-z-]+)"`)
	objects = regexp.MustCompile(`(?:Object: |About\("[a-z._]+", |Listed\(ctx, actor, )"([a-z-]+)"`)
)

func TestWhatIsOnTheTrailHasWordsInBothLanguages(t *testing.T) {
	actions, things := map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && entry.Name() == "web" {
			return skip(err)
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, found := range named.FindAllStringSubmatch(string(text), -1) {
			actions[found[1]] = true
		}
		for _, found := range listed.FindAllStringSubmatch(string(text), -1) {
			actions[found[1]+".list"] = true
		}
		for _, found := range objects.FindAllStringSubmatch(string(text), -1) {
			things[found[1]] = true
		}
		return nil
	})
	if err != nil || len(actions) < 40 || len(things) < 20 {
		t.Fatalf("found %d actions and %d objects, %v", len(actions), len(things), err)
	}
	whole := func(text lang.Text) bool { return text.Zh != "" && text.En != "" }
	for action := range actions {
		if action = strings.TrimSuffix(action, "."); !whole(audit.ActionName(action)) && action != "import" && action != "job" {
			t.Errorf("the action %s has no words", action)
		}
	}
	for object := range things {
		if !whole(audit.ObjectName(object)) {
			t.Errorf("the object %s has no words", object)
		}
	}
}

// skip leaves a folder out, unless something went wrong.
func skip(err error) error {
	if err != nil {
		return err
	}
	return fs.SkipDir
}
