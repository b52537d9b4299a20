package scenario

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/steelyard/steelyard/app/api/client"
)

func TestAMonthIsScoredByEveryoneAsTheUserTheyAre(t *testing.T) {
	eachServer(t, func(t *testing.T, s *server) {
		b := found(t, s)
		b.load()
		b.appoint()
		b.collect()
		b.review()
		b.publish()
		b.resultsAreExpected()
		b.membersReadTheirOwnAlone()
		b.managersExportTheirUnit()
		b.onRecord()
	})
}

// found makes the administrators of the bank whose files there are.
func found(t *testing.T, s *server) *story {
	t.Helper()
	b := administrators(t, s)
	b.staff = members(t)
	b.ratings = ratings(t, b.staff)
	b.managers = managers(b.ratings)
	return b
}

// load has HR bring in what the month is about, before it begins.
func (b *story) load() {
	b.t.Helper()
	for _, f := range []struct{ kind, file string }{
		{"units", "units.xlsx"}, {"metrics", "metrics.xlsx"}, {"scorecards", "scorecards.json"},
		{"staff", "staff.xlsx"}, {"assignments", "assignments.xlsx"},
	} {
		b.hr.load(f.kind, bankFile(f.file))
	}
	r, err := b.hr.CreatePeriodWithResponse(b.t.Context(), nil, client.NewPeriod{Code: month, MinDays: ptr(5)})
	b.hr.want(r, err, http.StatusCreated)
	b.hr.load("targets", bankFile("targets.xlsx"))
}

// appoint gives every member a user and a role where they work, and every unit that the reviews name a manager.
func (b *story) appoint() {
	b.t.Helper()
	for _, m := range b.staff {
		b.user(b.system, m.no, m.no)
		for _, unit := range m.units {
			b.grant(m.no, "relationship_manager", unit)
		}
	}
	for name, unit := range b.managers {
		b.user(b.system, name, "")
		b.grant(name, "branch_manager", unit)
	}
}

// collect opens the month and brings in what systems know, and customers said.
func (b *story) collect() {
	b.t.Helper()
	b.step(month, "open")
	for _, f := range []struct{ kind, file string }{
		{"actuals", "actuals.xlsx"}, {"surveys", "surveys.xlsx"}, {"events", "events.csv"},
		{"adjustments", "adjustments.xlsx"}, {"vetoes", "vetoes.xlsx"},
	} {
		b.hr.load(f.kind, bankFile(f.file))
	}
}

// review has managers and peers write and submit what they think, each as the user they are.
func (b *story) review() {
	b.t.Helper()
	raters := slices.Sorted(maps.Keys(b.ratings))
	each(b.t, raters, func(t *testing.T, rater string) {
		given := b.ratings[rater]
		as := b.as(rater)
		cells := client.CellChanges{}
		for _, r := range given {
			comment := r.comment
			if comment == "" && (r.level == "5" || r.level == "1") {
				comment = "本月表现有目共睹"
			}
			cells.Cells = append(cells.Cells, client.CellChange{
				StaffNo: r.staff, Unit: r.unit, Item: r.item, Role: r.role, Level: r.level, Comment: &comment,
			})
		}
		saved, err := as.SaveReviewGridWithResponse(t.Context(), month, cells)
		as.want(saved, err, http.StatusOK)
		if saved.JSON200.Saved != len(given) || saved.JSON200.Refused != 0 {
			t.Fatalf("%s: %d cells are saved and %d refused of %d: %.2000s", rater, saved.JSON200.Saved, saved.JSON200.Refused, len(given), saved.Body)
		}
		submitted, err := as.SubmitReviewsWithResponse(t.Context(), month, client.Submission{})
		as.want(submitted, err, http.StatusOK)
		if submitted.JSON200.Submitted != len(given) {
			t.Fatalf("%s: %d cells are submitted of %d: %.2000s", rater, submitted.JSON200.Submitted, len(given), submitted.Body)
		}
	})
	b.headOfficeWritesNoReview()
}

// headOfficeWritesNoReview: HR sees how far the units are, and cannot write in their stead.
func (b *story) headOfficeWritesNoReview() {
	b.t.Helper()
	ctx := b.t.Context()
	progress, err := b.hr.GetReviewProgressWithResponse(ctx, month, nil)
	b.hr.want(progress, err, http.StatusOK)
	submitted := 0
	for _, line := range progress.JSON200.Items {
		submitted += line.Submitted
	}
	all := 0
	for _, given := range b.ratings {
		all += len(given)
	}
	if submitted != all {
		b.t.Errorf("HR sees %d cells submitted of %d", submitted, all)
	}
	someone := b.ratings[slices.Sorted(maps.Keys(b.managers))[0]][0]
	saved, err := b.hr.SaveReviewGridWithResponse(ctx, month, client.CellChanges{Cells: []client.CellChange{{
		StaffNo: someone.staff, Unit: someone.unit, Item: someone.item, Role: someone.role, Level: "4",
	}}})
	if err != nil {
		b.t.Fatal(err)
	}
	if saved.StatusCode() == http.StatusOK && saved.JSON200.Saved != 0 {
		b.t.Errorf("HR has written a branch's review: %s", saved.Body)
	}
}

// publish calculates the month and shows the members their results.
func (b *story) publish() {
	b.t.Helper()
	b.step(month, "score")
	started, err := b.hr.CreateRunWithResponse(b.t.Context(), month, nil, client.NewRun{})
	b.hr.want(started, err, http.StatusAccepted)
	b.hr.done(started.JSON202)
	own := b.staff[0].no
	early, err := b.as(own).GetResultWithResponse(b.t.Context(), month, own, nil)
	b.as(own).want(early, err, http.StatusNotFound)
	b.step(month, "publish")
}

// fixed are the fields of results that the scoring rules fix.
type fixed struct {
	ID, Status                    string
	Base, Bonus, Deduction, Total *string
	Grade, Coefficient            *string
	Rank, Peers                   *int
	Segments                      []struct {
		Scorecard string
		Days      int
		Status    string
		Base      *string
		Items     []struct {
			Key, Status         string
			Reason              *string
			Score, Contribution *string
		}
	}
}

func expected(t *testing.T) []fixed {
	t.Helper()
	text, err := os.ReadFile(bankFile("expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Staff []fixed }
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all.Staff
}

func (b *story) resultsAreExpected() {
	b.t.Helper()
	listed := b.results(b.hr)
	for i, want := range expected(b.t) {
		r, err := b.hr.GetResultWithResponse(b.t.Context(), month, want.ID, nil)
		b.hr.want(r, err, http.StatusOK)
		var got fixed
		text, err := json.Marshal(r.JSON200.Result)
		if err != nil {
			b.t.Fatal(err)
		}
		if err := json.Unmarshal(text, &got); err != nil {
			b.t.Fatalf("%v: %s", err, text)
		}
		if difference := cmp.Diff(want, got); difference != "" {
			b.t.Errorf("expected (-), got (+):\n%s", difference)
		}
		if i >= len(listed) || listed[i].StaffNo != want.ID || cmp.Diff(listed[i].Total, want.Total) != "" || cmp.Diff(listed[i].Rank, want.Rank) != "" {
			b.t.Errorf("the list does not have %s in place %d as expected", want.ID, i)
		}
	}
	if len(listed) != len(b.staff) {
		b.t.Errorf("%d results are listed for %d members", len(listed), len(b.staff))
	}
}

// results reads the whole list of results that somebody has, in the order of staff numbers.
func (b *story) results(as *caller) []client.Result {
	b.t.Helper()
	total := int64(-1)
	all := pages(func(cursor *string) ([]client.Result, *string) {
		r, err := as.ListResultsWithResponse(b.t.Context(), month, &client.ListResultsParams{Sort: ptr("staff_no"), Limit: ptr(100), Cursor: cursor})
		as.want(r, err, http.StatusOK)
		total = r.JSON200.Total
		return r.JSON200.Items, r.JSON200.Next
	})
	if total != int64(len(all)) {
		b.t.Errorf("%s has %d results and is told of %d", as.name, len(all), total)
	}
	return all
}

// membersReadTheirOwnAlone: a relationship manager reads their own explanation;
// everybody else's is as one that is not there.
func (b *story) membersReadTheirOwnAlone() {
	b.t.Helper()
	ctx := b.t.Context()
	self := b.staff[0]
	as := b.as(self.no)
	own, err := as.GetResultWithResponse(ctx, month, self.no, nil)
	as.want(own, err, http.StatusOK)
	if len(own.JSON200.Trace) == 0 {
		b.t.Error("the own result is not explained")
	}
	if list := b.results(as); len(list) != 1 || list[0].StaffNo != self.no {
		b.t.Errorf("%s has %d results in their list", self.no, len(list))
	}
	absent, err := as.GetResultWithResponse(ctx, month, "999999", nil)
	as.want(absent, err, http.StatusNotFound)
	for _, other := range b.staff[1:] {
		r, err := as.GetResultWithResponse(ctx, month, other.no, nil)
		as.want(r, err, http.StatusNotFound)
		sameAnswer(b.t, r.HTTPResponse, r.Body, other.no, absent.HTTPResponse, absent.Body, "999999")
	}
}

// managersExportTheirUnit: the workbook that a manager makes has the rows of
// their list and no other, and is nobody else's.
func (b *story) managersExportTheirUnit() {
	b.t.Helper()
	ctx := b.t.Context()
	names := slices.Sorted(maps.Keys(b.managers))
	as, other := b.as(names[0]), b.as(names[1])
	list := b.results(as)
	if len(list) == 0 || len(list) >= len(b.staff) {
		b.t.Fatalf("%s lists %d results", names[0], len(list))
	}
	want := map[string]string{}
	for _, r := range list {
		want[r.StaffNo] = bare(text(r.Total))
		if r.Unit != b.managers[names[0]] && !b.worked(r.StaffNo, b.managers[names[0]]) {
			b.t.Errorf("%s of %s is in the list of %s", r.StaffNo, r.Unit, names[0])
		}
	}
	started, err := as.CreateExportWithResponse(ctx, month, nil, client.NewExport{})
	as.want(started, err, http.StatusAccepted)
	as.done(started.JSON202)
	file, err := as.GetJobFileWithResponse(ctx, started.JSON202.Id)
	as.want(file, err, http.StatusOK)
	if difference := cmp.Diff(want, summary(b.t, file.Body)); difference != "" {
		b.t.Errorf("the list (-), the workbook (+):\n%s", difference)
	}
	absent, err := other.GetJobFileWithResponse(ctx, 999_999)
	other.want(absent, err, http.StatusNotFound)
	theirs, err := other.GetJobFileWithResponse(ctx, started.JSON202.Id)
	other.want(theirs, err, http.StatusNotFound)
	if code(b.t, theirs.Body) != code(b.t, absent.Body) {
		b.t.Errorf("a file of somebody else's: %s; one that is not there: %s", theirs.Body, absent.Body)
	}
}

func (b *story) worked(no, unit string) bool {
	at := slices.IndexFunc(b.staff, func(m *member) bool { return m.no == no })
	return at >= 0 && slices.Contains(b.staff[at].units, unit)
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// bare is a decimal without the zeros at its end, as a cell of a workbook holds it.
func bare(decimal string) string {
	if !strings.Contains(decimal, ".") {
		return decimal
	}
	return strings.TrimSuffix(strings.TrimRight(decimal, "0"), ".")
}

// onRecord: the auditor finds who did what; others find nothing.
func (b *story) onRecord() {
	b.t.Helper()
	ctx := b.t.Context()
	for action, least := range map[string]int{"user.create": len(b.staff), "grant.": len(b.staff), "period.publish": 1, "sign_in": len(b.ratings)} {
		found := pages(func(cursor *string) ([]client.AuditRecord, *string) {
			r, err := b.auditor.ListAuditWithResponse(ctx, &client.ListAuditParams{Action: ptr(action), Limit: ptr(200), Cursor: cursor})
			b.auditor.want(r, err, http.StatusOK)
			if bytes.Contains(r.Body, []byte(password)) {
				b.t.Error("a password is on record")
			}
			return r.JSON200.Items, r.JSON200.Next
		})
		if len(found) < least {
			b.t.Errorf("%s is on record %d times, of at least %d", action, len(found), least)
		}
	}
	for _, as := range []*caller{b.hr, b.security, b.system} {
		r, err := as.ListAuditWithResponse(ctx, nil)
		as.want(r, err, http.StatusForbidden)
	}
}

// summary reads the members of a workbook's summary with their totals.
func summary(t *testing.T, content []byte) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := f.GetRows("Summary", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	staffNo, total := slices.Index(all[2], "Staff no."), slices.Index(all[2], "Total")
	if staffNo < 0 || total < 0 {
		t.Fatalf("the summary has the columns %q", all[2])
	}
	for _, row := range all[3:] {
		row = append(row, make([]string, len(all[2]))...)
		if no := row[staffNo]; len(no) == len("007000") {
			found[no] = row[total]
		}
	}
	return found
}

// each does something for every name, a few at a time.
func each(t *testing.T, names []string, do func(t *testing.T, name string)) {
	t.Helper()
	var waiting sync.WaitGroup
	queue := make(chan string)
	for range 8 {
		waiting.Go(func() {
			for name := range queue {
				do(t, name)
			}
		})
	}
	for _, name := range names {
		queue <- name
	}
	close(queue)
	waiting.Wait()
}

// sameAnswer compares two answers: they are equal but for the name that was asked for and the request's id.
func sameAnswer(t testing.TB, r *http.Response, body []byte, name string, o *http.Response, other []byte, otherName string) {
	t.Helper()
	if a, b := plain(t, body, name), plain(t, other, otherName); r.StatusCode != o.StatusCode || a != b {
		t.Errorf("the answers differ: %d %s\n%d %s", r.StatusCode, a, o.StatusCode, b)
	}
	for _, h := range []http.Header{r.Header, o.Header} {
		h.Del("X-Request-Id")
		h.Del("Date")
		h.Del("Content-Length")
	}
	if difference := cmp.Diff(r.Header, o.Header); difference != "" {
		t.Errorf("the headers differ: %s", difference)
	}
}

// plain gives a problem without what names the request.
func plain(t testing.TB, body []byte, name string) string {
	t.Helper()
	var problem map[string]any
	if err := json.Unmarshal(body, &problem); err != nil {
		t.Fatalf("%v: %.300s", err, body)
	}
	delete(problem, "request_id")
	text, err := json.Marshal(problem)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), name, "NAME")
}
