package scenario

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestZ01_EveryOperationAnswersEveryRoleAsTheMatrixSays asks for every operation
// as every kind of user, on one's own record, on one at the same unit, below, at
// another branch, and on one that does not exist. The verdicts are those of
// testdata/matrix.txt; what is out of scope is answered as what does not exist.
func TestZ01_EveryOperationAnswersEveryRoleAsTheMatrixSays(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("testdata", "matrix.txt"))
	if err != nil {
		t.Fatal(err)
	}
	eachServer(t, func(t *testing.T, s *server) {
		w := newWorld(t, s)
		got := w.matrix()
		if difference := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); difference != "" {
			t.Errorf("testdata/matrix.txt (-), the server (+):\n%s", difference)
			written := filepath.Join(os.TempDir(), "matrix-"+filepath.Base(t.Name())+".txt")
			if err := os.WriteFile(written, []byte(got), 0o600); err == nil {
				t.Logf("the server's matrix is in %s", written)
			}
		}
	})
}

// matrix asks for everything and writes the verdicts, a line per probe.
func (w *world) matrix() string {
	all := probes()
	cells := make([][]string, len(all))
	for i := range cells {
		cells[i] = make([]string, len(w.actors))
	}
	var waiting sync.WaitGroup
	for n, a := range w.actors {
		waiting.Go(func() {
			for i := range all {
				cells[i][n] = w.verdict(&all[i], a)
			}
		})
	}
	waiting.Wait()
	var out strings.Builder
	out.WriteString(legend)
	fmt.Fprintf(&out, "%-28s", "operation")
	for _, a := range w.actors {
		fmt.Fprintf(&out, " %-15s", strings.ReplaceAll(a.role, "relationship_", "rel_"))
	}
	for i := range all {
		out.WriteString("\n" + fmt.Sprintf("%-28s", all[i].name))
		for _, cell := range cells[i] {
			fmt.Fprintf(&out, " %-15s", cell)
		}
	}
	lines := strings.Split(out.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

const legend = `# Who may do what, on what: every operation of the contract, asked for by every kind of user.
# HR, auditors and administrators hold their role at head office, the others at branch B01.
#
#   yes   may                               401  is not signed in
#   403   the function is not theirs        -    may, but finds none of what was asked for
#   o     their own record                  s    one at their unit
#   b     one at a unit below               x    one at another branch, or another person's
#   t     one of the whole bank
#   (o)   is refused on it by name: 403; what stands for nothing here is not found, as if it did not exist
#
`

// verdict is a cell: what an actor may use an operation on.
func (w *world) verdict(p *probe, a *actor) string {
	if p.relations == "" {
		got := w.ask(p, a, w.target(p, a, own), own)
		return map[string]string{allowed: "yes", forbidden: "403", unknown: "401", missing: "-"}[got.verdict]
	}
	none := w.ask(p, a, w.target(p, a, absent), absent)
	cell, closed := "", ""
	for _, relation := range p.relations {
		got := w.ask(p, a, w.target(p, a, relation), relation)
		switch got.verdict {
		case unknown:
			return "401"
		case allowed:
			cell += string(relation)
		case forbidden:
			closed += string(relation)
			if difference := got.differs(none); difference != "" && relation != own && !p.known {
				w.t.Errorf("%s as %s: what is refused (%c) is told from what does not exist: %s", p.name, a.role, relation, difference)
			}
		case missing:
			if difference := got.differs(none); difference != "" && !p.known {
				w.t.Errorf("%s as %s: what is out of scope (%c) is told from what does not exist: %s", p.name, a.role, relation, difference)
			}
		}
	}
	switch {
	case closed == p.relations && none.verdict == forbidden:
		return "403"
	case closed != "":
		return cell + "(" + closed + ")"
	case cell == "":
		return "-"
	}
	return cell
}

// The verdicts on one request.
const (
	allowed   = "allowed"
	forbidden = "forbidden"
	unknown   = "unknown"
	missing   = "missing"
)

// reply is an answer with what the matrix reads out of it.
type reply struct {
	verdict string
	status  int
	header  http.Header
	text    string // without what names the request and the target
}

// differs says how two answers differ, as far as they may not.
func (r *reply) differs(from *reply) string {
	headers := func(h http.Header) http.Header {
		h = h.Clone()
		for _, name := range []string{"X-Request-Id", "Date", "Content-Length"} {
			h.Del(name)
		}
		return h
	}
	return cmp.Diff(
		[]any{r.status, r.text, headers(r.header)},
		[]any{from.status, from.text, headers(from.header)},
	)
}

// ask sends one request of a probe.
func (w *world) ask(p *probe, a *actor, at target, relation rune) *reply {
	op := w.operations[p.operation()]
	as := a.caller
	if p.fresh && a.name != "" {
		as = as.signIn(a.name)
	}
	r := w.request(p, op, at)
	_ = as.dress(w.t.Context(), r)
	answer, err := w.http.Do(r)
	if err != nil {
		w.t.Errorf("%s as %s: %v", p.name, a.role, err)
		return &reply{}
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Error(err)
	}
	got := &reply{status: answer.StatusCode, header: answer.Header, text: unnamed(content, p, at)}
	got.verdict = w.judge(p, a, got, content, at, relation)
	return got
}

// request makes the request of a probe.
func (w *world) request(p *probe, op operation, at target) *http.Request {
	id := int64(0)
	if p.id != nil {
		id = p.id(at)
	}
	path := strings.NewReplacer(
		"{staff_no}", at.staff, "{unit}", at.unit, "{username}", at.user, "{id}", digits(id), "{period}", at.period,
		"{scorecard}", at.scorecard, "{metric}", at.metric, "{number}", "1", "{rubric}", at.rubric, "{role}", at.role, "{permission}", at.responsible,
	).Replace(op.path)
	query := url.Values{}
	if p.query != nil {
		query = p.query(at)
	}
	var content io.Reader
	contentType := ""
	switch {
	case op.id == "createImport":
		_, kind, _ := strings.Cut(p.name, ":")
		content, contentType = form(w.t, kind, "empty.csv", []byte("x\n"), map[string]string{"dry_run": "true"})
	case takesBody(op.method) && p.body != nil:
		text, err := json.Marshal(p.body(at))
		if err != nil {
			w.t.Error(err)
		}
		content, contentType = bytes.NewReader(text), "application/json"
	}
	r, err := http.NewRequestWithContext(w.t.Context(), op.method, w.base+path+"?"+query.Encode(), content)
	if err != nil {
		w.t.Error(err)
		return nil
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("X-Requested-With", "matrix")
	}
	return r
}

// broken are answers to requests that are none of the contract's.
var broken = []int{http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusUnsupportedMediaType}

// judge reads the verdict out of an answer.
func (w *world) judge(p *probe, a *actor, got *reply, content []byte, at target, relation rune) string {
	problem := ""
	if got.status >= http.StatusBadRequest {
		problem = code(w.t, content)
	}
	switch {
	case got.status >= http.StatusInternalServerError, slices.Contains(broken, got.status):
		w.t.Errorf("%s as %s on %c: %d %.500s", p.name, a.role, relation, got.status, content)
		return missing
	case slices.Contains(p.done, problem):
		return allowed
	case got.status == http.StatusUnauthorized:
		return unknown
	case got.status == http.StatusForbidden:
		return forbidden
	case got.status == http.StatusNotFound:
		return missing
	}
	if p.refused != nil {
		if verdict := p.refused(content); verdict != "" {
			return verdict
		}
	}
	if p.lists == nil || got.status >= http.StatusBadRequest {
		return allowed
	}
	if bytes.Contains(content, []byte(p.lists(at))) {
		return allowed
	}
	return missing
}

// refusedCell reads the verdict on the one cell that was sent.
func refusedCell(content []byte) string {
	var answer struct {
		Outcomes []struct {
			Problem *struct{ Code string }
		}
	}
	if json.Unmarshal(content, &answer) != nil || len(answer.Outcomes) != 1 || answer.Outcomes[0].Problem == nil {
		return ""
	}
	switch problem := answer.Outcomes[0].Problem.Code; {
	case problem == "review.not_yours", problem == "facts.not_in_scope":
		return missing
	case strings.HasPrefix(problem, "access."):
		return forbidden
	}
	return ""
}

// unnamed is a problem without what names the request or the target; what is no problem is as it is.
func unnamed(content []byte, p *probe, at target) string {
	var problem map[string]any
	if json.Unmarshal(content, &problem) != nil || problem["code"] == nil {
		return string(content)
	}
	delete(problem, "request_id")
	said, _ := json.Marshal(problem)
	text := string(said)
	names := []string{at.name, at.staff, at.user, at.unit, at.rater}
	if p.relations == "t" {
		names = append(names, at.period, at.scorecard, at.rubric)
	}
	if p.id != nil {
		names = append(names, digits(p.id(at)))
	}
	for _, name := range names {
		if name != "" {
			text = regexp.MustCompile(`\b`+regexp.QuoteMeta(name)+`\b`).ReplaceAllString(text, "NAME")
		}
	}
	return text
}

func digits(n int64) string { return strconv.FormatInt(n, 10) }
