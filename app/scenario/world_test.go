package scenario

import (
	"cmp"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/api/client"
)

// The months of the small bank: results are published in one, reviews are written in the other.
const (
	shownMonth = "2026-09"
	openMonth  = "2026-10"
)

// actor is a kind of user in the matrix.
type actor struct {
	role   string // "no_grants" for a user without any, "anonymous" for nobody
	name   string // the username and, in capitals, the staff number
	unit   string
	caller *caller
}

// world is a small bank with one user of every kind, and something at every place to use an operation on.
type world struct {
	*server
	t          testing.TB
	operations map[string]operation
	story      *story
	actors     []*actor

	grants    map[string]int64 // by username
	reviewers map[string]int64 // by who may end them and the staff number: each asks for one of their own
	batch     int64
	foreign   target // what another person has: a job, a session, a token
	other     *caller
	sessions  map[string]int64 // by username: the one in which the matrix is asked
}

// smallBank are its files. Whoever stands at head office but T01 is scored elsewhere.
var smallBank = map[string]string{
	"units.csv": "机构代码,机构名称,上级机构,层级\nHQ,总行,,总行\nB01,江东分行,HQ,分行\nB0101,江东一支行,B01,支行\nB02,江西分行,HQ,分行\nB0201,江西一支行,B02,支行\n",
	"staff.csv": "工号,姓名,机构代码,岗位,入职日期\n" +
		"A01,赵一,HQ,office,2020-01-01\nA02,钱二,HQ,office,2020-01-01\nA03,孙三,HQ,office,2020-01-01\nA04,李四,HQ,office,2020-01-01\nA05,周五,HQ,office,2020-01-01\n" +
		"A06,吴六,B01,rm,2020-01-01\nA07,郑七,B01,rm,2020-01-01\nA08,王八一,B01,rm,2020-01-01\nA09,冯九,B01,rm,2020-01-01\nA10,陈十,B01,rm,2020-01-01\n" +
		"T01,褚甲,HQ,rm,2020-01-01\nT02,卫乙,B01,rm,2020-01-01\nT03,蒋丙,B0101,rm,2020-01-01\nT04,沈丁,B02,rm,2020-01-01\nT05,韩戊,B0201,rm,2020-01-01\nT06,杨己,B02,rm,2020-01-01\nT07,朱庚,B02,rm,2020-01-01\nT08,秦辛,B02,rm,2020-01-01\n",
	"metrics.csv": "指标代码,指标名称,计量单位,小数位\ndeposits,日均存款,万元,2\n",
	"scorecards.json": `{"code":"rm","name":{"zh":"客户经理","en":"Relationship manager"},"positions":["rm"],"peer_group":"bank","precision":2,
		"perspectives":[{"key":"growth","name":{"zh":"增长","en":"Growth"},"items":[
		{"key":"deposits","name":{"zh":"存款","en":"Deposits"},"weight":"60","source":"metric","flow":true,"missing":"zero","method":{"type":"ratio","cap":"120"}},
		{"key":"teamwork","name":{"zh":"协作","en":"Teamwork"},"weight":"40","source":"rating","missing":"exclude",
		"rating":{"levels":{"5":"100","4":"85","3":"70"},"roles":[{"role":"manager","weight":"60"},{"role":"peer","weight":"30"},{"role":"self","weight":"10"}]},"method":{"type":"direct"}}]}],
		"grades":[{"grade":"A","coefficient":"1"}]}`,
}

func newWorld(t *testing.T, s *server) *world {
	t.Helper()
	b := administrators(t, s)
	w := &world{server: s, t: t, story: b, operations: operations(t), grants: map[string]int64{}, reviewers: map[string]int64{}, sessions: map[string]int64{}}
	w.loadFiles()
	w.appoint()
	w.publishMonth()
	w.writeReviews()
	w.leaveThings()
	return w
}

func (w *world) loadFiles() {
	w.t.Helper()
	folder := w.t.TempDir()
	for _, name := range []string{"units.csv", "metrics.csv", "scorecards.json", "staff.csv"} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(smallBank[name]), 0o600); err != nil {
			w.t.Fatal(err)
		}
		kind, _, _ := strings.Cut(name, ".")
		result := w.story.hr.load(kind, path)
		if kind == "metrics" {
			w.batch = number(result["batch"])
		}
	}
}

// appoint gives everyone a user, and those of the matrix their roles.
func (w *world) appoint() {
	w.t.Helper()
	for i, role := range []string{"hr_admin", "hr_officer", "auditor", "system_admin", "security_admin", "branch_manager", "team_leader", "relationship_manager", "trainer", "no_grants"} {
		a := &actor{role: role, unit: "HQ", name: "a" + digits(int64(101 + i))[1:]}
		if i > 4 {
			a.unit = "B01"
		}
		w.story.user(w.story.system, a.name, strings.ToUpper(a.name))
		if role != "no_grants" {
			w.grants[a.name] = w.story.grant(a.name, role, a.unit)
		}
		a.caller = w.story.system.signIn(a.name)
		me, err := a.caller.GetMeWithResponse(w.t.Context())
		a.caller.want(me, err, http.StatusOK)
		w.sessions[a.name] = *me.JSON200.Session
		w.actors = append(w.actors, a)
	}
	w.actors = append(w.actors, &actor{role: "anonymous", unit: "B01", caller: visitor(w.t, w.base, w.http)})
	for no, unit := range map[string]string{"t01": "HQ", "t02": "B01", "t03": "B0101", "t04": "B02", "t05": "B0201", "t06": "B02"} {
		w.story.user(w.story.system, no, strings.ToUpper(no))
		w.grants[no] = w.story.grant(no, "relationship_manager", unit)
	}
	w.story.user(w.story.system, "manager-b02", "")
	w.story.grant("manager-b02", "branch_manager", "B02")
	w.other = w.story.system.signIn("manager-b02")
	w.story.user(w.story.system, "visitor", "")
}

// publishMonth shows one month's results, after two runs.
func (w *world) publishMonth() {
	w.t.Helper()
	hr, ctx := w.story.hr, w.t.Context()
	r, err := hr.CreatePeriodWithResponse(ctx, nil, client.NewPeriod{Code: shownMonth})
	hr.want(r, err, http.StatusCreated)
	w.story.step(shownMonth, "open")
	w.story.step(shownMonth, "score")
	for range 2 {
		started, err := hr.CreateRunWithResponse(ctx, shownMonth, nil, client.NewRun{})
		hr.want(started, err, http.StatusAccepted)
		hr.done(started.JSON202)
	}
	w.story.step(shownMonth, "publish")
	r, err = hr.CreatePeriodWithResponse(ctx, nil, client.NewPeriod{Code: openMonth})
	hr.want(r, err, http.StatusCreated)
	w.story.step(openMonth, "open")
}

// writeReviews has both branches' managers rate somebody, and HR name a reviewer at each place.
func (w *world) writeReviews() {
	w.t.Helper()
	ctx := w.t.Context()
	for no, by := range map[string]*caller{"T02": w.as("branch_manager"), "T03": w.as("branch_manager"), "T04": w.other, "T05": w.other} {
		cell := client.CellChange{StaffNo: no, Unit: places[no], Item: "teamwork", Role: "manager", Level: "4"}
		saved, err := by.SaveReviewGridWithResponse(ctx, openMonth, client.CellChanges{Cells: []client.CellChange{cell}})
		by.want(saved, err, http.StatusOK)
		if saved.JSON200.Saved != 1 {
			w.t.Fatalf("%s rates nobody: %s", by.name, saved.Body)
		}
		submitted, err := by.SubmitReviewsWithResponse(ctx, openMonth, client.Submission{})
		by.want(submitted, err, http.StatusOK)
	}
	for no, unit := range places {
		for by, rater := range map[string]string{"a01": "T06", "a02": "T08"} {
			named, err := w.story.hr.CreateReviewerWithResponse(ctx, openMonth, nil, client.NewReviewer{
				StaffNo: no, Unit: unit, Role: "peer", Rater: rater, Reason: "worked together",
			})
			w.story.hr.want(named, err, http.StatusCreated)
			w.reviewers[by+no] = *named.JSON201.Id
		}
	}
	level := client.RubricLevel{Level: "5", Name: client.Text{Zh: "优", En: "Best"}, Description: client.Text{Zh: "带动全队", En: "Carries the team"}}
	rubric, err := w.story.hr.PutRubricWithResponse(ctx, "teamwork", client.RubricPut{
		Name: client.Text{Zh: "协作", En: "Teamwork"}, Levels: []client.RubricLevel{level},
	})
	w.story.hr.want(rubric, err, http.StatusOK)
}

// places are the units of those on whom operations are used.
var places = map[string]string{"T01": "HQ", "T02": "B01", "T03": "B0101", "T04": "B02", "T05": "B0201"}

func (w *world) as(role string) *caller {
	for _, a := range w.actors {
		if a.role == role {
			return a.caller
		}
	}
	w.t.Fatalf("nobody is %s", role)
	return nil
}

// leaveThings makes what is another person's for everybody: a job with a file, a session, a token.
func (w *world) leaveThings() {
	w.t.Helper()
	ctx := w.t.Context()
	started, err := w.other.CreateExportWithResponse(ctx, shownMonth, nil, client.NewExport{})
	w.other.want(started, err, http.StatusAccepted)
	w.other.done(started.JSON202)
	me, err := w.other.GetMeWithResponse(ctx)
	w.other.want(me, err, http.StatusOK)
	token, err := w.other.CreateTokenWithResponse(ctx, client.TokenRequest{Name: "feed", Permissions: []string{"result.read"}, ExpiresOn: "2026-12-01"})
	w.other.want(token, err, http.StatusCreated)
	view, err := w.other.CreateViewWithResponse(ctx, nil, client.NewView{Page: "results", Name: "own", Query: "grade=A"})
	w.other.want(view, err, http.StatusCreated)
	w.foreign = target{job: started.JSON202.Id, session: *me.JSON200.Session, token: token.JSON201.Details.Id, view: view.JSON201.Id}
}

// target gives what an actor uses a probe on.
func (w *world) target(p *probe, a *actor, relation rune) target {
	at := target{
		period: cmp.Or(p.period, shownMonth), scorecard: "rm", metric: "deposits", rubric: "teamwork", role: "trainer", responsible: "review.write",
		batch: w.batch, job: w.foreign.job, session: w.foreign.session, token: w.foreign.token, view: w.foreign.view,
	}
	no := map[rune]string{same: "T02", below: "T03", beyond: "T04"}[relation]
	if a.unit == "HQ" {
		no = map[rune]string{same: "T01", below: "T02", beyond: "T05"}[relation]
	}
	switch relation {
	case own:
		no = strings.ToUpper(cmp.Or(a.name, "a10"))
		at.unit = a.unit
		at.session = cmp.Or(w.sessions[a.name], gone)
	case absent:
		no, at.unit, at.name = "Z99", "B0999", "无名氏"
		at.job, at.session, at.token, at.view, at.batch, at.grant, at.reviewer = gone, gone, gone, gone, gone, gone, gone
		if p.relations == "t" {
			at.period, at.scorecard, at.metric, at.rubric = "2031-01", "none", "none", "none"
		}
		at.staff, at.user, at.rater = no, strings.ToLower(no), no
		return at
	}
	at.staff, at.user = no, strings.ToLower(no)
	at.name = w.nameOf(no)
	at.unit = cmp.Or(at.unit, places[no])
	at.grant, at.reviewer = cmp.Or(w.grants[at.user], gone), cmp.Or(w.reviewers[a.name+no], w.reviewers["a01"+no], gone)
	at.rater = "manager-b02"
	if strings.HasPrefix(at.unit, "B01") {
		at.rater = "A06"
	}
	return at
}

// gone is the id of nothing.
const gone = 987_654_321

// nameOf gives a member's name.
func (w *world) nameOf(no string) string {
	for line := range strings.Lines(smallBank["staff.csv"]) {
		if fields := strings.Split(line, ","); fields[0] == no {
			return fields[1]
		}
	}
	return "无名氏"
}
