package reports

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/exports"
	"github.com/steelyard/steelyard/rbac"
)

// Reacher says which members a permission of somebody reaches; nil for everybody.
type Reacher interface {
	Reached(ctx context.Context, actor rbac.Actor, p rbac.Permission) (numbers map[string]bool, err error)
}

// Lists has lists of the API exported as well: the api answers as whoever asks, by the actor in the context.
func (s *Service) Lists(api func() ListAPI, reacher Reacher) *Service {
	s.lists, s.reacher = api, reacher
	return s
}

// exportedList is what a job says of its export of a list.
type exportedList struct {
	List string `json:"list"`
	Rows int64  `json:"rows"`
	Left int64  `json:"left,omitempty"` // rows that may be seen and not exported
	File string `json:"file"`
}

// runList writes the workbook of a list.
func (e exporter) runList(ctx context.Context, w *jobs.Work, args jobs.ExportArgs) (any, error) {
	asked, err := openList(w.Actor, *args.List)
	if err != nil {
		return nil, err
	}
	w.Progress("reports.step", 0, 0)
	l, _ := lang.Parse(args.Lang)
	b := &listBook{exporter: e, listExport: asked, actor: w.Actor, lang: l, told: func(done, total int64) { w.Progress("reports.step", done, total) }}
	name := asked.name
	if args.List.Period != "" {
		name += "-" + args.List.Period
	}
	sum := sha256.New()
	file, err := w.Output(ctx, workbookName(jobs.ExportArgs{Period: name}), workbookType, func(out io.Writer) error { return b.write(ctx, io.MultiWriter(out, sum)) })
	if err != nil {
		return nil, err
	}
	err = e.service.trail.Record(ctx, w.Actor, audit.Entry{Action: "export.run", Object: "export", Key: "list/" + asked.name, After: map[string]any{
		"period": args.List.Period, "query": args.List.Query, "columns": args.List.Columns, "rows": b.rows, "left": b.left, "sha256": hex.EncodeToString(sum.Sum(nil)),
	}})
	if err != nil {
		return nil, err
	}
	return exportedList{asked.name, b.rows, b.left, file.Name}, nil
}

// listBook is the workbook of a list in the making.
type listBook struct {
	exporter
	*listExport
	actor      rbac.Actor
	lang       lang.Language
	told       func(done, total int64)
	rows, left int64
}

func (b *listBook) say(code string, args lang.Args) string { return lang.Say(b.lang, code, args) }

func (b *listBook) write(ctx context.Context, out io.Writer) (err error) {
	m := Month{
		Lang: b.lang, Period: b.args.Period, GeneratedAt: b.service.clock(), Zone: b.zone, GeneratedBy: b.actor.Name, SystemVersion: b.service.version,
		Filters: b.filters(), Scope: b.say("export.scope", lang.Args{"who": b.actor.Name}),
	}
	title := b.say("export.list."+b.name, nil)
	book, err := exports.New(m.info(title, m.Scope), words(b.lang))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	scope := []string{m.Scope, cmp.Or(m.Filters, say(b.lang, "no_filters")), m.moment(m.GeneratedAt)}
	if m.Period != "" {
		scope = slices.Insert(scope, 0, m.periodText())
	}
	var may map[string]bool
	if b.list.perMember {
		if may, err = b.service.reacher.Reached(ctx, b.actor, rbac.ExportRun); err != nil {
			return err
		}
	}
	rows := b.permitted(b.read(ctx), may)
	if b.list.team {
		if rows, err = b.together(rows); err != nil {
			return err
		}
	}
	err = exports.AddTable(book, exports.Table[listRow]{
		Sheet: title, Title: title, Scope: strings.Join(scope, " · "), About: b.say("export.about", nil),
		Columns: b.sheetColumns(), Rows: rows,
	})
	if err != nil {
		return err
	}
	if b.left > 0 {
		book.Note(b.say("export.left_out", lang.Args{"count": int(b.left)}))
	}
	_, err = book.WriteTo(out)
	return err
}

// filters are what the list was asked with, as its reader wrote it.
func (b *listBook) filters() string {
	var said []string
	for _, name := range slices.Sorted(maps.Keys(b.query)) {
		said = append(said, name+" = "+strings.Join(b.query[name], ", "))
	}
	return strings.Join(said, "; ")
}

func (b *listBook) sheetColumns() []exports.Column[listRow] {
	columns := make([]exports.Column[listRow], len(b.columns))
	ids := true
	for i, c := range b.columns {
		ids = ids && (c.name == "staff_no" || c.name == "name" || c.name == "username" || c.name == "id")
		columns[i] = exports.Column[listRow]{
			Key: c.name, Header: c.heading(b.lang), Format: c.kind.format(), Width: c.width(), ID: ids,
			Value: func(row listRow) exports.Cell { return c.cell(row, b.lang, b.zone) },
		}
	}
	return columns
}

// read gives the rows as the API lists them for the actor, in the language of the workbook.
func (b *listBook) read(ctx context.Context) iter.Seq2[listRow, error] {
	ctx = lang.With(access.With(ctx, b.actor), b.lang)
	return b.listExport.rows(ctx, b.service.lists(), b.told)
}

// permitted leaves out the rows about members whom the actor may not export, and counts.
func (b *listBook) permitted(rows iter.Seq2[listRow, error], may map[string]bool) iter.Seq2[listRow, error] {
	return func(yield func(listRow, error) bool) {
		for row, err := range rows {
			if err == nil {
				no, _ := flat(row)["staff_no"].(string)
				if may != nil && !may[no] {
					b.left++
					continue
				}
				b.rows++
			}
			if !yield(row, err) {
				return
			}
		}
	}
}
