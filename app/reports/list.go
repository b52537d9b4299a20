package reports

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

// ListAPI are the lists of the API that can be exported: what a workbook holds
// is what they answer whoever asks for it.
type ListAPI interface {
	ListResults(ctx context.Context, r api.ListResultsRequestObject) (api.ListResultsResponseObject, error)
	ListItemResults(ctx context.Context, r api.ListItemResultsRequestObject) (api.ListItemResultsResponseObject, error)
	ListStaff(ctx context.Context, r api.ListStaffRequestObject) (api.ListStaffResponseObject, error)
	ListUsers(ctx context.Context, r api.ListUsersRequestObject) (api.ListUsersResponseObject, error)
	ListGrants(ctx context.Context, r api.ListGrantsRequestObject) (api.ListGrantsResponseObject, error)
	ListAudit(ctx context.Context, r api.ListAuditRequestObject) (api.ListAuditResponseObject, error)
	ListTargets(ctx context.Context, r api.ListTargetsRequestObject) (api.ListTargetsResponseObject, error)
	ListAssignments(ctx context.Context, r api.ListAssignmentsRequestObject) (api.ListAssignmentsResponseObject, error)
	ListBatches(ctx context.Context, r api.ListBatchesRequestObject) (api.ListBatchesResponseObject, error)
}

// list is one that can be exported.
type list struct {
	permission rbac.Permission
	columns    []listColumn
	// numbers are those of its parameters that are no texts.
	numbers []string
	// perMember says that each row is about a member of the staff: only those go
	// out whom the actor may export too. Other lists go out whole or not at all.
	perMember bool
	perPeriod bool
	team      bool // each item of the rows' scorecards is a column too
	read      func(ctx context.Context, a ListAPI, period string, p parameters) (any, error)
}

// switches are the filters of all lists that are on or off.
var switches = []string{"count", "exceptions", "missing"}

// parameters fill in the parameters of a list's operation.
type parameters func(into any) error

// lists are those that can be exported, by their names in the contract.
func lists() map[string]list {
	return map[string]list{
		"team": team(),
		"results": {permission: rbac.ResultRead, columns: resultColumns, numbers: []string{"run"}, perMember: true, perPeriod: true, read: func(ctx context.Context, a ListAPI, period string, p parameters) (any, error) {
			r := api.ListResultsRequestObject{Period: period}
			return answer(p(&r.Params), func() (any, error) { return a.ListResults(ctx, r) })
		}},
		"staff": {permission: rbac.StaffRead, columns: staffColumns, perMember: true, read: func(ctx context.Context, a ListAPI, _ string, p parameters) (any, error) {
			r := api.ListStaffRequestObject{}
			return answer(p(&r.Params), func() (any, error) { return a.ListStaff(ctx, r) })
		}},
		"users": {permission: rbac.UserRead, columns: userColumns, read: func(ctx context.Context, a ListAPI, _ string, p parameters) (any, error) {
			r := api.ListUsersRequestObject{}
			return answer(p(&r.Params), func() (any, error) { return a.ListUsers(ctx, r) })
		}},
		"grants": {permission: rbac.GrantRead, columns: grantColumns, read: func(ctx context.Context, a ListAPI, _ string, p parameters) (any, error) {
			r := api.ListGrantsRequestObject{}
			return answer(p(&r.Params), func() (any, error) { return a.ListGrants(ctx, r) })
		}},
		"audit": {permission: rbac.AuditRead, columns: auditColumns, read: func(ctx context.Context, a ListAPI, _ string, p parameters) (any, error) {
			r := api.ListAuditRequestObject{}
			return answer(p(&r.Params), func() (any, error) { return a.ListAudit(ctx, r) })
		}},
		"targets": {permission: rbac.TargetImport, columns: targetColumns, perMember: true, perPeriod: true, read: func(ctx context.Context, a ListAPI, period string, p parameters) (any, error) {
			r := api.ListTargetsRequestObject{Period: period}
			return answer(p(&r.Params), func() (any, error) { return a.ListTargets(ctx, r) })
		}},
		"assignments": {permission: rbac.StaffRead, columns: assignmentColumns, perMember: true, perPeriod: true, read: func(ctx context.Context, a ListAPI, period string, p parameters) (any, error) {
			r := api.ListAssignmentsRequestObject{Period: period}
			return answer(p(&r.Params), func() (any, error) { return a.ListAssignments(ctx, r) })
		}},
		"batches": {permission: rbac.BatchRead, columns: batchColumns, read: func(ctx context.Context, a ListAPI, _ string, p parameters) (any, error) {
			r := api.ListBatchesRequestObject{}
			return answer(p(&r.Params), func() (any, error) { return a.ListBatches(ctx, r) })
		}},
	}
}

// answer is that of a list, unless its parameters are wrong.
func answer(wrong error, ask func() (any, error)) (any, error) {
	if wrong != nil {
		return nil, wrong
	}
	return ask()
}

// listExport is a list that somebody asked for, checked.
type listExport struct {
	name    string
	list    list
	args    jobs.ListArgs
	query   url.Values
	columns []listColumn // in the order of the sheet
}

// openList checks what was asked for: the list, its columns and filters, and
// that the actor may both read and export it.
func openList(actor rbac.Actor, args jobs.ListArgs) (*listExport, error) {
	l, ok := lists()[args.List]
	if !ok {
		return nil, fault.New(fault.Invalid, "export.unknown_list", lang.Args{"list": args.List})
	}
	if err := access.Require(actor, l.permission); err != nil {
		return nil, err
	}
	require := access.RequireWhole
	if l.perMember {
		require = access.Require
	}
	if err := require(actor, rbac.ExportRun); err != nil {
		return nil, err
	}
	if l.perPeriod && args.Period == "" {
		return nil, fault.New(fault.Invalid, "export.period", nil)
	}
	e := &listExport{name: args.List, list: l, args: args}
	for _, name := range args.Columns {
		column, ok := l.column(name)
		if !ok {
			return nil, fault.New(fault.Invalid, "export.unknown_column", lang.Args{"column": name, "known": known(l.columns)})
		}
		e.columns = append(e.columns, column)
	}
	var err error
	if e.query, err = url.ParseQuery(args.Query); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "export.query", nil)
	}
	return e, nil
}

// checkList refuses what cannot be exported, as far as that is known without reading the list.
func checkList(ctx context.Context, actor rbac.Actor, args jobs.ListArgs) error {
	e, err := openList(actor, args)
	if err != nil {
		return err
	}
	_, err = e.list.read(ctx, nil, args.Period, func(into any) error {
		if err := e.parameters("")(into); err != nil {
			return err
		}
		return errChecked
	})
	if errors.Is(err, errChecked) {
		return nil
	}
	return err
}

// errChecked ends a reading of a list before it is asked for.
var errChecked = errors.New("checked")

func known(columns []listColumn) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return strings.Join(names, ", ")
}

// parameters fill in the filters, the sort, and the page after a cursor.
func (e *listExport) parameters(cursor string) parameters {
	return func(into any) error {
		values := map[string]any{"limit": page.MaxLimit}
		for name, given := range e.query {
			if name == "limit" || name == "cursor" || len(given) != 1 {
				return fault.New(fault.Invalid, "export.unknown_filter", lang.Args{"filter": name})
			}
			values[name] = given[0]
			if n, err := strconv.Atoi(given[0]); err == nil && slices.Contains(e.list.numbers, name) {
				values[name] = n
			}
			if on, err := strconv.ParseBool(given[0]); err == nil && slices.Contains(switches, name) {
				values[name] = on
			}
		}
		if cursor != "" {
			values["cursor"] = cursor
		}
		text, err := json.Marshal(values)
		if err != nil {
			return fmt.Errorf("writing the parameters of a list: %w", err)
		}
		d := json.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields()
		if err := d.Decode(into); err != nil {
			return fault.Wrap(err, fault.Invalid, "export.query", nil)
		}
		return nil
	}
}

// listPage is a page of any list, as the API writes it.
type listPage struct {
	Items []listRow `json:"items"`
	Next  string    `json:"next"`
	Total int64     `json:"total"`
}

// listRow is a row as the API writes it.
type listRow map[string]any

// rows reads the list page by page to its end; told is how many were read, of how many if that is known.
func (e *listExport) rows(ctx context.Context, a ListAPI, told func(done, total int64)) iter.Seq2[listRow, error] {
	return func(yield func(listRow, error) bool) {
		var done, total int64
		for cursor, first := "", true; first || cursor != ""; first = false {
			p, err := e.page(ctx, a, cursor)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range p.Items {
				if !yield(row, nil) {
					return
				}
			}
			done, total, cursor = done+int64(len(p.Items)), max(total, p.Total), p.Next
			told(done, max(done, total))
		}
	}
}

func (e *listExport) page(ctx context.Context, a ListAPI, cursor string) (*listPage, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	said, err := e.list.read(ctx, a, e.args.Period, e.parameters(cursor))
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(said)
	if err != nil {
		return nil, fmt.Errorf("writing a page of a list: %w", err)
	}
	p := new(listPage)
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(p); err != nil {
		return nil, fmt.Errorf("reading a page of a list: %w", err)
	}
	if p.Next != "" && len(p.Items) == 0 {
		return nil, errors.New("a page of a list is empty and says that there is another")
	}
	return p, nil
}

var _ = lang.Register(map[string]lang.Text{
	"export.unknown_list":   {Zh: "没有可导出的列表“{list}”", En: "there is no list {list} to export"},
	"export.unknown_column": {Zh: "此列表没有列“{column}”；可用：{known}", En: "this list has no column {column}; it has {known}"},
	"export.unknown_filter": {Zh: "此列表没有筛选条件“{filter}”，或该条件给出了多个值", En: "this list has no filter {filter}, or it was given several values"},
	"export.query":          {Zh: "列表的筛选或排序条件无效", En: "the filters or the sort are not those of this list"},
	"export.period":         {Zh: "请说明考核期", En: "say of which period"},
})
