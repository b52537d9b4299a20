package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/scoring"
	"github.com/steelyard/steelyard/scoring/scoringtest"
)

// benchMembers is how many members a benchmark evaluates; 50 are peers of each other.
const benchMembers = 500

// benchCase is a case of cards of 20 items: 13 metrics of every kind, one of
// them a z-score, 4 ratings, 2 surveys and events.
func benchCase(b *testing.B) *scoring.Case {
	b.Helper()
	methods := []string{`{"type":"ratio","cap":"120"}`, `{"type":"ratio","direction":"lower"}`, `{"type":"steps","table":[{"from":"0.6","score":"60"},{"from":"0.8","score":"80"},{"from":"1","score":"100"}]}`,
		`{"type":"interpolate","points":[{"x":"0.5","score":"0"},{"x":"0.8","score":"70"},{"x":"1","score":"100"},{"x":"1.2","score":"120"}]}`,
		`{"type":"increments","from":"2","step":"0.1","loss":"3","gain":"1","start":"90","whole_steps":true}`, `{"type":"efficacy","of":"attainment","unsatisfactory":"0.6","satisfactory":"1.1"}`,
		`{"type":"threshold","op":">=","value":"3"}`, `{"type":"direct"}`, `{"type":"ratio","cap":"150"}`, `{"type":"steps","of":"growth","table":[{"from":"0","score":"60"},{"from":"0.1","score":"100"}]}`,
		`{"type":"efficacy","unsatisfactory":"100","satisfactory":"1000000"}`, `{"type":"ratio"}`, `{"type":"standard","of":"growth","mean":"80","sd":"8"}`}
	var items, inputs []string
	for i, method := range methods {
		items = append(items, fmt.Sprintf(`{"key":"m%d","weight":"5","source":"metric","flow":%t,"method":%s}`, i, i%3 == 0, method))
	}
	for i := range 4 {
		items = append(items, fmt.Sprintf(`{"key":"r%d","weight":"5","source":"rating","rating":{"levels":{"5":"100","4":"85","3":"70","2":"50","1":"0"},"roles":[{"role":"manager","weight":"60"},{"role":"peer","weight":"40","min":2}]},"method":{"type":"direct"}}`, i))
	}
	for i := range 2 {
		items = append(items, fmt.Sprintf(`{"key":"s%d","weight":"5","source":"survey","missing":"exclude","survey":{"scale_min":"1","scale_max":"5","prior_mean":"4.2","prior_weight":"10"},"method":{"type":"direct"}}`, i))
	}
	items = append(items, `{"key":"e","weight":"5","source":"events","method":{"type":"deduct","points":{"late":"5","error":"12.5"}}}`)
	var staff []string
	for n := range benchMembers {
		inputs = inputs[:0]
		for i := range methods {
			inputs = append(inputs, fmt.Sprintf(`"m%d":{"actual":"%d.%02d","target":"%d","baseline":"%d.5"}`, i, 900000+7919*((n+i)%97), n%100, 1000000+1000*i, 800000+n))
		}
		for i := range 4 {
			inputs = append(inputs, fmt.Sprintf(`"r%d":{"ratings":[{"role":"manager","rater":"M","level":"%d"},{"role":"peer","rater":"P1","level":"%d"},{"role":"peer","rater":"P2","level":"4"},{"role":"peer","rater":"P3","level":"2"}]}`, i, 1+n%5, 1+(n+i)%5))
		}
		for i := range 2 {
			inputs = append(inputs, fmt.Sprintf(`"s%d":{"count":%d,"sum":"%d"}`, i, 3+n%9, 4*(3+n%9)))
		}
		inputs = append(inputs, `"e":{"events":{"late":2}}`)
		staff = append(staff, fmt.Sprintf(`{"id":"E%d","segments":[{"scorecard":"s","peer_group":"g%d","days":31,"inputs":{%s}}]}`, n, n/50, strings.Join(inputs, ",")))
	}
	file := fmt.Sprintf(`{"period_days":31,"scorecards":{"s":{"perspectives":[{"key":"p","items":[%s]}]}},"staff":[%s]}`, strings.Join(items, ","), strings.Join(staff, ","))
	c, err := scoring.ReadCase(strings.NewReader(file), "bench")
	if err != nil {
		b.Fatal(err)
	}
	return c
}

func perItem(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchMembers*20), "ns/item")
}

func BenchmarkResults(b *testing.B) {
	c := benchCase(b)
	b.ReportAllocs()
	for b.Loop() {
		e := scoring.NewEvaluation(c.PeriodDays, c.MinDays, c.Scorecards)
		for i := range c.Staff {
			if err := e.Add(&c.Staff[i]); err != nil {
				b.Fatal(err)
			}
		}
		for r := range e.Results() {
			_ = r
		}
	}
	perItem(b)
}

func BenchmarkTraces(b *testing.B) {
	c := benchCase(b)
	b.ReportAllocs()
	for b.Loop() {
		e := scoring.NewEvaluation(c.PeriodDays, c.MinDays, c.Scorecards)
		for i := range c.Staff {
			if err := e.Add(&c.Staff[i]); err != nil {
				b.Fatal(err)
			}
		}
		e.Finish()
		for i := range c.Staff {
			if e.Explain(&c.Staff[i]) == nil {
				b.Fatal("not added")
			}
		}
	}
	perItem(b)
}

func BenchmarkPlainRendering(b *testing.B) {
	c := benchCase(b)
	b.ReportAllocs()
	for b.Loop() {
		scoringtest.Evaluate(c)
	}
	perItem(b)
}

func BenchmarkReadMember(b *testing.B) {
	c := benchCase(b)
	data := scoring.AppendMember(nil, &c.Staff[0], c.Scorecards)
	reader := scoring.NewMemberReader(c.Scorecards)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := reader.Read(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendMember(b *testing.B) {
	c := benchCase(b)
	var data []byte
	b.ReportAllocs()
	for b.Loop() {
		data = scoring.AppendMember(data[:0], &c.Staff[0], c.Scorecards)
	}
}
