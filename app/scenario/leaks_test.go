package scenario

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/api/client"
)

// elsewhere is what a manager of B01 is told nothing of: members, names and units of the other branch.
var elsewhere = []string{"T04", "T05", "T06", "T07", "T08", "沈丁", "韩戊", "杨己", "朱庚", "秦辛", "B02", "江西", "manager-b02"}

// TestZ05_NothingGivesAnotherBranchAway reads every list page by page in every
// order, with counts, searches, reasons and the workbook.
func TestZ05_NothingGivesAnotherBranchAway(t *testing.T) {
	eachServer(t, func(t *testing.T, s *server) {
		w := newWorld(t, s)
		manager := w.as("branch_manager")
		shown, collecting := "/periods/"+shownMonth, "/periods/"+openMonth
		for path, sorts := range map[string][]string{
			"/units": {"", "code", "-code", "name", "-name"}, "/staff": {"", "staff_no", "-staff_no", "name", "-name"},
			shown + "/results":      {"", "staff_no", "-staff_no", "name", "-name", "total", "-total", "rank", "-rank"},
			shown + "/item-results": {"", "-staff_no", "name", "total", "-total", "item:deposits", "-item:deposits", "item:teamwork"},
			shown + "/targets":      {""}, collecting + "/targets": {""}, shown + "/assignments": {""}, collecting + "/assignments": {""},
			collecting + "/reviews": {""}, collecting + "/review-grid": {""}, "/jobs": {""}, "/periods": {""}, shown + "/runs": {""},
		} {
			for _, sort := range sorts {
				w.readsNothing(t, manager, path, sort)
			}
		}
		for _, path := range []string{collecting + "/review-progress", shown, collecting, shown + "/runs/difference?before=1&after=2", "/me"} {
			status, body := manager.read(t, path)
			if status != http.StatusOK {
				t.Errorf("%s: %d %s", path, status, body)
			}
			silent(t, path, body)
		}
		w.answersAlike(t, manager)
		w.workbookIsSilent(t, manager)
	})
}

// read gets a path as a caller.
func (c *caller) read(t *testing.T, path string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = c.dress(t.Context(), r)
	got, err := c.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return got.StatusCode, body
}

// readsNothing reads a list two at a time to its end: of the other branch there is nothing, in the count neither.
func (w *world) readsNothing(t *testing.T, as *caller, path, sort string) {
	t.Helper()
	cursor, read, total := "", 0, int64(-1)
	for {
		query := url.Values{"limit": {"2"}}
		if sort != "" {
			query.Set("sort", sort)
		}
		if cursor != "" {
			query.Set("cursor", cursor)
		}
		status, body := as.read(t, path+"?"+query.Encode())
		if status != http.StatusOK {
			t.Fatalf("%s by %q: %d %s", path, sort, status, body)
		}
		silent(t, path, body)
		var list struct {
			Items, Rows []any
			Next        string
			Total       *int64
		}
		if err := json.Unmarshal(body, &list); err != nil {
			t.Fatal(err)
		}
		read += len(list.Items)
		if path != "/periods/"+openMonth+"/review-grid" && list.Total != nil {
			total = *list.Total
		}
		if cursor = list.Next; cursor == "" {
			break
		}
	}
	if total >= 0 && total != int64(read) {
		t.Errorf("%s by %q has %d and counts %d", path, sort, read, total)
	}
}

// answersAlike: what is asked about the other branch is answered as what does not exist, in the same words.
func (w *world) answersAlike(t *testing.T, as *caller) {
	t.Helper()
	for _, pair := range [][2]string{
		{"/access/decision?permission=result.read&unit=B02", "/access/decision?permission=result.read&unit=B99"},
		{"/access/decision?permission=result.read&staff=T04", "/access/decision?permission=result.read&staff=Z99"},
		{"/periods/" + shownMonth + "/results?grade=A&search=T04", "/periods/" + shownMonth + "/results?grade=A&search=Z99"},
		{"/periods/" + openMonth + "/review-progress?unit=B02", "/periods/" + openMonth + "/review-progress?unit=B99"},
		{"/staff?unit=B02", "/staff?unit=B99"},
		{"/units?under=B02", "/units?under=B99"},
		{"/staff/T04/results", "/staff/Z99/results"},
		{"/periods/" + shownMonth + "/item-results?unit=B02", "/periods/" + shownMonth + "/item-results?unit=B99"},
		{"/periods/" + openMonth + "/targets?unit=B02", "/periods/" + openMonth + "/targets?unit=B99"},
		{"/periods/" + openMonth + "/targets?search=T04", "/periods/" + openMonth + "/targets?search=Z99"},
		{"/periods/" + openMonth + "/assignments?unit=B02", "/periods/" + openMonth + "/assignments?unit=B99"},
		{"/periods/" + openMonth + "/assignments?search=T04", "/periods/" + openMonth + "/assignments?search=Z99"},
	} {
		status, there := as.read(t, pair[0])
		other, absent := as.read(t, pair[1])
		named := strings.NewReplacer("B02", "N", "B99", "N", "T04", "N", "Z99", "N")
		if status != other || named.Replace(withoutID(there)) != named.Replace(withoutID(absent)) {
			t.Errorf("%s: %d %s\n%s: %d %s", pair[0], status, there, pair[1], other, absent)
		}
	}
}

// withoutID is an answer without the id of its request.
func withoutID(body []byte) string {
	var o map[string]any
	if json.Unmarshal(body, &o) != nil {
		return string(body)
	}
	delete(o, "request_id")
	text, _ := json.Marshal(o)
	return string(text)
}

// workbookIsSilent looks into every part of the manager's workbook.
func (w *world) workbookIsSilent(t *testing.T, as *caller) {
	t.Helper()
	started, err := as.CreateExportWithResponse(t.Context(), shownMonth, nil, client.NewExport{})
	as.want(started, err, http.StatusAccepted)
	as.done(started.JSON202)
	file, err := as.GetJobFileWithResponse(t.Context(), started.JSON202.Id)
	as.want(file, err, http.StatusOK)
	parts, err := zip.NewReader(bytes.NewReader(file.Body), int64(len(file.Body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range elsewhere {
			// Cells are named like units and members: B02 is none, but "T04" might stand in a longer reference.
			if bytes.Contains(content, []byte(">"+name+"<")) || !isASCII(name) && bytes.Contains(content, []byte(name)) {
				t.Errorf("%s of the workbook names %s", part.Name, name)
			}
		}
	}
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 127 })
}

// silent fails the test when an answer names anything of the other branch.
func silent(t *testing.T, where string, body []byte) {
	t.Helper()
	for _, name := range elsewhere {
		if bytes.Contains(body, []byte(name)) {
			t.Errorf("%s names %s: %.1000s", where, name, body)
		}
	}
}
