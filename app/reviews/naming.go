package reviews

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// NewReviewer names a reviewer beside those whom the rules give.
type NewReviewer struct {
	StaffNo  string // who is rated
	Unit     string // code
	Position string // may be left out where the member has one segment at the unit
	Role     string
	Rater    string // staff number
	Reason   string
}

// Name has somebody rate a member's segment in a role, for a reason. Nobody is
// named for themselves, nor names themselves: what head office may not write it
// does not write this way either.
func (s *Service) Name(ctx context.Context, actor rbac.Actor, period string, n NewReviewer) (*Reviewer, error) {
	if err := access.RequireWhole(actor, rbac.ReviewAssign); err != nil {
		return nil, err
	}
	reason, err := checkReason(n.Reason)
	if err != nil {
		return nil, err
	}
	n.Reason = reason
	for _, text := range []string{n.StaffNo, n.Unit, n.Position, n.Role, n.Rater} {
		if f := checkText(text, nameMost); f != nil {
			return nil, f
		}
	}
	var named *Reviewer
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		at := db.Now(s.clock)
		named, err = idempotency.Do(ctx, tx, at, func() (*Reviewer, error) { return s.name(ctx, tx, actor, period, n, at) })
		return err
	})
	return named, err
}

func (s *Service) name(ctx context.Context, tx db.Tx, actor rbac.Actor, period string, n NewReviewer, at time.Time) (*Reviewer, error) {
	p, err := s.nameable(ctx, tx, period)
	if err != nil {
		return nil, err
	}
	member, segment, err := s.segment(ctx, tx, p, n.StaffNo, n.Unit, n.Position)
	if err != nil {
		return nil, err
	}
	rater, err := staffByNo(ctx, tx, n.Rater)
	switch {
	case err != nil:
		return nil, err
	case rater == nil:
		return nil, fault.New(fault.Invalid, "reviewer.rater", lang.Args{"staff": n.Rater})
	case member.StaffID == rater.ID:
		return nil, fault.New(fault.Forbidden, "reviewer.self", lang.Args{"staff": n.StaffNo})
	case actor.StaffID != 0 && (actor.StaffID == member.StaffID || actor.StaffID == rater.ID):
		return nil, access.Refused(rbac.Decision{Step: rbac.StepSeparation, Permission: rbac.ReviewAssign})
	case n.Role == RoleSelf || len(segment.Card.rated(n.Role)) == 0:
		return nil, fault.New(fault.Invalid, "reviewer.role", lang.Args{"roles": strings.Join(segment.Card.roles(), ", ")})
	}
	if err := s.mayRate(ctx, tx, actor, segment.UnitID, rater.ID, p.Last); err != nil {
		return nil, err
	}
	row := &naming{
		PeriodID: p.ID, StaffID: member.StaffID, UnitID: segment.UnitID, Position: segment.Position, Role: n.Role,
		RaterID: rater.ID, Reason: n.Reason, NamedBy: actor.Name, NamedAt: at,
	}
	_, err = tx.NewInsert().Model(row).ExcludeColumn("id").Returning("id").Exec(ctx)
	if db.IsUnique(err) {
		return nil, fault.Wrap(err, fault.Conflict, "reviewer.taken", lang.Args{"rater": n.Rater, "staff": n.StaffNo, "role": n.Role})
	}
	if err != nil {
		return nil, fmt.Errorf("naming a reviewer: %w", err)
	}
	named := &Reviewer{
		ID: row.ID, StaffNo: member.StaffNo, Unit: n.Unit, Position: segment.Position, Role: n.Role, Rater: rater.StaffNo, RaterName: rater.Name, RaterPinyin: rater.Pinyin,
		Source: ByName, Reason: n.Reason, NamedBy: actor.Name,
	}
	return named, audit.Write(ctx, tx, at, actor, audit.Entry{
		Action: "reviewer.name", Object: "reviewer", Key: named.subject(p.Code), Detail: n.Reason, After: named,
	})
}

// nameable reads a period whose reviewers may still change.
func (s *Service) nameable(ctx context.Context, tx db.Tx, code string) (*Period, error) {
	p, err := s.month.Read(ctx, tx, code)
	if err != nil {
		return nil, err
	}
	if p.Shown {
		return nil, fault.New(fault.Conflict, "review.period", lang.Args{"period": p.Code, "state": p.StateName})
	}
	return p, nil
}

// segment finds a member's segment that counts in a period.
func (s *Service) segment(ctx context.Context, tx db.Tx, p *Period, staffNo, unitCode, position string) (*Member, *Segment, error) {
	unknown := fault.New(fault.Invalid, "reviewer.segment", lang.Args{"staff": staffNo, "unit": unitCode})
	staff, err := staffByNo(ctx, tx, staffNo)
	if err != nil || staff == nil {
		return nil, nil, orElse(err, unknown)
	}
	tree, err := people.Units(ctx, tx, rbac.Everything())
	if err != nil {
		return nil, nil, err
	}
	unit := tree.ByCode(unitCode)
	if unit == nil {
		return nil, nil, unknown
	}
	var member *Member
	var found *Segment
	fitting := 0
	err = s.month.EachMember(ctx, tx, p, rbac.Scope{Staff: []int64{staff.ID}}, tree, func(m *Member) error {
		member = m
		for i := range m.Segments {
			if at := &m.Segments[i]; at.UnitID == unit.ID && (position == "" || at.Position == position) {
				found = at
				fitting++
			}
		}
		return nil
	})
	if err != nil || fitting != 1 {
		return nil, nil, orElse(err, unknown)
	}
	return member, found, nil
}

func orElse(err error, other *fault.Error) error {
	if err != nil {
		return err
	}
	return other
}

// member is somebody of the staff as far as reviewers need it.
type staffMember struct {
	ID      int64
	StaffNo string
	Name    string
	Pinyin  string
}

// staffByNo gives a member of the staff, nil if there is none.
func staffByNo(ctx context.Context, tx db.Tx, no string) (*staffMember, error) {
	found := new(staffMember)
	err := tx.NewSelect().Table("staff").Column("id", "staff_no", "name", "pinyin").Where("staff_no = ?", no).Scan(ctx, found)
	switch {
	case db.IsNoRows(err):
		return nil, nil //nolint:nilnil // the callers say in their words what is missing
	case err != nil:
		return nil, fmt.Errorf("reading staff: %w", err)
	}
	return found, nil
}

// EndNaming ends a reviewer who was named. What they have submitted stays.
func (s *Service) EndNaming(ctx context.Context, actor rbac.Actor, period string, id int64) error {
	if err := access.RequireWhole(actor, rbac.ReviewAssign); err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := s.nameable(ctx, tx, period)
		if err != nil {
			return err
		}
		list, err := readNamings(ctx, tx, p, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("n.id = ?", id) })
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.New(fault.NotFound, "reviewer.unknown", nil)
		}
		before := list[0]
		if actor.StaffID != 0 && actor.StaffID == before.staffID {
			return access.Refused(rbac.Decision{Step: rbac.StepSeparation, Permission: rbac.ReviewAssign})
		}
		at := db.Now(s.clock)
		_, err = tx.NewUpdate().Table("reviewers").Set("ended_at = ?", at).Set("ended_by = ?", actor.Name).Where("id = ? AND ended_at IS NULL", id).Exec(ctx)
		if err != nil {
			return fmt.Errorf("ending a reviewer: %w", err)
		}
		return audit.Write(ctx, tx, at, actor, audit.Entry{Action: "reviewer.end", Object: "reviewer", Key: before.subject(p.Code), Before: before})
	})
}
