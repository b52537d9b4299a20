package scenario

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/steelyard/steelyard/app/api"
)

// operation is one of the contract's.
type operation struct{ id, method, path string }

// operations reads the contract.
func operations(t testing.TB) map[string]operation {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(api.Contract)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]operation{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			all[op.OperationID] = operation{op.OperationID, method, path}
		}
	}
	return all
}

// The relations of an actor to what an operation is used on.
const (
	own    = 'o' // their own record
	same   = 's' // at their unit
	below  = 'b' // at a unit below theirs
	beyond = 'x' // at another branch, or another person's
	there  = 't' // of the whole bank
	absent = 'a' // there is no such record
)

// probe is how the matrix uses an operation so that whoever may use it is
// answered, if only with what is wrong: an old version, a name that is taken.
type probe struct {
	name      string // the operation's; what it is used on stands behind a colon where that matters
	relations string // those that it has, in the order in which they are asked; empty: it is used on nothing
	id        func(target) int64
	query     func(target) url.Values
	body      func(target) any
	// lists is what a list names, if the target is in it; nil for what is no list.
	lists func(target) string
	// done are codes of problems that say: you may, but.
	done []string
	// refused reads a refusal out of an answer that is none by its status.
	refused func(body []byte) string
	known   bool   // whoever is refused on it, or does not find it, may know by another operation that it is there
	period  string // the closed one if left out
	fresh   bool   // it is asked in a session of its own, which it ends
}

func (p *probe) operation() string {
	id, _, _ := strings.Cut(p.name, ":")
	return id
}

// target is what an operation is used on.
type target struct {
	staff, name, unit, user, rater                       string
	period, scorecard, metric, rubric, role, responsible string
	grant, job, batch, session, token, reviewer          int64
	view                                                 int64
}

const (
	old    = 999_999 // a version that nothing has
	reason = "as agreed"
	wide   = "osbx"
)

func on(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func staffOf(at target) string { return at.staff }
func unitOf(at target) string  { return at.unit }
func userOf(at target) string  { return at.user }

func body(pairs ...any) func(target) any { return func(target) any { return object(pairs...) } }

func object(pairs ...any) map[string]any {
	o := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		o[pairs[i].(string)] = pairs[i+1] //nolint:forcetypeassert // names stand before values
	}
	return o
}

func searching(field string, value func(target) string) func(target) url.Values {
	return func(at target) url.Values { return on(field, value(at), "limit", "200") }
}

// probes are all operations of the contract, as the matrix uses them.
func probes() []probe {
	last := []probe{{name: "endOtherSessions", fresh: true}} // the one in which everything else is asked ends with it
	return slices.Concat(meProbes(), accessProbes(), peopleProbes(), scorecardProbes(), periodProbes(), reviewProbes(), backgroundProbes(), last)
}

func meProbes() []probe {
	return []probe{
		{name: "about"},
		{name: "signIn", body: body("username", "visitor", "password", password), fresh: true},
		{name: "signOut", fresh: true},
		{name: "redeemSecret", body: body("secret", "no such secret", "password", password), done: []string{"auth.secret_wrong"}},
		{name: "getMe"},
		{name: "changePassword", body: body("current", "not the password that it is", "new", password+" too"), done: []string{"auth.wrong"}},
		{name: "listSessions", relations: "ox", lists: func(at target) string { return `"id":` + digits(at.session) + "," }},
		{name: "endSession", relations: "x", id: func(at target) int64 { return at.session }},
		{name: "listTokens", relations: "x", lists: func(at target) string { return `"id":` + digits(at.token) + "," }},
		{name: "getPreferences"},
		{name: "putPreferences", body: body("language", "zh", "theme", "system", "density", "default", "tab_moves_in_grids", false)},
		{name: "listViews", relations: "x", lists: func(at target) string { return `"id":` + digits(at.view) + "," }},
		{name: "createView", body: body("page", "results", "name", " ", "query", ""), done: []string{"view.name"}},
		{name: "changeView", relations: "x", id: viewOf, body: body("name", "n", "query", "", "shared", false, "version", old)},
		{name: "deleteView", relations: "x", id: viewOf},
		{name: "createToken", body: body("name", "t", "permissions", []string{"no.such"}, "expires_on", "2026-12-01")},
		{name: "revokeToken", relations: "x", id: func(at target) int64 { return at.token }},
	}
}

func viewOf(at target) int64 { return at.view }

func accessProbes() []probe {
	return []probe{
		{name: "explainAccess:user", relations: wide, query: func(at target) url.Values { return on("user", at.user, "permission", "result.read") }},
		{name: "explainAccess:self", query: func(target) url.Values { return on("permission", "result.read") }},
		{
			name: "listHolders", relations: wide, lists: func(at target) string { return `"username":"` + at.user + `"` },
			query: func(target) url.Values { return on("permission", "unit.read", "limit", "200") },
		},
		{name: "listUsers", relations: wide, query: searching("search", userOf), lists: func(at target) string { return `"username":"` + at.user + `"` }},
		{name: "createUser", body: body("username", "visitor")},
		{name: "getUser", relations: wide},
		{name: "changeUser", relations: wide, body: body("version", old, "email", "a@bank.example")},
		{name: "resetUser", relations: "sbx"},
		{name: "listGrants", relations: wide, query: searching("user", userOf), lists: func(at target) string { return `"username":"` + at.user + `"` }},
		{name: "createGrant", relations: wide, body: func(at target) any {
			return object("username", at.user, "role", "trainer", "unit", at.unit, "from", "2030-01-01", "reason", reason)
		}},
		{name: "getGrant", relations: wide, id: grantOf},
		{name: "changeGrant", relations: wide, id: grantOf, body: body("version", old, "until", "2031-01-01")},
		{name: "revokeGrant", relations: wide, id: grantOf, body: body("version", old, "reason", reason)},
		{name: "listRoles"},
		{name: "putRole", body: body("version", old, "name", object("zh", "培训", "en", "Trainer"), "lines", []any{})},
		{name: "listPermissions"},
		{name: "listResponsibilities"},
		{name: "putResponsibility", body: body("version", old, "owner", "branch")},
	}
}

func grantOf(at target) int64 { return at.grant }

func peopleProbes() []probe {
	return []probe{
		{name: "listUnits", relations: "sbx", query: searching("search", unitOf), lists: func(at target) string { return `"code":"` + at.unit + `"` }},
		{name: "getUnit", relations: "sbx"},
		{name: "moveUnit", relations: "sbx", body: body("version", old, "parent", "HQ")},
		{name: "closeUnit", relations: "sbx", body: body("version", old, "day", "2026-12-31")},
		{name: "openUnit", relations: "sbx", body: body("version", old)},
		{name: "listStaff:number", relations: wide, query: searching("search", staffOf), lists: staffLine},
		{name: "listStaff:name", relations: wide, query: searching("search", func(at target) string { return at.name }), lists: staffLine},
		{name: "listStaff:unit", relations: "sbx", query: searching("unit", unitOf), lists: staffLine},
		{name: "getStaff", relations: wide},
	}
}

func staffLine(at target) string { return `"staff_no":"` + at.staff + `"` }

func scorecardProbes() []probe {
	return []probe{
		{name: "listMetrics"},
		{name: "listScorecards"},
		{name: "listScorecardVersions", relations: "t"},
		{name: "getScorecardVersion", relations: "t"},
		{name: "publishScorecard", relations: "t"},
		{name: "scoreCase", body: body("period", "no case")},
		{name: "getMetric", relations: "t"},
		{name: "putMetric", body: body("name", "存款", "unit_of_measure", "万元", "decimals", 2, "version", old)},
		{name: "putDraft", body: body("definition", object())},
		{name: "deleteDraft", relations: "t"},
		{name: "checkScorecard", body: body("definition", object())},
		{name: "drawCurve", body: body("item", object(), "from", "0", "to", "1")},
		{name: "diffScorecards", relations: "t", query: func(target) url.Values { return on("before", "1", "after", "1") }},
		{name: "simulateScorecard", body: body("period", shownMonth, "definition", object())},
		{name: "listRubrics"},
		{name: "getRubric", relations: "t"},
		{name: "putRubric", body: body("version", old, "name", object("zh", "协作", "en", "Teamwork"), "levels", []any{
			object("level", "5", "name", object("zh", "优", "en", "Best"), "description", object("zh", "优", "en", "Best")),
		})},
	}
}

func periodProbes() []probe {
	return []probe{
		{name: "listPeriods"},
		{name: "createPeriod", body: body("code", "2026-09")},
		{name: "getPeriod", relations: "t"},
		{name: "openPeriod", relations: "t", body: body("version", old)},
		{name: "scorePeriod", relations: "t", body: body("version", old)},
		{name: "closePeriod", relations: "t", body: body("version", old)},
		{name: "publishPeriod", relations: "t", body: body("version", old)},
		{name: "createWaiver", relations: "t", body: body("blocker", "targets", "reason", reason)},
		{name: "listRuns", relations: "t"},
		{name: "createRun", relations: "t", body: body()},
		{name: "diffRuns", relations: "t", query: func(target) url.Values { return on("before", "1", "after", "2") }, known: true},
		{name: "createVerification", relations: "t", body: body()},
		{name: "listResults:number", relations: wide, query: searching("search", staffOf), lists: staffLine},
		{name: "listResults:name", relations: wide, query: searching("search", func(at target) string { return at.name }), lists: staffLine},
		{name: "listResults:unit", relations: "sbx", query: searching("unit", unitOf), lists: staffLine},
		{name: "getResult", relations: wide},
		{name: "listItemResults", relations: wide, query: func(target) url.Values { return on("limit", "200") }, lists: staffLine},
		{name: "listMemberResults", relations: wide},
		{name: "whatIf", relations: wide, body: body("changes", []any{object("segment", 0, "item", "deposits", "actual", "1")})},
		{name: "getLineage", relations: wide},
		{name: "listAssignments", relations: wide, query: searching("search", staffOf), lists: staffLine},
		{name: "listAssignments:unit", relations: "sbx", query: searching("unit", unitOf), lists: staffLine},
		{name: "getCoverage", relations: "sbx", query: func(at target) url.Values { return on("unit", at.unit) }},
		{name: "listTargets", relations: wide, query: searching("search", staffOf), lists: staffLine},
		{name: "listTargets:unit", relations: "sbx", query: searching("unit", unitOf), lists: staffLine},
		{
			name: "saveTargets", relations: wide, period: openMonth, refused: refusedCell,
			body: func(at target) any {
				return object("cells", []any{object("staff_no", at.staff, "metric", "deposits", "target", "1", "version", old)})
			},
		},
		{name: "createExport", relations: "sbx", body: func(at target) any { return object("unit", at.unit) }},
	}
}

func reviewProbes() []probe {
	all := []probe{
		{name: "listReviews", relations: wide, query: searching("staff", staffOf), lists: staffLine},
		{name: "getReviewGrid", relations: wide, lists: staffLine, query: func(target) url.Values { return on("limit", "200") }, known: true},
		{name: "saveReviewGrid:manager", relations: wide, body: cellOf("manager"), refused: refusedCell},
		{name: "saveReviewGrid:peer", relations: wide, body: cellOf("peer"), refused: refusedCell},
		{name: "saveReviewGrid:self", relations: wide, body: cellOf("self"), refused: refusedCell},
		{name: "submitReviews", relations: wide, refused: refusedCell, body: func(at target) any {
			return object("reviews", []any{object("staff_no", at.staff, "unit", at.unit, "role", "manager")})
		}},
		{name: "returnReviews", relations: wide, body: func(at target) any {
			return object("staff_no", at.staff, "unit", at.unit, "role", "manager", "rater", at.rater, "reason", reason)
		}},
		{name: "getReviewProgress", relations: "sbx", query: func(at target) url.Values { return on("unit", at.unit) }, lists: func(at target) string { return `"unit":"` + at.unit + `"` }},
		{name: "listReviewers", relations: wide, query: searching("staff", staffOf), lists: staffLine},
		{name: "createReviewer", relations: wide, body: func(at target) any {
			return object("staff_no", at.staff, "unit", at.unit, "role", "peer", "rater", "T07", "reason", reason)
		}},
		{name: "endReviewer", relations: "sbx", id: func(at target) int64 { return at.reviewer }},
	}
	for i := range all {
		all[i].period = openMonth
	}
	return all
}

func cellOf(role string) func(target) any {
	return func(at target) any {
		return object("cells", []any{object("staff_no", at.staff, "unit", at.unit, "item", "teamwork", "role", role, "level", "4", "version", old)})
	}
}

// kinds are the files that imports take.
var kinds = []string{
	"units", "staff", "assignments", "metrics", "scorecards", "users", "grants",
	"targets", "actuals", "surveys", "events", "adjustments", "vetoes", "reviews",
}

func backgroundProbes() []probe {
	all := []probe{
		{name: "listBatches"},
		{name: "listImportKinds"},
		{name: "createListExport:staff", body: listExport("staff")},
		{name: "createListExport:team", body: listExport("team")},
		{name: "createListExport:users", body: listExport("users")},
		{name: "createListExport:audit", body: listExport("audit")},
		{name: "getBatch", relations: "t", id: func(at target) int64 { return at.batch }},
		{name: "undoBatch", relations: "t", id: func(at target) int64 { return at.batch }},
		{name: "listJobs:mine", relations: "x", lists: func(at target) string { return `"id":` + digits(at.job) + "," }},
		{
			name: "listJobs:everyone", relations: "x", lists: func(at target) string { return `"id":` + digits(at.job) + "," },
			query: func(target) url.Values { return on("everyone", "true", "limit", "200") },
		},
		{name: "getJob", relations: "x", id: jobOf},
		{name: "cancelJob", relations: "x", id: jobOf, known: true},
		{name: "getJobFile", relations: "x", id: jobOf},
		{name: "listAudit"},
	}
	for _, kind := range kinds {
		all = append(all, probe{name: "createImport:" + kind})
	}
	return all
}

// listExport is refused for its column by whoever may have the list.
func listExport(list string) func(target) any {
	return body("list", list, "query", "", "columns", []string{"none"}, "language", "zh")
}

func jobOf(at target) int64 { return at.job }

func TestEveryOperationOfTheContractStandsInTheMatrix(t *testing.T) {
	asked := map[string]bool{}
	contract := operations(t)
	for _, p := range probes() {
		asked[p.operation()] = true
		if _, ok := contract[p.operation()]; !ok {
			t.Errorf("the matrix asks for %s, which the contract does not have", p.operation())
		}
	}
	for id := range contract {
		if !asked[id] {
			t.Errorf("the matrix does not ask for %s", id)
		}
	}
}

// takesBody says whether a method comes with a body.
func takesBody(method string) bool { return method != http.MethodGet && method != http.MethodDelete }
