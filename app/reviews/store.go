package reviews

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
)

// rater is a user as they stand in a review.
type rater struct {
	UserID  int64
	StaffID int64
	No      string // the staff number; the username of a user who is no member of the staff
}

const raterNo = "COALESCE(rs.staff_no, ru.username)"

// raterOf reads a user who rates.
func raterOf(ctx context.Context, tx db.Tx, userID int64) (*rater, error) {
	r := new(rater)
	err := tx.NewSelect().TableExpr("users AS ru").Join("LEFT JOIN staff AS rs ON rs.id = ru.staff_id").
		ColumnExpr("ru.id AS user_id, COALESCE(ru.staff_id, 0) AS staff_id, "+raterNo+" AS no").
		Where("ru.id = ?", userID).Scan(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("reading a rater: %w", err)
	}
	return r, nil
}

// cellRow is a cell as the database has it.
type cellRow struct {
	bun.BaseModel `bun:"table:review_cells,alias:c"`

	ID           int64     `bun:"id,pk,autoincrement"`
	PeriodID     int64     `bun:"period_id"`
	StaffID      int64     `bun:"staff_id"`
	UnitID       int64     `bun:"unit_id"`
	Position     string    `bun:"position"`
	Item         string    `bun:"item"`
	Role         string    `bun:"role"`
	RaterID      int64     `bun:"rater_id"`
	Level        string    `bun:"level"`
	Comment      string    `bun:"comment"`
	State        State     `bun:"state"`
	ReturnReason string    `bun:"return_reason"`
	ReturnedBy   string    `bun:"returned_by"`
	WrittenBy    string    `bun:"written_by"`
	WrittenAt    time.Time `bun:"written_at"`
	Version      int64     `bun:"version"`

	StaffNo string `bun:"staff_no,scanonly"`
	Unit    string `bun:"unit,scanonly"`
	Rater   string `bun:"rater,scanonly"`

	Name      string `bun:"name,scanonly"`
	UnitName  string `bun:"unit_name,scanonly"`
	RaterName string `bun:"rater_name,scanonly"`

	Pinyin      string `bun:"pinyin,scanonly"`
	RaterPinyin string `bun:"rater_pinyin,scanonly"`
}

func (r *cellRow) cell() *Cell {
	return &Cell{
		StaffNo: r.StaffNo, Unit: r.Unit, Position: r.Position, Item: r.Item, Role: r.Role, Level: r.Level, Comment: r.Comment,
		State: r.State, ReturnReason: r.ReturnReason, ReturnedBy: r.ReturnedBy, Rater: r.Rater,
		WrittenBy: r.WrittenBy, WrittenAt: r.WrittenAt.UTC(), Version: r.Version,
		Names: Names{Member: r.Name, Unit: r.UnitName, Rater: r.RaterName, MemberPinyin: r.Pinyin, RaterPinyin: r.RaterPinyin},
		id:    r.ID, staffID: r.StaffID, unitID: r.UnitID, raterID: r.RaterID,
	}
}

// readCells reads the cells of a period that a query narrows down; s, u, ru and rs
// are the member, the unit, the rater's user and the rater.
func readCells(ctx context.Context, tx db.Tx, p *Period, narrow func(*bun.SelectQuery) *bun.SelectQuery) ([]*Cell, error) {
	var rows []cellRow
	query := tx.NewSelect().Model(&rows).
		ColumnExpr("c.*, s.staff_no AS staff_no, u.code AS unit, "+raterNo+" AS rater").
		ColumnExpr("s.name AS name, u.name AS unit_name, COALESCE(rs.name, '') AS rater_name, s.pinyin, COALESCE(rs.pinyin, '') AS rater_pinyin").
		Join("JOIN staff AS s ON s.id = c.staff_id").Join("JOIN units AS u ON u.id = c.unit_id").
		Join("JOIN users AS ru ON ru.id = c.rater_id").Join("LEFT JOIN staff AS rs ON rs.id = ru.staff_id").
		Where("c.period_id = ?", p.ID)
	if err := narrow(query).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading reviews: %w", err)
	}
	cells := make([]*Cell, len(rows))
	for i := range rows {
		cells[i] = rows[i].cell()
	}
	return cells, nil
}

// cellsOf reads the cells of one rater.
func cellsOf(ctx context.Context, tx db.Tx, p *Period, userID int64) ([]*Cell, error) {
	return readCells(ctx, tx, p, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("c.rater_id = ?", userID).OrderExpr("c.id")
	})
}

// insertCells writes new cells in one set.
func insertCells(ctx context.Context, tx db.Tx, p *Period, cells []*Cell) error {
	bulk := tx.Bulk(ctx, "review_cells", "period_id", "staff_id", "unit_id", "position", "item", "role", "rater_id",
		"level", "comment", "state", "written_by", "written_at", "version")
	for _, c := range cells {
		bulk.Int(p.ID)
		bulk.Int(c.staffID)
		bulk.Int(c.unitID)
		bulk.Text(c.Position)
		bulk.Text(c.Item)
		bulk.Text(c.Role)
		bulk.Int(c.raterID)
		bulk.Text(c.Level)
		bulk.Text(c.Comment)
		bulk.Text(string(c.State))
		bulk.Text(c.WrittenBy)
		bulk.Instant(c.WrittenAt)
		bulk.Int(c.Version)
		if err := bulk.Row(); err != nil {
			return fmt.Errorf("writing reviews: %w", err)
		}
	}
	if _, err := bulk.Close(); err != nil {
		return fmt.Errorf("writing reviews: %w", err)
	}
	return nil
}

// updateMost is how many cells one statement changes.
const updateMost = 500

// updateCells writes level, comment, state, reason, writer and version of cells
// whose version in the database is still the one before, all at the instant of
// the first, and gives the ids of those that it found so.
func updateCells(ctx context.Context, tx db.Tx, cells []*Cell) (map[int64]bool, error) {
	done := make(map[int64]bool, len(cells))
	for len(cells) > 0 {
		part := cells[:min(updateMost, len(cells))]
		cells = cells[len(part):]
		query, args := updateStatement(part)
		var ids []int64
		if err := tx.NewRaw(query, args...).Scan(ctx, &ids); err != nil {
			return nil, fmt.Errorf("writing reviews: %w", err)
		}
		for _, id := range ids {
			done[id] = true
		}
	}
	return done, nil
}

// updateStatement changes several cells, each to its own values.
func updateStatement(cells []*Cell) (query string, args []any) {
	var text strings.Builder
	text.WriteString("WITH n (id, level, comment, state, return_reason, returned_by, written_by, version) AS (VALUES ")
	for i, c := range cells {
		if i == 0 {
			text.WriteString("(CAST(? AS BIGINT), ?, ?, ?, ?, ?, ?, CAST(? AS BIGINT))")
		} else {
			text.WriteString(", (?, ?, ?, ?, ?, ?, ?, ?)")
		}
		args = append(args, c.id, c.Level, c.Comment, string(c.State), c.ReturnReason, c.ReturnedBy, c.WrittenBy, c.Version)
	}
	text.WriteString(`) UPDATE review_cells SET level = n.level, comment = n.comment, state = n.state, return_reason = n.return_reason,
		returned_by = n.returned_by, written_by = n.written_by, written_at = ?, version = n.version
		FROM n WHERE review_cells.id = n.id AND review_cells.version = n.version - 1 RETURNING review_cells.id`)
	return text.String(), append(args, cells[0].WrittenAt)
}
