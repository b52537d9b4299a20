package reviews

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// seat is a member's segment as one rater rates it in one role: a row of the grid.
type seat struct {
	staffID, unitID int64
	staffNo, name   string
	pinyin          string // of the name
	unit, unitName  string
	role            string
	segment         Segment
	items           []*Item
}

// seatKey tells the seats of one rater apart.
type seatKey struct {
	staffID, unitID int64
	position, role  string
}

func (s *seat) key() seatKey { return seatKey{s.staffID, s.unitID, s.segment.Position, s.role} }

// item gives an item that the seat rates, nil if it does not.
func (s *seat) item(key string) *Item {
	for _, item := range s.items {
		if item.Key == key {
			return item
		}
	}
	return nil
}

// board is all that one rater is to rate in a period.
type board struct {
	period *Period
	actor  rbac.Actor
	tree   *people.Tree
	seats  []*seat // by staff number, last day and role
	byKey  map[seatKey]*seat

	overseer bool // the actor oversees the reviews for head office today
}

// reach is where an actor may have something to rate, before each segment is asked.
type reach struct {
	managers *managers
	tops     []string           // paths of the units that the actor manages, with all below
	peerAt   map[int64]bool     // units where the actor is a peer
	named    map[int64][]naming // by member
	self     bool
}

// readBoard works out what the actor is to rate.
func readBoard(ctx context.Context, tx db.Tx, month Month, policy Policy, actor rbac.Actor, p *Period) (*board, error) {
	b := &board{period: p, actor: actor, byKey: map[seatKey]*seat{}}
	if actor.UserID == 0 {
		return b, nil
	}
	var err error
	if b.tree, err = people.Units(ctx, tx, rbac.Everything()); err != nil {
		return nil, err
	}
	r := &reach{peerAt: map[int64]bool{}, named: map[int64][]naming{}}
	if err := r.readPosts(ctx, tx, policy, b); err != nil {
		return nil, err
	}
	if actor.StaffID != 0 {
		if err := r.readOwn(ctx, tx, month, b); err != nil {
			return nil, err
		}
	}
	scope := r.scope(b)
	if scope.Empty() {
		return b, nil
	}
	err = month.EachMember(ctx, tx, p, scope, b.tree, func(m *Member) error {
		r.seat(b, m)
		return nil
	})
	b.sort()
	return b, err
}

// readPosts finds the units that the actor answers for, and who else does below.
func (r *reach) readPosts(ctx context.Context, tx db.Tx, policy Policy, b *board) error {
	r.managers = newManagers(policy, b.tree, nil)
	if !carries(b.actor, rbac.ReviewWrite) {
		return nil
	}
	mine, err := postsOf(ctx, tx, b.period, b.actor.UserID)
	if err != nil || len(mine) == 0 {
		return err
	}
	below := map[int64]bool{}
	for unitID := range mine {
		unit := b.tree.ByID(unitID)
		if unit == nil {
			continue
		}
		r.tops = append(r.tops, unit.Path)
		for _, u := range b.tree.Under(unitID) {
			below[u.ID] = true
		}
	}
	r.managers.posts, err = postsAt(ctx, tx, b.period, slices.Sorted(maps.Keys(below)))
	return err
}

// readOwn finds where the actor is a peer, and for whom they were named.
func (r *reach) readOwn(ctx context.Context, tx db.Tx, month Month, b *board) error {
	peer := b.actor.Decide(rbac.ReviewPeer, rbac.Target{}).Allowed
	r.self = b.actor.Decide(rbac.ReviewSelf, rbac.Target{}).Allowed
	if peer {
		own := rbac.Scope{Staff: []int64{b.actor.StaffID}}
		err := month.EachMember(ctx, tx, b.period, own, b.tree, func(m *Member) error {
			for _, unitID := range m.ActiveAt {
				if b.actor.Decide(rbac.ReviewPeer, rbac.Target{UnitID: unitID}).Step != rbac.StepDeny {
					r.peerAt[unitID] = true
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	namings, err := namingsOf(ctx, tx, b.period.ID, b.actor.StaffID)
	for _, n := range namings {
		if carries(b.actor, permissionOf(n.Role)) {
			r.named[n.StaffID] = append(r.named[n.StaffID], n)
		}
	}
	return err
}

// scope is where the members stand whom the actor may have to rate.
func (r *reach) scope(b *board) rbac.Scope {
	scope := rbac.Scope{Subtrees: r.tops}
	for unitID := range r.peerAt {
		if unit := b.tree.ByID(unitID); unit != nil {
			scope.Units = append(scope.Units, unit.Path)
		}
	}
	scope.Staff = slices.Sorted(maps.Keys(r.named))
	if r.self {
		scope.Staff = append(scope.Staff, b.actor.StaffID)
	}
	slices.Sort(scope.Units)
	return scope
}

// seat adds what the actor rates of a member.
func (r *reach) seat(b *board, m *Member) {
	for i := range m.Segments {
		s := &m.Segments[i]
		if m.StaffID == b.actor.StaffID {
			if r.self {
				b.add(m, s, RoleSelf)
			}
			continue // nobody rates themselves in another role, named or not
		}
		manages := holds(r.managers.of(m.StaffID, s.UnitID, s.Last), b.actor.UserID)
		switch {
		case manages:
			b.add(m, s, RoleManager)
		case r.peerAt[s.UnitID]:
			b.add(m, s, RolePeer)
		}
		for _, n := range r.named[m.StaffID] {
			if n.UnitID == s.UnitID && n.Position == s.Position && n.Role != RoleSelf {
				b.add(m, s, n.Role)
			}
		}
	}
}

func (b *board) add(m *Member, s *Segment, role string) {
	items := s.Card.rated(role)
	unit := b.tree.ByID(s.UnitID)
	if len(items) == 0 || unit == nil {
		return
	}
	made := &seat{
		staffID: m.StaffID, unitID: s.UnitID, staffNo: m.StaffNo, name: m.Name, pinyin: m.Pinyin, unit: unit.Code, unitName: unit.Name,
		role: role, segment: *s, items: items,
	}
	if b.byKey[made.key()] == nil {
		b.byKey[made.key()] = made
		b.seats = append(b.seats, made)
	}
}

func (b *board) sort() {
	slices.SortFunc(b.seats, func(x, y *seat) int {
		return cmp.Or(cmp.Compare(x.staffNo, y.staffNo), x.segment.Last.Compare(y.segment.Last), cmp.Compare(x.role, y.role))
	})
}

// find gives the seat of a staff number, unit and role; the position decides
// between two segments at one unit, and may be left out where there is one.
func (b *board) find(staffNo, unit, position, role string) *seat {
	from, _ := slices.BinarySearchFunc(b.seats, staffNo, func(s *seat, no string) int { return cmp.Compare(s.staffNo, no) })
	var found *seat
	for _, s := range b.seats[from:] {
		if s.staffNo != staffNo {
			break
		}
		if s.unit != unit || s.role != role || (position != "" && s.segment.Position != position) {
			continue
		}
		if found != nil {
			return nil
		}
		found = s
	}
	return found
}

// carries says whether the actor's token, if they came with one, leaves a permission.
func carries(actor rbac.Actor, p rbac.Permission) bool {
	return actor.Decide(p, rbac.Target{}).Step != rbac.StepToken
}

// permissionOf gives what a rater in a role needs.
func permissionOf(role string) rbac.Permission {
	switch role {
	case RolePeer:
		return rbac.ReviewPeer
	case RoleSelf:
		return rbac.ReviewSelf
	}
	return rbac.ReviewWrite
}
