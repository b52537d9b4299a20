package desk

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// The bounds of saved views.
const (
	viewsMost  = 100   // of one user
	sharedMost = 1_000 // that one list shows
	nameMost   = 100   // characters
	queryMost  = 2_000 // characters
)

// View is a page as a user wants to find it again.
type View struct {
	ID      int64  `json:"id"`
	Page    string `json:"page"` // its name, such as "results"
	Name    string `json:"name"`
	Query   string `json:"query"` // what stands behind ? in the address
	Shared  bool   `json:"shared"`
	Mine    bool   `json:"-"`
	MadeBy  string `json:"-"`
	Pinyin  string `json:"-"` // of who made it
	Version int64  `json:"version"`
}

// row is a view as the database has it.
type row struct {
	bun.BaseModel `bun:"table:saved_views,alias:v"`

	ID      int64  `bun:"id"`
	UserID  int64  `bun:"user_id"`
	Page    string `bun:"page"`
	Name    string `bun:"name"`
	Query   string `bun:"query"`
	Shared  int64  `bun:"shared"`
	MadeBy  string `bun:"made_by"`
	Pinyin  string `bun:"pinyin"`
	Version int64  `bun:"version"`
}

// Views lists the actor's views of a page, then those that others share, each by
// name; of all pages for none.
func (s *Service) Views(ctx context.Context, actor rbac.Actor, page string) ([]View, error) {
	var views []View
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		views, err = list(ctx, tx, actor, func(q *bun.SelectQuery) {
			q.Where("(v.user_id = ? OR v.shared = 1)", actor.UserID)
			if page != "" {
				q.Where("v.page = ?", page)
			}
		})
		return err
	})
	return views, err
}

func list(ctx context.Context, tx db.Tx, actor rbac.Actor, narrow func(*bun.SelectQuery)) ([]View, error) {
	var rows []row
	query := tx.NewSelect().Model(&rows).
		ColumnExpr("v.id, v.user_id, v.page, v.name, v.query, v.shared, v.version, COALESCE(s.name, u.username) AS made_by, COALESCE(s.pinyin, '') AS pinyin").
		Join("JOIN users AS u ON u.id = v.user_id").Join("LEFT JOIN staff AS s ON s.id = u.staff_id").
		OrderExpr("CASE WHEN v.user_id = ? THEN 0 ELSE 1 END, v.page, v.name, v.id", actor.UserID).Limit(viewsMost + sharedMost)
	narrow(query)
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading saved views: %w", err)
	}
	views := make([]View, len(rows))
	for i, r := range rows {
		views[i] = View{r.ID, r.Page, r.Name, r.Query, r.Shared != 0, r.UserID == actor.UserID, r.MadeBy, r.Pinyin, r.Version}
	}
	return views, nil
}

// find reads a view of the actor's; that of somebody else is as one that is not there.
func find(ctx context.Context, tx db.Tx, actor rbac.Actor, id int64) (View, error) {
	views, err := list(ctx, tx, actor, func(q *bun.SelectQuery) { q.Where("v.id = ? AND v.user_id = ?", id, actor.UserID) })
	if err == nil && len(views) == 0 {
		err = fault.New(fault.NotFound, "view.unknown", nil)
	}
	if err != nil {
		return View{}, err
	}
	return views[0], nil
}

// CreateView saves a view of the actor's.
func (s *Service) CreateView(ctx context.Context, actor rbac.Actor, v View) (made View, err error) {
	if err := v.check(); err != nil {
		return View{}, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		now := db.Now(s.clock)
		id, err := idempotency.Do(ctx, tx, now, func() (int64, error) {
			if err := room(ctx, tx, actor); err != nil {
				return 0, err
			}
			err := tx.QueryRowContext(ctx, `INSERT INTO saved_views (user_id, page, name, query, shared, made_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
				actor.UserID, v.Page, v.Name, v.Query, number(v.Shared), now).Scan(&v.ID)
			if err != nil {
				return 0, taken(err, v.Name)
			}
			v.Version = 1
			return v.ID, audit.Write(ctx, tx, now, actor, v.entry("view.create", nil, v))
		})
		if err != nil {
			return err
		}
		made, err = find(ctx, tx, actor, id)
		return err
	})
	return made, err
}

// room refuses one view more than a user may have.
func room(ctx context.Context, tx db.Tx, actor rbac.Actor) error {
	var have int
	if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM saved_views WHERE user_id = ?", actor.UserID).Scan(&have); err != nil {
		return fmt.Errorf("counting saved views: %w", err)
	}
	if have >= viewsMost {
		return fault.New(fault.Conflict, "view.too_many", lang.Args{"max": viewsMost})
	}
	return nil
}

// ChangeView changes the name, the query and the sharing of a view of the
// actor's. An older version is a conflict that shows what stands there now.
func (s *Service) ChangeView(ctx context.Context, actor rbac.Actor, v View) (changed View, err error) {
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		before, err := find(ctx, tx, actor, v.ID)
		if err != nil {
			return err
		}
		if before.Version != v.Version {
			stale := fault.New(fault.Conflict, "view.version", lang.Args{"name": before.Name})
			stale.Current = before
			return stale
		}
		changed = before
		changed.Name, changed.Query, changed.Shared = v.Name, v.Query, v.Shared
		if err := changed.check(); err != nil || changed == before {
			return err
		}
		changed.Version++
		_, err = tx.ExecContext(ctx, "UPDATE saved_views SET name = ?, query = ?, shared = ?, version = ? WHERE id = ?",
			changed.Name, changed.Query, number(changed.Shared), changed.Version, changed.ID)
		if err != nil {
			return taken(err, changed.Name)
		}
		return audit.Write(ctx, tx, db.Now(s.clock), actor, changed.entry("view.change", before, changed))
	})
	return changed, err
}

// DeleteView deletes a view of the actor's.
func (s *Service) DeleteView(ctx context.Context, actor rbac.Actor, id int64) error {
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		before, err := find(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM saved_views WHERE id = ?", id); err != nil {
			return fmt.Errorf("deleting a saved view: %w", err)
		}
		return audit.Write(ctx, tx, db.Now(s.clock), actor, before.entry("view.delete", before, nil))
	})
}

func (v View) entry(action string, before, after any) audit.Entry {
	return audit.Entry{Action: action, Object: "view", Key: fmt.Sprint(v.ID), Before: before, After: after}
}

// pageName is how pages are named, in the contract too.
var pageName = regexp.MustCompile(`^[a-z][a-z/-]{0,63}$`)

// check refuses what is no view, and trims the name.
func (v *View) check() error {
	v.Name = strings.TrimSpace(v.Name)
	if n := utf8.RuneCountInString(v.Name); n == 0 || n > nameMost || strings.ContainsFunc(v.Name, hidden) {
		return fault.New(fault.Invalid, "view.name", lang.Args{"max": nameMost})
	}
	if !pageName.MatchString(v.Page) || utf8.RuneCountInString(v.Query) > queryMost || strings.ContainsFunc(v.Query, hidden) {
		return fault.New(fault.Invalid, "view.query", nil)
	}
	return nil
}

func hidden(r rune) bool { return !unicode.IsPrint(r) || r == utf8.RuneError }

// taken turns a name that the page has already into a conflict.
func taken(err error, name string) error {
	if db.IsUnique(err) {
		return fault.Wrap(err, fault.Conflict, "view.name_taken", lang.Args{"name": name})
	}
	return fmt.Errorf("writing a saved view: %w", err)
}

var _ = lang.Register(map[string]lang.Text{
	"view.unknown":    {Zh: "没有这个视图", En: "there is no such view of yours"},
	"view.name":       {Zh: "请为视图填写名称，最多 {max} 个字符", En: "give the view a name of at most {max} characters"},
	"view.query":      {Zh: "视图的内容无效", En: "this is no view: the page or the query is not one"},
	"view.name_taken": {Zh: "此页面已有名为“{name}”的视图；请换一个名称", En: "this page has a view called {name} already; choose another name"},
	"view.too_many":   {Zh: "最多可保存 {max} 个视图；请先删除不用的", En: "there are {max} views already, which is the most; delete one first"},
	"view.version":    {Zh: "视图“{name}”已在别处修改；请刷新后重试", En: "the view {name} was changed meanwhile; look at it again"},
})
