package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

const (
	// jobBudget is how long an export may take in the background.
	jobBudget = time.Hour

	// exportsAtOnce is how many exports of one user are worked at a time.
	exportsAtOnce = 2

	workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// Job is an export in the background: the workbook of a period, with the results
// that whoever asked may see and export when it is made, or that of a list.
// Instants are shown in the zone.
func (s *Service) Job(zone *time.Location) jobs.Kind {
	e := exporter{s, zone}
	return jobs.Kind{
		Name: jobs.Export, Queue: jobs.Reading, PerUser: exportsAtOnce, Budget: jobBudget,
		Reach: []rbac.Permission{
			rbac.ExportRun, rbac.ResultRead, rbac.StaffRead, rbac.UserRead, rbac.GrantRead, rbac.AuditRead, rbac.TargetImport, rbac.BatchRead,
		},
		Check: e.check, Run: e.run,
	}
}

type exporter struct {
	service *Service
	zone    *time.Location
}

// request turns what a job was asked for with into what the service is asked.
func (e exporter) request(args jobs.ExportArgs) Request {
	l, _ := lang.Parse(args.Lang)
	return Request{Period: args.Period, Run: args.Run, Unit: args.Unit, Lang: l, Zone: e.zone}
}

func (e exporter) check(ctx context.Context, actor rbac.Actor, text json.RawMessage) error {
	var args jobs.ExportArgs
	if err := json.Unmarshal(text, &args); err != nil {
		return fmt.Errorf("reading what an export is asked for with: %w", err)
	}
	if args.List != nil {
		return checkList(ctx, actor, *args.List)
	}
	_, err := e.service.Open(ctx, actor, e.request(args))
	return err
}

// exportedJob is what a job says of its export.
type exportedJob struct {
	Run     int    `json:"run"`
	Members int    `json:"members"`
	File    string `json:"file"`
	SHA256  string `json:"sha256"`
}

func (e exporter) run(ctx context.Context, w *jobs.Work) (any, error) {
	var args jobs.ExportArgs
	if err := w.Args(&args); err != nil {
		return nil, err
	}
	if args.List != nil {
		return e.runList(ctx, w, args)
	}
	w.Progress("reports.step", 0, 0)
	book, err := e.service.Open(ctx, w.Actor, e.request(args))
	if err != nil {
		return nil, err
	}
	w.Progress("reports.step", 0, int64(book.Members))
	file, err := w.Output(ctx, workbookName(args), workbookType, func(out io.Writer) error { return book.WriteSummary(ctx, out) })
	if err != nil {
		return nil, err
	}
	w.Progress("reports.step", int64(book.Members), int64(book.Members))
	return exportedJob{book.run, book.Members, file.Name, file.SHA256}, nil
}

// workbookName is what a workbook is called: the period, and the unit.
func workbookName(args jobs.ExportArgs) string {
	name := args.Period
	if args.Unit != "" {
		name += "-" + args.Unit
	}
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '_'
	}, name) + ".xlsx"
}

var _ = lang.Register(map[string]lang.Text{
	"reports.step": {Zh: "正在写工作簿", En: "writing the workbook"},
})
