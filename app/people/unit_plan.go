package people

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
)

// unitPlan is the tree as it would be with the rows of a file.
type unitPlan struct {
	tree  *Tree
	lines map[string]*unitLine // by code
}

// parent gives the code of the planned parent of a unit, "" for a root; false
// if there is no such unit.
func (p *unitPlan) parent(code string) (string, bool) {
	if l, ok := p.lines[code]; ok {
		return l.parent, true
	}
	u := p.tree.ByCode(code)
	if u == nil {
		return "", false
	}
	if up := p.tree.ByID(u.ParentID); up != nil {
		return up.Code, true
	}
	return "", true
}

// leave takes the wrong rows out of the plan, and says whether there were any.
func (p *unitPlan) leave() bool {
	before := len(p.lines)
	maps.DeleteFunc(p.lines, func(_ string, l *unitLine) bool { return l.Wrong })
	return len(p.lines) < before
}

// check reports every row with an unknown or closed parent, every row of a circle,
// and what would change the root or add a second one.
func (p *unitPlan) check(b *imports.Batch) {
	lines := slices.SortedFunc(maps.Values(p.lines), func(a, b *unitLine) int { return a.Row.Number - b.Row.Number })
	for _, l := range lines {
		p.checkParent(b, l)
	}
	p.checkCircles(b, lines)
	p.checkRoots(b, lines)
}

func (p *unitPlan) checkParent(b *imports.Batch, l *unitLine) {
	if l.parent == "" {
		return
	}
	if _, known := p.parent(l.parent); !known {
		b.Fault(&l.Taken, l.Row.Problem("parent_code", "unit.parent_unknown", lang.Args{"code": l.parent}))
		return
	}
	if up := p.tree.ByCode(l.parent); up != nil && !up.ClosedOn.IsZero() {
		if now := p.tree.ByCode(l.code); now == nil || now.ParentID != up.ID {
			b.Fault(&l.Taken, l.Row.Problem("parent_code", "unit.parent_closed", lang.Args{"code": l.parent, "day": up.ClosedOn}))
		}
	}
}

// checkRoots lets one root stand: the one that is there, or else the first of the
// file. What holds in the whole bank is granted at the root, so that it stays
// where it is, at its level; one that is not head office may become it.
func (p *unitPlan) checkRoots(b *imports.Batch, lines []*unitLine) {
	root, there := "", p.tree.Root()
	if there != nil {
		root = there.Code
	}
	for _, l := range lines {
		switch {
		case there != nil && l.code == root:
			p.checkRoot(b, l, there)
		case l.parent != "" || l.Wrong && !l.Row.Blank("parent_code"):
		case root == "":
			root = l.code
		default:
			b.Fault(&l.Taken, l.Row.Problem("parent_code", "unit.second_root", lang.Args{"root": root}))
		}
	}
}

func (p *unitPlan) checkRoot(b *imports.Batch, l *unitLine, root *Unit) {
	args := lang.Args{"root": root.Code, "level": root.Level.Name()}
	switch {
	case l.Wrong:
	case l.parent != "":
		b.Fault(&l.Taken, l.Row.Problem("parent_code", "unit.root_fixed", args))
	case l.level != root.Level && l.level != HeadOffice:
		b.Fault(&l.Taken, l.Row.Problem("level", "unit.root_fixed", args))
	}
}

func (p *unitPlan) checkCircles(b *imports.Batch, lines []*unitLine) {
	done := map[string]bool{}
	for _, l := range lines {
		circle := p.circleFrom(l.code, done)
		for _, code := range circle {
			if member := p.lines[code]; member != nil {
				b.Fault(&member.Taken, member.Row.Problem("parent_code", "unit.circle",
					lang.Args{"circle": strings.Join(append(circle, circle[0]), " → ")}))
			}
		}
	}
}

// circleFrom climbs from a unit and gives the circle that it comes to, if it is
// one that done has not seen.
func (p *unitPlan) circleFrom(code string, done map[string]bool) []string {
	var climbed []string
	for code != "" && !done[code] {
		done[code] = true
		climbed = append(climbed, code)
		code, _ = p.parent(code)
	}
	if at := slices.Index(climbed, code); at >= 0 {
		return climbed[at:]
	}
	return nil
}

// repath gives every unit the path that follows from its parents, and lists
// those that are not as they were before, by id.
func repath(units map[string]*Unit, before map[int64]Unit) []*Unit {
	byID := make(map[int64]*Unit, len(units))
	for _, u := range units {
		byID[u.ID] = u
	}
	paths := make(map[int64]string, len(units))
	var path func(u *Unit) string
	path = func(u *Unit) string {
		if known, ok := paths[u.ID]; ok {
			return known
		}
		above := "/"
		if up := byID[u.ParentID]; up != nil {
			above = path(up)
		}
		paths[u.ID] = above + strconv.FormatInt(u.ID, 10) + "/"
		return paths[u.ID]
	}
	var changed []*Unit
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		u := byID[id]
		u.Path = path(u)
		if *u != before[id] {
			changed = append(changed, u)
		}
	}
	return changed
}

// updateUnits writes units; the roots last, so that there are never two.
func updateUnits(ctx context.Context, tx db.Tx, units []*Unit) error {
	if len(units) == 0 {
		return nil
	}
	var roots, others []*Unit
	for _, u := range units {
		if u.ParentID == 0 {
			roots = append(roots, u)
		} else {
			others = append(others, u)
		}
	}
	if err := unitTable().Update(ctx, tx, others); err != nil {
		return err
	}
	return unitTable().Update(ctx, tx, roots)
}

var _ = lang.Register(map[string]lang.Text{
	"unit.level":          {Zh: "层级应为：总行、分行、支行、部门", En: "the level must be head_office, branch, sub_branch or department"},
	"unit.parent_unknown": {Zh: "上级机构 {code} 不存在，文件中也没有；请更正代码，或补上该机构", En: "the parent unit {code} does not exist and is not in the file; correct the code or add the unit"},
	"unit.parent_closed":  {Zh: "上级机构 {code} 已于 {day} 撤销，不能再有下级机构", En: "the parent unit {code} closed on {day} and takes no units any more"},
	"unit.second_root":    {Zh: "没有上级机构：全行只能有一个总行，已是 {root}；请填写上级机构", En: "there is no parent unit, and a bank has one root, which is {root}; give the parent unit"},
	"unit.root_fixed":     {Zh: "全行的最上级始终是 {root}（{level}）：不能归到其他机构之下，也不能改变层级", En: "the root of the bank stays {root} ({level}): it goes under no other unit and keeps its level"},
	"unit.circle":         {Zh: "上级机构形成循环：{circle}；请更正其中一处", En: "the parent units go round in a circle: {circle}; correct one of them"},
	"unit.unknown":        {Zh: "机构 {code} 不存在；请更正代码，或先导入机构", En: "the unit {code} does not exist; correct the code or import the unit first"},
})
